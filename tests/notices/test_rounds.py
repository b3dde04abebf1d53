"""Without any notice the worker finds out what the business has changed: once an hour, in few calls."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from booking import tasks
from booking.actions import rounds
from booking.models import Attempt, Booking, Line
from tests.in_process import Sandbox
from tests.notices.post import Post, named, owner_cancels
from tests.notices.test_following import owner_moves
from tests.steps import Customer

pytestmark = pytest.mark.django_db
READER = "/extended-bookings/query"


@pytest.fixture
def page(maria: Customer, post: Post) -> str:
    """The page of a haircut that is paid on site."""
    page = maria.book()
    post.work(60)
    return page


def test_what_the_business_cancels_is_cancelled_here(
    maria: Customer, sandbox: Sandbox, post: Post, page: str
) -> None:
    owner_cancels(sandbox)
    [mail] = post.go_round()
    assert maria.look(page).main("truth") == "called_off"
    assert "Cancelled" in mail.subject


def test_what_the_business_moves_is_moved_here(sandbox: Sandbox, post: Post, page: str) -> None:
    owner_moves(sandbox, "2027-03-04T15:00")
    [mail] = post.go_round()
    assert "Moved" in mail.subject
    assert Booking.objects.get().line.starts.isoformat() == "2027-03-04T15:00:00+00:00"


def test_what_nobody_has_changed_is_left_alone(post: Post, page: str) -> None:
    assert post.go_round() == []
    assert not Attempt.objects.filter(step="review").exists()


def test_what_is_known_already_is_not_looked_at_again(
    sandbox: Sandbox, post: Post, page: str, settings: Settings
) -> None:
    owner_moves(sandbox, "2027-03-04T15:00")
    for _ in range(3):
        post.go_round()
        post.clock.shift(settings.REVIEW_SECONDS)
    assert Attempt.objects.filter(step="review").count() == 1


def test_a_reader_that_lags_tells_nothing_new(sandbox: Sandbox, post: Post, page: str) -> None:
    """What we have written there after what it shows is not undone."""
    Line.objects.update(wix_revision="99")
    owner_cancels(sandbox)
    post.go_round()
    assert not Attempt.objects.filter(step="review").exists()


def test_a_round_is_gone_once_an_hour(
    sandbox: Sandbox, post: Post, page: str, settings: Settings
) -> None:
    sandbox.forget_requests()
    for _ in range(12):
        post.go_round()
        post.clock.shift(settings.REVIEW_SECONDS / 4)
    assert len(sandbox.calls(READER)) == 3


def test_of_many_ticks_one_wakes_the_round(post: Post, page: str) -> None:
    for _ in range(3):
        tasks.tick()
    [woken] = DBTaskResult.objects.filter(task_path="booking.tasks.go_round")
    assert woken.args_kwargs["args"][0] == post.worker.site.pk


def test_a_hundred_bookings_are_one_call(sandbox: Sandbox, post: Post, page: str) -> None:
    known = Line.objects.get()
    Line.objects.bulk_create(
        Line(
            booking=known.booking,
            position=1 + at,
            reference=f"ref-{at}",
            starts=known.starts,
            ends=known.ends,
            wix_id=f"00000000-0000-4000-8000-{at:012}",
        )
        for at in range(1, 250)
    )
    sandbox.forget_requests()
    post.go_round()
    assert len(sandbox.calls(READER)) == 3


def test_what_the_business_cancels_as_it_ends_is_found_afterwards(
    maria: Customer, sandbox: Sandbox, post: Post, page: str
) -> None:
    post.clock.move_to(Booking.objects.get().line.ends - timedelta(minutes=1))
    owner_cancels(sandbox)
    post.clock.shift(timedelta(hours=15))
    post.go_round()
    assert maria.look(page).main("truth") == "called_off"


def test_a_day_after_its_end_nothing_is_asked_after(
    sandbox: Sandbox, post: Post, page: str
) -> None:
    post.clock.move_to(Booking.objects.get().line.ends + timedelta(days=1, seconds=1))
    sandbox.forget_requests()
    post.go_round()
    assert sandbox.calls(READER) == []


def test_what_cannot_be_read_holds_up_nothing_else(
    maria: Customer, sandbox: Sandbox, post: Post, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "PAGE_SIZE", 1)
    maria.book(1)
    post.work(60)
    owner_cancels(sandbox)
    sandbox.fault(READER, body={"extendedBookings": 7}, times=1)
    post.go_round()
    assert sorted(Booking.objects.values_list("stage", flat=True)) == ["cancelled", "confirmed"]


def test_who_was_slow_to_begin_a_round_leaves_it_to_another(
    sandbox: Sandbox, post: Post, page: str
) -> None:
    [(site_id, until)] = rounds.claim_due(timezone.now())
    post.clock.shift(rounds.AGAIN)
    assert rounds.claim_due(timezone.now()) != []
    sandbox.forget_requests()
    tasks.go_round.func(site_id, until.isoformat())
    assert sandbox.calls(READER) == []


def test_while_wix_is_away_the_round_is_gone_again_soon(
    maria: Customer, sandbox: Sandbox, post: Post, page: str
) -> None:
    owner_cancels(sandbox, named(sandbox))
    sandbox.fault(status=503)
    post.go_round()
    assert maria.look(page).main("truth") == "booked"
    sandbox.clear_faults()
    post.clock.shift(timedelta(minutes=5))
    post.go_round()
    assert maria.look(page).main("truth") == "called_off"
