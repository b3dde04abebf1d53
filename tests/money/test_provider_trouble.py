"""A provider that lets us in no longer, tells nothing for days, or was quicker than we: who is told, and what is said."""

import pytest
from django.core import mail
from django.utils import timezone

from booking.actions import needs
from booking.models import Booking, PretendPayment
from tests.in_process import Sandbox
from tests.money.moody import Moods
from tests.money.paying import MASSAGE, Desk, give_up

pytestmark = pytest.mark.django_db
DAY = "2027-03-16"
PAID = ("confirmed", "paid")
HOUR, DAYS = 3_600, 86_400


@pytest.fixture
def waiting(desk: Desk, moods: Moods) -> str:
    """The page of a booking whose customer has paid, and nobody has looked yet."""
    path = desk.go_to_pay(DAY)
    desk.card()
    return path


@pytest.mark.parametrize("call", ["look_up", "capture"])
def test_a_key_that_was_withdrawn_is_told_once_and_the_rest_follows_when_it_is_mended(
    desk: Desk, moods: Moods, waiting: str, call: str
) -> None:
    moods.shut = call
    for _ in range(5):
        desk.let_pass(120)
    assert desk.captured() == [0]
    assert "refuses this site" in desk.notes()
    desk.let_pass(60)
    assert len([each for each in mail.outbox if "needs you" in each.subject]) == 1
    moods.shut = ""
    desk.settle()
    assert (desk.page(waiting), desk.captured(), desk.notes()) == (PAID, [65], "")


def test_a_key_that_was_withdrawn_before_the_money_is_let_go_of_is_told(
    desk: Desk, sandbox: Sandbox, moods: Moods, waiting: str
) -> None:
    sandbox.fault("*:confirmOrDecline", status=503)
    desk.let_pass(5)
    moods.shut = "release"
    give_up()
    desk.settle()
    assert (desk.page(waiting), desk.open_authorisations() != []) == (
        ("cancelled", "authorised"),
        True,
    )
    assert "refuses this site" in desk.notes()
    moods.shut = ""
    desk.settle()
    assert desk.page(waiting) == ("cancelled", "released")
    assert (desk.open_authorisations(), desk.left_open()) == ([], [])


def test_a_page_that_the_provider_does_not_know_is_told_and_asked_for_on(
    desk: Desk, moods: Moods, waiting: str
) -> None:
    moods.refuse("look_up")
    desk.let_pass(5)
    assert "refuses this site" in desk.notes()
    desk.settle()
    assert desk.page(waiting) == PAID


def test_a_provider_that_makes_no_page_is_not_told_as_a_time_that_went_to_somebody_else(
    desk: Desk, moods: Moods
) -> None:
    moods.refuse("start")
    path = desk.customer.send(desk.customer.hold()).location.partition("?")[0]
    desk.settle()
    page = desk.customer.look(path)
    assert page.main("truth") == "no_way_to_pay"
    assert (page.kept_instead, desk.at_wix()) == ([], ["DECLINED"])
    assert "Look at your account at" in desk.notes()


def test_a_provider_that_is_away_for_days_stands_in_the_list_and_nobody_is_asked_to_pay(
    desk: Desk, moods: Moods, waiting: str
) -> None:
    moods.down = True
    for _ in range(30):
        desk.let_pass(HOUR)
    todo = needs.open_at(Booking.objects.get().site, timezone.now())
    assert [each.step for each in todo.lasting] == ["look"]
    page = desk.customer.look(waiting)
    assert page.main("truth") == "page_over"
    assert "Go on to pay" not in page.words
    moods.down = False
    desk.settle()
    assert (desk.page(waiting), desk.captured()) == (PAID, [65])


def test_what_was_taken_before_we_asked_for_it_is_booked_and_taken_once(desk: Desk) -> None:
    path = desk.go_to_pay(DAY)
    PretendPayment.objects.update(standing="captured", captured=65)
    desk.settle()
    assert (desk.page(path), desk.captured(), desk.notes()) == (PAID, [65], "")


def test_what_was_taken_before_we_asked_for_it_goes_back_if_the_time_is_lost(
    desk: Desk, sandbox: Sandbox
) -> None:
    path = desk.go_to_pay(DAY)
    start = Booking.objects.get().line.starts
    sandbox.book(MASSAGE, f"{start:%Y-%m-%dT%H:%M}", staff="clara")
    PretendPayment.objects.update(standing="captured", captured=65)
    desk.settle()
    assert desk.page(path) == ("declined", "refunded")
    assert (desk.captured(), desk.given_back()) == ([65], [65])


def test_a_refused_capture_leaves_the_booking_and_the_owner_may_have_it_tried_again(
    desk: Desk, moods: Moods, waiting: str
) -> None:
    moods.refuse("capture")
    desk.settle()
    assert desk.page(waiting) == ("confirmed", "authorised")
    assert "ask the customer to pay on site" in desk.notes()
    needs.try_again(Booking.objects.get(), "ana", timezone.now())
    desk.settle()
    assert (desk.page(waiting), desk.captured(), desk.notes()) == (PAID, [65], "")


def test_what_could_not_be_taken_is_let_go_of_when_the_card_lets_go(
    desk: Desk, moods: Moods, waiting: str
) -> None:
    moods.refuse("capture")
    desk.settle()
    desk.let_pass(8 * DAYS)
    assert desk.page(waiting) == ("confirmed", "released")
    assert (desk.open_authorisations(), desk.left_open(), desk.captured()) == ([], [], [0])
    assert "Your card was not charged: to be paid on site" in desk.customer.look(waiting).words


def test_a_payment_that_goes_back_before_wix_knew_of_it_stands_there_as_given_back(
    desk: Desk, sandbox: Sandbox
) -> None:
    path = desk.go_to_pay(DAY)
    desk.card()
    sandbox.fault("*/ecom/*", status=503)
    desk.settle()
    desk.customer.client.post(f"{path}cancel/")
    desk.settle()
    assert desk.page(path) == ("cancelled", "refunded")
    sandbox.clear_faults()
    desk.let_pass(HOUR)
    desk.settle()
    assert [each["paymentStatus"] for each in sandbox.orders()] == ["FULLY_REFUNDED"]


def test_the_provider_is_given_a_way_back_and_never_the_key(desk: Desk) -> None:
    path = desk.go_to_pay(DAY)
    key = path.strip("/").rpartition("/")[2]
    told = PretendPayment.objects.get().back_url
    assert key not in told
    assert desk.customer.come_back(told) == path
    desk.clock.shift(2 * DAYS)
    assert desk.customer.look(told.removeprefix("http://testserver")).status == 404


def test_more_than_was_asked_for_that_somebody_took_goes_back_whole(desk: Desk) -> None:
    path = desk.go_to_pay(DAY)
    PretendPayment.objects.update(standing="captured", captured=66, amount=66)
    desk.settle()
    assert desk.page(path) == ("declined", "refunded")
    assert desk.given_back() == [66]
