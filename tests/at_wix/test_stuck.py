"""Who has paid at Wix and is not confirmed there is waited for, and gets the money back in the end."""

from datetime import timedelta

import pytest
from django.utils import timezone

from booking.domain.needs import Need
from booking.models import Booking, Hold
from tests.at_wix.paying import Payer, given_back

pytestmark = pytest.mark.django_db


@pytest.fixture
def stuck(clara: Payer) -> Payer:
    """Somebody who has paid, while Wix Bookings does not hear of it."""
    clara.sandbox.settings(bookingsHears=False)
    clara.press_at_wix(clara.leave())
    return clara


def until_it_begins(payer: Payer) -> None:
    payer.clock.move_to(Booking.objects.get(offered_for=None).useless_from + timedelta(seconds=5))


def test_the_business_is_told_once_and_soon(stuck: Payer) -> None:
    stuck.much_later(4)
    assert stuck.called_for() == []
    stuck.much_later(11)
    assert stuck.called_for() == [Need.PAID_NOT_CONFIRMED]
    stuck.much_later(45)
    assert stuck.called_for() == [Need.PAID_NOT_CONFIRMED]
    assert stuck.page().main("stage") == "placed"


def test_the_time_is_kept_as_long(stuck: Payer) -> None:
    stuck.much_later(90)
    assert Hold.objects.filter(until__gt=timezone.now()).exists()


def test_once_the_business_confirms_it_it_is_paid(stuck: Payer) -> None:
    """Wix's booking says nothing of the payment then, its order does."""
    stuck.much_later(40)
    stuck.sandbox.change(stuck.at_wix()[0], "confirm")
    stuck.much_later(5)
    page = stuck.page()
    assert (page.main("stage"), page.main("money")) == ("confirmed", "paid")
    assert Booking.objects.get(offered_for=None).needs_owner == ""
    assert given_back(stuck.sandbox) == []


def test_what_is_not_decided_when_it_begins_goes_back(stuck: Payer) -> None:
    stuck.much_later(40)
    until_it_begins(stuck)
    mails = stuck.much_later(5)
    page = stuck.page()
    assert (page.main("truth"), page.main("money")) == ("given_back", "refunded")
    assert given_back(stuck.sandbox) == ["65.00"]
    assert stuck.statuses() == ["DECLINED"]
    assert "money" in mails[-1].body
    assert Need.PAID_NOT_BOOKED in stuck.called_for()


def test_what_the_business_declines_goes_back_at_once(stuck: Payer) -> None:
    stuck.much_later(40)
    stuck.sandbox.change(stuck.at_wix()[0], "decline")
    stuck.much_later(5)
    assert stuck.page().main("truth") == "given_back"
    assert given_back(stuck.sandbox) == ["65.00"]
