"""A Wix client whose network is a stand-in."""

import pytest

from booking.wix import Wix
from tests.wix.stand_in import StandIn, Told, a_transport


@pytest.fixture
def stand_in() -> StandIn:
    return StandIn(Told())


@pytest.fixture
def wix(stand_in: StandIn) -> Wix:
    return Wix(a_transport(stand_in))
