"""Reading changes nothing: whatever is asked for by GET or HEAD, all books are as they were before.

Every address of the site needs an example in ``EXAMPLES``: whoever adds an address adds one there.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from booking.actions import keys
from booking.models import Booking, PretendPayment, Site
from tests.faults.faults import CREATE
from tests.in_process import Sandbox
from tests.steps import Customer, Worker

pytestmark = pytest.mark.django_db
ANYWAY = {"flowControlSettings": {"ignoreCancellationPolicy": True}}


@dataclass
class Addresses:
    """What addresses are made of: real keys of bookings in many stages, a payment's page, a picture."""

    keys: tuple[str, ...]
    page_id: str
    picture: str
    returned: str
    reference: str

    def of_bookings(self, rest: str = "") -> list[str]:
        return [f"/b/{key}/{rest}" for key in self.keys]


type Example = Callable[[Addresses], list[str]]

ONE = "bookings/<str:reference>/"
PRESSES = ("", "again/", "look/", "done/")


def _of_bookings(part: str, made: Addresses) -> list[str]:
    return made.of_bookings(part)


def _of_console(part: str, made: Addresses) -> list[str]:
    return [f"/console/{part.replace('<str:reference>', made.reference)}"]


EXAMPLES: dict[str, Example] = {
    "": lambda _: ["/", "/?lang=de&q=hair"],
    "services/<str:slug>/": lambda _: [
        "/services/haircut/?date=2027-03-05",
        "/services/relaxing-massage/",
        "/services/no-such/",
    ],
    "services/<str:slug>/hold/": lambda _: ["/services/haircut/hold/?slot=any"],
    "together/": lambda _: ["/together/"],
    "together/hold/": lambda _: ["/together/hold/"],
    "b/<str:key>/": lambda made: made.of_bookings(),
    "b/<str:key>/details/": lambda made: made.of_bookings("details/"),
    "b/<str:key>/extend/": lambda made: made.of_bookings("extend/"),
    "b/<str:key>/pay/": lambda made: made.of_bookings("pay/"),
    "b/<str:key>/calendar.ics": lambda made: made.of_bookings("calendar.ics"),
    **{
        f"b/<str:key>/{part}": partial(_of_bookings, part)
        for part in ("cancel/", "move/", "other/", "plan/", "wix/", "otherwise/", "look/")
    },
    "back/<str:token>/": lambda made: [f"/back/{token}/" for token in (made.returned, "forged")],
    "my-link/": lambda _: ["/my-link/?email=maria@example.com"],
    "media/<str:media_id>/<int:width>": lambda made: [f"/media/{made.picture}/480"],
    "sitemap.xml": lambda _: ["/sitemap.xml"],
    "robots.txt": lambda _: ["/robots.txt"],
    "healthz": lambda _: ["/healthz"],
    "readyz": lambda _: ["/readyz"],
    "pretend/<str:page_id>/": lambda made: [f"/pretend/{made.page_id}/?mood=approve"],
    "webhooks/wix/": lambda _: ["/webhooks/wix/"],
    **{
        f"console/{part}": partial(_of_console, part)
        for part in ("", "login/", "logout/", *(f"{ONE}{press}" for press in PRESSES))
    },
    "webhooks/<slug:name>/": lambda _: ["/webhooks/pretend/", "/webhooks/stripe/"],
}


@pytest.fixture
def addresses(
    clock: time_machine.Traveller, cards: None, site: Site, sandbox: Sandbox, worker: Worker
) -> Addresses:
    """One booking in each stage that a customer can come to."""
    haircut = Customer(Client(REMOTE_ADDR="198.51.100.7"))
    massage = Customer(haircut.client, "relaxing-massage")
    massage.send(massage.hold())
    worker_pays(worker, clock)
    cancelled = haircut.book(1)
    sandbox.change(sandbox.bookings()[-1], "cancel", **ANYWAY)
    Customer(haircut.client, "private-yoga").book()
    massage.send(massage.hold())
    sandbox.fault(CREATE, status=503, times=4)
    haircut.send(haircut.hold(2))
    haircut.hold(3)
    made = tuple(keys.key_of(each) for each in Booking.objects.order_by("pk"))
    assert cancelled
    page_id = PretendPayment.objects.latest("pk").page_id
    media = sandbox.service("haircut")["media"]["mainMedia"]["image"]["id"]
    first = Booking.objects.earliest("pk")
    return Addresses(
        made,
        page_id,
        str(media),
        keys.return_token(first, timezone.now() + keys.RETURN_GOOD_FOR),
        first.reference,
    )


def worker_pays(worker: Worker, clock: time_machine.Traveller) -> None:
    """The first customer's card is authorised, and the worker settles it."""
    page = PretendPayment.objects.get()
    Client().post(f"/pretend/{page.page_id}/", {"mood": "approve"})
    clock.shift(5)
    worker.run()


def test_every_address_has_an_example() -> None:
    assert set(routes()) == set(EXAMPLES)


@pytest.mark.parametrize("minutes", [0, 11, 40], ids="at once, holds over, pages over".split(", "))
def test_reading_changes_nothing(
    addresses: Addresses, sandbox: Sandbox, clock: time_machine.Traveller, minutes: int
) -> None:
    clock.shift(minutes * 60)
    before = everything(sandbox)
    changed = []
    for example in EXAMPLES.values():
        for path in example(addresses):
            _read(path)
            if everything(sandbox) != before:
                changed.append(path)
    assert changed == []


def _read(path: str) -> None:
    """Twice each way, by somebody who is nobody in particular."""
    client = Client(raise_request_exception=False)
    for ask in (client.get, client.head) * 2:
        assert ask(path).status_code != 500, path  # 503 may be true: nobody works here


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """The route of every address, as ``urls.py`` writes them."""
    for each in (resolver or get_resolver()).url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from routes(each, route)
        elif isinstance(each, URLPattern):
            yield route


def everything(sandbox: Sandbox) -> dict[str, Any]:
    """All rows of all tables, the pretend provider's ledger among them, and what Wix has."""
    tables = {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in apps.get_models()
    }
    return {**tables, "wix": sandbox.bookings(), "orders": sandbox.orders()}
