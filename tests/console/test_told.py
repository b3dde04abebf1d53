"""Whoever runs the business hears by mail, once for each reason, when a booking needs a person."""

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import Settings

from booking.actions import handovers
from booking.domain.needs import Need
from booking.models import Attempt, Booking, Handover, Step
from booking.wording.needs import SAID, needed
from tests.faults.books import Books
from tests.in_process import Sandbox
from tests.steps import Customer, Worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def booking(maria: Customer, worker: Worker) -> Booking:
    """A booking that is confirmed, its mail sent."""
    maria.book()
    worker.run()
    return Booking.objects.get()


def test_the_mail_says_which_booking_what_happened_and_what_to_do(
    refused: Booking, worker: Worker
) -> None:
    [mail] = worker.run()
    assert mail.to == ["ola@calma.example"]
    assert mail.subject == f"Booking {refused.reference} needs you"
    assert "Wix refuses this site (PERMISSION_DENIED)" in mail.body
    assert "Bookings app is installed" in mail.body
    assert f"http://testserver/console/bookings/{refused.reference}/" in mail.body
    assert "/b/" not in mail.body


def test_one_reason_is_told_once_however_often_it_comes(refused: Booking, books: Books) -> None:
    books.settle(30)
    told = [each for each in Attempt.objects.filter(step=Step.MAIL_OWNER) if each.result == "sent"]
    assert len(told) == 1
    assert Handover.objects.count() == 1


def test_another_reason_is_told_as_well(booking: Booking, worker: Worker) -> None:
    handovers.call_owner(booking, Need.NOT_TAKEN, provider="stripe", code="card_declined")
    [first] = worker.run()
    handovers.call_owner(booking, "Something else.")
    handovers.call_owner(booking, "Something else.")
    [second] = worker.run()
    assert "card_declined" in first.body
    assert "Something else." in second.body


def test_what_is_undone_was_never_told(booking: Booking, worker: Worker) -> None:
    with transaction.atomic():
        handovers.call_owner(booking, "Something.")
        transaction.set_rollback(True)
    assert worker.run() == []


def test_what_has_passed_before_the_mail_goes_out_is_not_told(
    refused: Booking, sandbox: Sandbox, books: Books
) -> None:
    Attempt.objects.filter(step=Step.MAIL_OWNER).update(due=refused.created.replace(hour=9))
    sandbox.clear_faults()
    books.settle()
    assert books.outcomes() == {"mail_confirmed": 1}
    assert Booking.objects.get().needs_owner == ""


def test_another_address_may_be_named(refused: Booking, worker: Worker, settings: Settings) -> None:
    settings.OWNER_EMAIL = "it@example.com"
    assert [each.to for each in worker.run()] == [["it@example.com"]]


def test_with_an_address_it_is_told_though_wix_says_nothing_at_all(
    booking: Booking, worker: Worker, sandbox: Sandbox, settings: Settings
) -> None:
    settings.OWNER_EMAIL = "it@example.com"
    handovers.call_owner(booking, Need.WIX_REFUSES, code="401")
    sandbox.fault(status=401)
    with override_settings(
        CACHES={"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    ):
        [mail] = worker.run()
    assert "401" in mail.body


@pytest.mark.parametrize("need", Need)
def test_each_need_says_what_happened_and_what_to_do(need: Need) -> None:
    details = {
        "provider": "stripe",
        "code": "no",
        "amount": "1 EUR",
        "order": "7",
        "text": "A moon.",
    }
    told = needed(need, details)
    assert need in SAID
    assert told.happened
    assert told.to_do
    assert "?" not in told.happened + told.to_do


def test_a_need_that_nobody_knows_any_more_is_still_shown() -> None:
    assert needed("of another version", {}).happened == "of another version"
