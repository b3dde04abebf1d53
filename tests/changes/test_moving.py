"""A customer moves a booking by the rules they booked under; if that fails, nothing has changed."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from booking.models import Booking, Hold
from tests.changes.someone import Someone
from tests.faults.books import Books
from tests.faults.faults import every_fault
from tests.in_process import Sandbox

pytestmark = pytest.mark.django_db

RESCHEDULE = "*/reschedule"
A_DAY_LATER = "2027-03-10"


def ours() -> Booking:
    """The one booking that a customer has; what only keeps a new time for it is not one."""
    return Booking.objects.get(moves=None)


def test_the_old_and_the_new_time_stand_side_by_side_before_anything_changes(
    maria: Someone, books: Books
) -> None:
    path = maria.book()
    before = ours().line.starts
    kept = maria.keep_another(path, day=A_DAY_LATER)
    assert kept.location == f"{path}move/"
    page = maria.look(kept.location)
    assert "Tuesday, 9 March 2027" in page.words
    assert "Wednesday, 10 March 2027" in page.words
    assert "the price stays the same" in page.words
    assert ours().line.starts == before
    assert len(books.at_wix()) == 1


def test_who_moves_has_the_new_time_here_and_at_wix_and_gets_a_mail(
    maria: Someone, books: Books
) -> None:
    path = maria.book()
    starts, deadline = ours().line.starts, ours().cancel_until
    assert deadline is not None
    assert maria.move(path, day=A_DAY_LATER).location == path
    assert ours().line.starts == starts + timedelta(days=1)
    assert ours().cancel_until == deadline + timedelta(days=1)
    page = maria.look(path)
    assert page.main("stage") == "confirmed"
    assert "10 March" in page.words
    books.settle()
    [at_wix] = books.at_wix()
    assert at_wix["startDate"].startswith("2027-03-10")
    [moved] = [each for each in mail.outbox if each.subject.startswith("Moved")]
    assert "Moved: before, it was Tuesday, 9 March, 18:00" in str(moved.body)
    assert books.balance()


def test_the_old_time_is_free_again_and_the_new_one_is_not(maria: Someone, noa: Someone) -> None:
    old, path = maria.offers()[0], maria.book()
    maria.move(path, day=A_DAY_LATER)
    assert old in noa.offers()
    moved_to = ours().line
    live = Hold.objects.filter(starts=moved_to.starts, until__gt=ours().created)
    assert [each.bookable.wix_id for each in live] == [moved_to.staff_id]


def test_the_new_time_is_kept_for_ten_minutes_against_everybody_else(
    maria: Someone, noa: Someone, clock: time_machine.Traveller
) -> None:
    path = maria.book()
    maria.keep_another(path, day=A_DAY_LATER)
    kept = Booking.objects.get(moves=ours()).line
    assert kept.staff_id not in noa.take_all(kept.starts)
    clock.shift(11 * 60)
    assert kept.staff_id in noa.take_all(kept.starts)


def test_choosing_yet_another_time_lets_the_first_one_go(maria: Someone) -> None:
    path = maria.book()
    kept = maria.keep_another(path, 0, A_DAY_LATER)
    maria.customer.press(maria.offers()[3], again=maria.look(kept.location).again)
    stages = Booking.objects.filter(moves=ours()).values_list("stage", flat=True)
    assert sorted(stages) == ["expired", "held"]


def test_five_presses_move_once(maria: Someone, books: Books, sandbox: Sandbox) -> None:
    path = maria.book()
    maria.keep_another(path, day=A_DAY_LATER)
    answers = [maria.press(path, "move") for _ in range(5)]
    assert answers[0].status == 303
    books.settle()
    assert len(sandbox.calls("/reschedule")) == 1
    assert books.outcomes()["mail_moved"] == 1


def test_a_new_time_that_has_just_gone_leaves_everything_as_it_was(
    maria: Someone, books: Books, sandbox: Sandbox
) -> None:
    path = maria.book()
    before = ours().line.starts
    maria.keep_another(path, day=A_DAY_LATER)
    target = Booking.objects.get(moves=ours()).line
    sandbox.book(
        "haircut",
        f"{target.starts:%Y-%m-%dT%H:%M}",
        staff=target.staff_name,
        location=target.location_name,
    )
    maria.press(path, "move")
    page = maria.look(path)
    assert (page.main("stage"), page.main("truth")) == ("confirmed", "not_moved")
    assert "your booking stands as it was" in page.words
    assert ours().line.starts == before
    books.settle()
    assert books.outcomes()["mail_not_moved"] == 1
    assert books.balance()


def test_a_new_time_that_is_no_longer_kept_is_said_and_changes_nothing(
    maria: Someone, clock: time_machine.Traveller
) -> None:
    path = maria.book()
    before = ours().line.starts
    maria.keep_another(path, day=A_DAY_LATER)
    clock.shift(660)
    answer = maria.press(path, "move")
    assert answer.status == 410
    assert "Your booking stands as it was" in answer.words
    assert ours().line.starts == before


def test_after_the_deadline_nothing_can_be_moved(
    maria: Someone, clock: time_machine.Traveller
) -> None:
    path = maria.book()
    maria.keep_another(path, day=A_DAY_LATER)
    clock.move_to("2027-03-09T06:00:00Z")
    assert "/move/" not in maria.look(path).text
    assert maria.look(f"{path}move/").status == 409
    assert maria.press(path, "move").status == 409


@every_fault
def test_whatever_wix_answers_it_is_moved_once_or_not_at_all_and_the_page_says_which(
    fault: dict[str, object], maria: Someone, books: Books, sandbox: Sandbox
) -> None:
    path = maria.book()
    sandbox.fault(RESCHEDULE, times=2, **fault)
    maria.move(path, day=A_DAY_LATER)
    assert maria.look(path).main("stage") == "confirmed"
    books.settle(15)
    page = maria.look(path)
    [at_wix] = books.at_wix()
    assert ours().line.starts.isoformat()[:16] == at_wix["startDate"][:16]
    assert page.main("truth") in ("booked", "not_moved")
    outcomes = books.outcomes()
    assert outcomes["mail_moved"] + outcomes["mail_not_moved"] == 1
    assert books.balance()


def test_a_place_in_a_class_moves_to_another_session(maria: Someone, books: Books) -> None:
    yoga = maria.at("vinyasa-yoga")
    path = yoga.book()
    before = ours().line
    yoga.move(path, 1)
    after = ours().line
    assert (after.event_id != before.event_id, after.starts != before.starts) == (True, True)
    [at_wix] = books.at_wix()
    assert at_wix["bookedEntity"]["slot"]["eventId"] == after.event_id
    books.settle()
    assert books.balance()


@pytest.mark.parametrize("slug", ["private-yoga", "yoga-for-beginners", "family-yoga"])
def test_what_wix_does_not_move_is_not_offered_to_be_moved(slug: str, maria: Someone) -> None:
    path = maria.at(slug).book()
    assert "/move/" not in maria.look(path).text
    assert maria.press(path, "move").status in (303, 409)


def test_a_move_token_opens_nothing_and_moves_nothing(
    maria: Someone, noa: Someone, books: Books
) -> None:
    path = maria.book()
    token = maria.times_to_move_to(path).field("again")
    assert noa.look(f"/b/{token}/").status == 404
    before = ours().line.starts
    noa.customer.press(noa.offers()[3], again=token)
    assert ours().line.starts == before


def test_what_could_not_be_moved_before_it_begins_stays_where_it_was(
    maria: Someone, books: Books, sandbox: Sandbox
) -> None:
    path = maria.book()
    before = ours().line.starts
    sandbox.fault(RESCHEDULE, status=503)
    maria.move(path, day=A_DAY_LATER)
    books.settle_later(hours=9 * 24)
    sandbox.clear_faults()
    assert ours().line.starts == before
    assert books.outcomes()["mail_not_moved"] == 1
