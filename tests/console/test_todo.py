"""The console shows what needs a person, and lets them try again, look again, and say that it is done."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from booking.actions import handovers
from booking.models import Attempt, Booking, PretendPayment, Step
from tests.faults.books import Books
from tests.in_process import Sandbox
from tests.steps import Answer, Customer, Worker

pytestmark = pytest.mark.django_db
LIST = "/console/"


def page_of(booking: Booking) -> str:
    return f"/console/bookings/{booking.reference}/"


def look(client: Client, path: str = LIST) -> Answer:
    return Answer(client.get(path))


def press(client: Client, booking: Booking, button: str) -> Answer:
    """Press a button on a booking's page; the page that follows."""
    answer = Answer(client.post(f"{page_of(booking)}{button}/"))
    assert answer.status == 303
    return look(client, answer.location)


def paid(clara: Customer, worker: Worker, clock: time_machine.Traveller) -> Booking:
    """A massage that is booked and paid by card."""
    leaving = clara.send(clara.hold())
    clara.client.post(leaving.location.removeprefix("http://testserver"), {"mood": "approve"})
    clock.shift(5)
    worker.run()
    return Booking.objects.get()


def test_an_empty_list_says_that_nothing_is_to_be_done(staff: Client) -> None:
    page = look(staff)
    assert (page.status, page.main("open"), page.main("lasting")) == (200, "0", "0")
    assert "Nothing needs you." in page.words


def test_what_wix_refuses_stands_in_the_list_with_what_to_do(
    staff: Client, refused: Booking
) -> None:
    page = look(staff)
    assert page.main("open") == "1"
    assert refused.reference in page.words
    assert "PERMISSION_DENIED" in page.words
    assert "Bookings app is installed" in page.words


def test_what_was_told_in_a_plain_sentence_is_shown_as_it_is(
    staff: Client, maria: Customer
) -> None:
    maria.book()
    handovers.call_owner(Booking.objects.get(), "The moon is in the way.")
    assert "The moon is in the way." in look(staff).words


def test_a_flag_from_before_is_shown_too(staff: Client, maria: Customer) -> None:
    maria.book()
    Booking.objects.update(needs_owner="Written by an older version.")
    assert "Written by an older version." in look(staff).words


def test_what_fails_again_and_again_is_counted(
    staff: Client, refused: Booking, books: Books
) -> None:
    books.settle(10)
    assert look(staff).main("lasting") == "1"


def test_a_request_that_waits_for_the_business_does_not_count_as_failing(
    staff: Client, maria: Customer, books: Books
) -> None:
    Customer(maria.client, "private-yoga").book()
    books.settle(30)
    assert look(staff).main("lasting") == "0"


def test_the_story_tells_each_try_and_what_came_back(staff: Client, refused: Booking) -> None:
    page = look(staff, page_of(refused))
    assert "Enter the booking at Wix" in page.words
    assert "PERMISSION_DENIED" in page.words
    assert "maria@example.com" in page.words


def test_the_story_of_a_paid_booking_tells_its_money(
    staff: Client, clara: Customer, worker: Worker, clock: time_machine.Traveller
) -> None:
    page = look(staff, page_of(paid(clara, worker, clock)))
    assert "Taken: 65" in page.words
    assert Attempt.objects.get(step=Step.CAPTURE).key in page.words
    assert "Write the payment down at Wix" in page.words


def test_the_customers_key_stands_nowhere(staff: Client, maria: Customer, worker: Worker) -> None:
    key = maria.book().split("/")[2]
    worker.run()
    page = look(staff, page_of(Booking.objects.get()))
    assert key not in page.text
    assert not re.search(r"/b/", page.text)


def test_a_booking_is_found_by_the_reference_that_a_customer_reads_out(
    staff: Client, refused: Booking
) -> None:
    found = staff.get(LIST, {"reference": f" {refused.reference.lower()} "})
    assert found["Location"] == page_of(refused)


def test_an_unknown_reference_is_said_to_be_unknown(staff: Client) -> None:
    page = Answer(staff.get(LIST, {"reference": "NOSUCH"}))
    assert (page.status, "no booking with this reference" in page.words) == (200, True)
    assert look(staff, "/console/bookings/NOSUCH/").status == 404


def test_done_takes_it_off_the_list_and_is_remembered(staff: Client, refused: Booking) -> None:
    page = press(staff, refused, "done")
    assert "says ana" in page.words
    assert look(staff).main("open") == "0"


def test_trying_again_does_at_once_what_would_have_waited(
    staff: Client,
    refused: Booking,
    sandbox: Sandbox,
    books: Books,
    worker: Worker,
    clock: time_machine.Traveller,
) -> None:
    books.settle()
    clock.shift(1)
    sandbox.clear_faults()
    press(staff, refused, "again")
    worker.run()
    assert Booking.objects.get().stage == "confirmed"
    assert look(staff).main("open") == "0"


