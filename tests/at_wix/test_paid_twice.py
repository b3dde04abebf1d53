"""What somebody has paid twice at Wix is booked once, and what is too much goes back."""

from decimal import Decimal
from typing import Never

import pytest
from django.utils import timezone

from booking.actions import handovers, needs
from booking.domain.needs import Need
from booking.models import Booking, Payment
from tests.at_wix.paying import Payer, given_back

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """The process dies at this point."""


def die(*_told: object, **_details: object) -> Never:
    raise Killed


def test_what_is_paid_twice_stands_and_the_second_goes_back(clara: Payer) -> None:
    clara.press_at_wix(clara.leave(), "pay-twice")
    clara.later()
    page = clara.page()
    assert (page.main("stage"), page.main("money")) == ("confirmed", "paid")
    assert given_back(clara.sandbox) == ["65.00"]
    assert Payment.objects.get().captured == Decimal(65)
    assert Booking.objects.get(offered_for=None).needs_owner == Need.PAID_TWICE


def test_a_deposit_that_is_paid_twice_goes_back_once(clara: Payer) -> None:
    customer = clara.at("colour-and-gloss")
    customer.press_at_wix(customer.leave(), "pay-twice")
    customer.later()
    page = customer.page()
    assert (page.main("stage"), page.main("money")) == ("confirmed", "part_paid")
    assert "30 € paid at Wix, the rest on site" in page.words
    assert given_back(clara.sandbox) == ["30.00"]
    assert Booking.objects.get(offered_for=None).needs_owner == Need.PAID_TWICE


def test_what_failed_to_go_back_goes_when_somebody_has_it_tried_again(clara: Payer) -> None:
    clara.sandbox.settings(refundStatus="FAILED")
    clara.press_at_wix(clara.leave(), "pay-twice")
    clara.much_later(3)
    assert Need.NOT_GIVEN_BACK_AT_WIX in clara.called_for()
    clara.sandbox.settings(refundStatus="SUCCEEDED")
    assert needs.try_again(Booking.objects.get(offered_for=None), "ana", timezone.now()) == 1
    clara.much_later(3)
    assert given_back(clara.sandbox)[-1] == "65.00"
    assert clara.page().main("money") == "paid"
    still_open = Booking.objects.get(offered_for=None).open_handovers
    assert [each.need for each in still_open] == [Need.PAID_TWICE]


def test_who_dies_while_that_is_written_down_forgets_none_of_it(
    clara: Payer, monkeypatch: pytest.MonkeyPatch
) -> None:
    clara.press_at_wix(clara.leave(), "pay-twice")
    with monkeypatch.context() as dying:
        dying.setattr(handovers, "call_owner", die)
        with pytest.raises(Killed):
            clara.later()
    assert Booking.objects.get(offered_for=None).due == "at_wix"
    clara.much_later(3)
    assert given_back(clara.sandbox) == ["65.00"]
    assert Booking.objects.get(offered_for=None).needs_owner == Need.PAID_TWICE
