"""Whoever dies at work leaves a lease that lapses; another goes on, and nothing happens twice."""

import pytest
from django.utils import timezone
from pytest_django import Settings

from booking import tasks, wiring
from booking.actions import attempts, keys, leases, making, place, settle
from booking.actions.hands import Hands
from booking.actions.place import Details
from booking.domain.ids import WixBookingId
from booking.domain.outcome import Customer as Person
from booking.domain.outcome import Paid
from booking.models import Attempt, Booking, Site, Step
from booking.post import hands_for
from tests.faults.books import Books
from tests.faults.faults import CREATE
from tests.in_process import Sandbox
from tests.steps import Customer

pytestmark = pytest.mark.django_db
NOA = Details(
    customer=Person(first_name="Noa", last_name="", email="noa@example.com"), note="", press="p"
)


@pytest.fixture
def hands(site: Site) -> Hands:
    """What a worker works with."""
    return hands_for(site)


@pytest.fixture
def left_alone(maria: Customer, site: Site) -> Attempt:
    """A booking that was placed by a process which then did nothing more."""
    key = maria.hold().split("/")[2]
    now, wix = timezone.now(), wiring.wix_of(site)
    placed = place.place(site, wix, key, NOA, now=now, patience=wiring.patience())
    assert placed.attempt
    assert leases.begin(placed.attempt, now, wiring.patience().lease)
    return placed.attempt


def test_nobody_touches_what_somebody_works_on(left_alone: Attempt, books: Books) -> None:
    books.clock.shift(50)
    books.worker.run()
    assert books.at_wix() == []


def test_a_worker_takes_over_when_the_lease_has_lapsed(left_alone: Attempt, books: Books) -> None:
    books.settle()
    assert books.stage() == "confirmed"
    assert books.balance()
    assert books.outcomes() == {"mail_confirmed": 1}


def test_one_more_attempt_comes_after_the_last_though_others_are_missing(
    left_alone: Attempt,
) -> None:
    booking, now = left_alone.booking, timezone.now()
    attempts.once(booking, Step.REVIEW, now, generation=2)
    assert attempts.anew(booking, Step.REVIEW, now).generation == 3


def test_who_died_after_making_the_booking_is_followed_by_one_who_finds_it(
    left_alone: Attempt, hands: Hands, books: Books
) -> None:
    making._make(left_alone.booking, left_alone.booking.line, hands)
    books.settle()
    assert [each["status"] for each in books.at_wix()] == ["CONFIRMED"]
    assert books.balance()


def test_who_died_before_asking_for_the_confirmation_is_followed(
    left_alone: Attempt, hands: Hands, books: Books
) -> None:
    making.create(left_alone, hands)
    books.settle()
    assert [each["status"] for each in books.at_wix()] == ["CONFIRMED"]
    assert books.balance()


def test_who_died_after_the_confirmation_is_followed(
    left_alone: Attempt, hands: Hands, books: Books
) -> None:
    making.create(left_alone, hands)
    [made] = books.at_wix()
    hands.wix.bookings.confirm_or_decline(WixBookingId(made["id"]), Paid.NOT_PAID)
    books.settle()
    assert books.balance()
    assert books.outcomes() == {"mail_confirmed": 1}


def test_a_task_that_is_run_twice_does_its_work_once(left_alone: Attempt, books: Books) -> None:
    books.clock.shift(61)
    [(attempt, lease), *_] = settle.claim_due(timezone.now(), wiring.patience().lease, 10)
    for _ in range(2):
        tasks.settle_attempt.func(attempt, lease.isoformat())
    books.settle()
    assert [each["status"] for each in books.at_wix()] == ["CONFIRMED"]
    assert books.balance()


def test_a_task_that_waited_until_its_lease_was_given_to_another_does_nothing(
    left_alone: Attempt, books: Books, sandbox: Sandbox
) -> None:
    books.clock.shift(61)
    [late, *_] = settle.claim_due(timezone.now(), wiring.patience().lease, 10)
    books.clock.shift(61)
    settle.claim_due(timezone.now(), wiring.patience().lease, 10)
    tasks.settle_attempt.func(late[0], late[1].isoformat())
    assert books.at_wix() == []


def test_who_wakes_up_after_another_has_finished_changes_nothing(
    left_alone: Attempt, hands: Hands, books: Books
) -> None:
    books.settle()
    settle.work_on(left_alone, hands)
    books.settle()
    assert len(books.at_wix()) == 1
    assert books.balance()


def test_an_answer_that_comes_after_another_took_over_is_the_others_to_find(
    left_alone: Attempt, hands: Hands, books: Books, sandbox: Sandbox
) -> None:
    """The reader lags, so the other has made a booking of its own meanwhile."""
    sandbox.settings(readerLagSeconds=100)
    late = making._make(left_alone.booking, left_alone.booking.line, hands)
    books.clock.shift(61)
    books.worker.run()
    with pytest.raises(leases.LeaseLost):
        making._write_down(left_alone, left_alone.booking.line, late, hands)
    books.settle(20)
    assert sorted(each["status"] for each in books.at_wix()) == ["CONFIRMED", "DECLINED"]
    assert books.balance()
    assert books.outcomes() == {"mail_confirmed": 1}


def test_a_mail_that_cannot_be_handed_over_goes_out_once_later(
    maria: Customer, books: Books, settings: Settings
) -> None:
    working = settings.MAILERS
    closed = {"BACKEND": "django.core.mail.backends.smtp.EmailBackend"}
    settings.MAILERS = {"default": {**closed, "OPTIONS": {"host": "127.0.0.1", "port": 1}}}
    maria.book()
    books.settle()
    settings.MAILERS = working
    assert not books.outcomes()
    books.settle(20)
    assert books.outcomes() == {"mail_confirmed": 1}
    assert books.balance()


def test_a_process_that_dies_while_it_waits_for_wix_loses_nothing(
    maria: Customer, sandbox: Sandbox, books: Books
) -> None:
    path = maria.hold()
    sandbox.fault(CREATE, cut=True, times=1)
    answer = maria.send(path)
    Attempt.objects.filter(step="create").update(due=timezone.now())
    books.settle()
    assert maria.look(answer.location).main("stage") == "confirmed"
    assert keys.key_of(Booking.objects.get()) in answer.location
