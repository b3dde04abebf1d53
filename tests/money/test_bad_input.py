"""Whatever is opened, pressed, lost or broken on the way, nobody is charged for a time they did not get."""

import pytest
from django.test import Client

from booking.models import Booking, PretendPayment
from tests.faults.faults import CONFIRM
from tests.in_process import Sandbox
from tests.money.moody import Moods
from tests.money.paying import MASSAGE, Desk, owner
from tests.steps import Customer

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY, YEAR = 60, 3_600, 86_400, 365 * 86_400
PAID, NOT_PAID = ("confirmed", "paid"), ("placed", "starting")


# The way back


def test_coming_back_without_paying_proves_nothing(desk: Desk) -> None:
    path = desk.go_to_pay()
    desk.customer.look(path)
    desk.let_pass()
    assert desk.page(path) == NOT_PAID
    assert desk.at_wix() == ["CREATED"]


def test_coming_back_twice_is_charged_once(desk: Desk) -> None:
    path = desk.go_to_pay()
    desk.card()
    for _ in range(2):
        desk.customer.look(path)
    desk.settle()
    assert (desk.page(path), desk.captured()) == (PAID, [65])


def test_coming_back_in_another_browser_shows_the_same(desk: Desk, noa: Customer) -> None:
    path = desk.go_to_pay()
    desk.card()
    desk.settle()
    assert noa.look(path).main("money") == "paid"


def test_coming_back_to_somebody_elses_booking_pays_neither(desk: Desk, noa: Customer) -> None:
    mine = desk.go_to_pay()
    theirs = Desk(noa, desk.sandbox, desk.worker, desk.clock).go_to_pay()
    desk.customer.look(theirs)
    noa.look(mine)
    desk.let_pass()
    assert {desk.page(mine), desk.page(theirs)} == {NOT_PAID}


def test_coming_back_years_later_changes_nothing(desk: Desk) -> None:
    path = desk.go_to_pay()
    desk.card()
    desk.settle()
    desk.let_pass(3 * YEAR)
    page = desk.customer.look(path)
    assert (page.status, page.main("truth"), desk.captured()) == (200, "over", [65])


def test_coming_back_years_later_unpaid_is_told_that_nothing_was_charged(desk: Desk) -> None:
    path = desk.go_to_pay()
    desk.let_pass(3 * YEAR)
    page = desk.customer.look(path)
    assert (page.status, desk.captured()) == (410, [0])
    assert "nothing was charged" in page.words


# Two tabs, an owner, a price


def test_who_presses_everything_five_times_has_one_booking_and_one_charge(desk: Desk) -> None:
    offer = desk.customer.look().offers[0]
    [hold] = {desk.customer.press(offer).location for _ in range(5)}
    form = desk.customer.look(hold)
    [page] = {desk.customer.send(hold, form).location for _ in range(5)}
    path = desk.customer.come_back(PretendPayment.objects.get().back_url)
    again = [desk.customer.client.post(f"{path}pay/")["Location"] for _ in range(5)]
    assert set(again) == {page}
    for _ in range(5):
        desk.card()
    desk.settle()
    assert (desk.page(path), desk.captured()) == (PAID, [65])
    assert desk.at_wix() == ["CONFIRMED"]


def test_paying_in_two_tabs_is_one_charge(desk: Desk) -> None:
    path = desk.go_to_pay()
    desk.customer.client.post(f"{path}pay/")
    desk.customer.client.post(f"{path}pay/")
    desk.card()
    desk.card()
    desk.settle()
    assert (desk.page(path), desk.captured()) == (PAID, [65])


def test_an_owner_who_cancels_while_the_customer_pays_is_obeyed(
    desk: Desk, sandbox: Sandbox
) -> None:
    path = desk.go_to_pay()
    owner(sandbox, "cancel")
    desk.card()
    desk.settle()
    assert desk.page(path) == ("cancelled", "released")
    assert (desk.standings(), desk.captured()) == (["released"], [0])


def test_the_price_that_was_shown_is_charged_whatever_it_became(
    desk: Desk, sandbox: Sandbox
) -> None:
    hold = desk.customer.hold()
    payment = sandbox.service(MASSAGE)["payment"]
    payment["fixed"]["price"]["value"] = "99"
    sandbox.seed(services=[{"slug": MASSAGE, "payment": payment}])
    desk.customer.send(hold)
    desk.card()
    desk.settle()
    assert desk.captured() == [65]


def test_a_price_that_changes_while_its_customer_pays_is_charged_as_it_was(
    desk: Desk, sandbox: Sandbox
) -> None:
    path = desk.go_to_pay()
    payment = sandbox.service(MASSAGE)["payment"]
    payment["fixed"]["price"]["value"] = "99"
    sandbox.seed(services=[{"slug": MASSAGE, "payment": payment}])
    desk.card()
    desk.settle()
    assert (desk.page(path), desk.captured()) == (PAID, [65])


def test_a_deposit_is_charged_and_written_down_as_a_part_and_goes_back_whole(
    desk: Desk, sandbox: Sandbox
) -> None:
    payment = sandbox.service(MASSAGE)["payment"]
    payment["fixed"]["deposit"] = {"value": "20", "currency": "EUR"}
    payment["options"] = {**payment["options"], "deposit": True}
    sandbox.seed(services=[{"slug": MASSAGE, "payment": payment}])
    path = desk.go_to_pay("2027-03-16")
    desk.card()
    desk.settle()
    assert (desk.page(path), desk.captured()) == (("confirmed", "part_paid"), [20])
    assert [each["paymentStatus"] for each in sandbox.orders()] == ["PARTIALLY_PAID"]
    desk.customer.client.post(f"{path}cancel/")
    desk.settle()
    assert (desk.page(path), desk.given_back()) == (("cancelled", "refunded"), [20])


