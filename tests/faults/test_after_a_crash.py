"""Five minutes after a crash nothing of it is left, with the settings that a site has by default."""

from datetime import timedelta

import pytest
from django.utils import timezone

from booking.actions.patience import Patience
from booking.models import Attempt, Booking, Step
from tests.faults.books import Books
from tests.faults.faults import CREATE
from tests.in_process import Sandbox
from tests.steps import Customer

pytestmark = pytest.mark.django_db
FIVE_MINUTES = timedelta(minutes=5)


@pytest.fixture
def left(maria: Customer, sandbox: Sandbox) -> Booking:
    """A booking whose answer from Wix was lost with the process that waited for it."""
    path = maria.hold()
    sandbox.fault(CREATE, lose_answer=True)
    maria.send(path)
    sandbox.clear_faults()
    return Booking.objects.get()


def test_what_a_dead_process_had_in_hand_is_finished(left: Booking, books: Books) -> None:
    crashed = timezone.now()
    Attempt.objects.filter(step=Step.CREATE).update(
        due=crashed, lease_until=crashed + Patience().lease
    )
    books.settle(5)
    assert timezone.now() - crashed <= FIVE_MINUTES
    assert books.stage() == "confirmed"
    assert books.living() == ["CONFIRMED"]


def test_what_had_failed_for_long_before_the_crash_is_finished_too(
    left: Booking, books: Books
) -> None:
    crashed, patience = timezone.now(), Patience()
    Attempt.objects.filter(step=Step.CREATE).update(tries=12, due=crashed + patience.after(12))
    books.settle(5)
    assert timezone.now() - crashed <= FIVE_MINUTES + timedelta(seconds=1)
    assert books.stage() == "confirmed"


def test_a_lease_and_the_longest_wait_each_leave_time_for_the_work() -> None:
    patience = Patience()
    assert patience.lease <= timedelta(minutes=1)
    assert patience.after(1000) + patience.lease <= FIVE_MINUTES
