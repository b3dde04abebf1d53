"""Who does not pay owes nothing, and can never pay for what is no longer theirs."""

import pytest
from django.utils import timezone

from booking import wiring
from booking.domain.ids import WixBookingId
from booking.domain.needs import Need
from booking.models import Booking, Hold, Site
from tests.at_wix.paying import Payer, left_open
from tests.contract.shop import a_payment, an_order

pytestmark = pytest.mark.django_db


def test_who_never_pays_is_told_and_the_time_is_free_again(clara: Payer) -> None:
    clara.leave()
    mails = clara.much_later(37)
    page = clara.page()
    assert (page.status, page.main("page")) == (410, "hold_expired")
    assert "nothing was charged" in page.words
    assert [mail.subject[:16] for mail in mails][-1:] == ["Not paid in time"]
    assert clara.statuses() == ["DECLINED"]
    assert not Hold.objects.filter(until__gt=timezone.now())


def test_what_was_typed_comes_along_to_another_try(clara: Payer) -> None:
    clara.leave()
    clara.much_later(37)
    page = clara.page()
    anew = clara.press(clara.look(again=page.again).offers[0], again=page.again)
    assert clara.look(anew.location).field("email") == "maria@example.com"


def test_the_cart_goes_before_the_booking(clara: Payer) -> None:
    leaving = clara.leave()
    clara.sandbox.forget_requests()
    clara.much_later(37)
    calls = [each for each in clara.sandbox.calls() if "DELETE" in each or "decline" in each]
    assert [each.split()[0] for each in calls] == ["DELETE", "POST"]
    assert clara.press_at_wix(leaving).status_code == 404


def test_while_the_cart_may_stand_the_booking_is_not_given_up(clara: Payer) -> None:
    clara.leave()
    clara.clock.shift(36 * 60)
    clara.sandbox.fault("/ecom/v2/carts/*", method="DELETE", status=503)
    clara.much_later(3)
    assert clara.statuses() == ["CREATED"]
    clara.sandbox.clear_faults()
    clara.much_later(20)
    assert clara.statuses() == ["DECLINED"]
    assert left_open() <= {"review"}  # for late money, a day later


def test_paid_in_the_last_moment_the_booking_wins(clara: Payer) -> None:
    leaving = clara.leave()
    clara.clock.shift(34 * 60)
    clara.worker.run()
    clara.press_at_wix(leaving)
    clara.clock.shift(2 * 60)
    clara.worker.run()  # it is time to take it back, and Wix has not confirmed it yet
    clara.much_later(3)
    assert clara.page().main("money") == "paid"
    assert clara.statuses() == ["CONFIRMED"]


def test_the_time_is_kept_until_nobody_can_pay_any_more(clara: Payer) -> None:
    clara.leave()
    ends = Booking.objects.get(offered_for=None).payments.get().page_until
    assert Hold.objects.filter(until__gt=ends).exists()


def test_who_comes_too_late_is_led_nowhere(clara: Payer) -> None:
    clara.leave()
    page = clara.page()
    clara.clock.shift(31 * 60)
    assert clara.go_on(page).status == 410


def test_money_that_was_on_its_way_when_the_cart_went_goes_back(clara: Payer, site: Site) -> None:
    """An order that is approved when nobody could pay any more: a bank was slow."""
    clara.leave()
    booking_id = WixBookingId(clara.at_wix()[0]["id"])
    clara.much_later(36)
    assert clara.page().status == 410
    wix = wiring.wix_of(site)
    order = wix.orders.create(an_order(booking_id))
    wix.order_transactions.add_payments(order.id, [a_payment()])
    mails = clara.much_later(8)
    assert clara.page().main("truth") == "going_back"
    assert mails[-1].subject.startswith("Not booked")
    assert "All of your money goes back" in mails[-1].body
    assert (
        Booking.objects.get().needs_owner == Need.NOT_GIVEN_BACK_AT_WIX
    )  # as this sandbox does not