def test_what_costs_nothing_never_meets_the_provider(desk: Desk, moods: Moods) -> None:
    Customer(desk.customer.client, "free-consultation").book()
    desk.settle()
    assert (moods.calls, PretendPayment.objects.count()) == ([], 0)
    assert desk.at_wix() == ["CONFIRMED"]


def test_a_page_that_is_paid_as_its_time_ends_counts(desk: Desk) -> None:
    path = desk.go_to_pay()
    desk.clock.shift(30 * MINUTE - 1)
    desk.card()
    desk.let_pass(10)
    desk.settle()
    assert (desk.page(path), desk.captured()) == (PAID, [65])


# A provider that is down, slow, or loses its answers


def test_a_provider_that_is_down_for_an_hour_leaves_nothing_open(desk: Desk, moods: Moods) -> None:
    moods.down = True
    desk.customer.send(desk.customer.hold())
    desk.settle()
    desk.let_pass(HOUR)
    moods.down = False
    desk.settle()
    booking = Booking.objects.get()
    assert (booking.stage, booking.due) == ("expired", "released")
    assert (desk.left_open(), desk.at_wix()) == ([], ["DECLINED"])


def test_a_provider_that_comes_back_in_time_is_paid_at(desk: Desk, moods: Moods) -> None:
    moods.down = True
    answer = desk.customer.send(desk.customer.hold())
    moods.down = False
    desk.settle()
    path = answer.location.partition("?")[0]
    assert desk.page(path) == NOT_PAID
    desk.card()
    desk.settle()
    assert desk.page(path) == PAID


@pytest.mark.parametrize("call", ["start", "look_up", "capture"])
def test_a_lost_answer_of_the_provider_is_asked_for_again(
    desk: Desk, moods: Moods, call: str
) -> None:
    moods.lose_answer(call)
    desk.customer.send(desk.customer.hold())
    desk.let_pass(10)
    desk.card()
    desk.settle()
    assert (desk.captured(), desk.at_wix()) == ([65], ["CONFIRMED"])


def test_a_capture_is_tried_for_days_and_then_the_owner_is_called(desk: Desk, moods: Moods) -> None:
    path = desk.go_to_pay()
    desk.card()
    moods.meanwhile("look_up", lambda: setattr(moods, "down", True))
    desk.settle()
    assert desk.page(path) == ("confirmed", "authorised")
    desk.let_pass(6 * DAY)
    assert desk.notes() == ""
    desk.let_pass(2 * DAY)
    assert "Look at the payment at" in desk.notes()
    moods.down = False
    desk.settle()
    assert desk.captured() == [65]


# Wix, while the money waits


@pytest.mark.parametrize("minutes", [2, 90])
def test_wix_down_before_it_confirms_is_waited_for(
    desk: Desk, sandbox: Sandbox, minutes: int
) -> None:
    path = desk.go_to_pay()
    desk.card()
    sandbox.fault("*", status=503)
    desk.let_pass(minutes * MINUTE - minutes)
    assert desk.page(path)[1] == "authorised"
    assert desk.captured() == [0]
    sandbox.clear_faults()
    desk.settle()
    desk.let_pass(HOUR)
    assert (desk.page(path), desk.captured()) == (PAID, [65])


def test_a_confirmation_whose_answer_was_lost_is_found_and_charged_once(
    desk: Desk, sandbox: Sandbox
) -> None:
    path = desk.go_to_pay()
    desk.card()
    sandbox.fault(CONFIRM, lose_answer=True, times=1)
    desk.settle()
    assert (desk.page(path), desk.captured()) == (PAID, [65])
    assert desk.at_wix() == ["CONFIRMED"]


def test_wix_down_after_the_capture_keeps_the_booking_and_is_told_later(
    desk: Desk, sandbox: Sandbox
) -> None:
    path = desk.go_to_pay()
    desk.card()
    sandbox.fault("*/ecom/*", status=503)
    desk.settle()
    assert (desk.page(path), sandbox.orders()) == (PAID, [])
    sandbox.clear_faults()
    desk.let_pass(HOUR)
    assert [each["paymentStatus"] for each in sandbox.orders()] == ["PAID"]


def test_an_authorisation_that_lapses_before_wix_confirms_is_not_booked(
    desk: Desk, sandbox: Sandbox
) -> None:
    path = desk.go_to_pay("2027-03-16")
    desk.card()
    sandbox.fault(CONFIRM, status=503)
    desk.settle()
    desk.let_pass(8 * DAY)
    sandbox.clear_faults()
    desk.settle()
    assert desk.page(path) == ("declined", "released")
    assert (desk.captured(), desk.at_wix()) == ([0], ["DECLINED"])


def test_somebody_without_the_key_finds_no_payment(desk: Desk) -> None:
    desk.go_to_pay()
    assert Client().post("/b/AAAAAAAAAAAAAAAAAAAAAA/pay/").status_code == 404


@pytest.mark.parametrize(
    "other", [{"amount": 6}, {"currency": "USD"}, {"reference": "XXXXXXXX"}], ids=str
)
def test_what_was_authorised_otherwise_than_asked_is_let_go_and_told_to_the_owner(
    desk: Desk, other: dict[str, object]
) -> None:
    path = desk.go_to_pay()
    PretendPayment.objects.update(**other)
    desk.card()
    desk.settle()
    assert desk.page(path) == ("declined", "released")
    assert (desk.captured(), desk.at_wix()) == ([0], ["DECLINED"])
    assert "not what was asked for" in desk.notes()