def test_what_the_worker_is_trying_at_this_moment_is_said_to_be_tried(
    staff: Client, refused: Booking
) -> None:
    until = timezone.now() + timedelta(minutes=1)
    Attempt.objects.filter(booking=refused, settled=None).update(lease_until=until)
    before = list(Attempt.objects.values())
    assert "It is tried again now" in press(staff, refused, "again").words
    assert list(Attempt.objects.values()) == before


def test_what_is_the_matter_with_the_whole_site_is_mailed_once_for_all_bookings(
    staff: Client, refused: Booking, maria: Customer, books: Books
) -> None:
    maria.book(1)
    books.settle()
    assert look(staff).main("open") == "2"
    assert len([each for each in mail.outbox if "needs you" in each.subject]) == 1


def test_trying_again_in_vain_brings_it_back_without_another_mail(
    staff: Client, refused: Booking, books: Books, worker: Worker, clock: time_machine.Traveller
) -> None:
    books.settle()
    clock.shift(1)
    press(staff, refused, "again")
    assert look(staff).main("open") == "0"
    assert worker.run() == []
    assert look(staff).main("open") == "1"


def test_money_that_could_not_be_given_back_is_given_back_when_asked_again(
    staff: Client, clara: Customer, worker: Worker, clock: time_machine.Traveller, sandbox: Sandbox
) -> None:
    booking = paid(clara, worker, clock)
    PretendPayment.objects.update(captured=0)  # the provider will not hear of it
    sandbox.change(
        sandbox.bookings()[-1], "cancel", flowControlSettings={"ignoreCancellationPolicy": True}
    )
    press(staff, booking, "look")
    worker.run()
    assert look(staff, page_of(booking)).main("needs") == "not_given_back"
    PretendPayment.objects.update(captured=65)
    press(staff, booking, "again")
    worker.run()
    page = look(staff, page_of(booking))
    assert (page.main("money"), page.main("needs")) == ("refunded", "")
    assert [each.refunded for each in PretendPayment.objects.all()] == [65]


def test_money_that_could_not_be_taken_is_taken_when_asked_again(
    staff: Client, clara: Customer, worker: Worker, clock: time_machine.Traveller
) -> None:
    leaving = clara.send(clara.hold())
    clara.client.post(leaving.location.removeprefix("http://testserver"), {"mood": "approve"})
    clock.shift(5)
    worker.run()
    # As if the provider had refused to capture it.
    PretendPayment.objects.update(standing="authorised", captured=0)
    booking = Booking.objects.get()
    booking.payments.update(captured=0)
    Booking.objects.update(due="released")
    press(staff, booking, "again")
    worker.run()
    assert Booking.objects.get().due == "paid"
    assert [each.captured for each in PretendPayment.objects.all()] == [65]


def test_a_provider_is_asked_anew_under_another_key_than_the_one_it_refused(
    staff: Client, clara: Customer, worker: Worker, clock: time_machine.Traveller
) -> None:
    paid(clara, worker, clock)
    attempt = Attempt.objects.select_related("booking").get(step=Step.CAPTURE)
    before = attempt.key
    attempt.reopen(timezone.now(), "asked anew by ana")
    assert attempt.key != before


def test_there_may_be_nothing_to_try_again(staff: Client, maria: Customer, worker: Worker) -> None:
    maria.book()
    worker.run()
    assert "nothing to try again" in press(staff, Booking.objects.get(), "again").words


def test_looking_again_tells_what_stands_at_wix(
    staff: Client, maria: Customer, worker: Worker
) -> None:
    maria.book()
    worker.run()
    page = press(staff, Booking.objects.get(), "look")
    assert "at Wix: CONFIRMED" in page.words


def test_looking_again_follows_what_the_business_has_cancelled_in_wix(
    staff: Client, maria: Customer, worker: Worker, sandbox: Sandbox, books: Books
) -> None:
    maria.book()
    worker.run()
    anyway = {"flowControlSettings": {"ignoreCancellationPolicy": True}}
    sandbox.change(books.at_wix()[0], "cancel", **anyway)
    assert press(staff, Booking.objects.get(), "look").main("stage") == "cancelled"


def test_looking_again_while_wix_is_away_is_done_later(
    staff: Client, maria: Customer, sandbox: Sandbox, books: Books
) -> None:
    maria.book()
    books.settle()
    sandbox.fault(status=503)
    press(staff, Booking.objects.get(), "look")
    sandbox.clear_faults()
    books.settle()
    assert Attempt.objects.get(step=Step.REVIEW).result == "at Wix: CONFIRMED"


def test_opening_pages_stores_nothing(staff: Client, refused: Booking) -> None:
    before = list(Attempt.objects.values()), list(Booking.objects.values())
    look(staff)
    look(staff, page_of(refused))
    assert (list(Attempt.objects.values()), list(Booking.objects.values())) == before
