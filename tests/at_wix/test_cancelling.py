"""Who cancels while Wix's page is open owes nothing, and nobody can pay for it any more."""

import pytest
from django.utils import timezone

from booking.actions.cancel import cancel
from booking.actions.patience import Patience
from booking.domain.needs import Need
from booking.models import Booking
from tests.at_wix.paying import Payer

pytestmark = pytest.mark.django_db


def call_off() -> None:
    """What pressing "Cancel" on the booking's page does."""
    cancel(Booking.objects.get(offered_for=None), timezone.now(), Patience())


def test_the_cart_goes_and_the_booking_after_it(clara: Payer) -> None:
    leaving = clara.leave()
    call_off()
    clara.much_later(10)
    assert clara.press_at_wix(leaving).status_code == 404
    assert clara.statuses() == ["DECLINED"]
    page = clara.page()
    assert (page.main("stage"), page.main("money")) == ("cancelled", "released")


def test_as_long_as_the_cart_may_stand_the_booking_stays(clara: Payer) -> None:
    clara.leave()
    clara.sandbox.fault("/ecom/v2/carts/*", method="DELETE", status=503)
    call_off()
    clara.much_later(3)
    assert clara.statuses() == ["CREATED"]
    clara.sandbox.clear_faults()
    clara.much_later(15)
    assert clara.statuses() == ["DECLINED"]


def test_what_was_paid_in_that_moment_goes_back(clara: Payer) -> None:
    clara.press_at_wix(clara.leave())
    call_off()
    *_, told = clara.much_later(10)
    page = clara.page()
    assert (page.main("stage"), page.main("money")) == ("cancelled", "refunded")
    assert "given back through Wix" in told.body
    assert clara.statuses() == ["CANCELED"]
    assert Booking.objects.get(offered_for=None).needs_owner == Need.PAID_NOT_BOOKED
