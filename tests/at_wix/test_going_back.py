"""Money is said to be back only once Wix says so: a bank may take days, and may refuse."""

import pytest

from booking.domain.needs import Need
from booking.models import Booking
from tests.at_wix.paying import Payer, given_back
from tests.at_wix.test_lost import somebody_else_books

pytestmark = pytest.mark.django_db


@pytest.fixture
def lost(clara: Payer) -> Payer:
    """Somebody whose time was gone when they had paid."""
    leaving = clara.leave()
    somebody_else_books(clara)
    clara.press_at_wix(leaving)
    return clara


@pytest.mark.parametrize("status", ["PENDING", "SCHEDULED", "STARTED"])
def test_money_that_is_on_its_way_is_not_said_to_be_back(lost: Payer, status: str) -> None:
    lost.sandbox.settings(refundStatus=status)
    lost.later()
    lost.much_later(30)
    assert lost.page().main("truth") == "going_back"
    lost.sandbox.settings(refundStatus="SUCCEEDED")
    lost.much_later(60)
    assert (lost.page().main("truth"), lost.page().main("money")) == ("given_back", "refunded")
    assert given_back(lost.sandbox) == ["65.00"]
    assert Need.NOT_GIVEN_BACK_AT_WIX not in lost.called_for()


def test_what_fails_at_once_is_the_business_s_to_do(lost: Payer) -> None:
    lost.sandbox.settings(refundStatus="FAILED")
    lost.later()
    lost.much_later(30)
    assert (lost.page().main("truth"), lost.page().main("money")) == ("going_back", "paid")
    assert Booking.objects.get(offered_for=None).needs_owner == Need.NOT_GIVEN_BACK_AT_WIX
    assert len(given_back(lost.sandbox)) == 1


def test_so_is_what_fails_on_its_way(lost: Payer) -> None:
    lost.sandbox.settings(refundStatus="PENDING")
    lost.later()
    lost.sandbox.settings(refundStatus="FAILED")
    lost.much_later(30)
    assert lost.page().main("money") == "paid"
    assert Booking.objects.get(offered_for=None).needs_owner == Need.NOT_GIVEN_BACK_AT_WIX
    assert len(given_back(lost.sandbox)) == 1
