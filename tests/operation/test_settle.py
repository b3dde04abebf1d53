"""By hand: what is due can be listed without touching it, and settled once."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from booking.models import Attempt, Booking, Site, Step
from tests.in_process import Sandbox
from tests.steps import Customer

pytestmark = pytest.mark.django_db
CREATE = "/bookings/v2/bookings"


def told(*options: str) -> str:
    """What the command says."""
    said = StringIO()
    call_command("settle", *options, stdout=said)
    return said.getvalue()


@pytest.fixture
def left(site: Site, sandbox: Sandbox) -> Booking:
    """A booking that a request could not make, half a minute ago."""
    customer = Customer(Client())
    path = customer.hold()
    sandbox.fault(CREATE, status=503)
    customer.send(path)
    sandbox.clear_faults()
    return Booking.objects.get()


def test_a_dry_run_lists_what_is_due_and_what_would_be_done(left: Booking) -> None:
    with time_machine.travel(timezone.now().timestamp() + 30):
        table = told("--dry-run")
    [line] = [each for each in table.splitlines() if left.reference in each]
    assert "placed" in line
    assert "due_on_site" in line
    assert "create" in line
    assert "503" in line
    assert "Enter the booking at Wix, unless it stands there already" in line
    assert table.splitlines()[-1] == "1 due"


def test_a_dry_run_changes_nothing_and_asks_nobody(left: Booking, sandbox: Sandbox) -> None:
    before = list(Attempt.objects.values()), list(Booking.objects.values())
    sandbox.forget_requests()
    with time_machine.travel(timezone.now().timestamp() + 30):
        told("--dry-run")
    assert (list(Attempt.objects.values()), list(Booking.objects.values())) == before
    assert sandbox.calls("/bookings") == []


def test_what_a_dead_process_has_left_is_listed_and_what_is_in_hand_is_not(left: Booking) -> None:
    now = timezone.now()
    Attempt.objects.filter(step=Step.CREATE).update(due=now)
    Attempt.objects.update(lease_until=now + timedelta(seconds=60))
    assert told("--dry-run").splitlines()[-1] == "0 due"
    with time_machine.travel(now.timestamp() + 61):
        assert left.reference in told("--dry-run")


def test_one_round_settles_what_is_due(left: Booking) -> None:
    with time_machine.travel(timezone.now().timestamp() + 30):
        said = told()
    assert Booking.objects.get().stage == "confirmed"
    assert f"{left.reference}  create  made" in said


def test_a_round_with_nothing_due_says_so(site: Site) -> None:
    assert told() == "0 worked on\n"
