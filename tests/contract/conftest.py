"""Clients of a sandbox whose clock stands still on a Monday morning in Lisbon: 3 June 2030, 09:00."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest

from booking.domain.ids import ServiceId
from booking.domain.outcome import Customer
from booking.domain.service import Service
from booking.domain.slot import Slot, Slots
from booking.sandbox import make_app
from booking.sandbox.server import serve
from booking.wix import ApiKey, AppCredentials, NewBooking, RetryRule, Transport, Wix
from booking.wix.auth import Auth
from booking.wix.limits import Time
from tests.in_process import Sandbox

MONDAY = "2030-06-03T09:00:00"
TODAY = datetime(2030, 6, 3, tzinfo=UTC)
LISBON = "Europe/Lisbon"
JO = Customer(first_name="Jo", last_name="Doe", email="jo@example.com", phone="+351912345678")

Client = Callable[[Auth], Wix]


OVER_A_SOCKET = os.environ.get("CONTRACT_OVER_A_SOCKET") == "1"
"""The same tests again, as another machine would ask."""


@pytest.fixture(scope="session")
def served() -> Iterator[str | None]:
    """The address of a sandbox behind a socket; None where the tests run in this process."""
    if not OVER_A_SOCKET:
        yield None
        return
    server = serve(make_app(), "127.0.0.1", 0)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def sandbox(served: str | None) -> Iterator[Sandbox]:
    sandbox = Sandbox(url=served) if served else Sandbox.in_process()
    sandbox.reset("studio", now=MONDAY)
    yield sandbox
    sandbox.close()


@pytest.fixture
def client(sandbox: Sandbox) -> Client:
    """A client whose pauses are not slept."""

    def make(auth: Auth) -> Wix:
        return Wix(
            Transport(
                sandbox.url,
                auth,
                media_url=f"{sandbox.url}/media",
                adapter=sandbox.adapter,
                retry=RetryRule(jitter=lambda: 0.0),
                time=Time(sleep=lambda _: None),
            )
        )

    return make


@pytest.fixture
def owner(sandbox: Sandbox) -> Auth:
    return ApiKey(sandbox.credentials["apiKey"], sandbox.credentials["siteId"])


@pytest.fixture
def app(sandbox: Sandbox) -> Auth:
    told = sandbox.credentials
    return AppCredentials(told["appId"], told["appSecret"], told["instanceId"])


@pytest.fixture
def wix(client: Client, owner: Auth) -> Wix:
    return client(owner)


def the_service(wix: Wix, slug: str) -> Service:
    found = wix.services.by_slug(slug)
    assert found
    return found


def the_slots(wix: Wix, service_id: ServiceId, *, days: int = 1, from_day: int = 1) -> Slots:
    """The bookable slots of some days, counted from that Monday."""
    starts = TODAY + timedelta(days=from_day)
    return wix.time_slots.list(
        service_id, starts=starts, ends=starts + timedelta(days=days), zone=LISBON
    )


def the_booking(slot: Slot, reference: str = "line-1") -> NewBooking:
    """A new booking of this slot with the first person who is free."""
    return NewBooking(
        service_id=slot.service_id,
        starts=slot.starts,
        ends=slot.ends,
        zone=LISBON,
        schedule_id=slot.schedule_id,
        location=slot.location,
        staff_id=slot.staff[0].id,
        customer=JO,
        reference=reference,
    )
