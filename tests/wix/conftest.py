"""A Wix client whose network is a stand-in."""

from typing import Any

import pytest

from booking.domain.service import Service
from booking.wix import Wix
from tests.wix.examples import a_service, services
from tests.wix.sites import ONE, Site
from tests.wix.stand_in import ManualTime, StandIn, Told, a_transport, ok
from tests.wix.stores import MemoryStore


@pytest.fixture
def stand_in() -> StandIn:
    return StandIn(Told())


@pytest.fixture
def wix(stand_in: StandIn) -> Wix:
    return Wix(a_transport(stand_in))


@pytest.fixture
def time() -> ManualTime:
    return ManualTime()


@pytest.fixture
def store(time: ManualTime) -> MemoryStore:
    return MemoryStore(time)


@pytest.fixture
def site(time: ManualTime, store: MemoryStore) -> Site:
    return Site(time, store, ONE)


@pytest.fixture
def read(wix: Wix, stand_in: StandIn) -> Any:
    """A service as it is read when Wix changes these fields of the example."""

    def one(**changes: Any) -> Service:
        stand_in.will_say(ok(services(a_service(**changes))))
        (service,) = wix.services.query()
        return service

    return one
