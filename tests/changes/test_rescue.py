"""Who loses a time after sending their details finds the three nearest kept for them, or an end."""

import pytest
import time_machine
from django.core import mail

from booking.models import Booking, Hold
from tests.changes.someone import Someone
from tests.faults.books import Books
from tests.in_process import Sandbox
from tests.steps import Answer

pytestmark = pytest.mark.django_db


def lost() -> Booking:
    """The booking whose time somebody else got."""
    return Booking.objects.get(offered_for=None)


def lose(someone: Someone, sandbox: Sandbox, path: str) -> Answer:
    """Somebody books the time at the business's desk before the details come in."""
    line = lost().line
    sandbox.book(
        someone.customer.slug,
        f"{line.starts:%Y-%m-%dT%H:%M}",
        staff=line.staff_name,
        location=line.location_name,
    )
    return someone.customer.send(path)


def fill(someone: Someone, sandbox: Sandbox, path: str) -> Answer:
    """The class is filled at the desk before the details come in."""
    line = lost().line
    start = f"{line.starts:%Y-%m-%dT%H:%M}"
    [session] = sandbox.slots(someone.customer.slug, start, f"{start[:10]}T23:59")[:1]
    for _ in range(session["remainingCapacity"]):
        sandbox.book(someone.customer.slug, start)
    return someone.customer.send(path)


@pytest.fixture
def page(maria: Someone, sandbox: Sandbox) -> Answer:
    """What Maria sees who has lost her time."""
    kept = maria.customer.press(maria.offers()[3]).location
    answer = lose(maria, sandbox, kept)
    return maria.look(answer.location)


def path_of(page: Answer) -> str:
    return page.forms["other"].removesuffix("other/")


def test_three_times_near_it_are_kept_at_once(page: Answer) -> None:
    assert page.main("stage") == "declined"
    assert "Kept for you until" in page.words
    offers = Booking.objects.filter(offered_for=lost())
    assert len(page.kept_instead) == offers.count() == 3
    assert Hold.objects.filter(booking__in=offers, reason="offered").count() == 3


@pytest.mark.parametrize("number", range(3))
def test_nobody_else_can_take_them_for_fifteen_minutes(
    page: Answer, noa: Someone, clock: time_machine.Traveller, number: int
) -> None:
    kept = Booking.objects.filter(offered_for=lost())[number].line
    clock.shift(14 * 60)
    assert kept.staff_id not in noa.take_all(kept.starts)
    clock.shift(12 * 60)
    assert kept.staff_id in noa.take_all(kept.starts)
    again = noa.look(path_of(page))
    assert "Kept for you until" not in again.words
    assert "The nearest free times" in again.words


def test_one_press_leads_to_the_form_with_all_that_was_typed(page: Answer, maria: Someone) -> None:
    chosen = page.kept_instead[1]
    answer = maria.press(path_of(page), "other", offer=chosen)
    form = maria.look(answer.location)
    assert form.main("stage") == "held"
    assert (form.field("first_name"), form.field("email")) == ("Maria", "maria@example.com")
    stages = Booking.objects.filter(offered_for=lost()).values_list("stage", flat=True)
    assert sorted(stages) == ["expired", "expired", "held"]


def test_what_is_chosen_is_booked_and_the_lost_page_leads_there(
    page: Answer, maria: Someone, books: Books
) -> None:
    chosen = page.kept_instead[0]
    form = maria.press(path_of(page), "other", offer=chosen).location
    booked = maria.customer.send(form).location
    assert maria.look(booked).main("stage") == "confirmed"
    books.settle()
    assert books.living() == ["CONFIRMED"]
    assert booked in maria.look(path_of(page)).text


def test_who_wants_none_of_them_says_so_and_all_are_free(page: Answer, maria: Someone) -> None:
    maria.press(path_of(page), "other", offer="")
    stages = set(Booking.objects.filter(offered_for=lost()).values_list("stage", flat=True))
    assert stages == {"expired"}
    again = maria.look(path_of(page))
    assert "Kept for you until" not in again.words
    assert "See all free times" in again.words


def test_one_mail_tells_of_the_loss_and_of_what_is_kept(page: Answer, books: Books) -> None:
    books.settle()
    [told] = [each for each in mail.outbox if each.subject.startswith("Not booked")]
    assert "3 other times are kept for you until" in str(told.body)
    assert path_of(page) in str(told.body)


def test_an_offer_of_somebody_else_cannot_be_taken(page: Answer, noa: Someone) -> None:
    mine = noa.book()
    reference = page.kept_instead[0]
    answer = noa.press(mine, "other", offer=reference)
    assert answer.location == mine
    assert Booking.objects.get(reference=reference).stage == "held"


def test_an_offer_that_is_over_leads_back_to_what_is_free_now(
    page: Answer, maria: Someone, clock: time_machine.Traveller
) -> None:
    clock.shift(16 * 60)
    answer = maria.press(path_of(page), "other", offer=page.kept_instead[0])
    assert answer.location == path_of(page)


def test_a_class_that_filled_up_offers_its_next_sessions(maria: Someone, sandbox: Sandbox) -> None:
    yoga = maria.at("vinyasa-yoga")
    kept = yoga.customer.press(yoga.offers()[0]).location
    answer = fill(yoga, sandbox, kept)
    page = yoga.look(answer.location)
    assert page.main("stage") == "declined"
    assert len(page.kept_instead) == 3
    places = Hold.objects.filter(booking__offered_for=lost()).values_list("places", flat=True)
    assert list(places) == [1, 1, 1]


def test_while_wix_is_silent_the_loss_is_told_without_offers_after_two_minutes(
    maria: Someone, sandbox: Sandbox, books: Books
) -> None:
    kept = maria.customer.press(maria.offers()[3]).location
    sandbox.fault("/_api/service-availability/*", status=503)
    sandbox.fault("/bookings/v2/services/query", status=503)
    answer = lose_unseen(maria, sandbox, kept)
    assert "This page looks again by itself" in maria.look(answer.location).words
    books.settle(6)
    page = maria.look(answer.location)
    assert page.main("stage") == "declined"
    assert page.kept_instead == []
    assert books.outcomes()["mail_declined"] == 1


def lose_unseen(someone: Someone, sandbox: Sandbox, path: str) -> Answer:
    """As ``lose``, by an order to decline whatever comes: the calendar cannot be asked."""
    sandbox.fault("*:confirmOrDecline", status=503, times=1)
    answer = someone.customer.send(path)
    [made] = [each for each in sandbox.bookings() if each.get("externalUserId")]
    sandbox.change(made, "decline")
    return answer


def test_a_request_that_the_business_refuses_offers_nothing_by_itself(
    maria: Someone, books: Books, sandbox: Sandbox
) -> None:
    yoga = maria.at("private-yoga")
    path = yoga.book()
    books.settle()
    sandbox.change(books.at_wix()[0], "decline")
    books.settle(20)
    assert yoga.look(path).main("truth") == "refused"
    assert not Booking.objects.filter(offered_for=lost()).exists()


def test_removing_the_lost_booking_leaves_what_was_booked_instead(
    page: Answer, maria: Someone
) -> None:
    form = maria.press(path_of(page), "other", offer=page.kept_instead[0]).location
    booked = maria.customer.send(form).location
    lost().delete()
    assert maria.look(booked).main("stage") == "confirmed"
