"""A request that the business answers itself waits with its money kept, and is charged only by a yes."""

from datetime import timedelta

import pytest
from django.core import mail

from booking.models import Booking
from tests.in_process import Sandbox
from tests.money.paying import Desk, needs_approval, owner

pytestmark = pytest.mark.django_db
DAY, HOUR = 86_400, 3_600


@pytest.fixture
def request_made(desk: Desk, sandbox: Sandbox) -> str:
    """The path of a request in two weeks, whose money is kept."""
    needs_approval(sandbox)
    path = desk.go_to_pay("2027-03-16")
    desk.card()
    desk.let_pass()
    return path


def test_it_waits_with_the_money_kept(desk: Desk, request_made: str) -> None:
    assert desk.page(request_made) == ("awaiting_owner", "authorised")
    assert (desk.at_wix(), desk.captured()) == (["PENDING"], [0])


def test_a_yes_is_charged_once(desk: Desk, sandbox: Sandbox, request_made: str) -> None:
    owner(sandbox, "confirm")
    desk.settle()
    assert desk.page(request_made) == ("confirmed", "paid")
    assert desk.captured() == [65]


def test_a_no_lets_the_money_go(desk: Desk, sandbox: Sandbox, request_made: str) -> None:
    owner(sandbox, "decline")
    desk.settle()
    assert desk.page(request_made) == ("declined", "released")
    assert (desk.standings(), desk.captured()) == (["released"], [0])


def test_five_days_of_silence_are_not_an_answer(desk: Desk, request_made: str) -> None:
    desk.let_pass(5 * DAY)
    assert desk.page(request_made) == ("awaiting_owner", "authorised")


def test_six_days_of_silence_are_a_no(desk: Desk, request_made: str) -> None:
    desk.let_pass(6 * DAY + HOUR)
    desk.settle()
    assert desk.page(request_made) == ("declined", "released")
    assert (desk.at_wix(), desk.standings()) == (["DECLINED"], ["released"])


def test_who_was_not_answered_is_told_so_by_page_and_mail(desk: Desk, request_made: str) -> None:
    desk.let_pass(6 * DAY + HOUR)
    assert "did not answer this request in time. Nothing is owed" in (
        desk.customer.look(request_made).words
    )
    told = [str(each.body) for each in mail.outbox if each.to == ["maria@example.com"]]
    assert "did not answer this request in time" in told[-1]


def test_a_business_that_did_not_answer_is_told_so(desk: Desk, request_made: str) -> None:
    desk.let_pass(6 * DAY + HOUR)
    assert "not answered in time" in desk.notes()


def test_a_yes_in_the_last_hour_counts(desk: Desk, sandbox: Sandbox, request_made: str) -> None:
    desk.let_pass(6 * DAY - HOUR)
    owner(sandbox, "confirm")
    desk.let_pass(2 * HOUR)
    assert desk.page(request_made) == ("confirmed", "paid")


def test_silence_until_the_start_is_a_no(desk: Desk, sandbox: Sandbox) -> None:
    needs_approval(sandbox)
    path = desk.go_to_pay()
    desk.card()
    desk.let_pass()
    starts = Booking.objects.get().line.starts
    desk.clock.move_to(starts - timedelta(minutes=5))
    desk.let_pass()
    assert desk.page(path) == ("awaiting_owner", "authorised")
    desk.let_pass(5 * 60)
    desk.settle()
    assert desk.page(path) == ("declined", "released")
    assert desk.at_wix() == ["DECLINED"]
