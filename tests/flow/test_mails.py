"""The customer hears of every outcome once, with the address of the booking."""

import re
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from icalendar import Calendar

from booking.models import Attempt, Booking, Step
from tests.in_process import Sandbox
from tests.steps import Customer, Worker

pytestmark = pytest.mark.django_db


def link_in(mail: Any) -> str:
    """The path of the booking's page that the mail names."""
    return re.search(r"http://testserver(/b/\S+)", mail.body)[1]  # type: ignore[index]  # or the test fails


def calendar_in(mail: Any) -> Any:
    [attached] = [each for each in mail.attachments if each[2].startswith("text/calendar")]
    content = attached[1]
    return Calendar.from_ical(content if isinstance(content, str) else content.decode())


def test_a_confirmed_booking_is_mailed_with_its_page_and_its_calendar_file(
    maria: Customer, worker: Worker
) -> None:
    maria.book()
    [mail] = worker.run()
    line = Booking.objects.get().line
    event = calendar_in(mail).walk("VEVENT")[0]
    assert mail.to == ["maria@example.com"]
    assert maria.look(link_in(mail)).main("stage") == "confirmed"
    assert event.decoded("dtstart") == line.starts
    assert event.decoded("dtend") == line.ends


def test_the_mail_has_a_text_and_a_page(maria: Customer, worker: Worker) -> None:
    maria.book()
    [mail] = worker.run()
    assert isinstance(mail, EmailMultiAlternatives)
    assert [each[1] for each in mail.alternatives] == ["text/html"]
    assert "Haircut" in mail.body
    assert Booking.objects.get().reference in mail.body


def test_a_worker_that_looks_again_mails_nothing_more(maria: Customer, worker: Worker) -> None:
    maria.book()
    worker.run()
    assert worker.run() == []


def test_a_mail_that_could_not_be_sent_is_sent_later_with_the_same_id(
    maria: Customer, worker: Worker
) -> None:
    maria.book()
    [first] = worker.run()
    Attempt.objects.filter(step=Step.MAIL_CONFIRMED).update(settled=None)
    [again] = worker.run()
    assert first.extra_headers["Message-ID"] == again.extra_headers["Message-ID"]


def test_somebody_elsewhere_reads_both_clocks(maria: Customer, worker: Worker) -> None:
    page = maria.look(tz="Asia/Tokyo")
    path = maria.press(page.offers[0], tz="Asia/Tokyo").location
    maria.send(path)
    [mail] = worker.run()
    assert "Lisbon" in mail.body
    assert "Tokyo" in mail.body


def test_the_mail_is_in_the_language_that_was_used(maria: Customer, worker: Worker) -> None:
    path = maria.press(maria.look(lang="de").offers[0], lang="de").location
    maria.send(path)
    [mail] = worker.run()
    assert Booking.objects.get().language == "de"
    assert '<html lang="de"' in maria.look(link_in(mail)).text


def test_a_request_is_mailed_as_a_request(client: Any, maria: Customer, worker: Worker) -> None:
    Customer(maria.client, "private-yoga").book()
    [mail] = worker.run()
    assert Booking.objects.get().stage == "awaiting_owner"
    assert calendar_in(mail).walk("VEVENT")[0]["STATUS"] == "TENTATIVE"


def test_a_note_is_mailed_to_the_business(maria: Customer, worker: Worker) -> None:
    maria.book(note="By the window, please")
    to_owner = [mail for mail in worker.run() if mail.to == ["ola@calma.example"]]
    assert ["By the window, please" in mail.body for mail in to_owner] == [True]


def test_lost_links_are_mailed_again_and_only_to_their_owner(
    maria: Customer, noa: Customer, worker: Worker
) -> None:
    maria.book()
    noa.book(3, email="noa@example.com")
    worker.run()
    noa.client.post("/my-link/", {"email": "MARIA@example.com"})
    [mail] = worker.run()
    assert mail.to == ["maria@example.com"]
    assert maria.look(link_in(mail)).main("stage") == "confirmed"
    assert str(mail.body).count("/b/") == 1


def test_nobody_is_flooded_with_links(maria: Customer, worker: Worker) -> None:
    maria.book()
    worker.run()
    for _ in range(8):
        maria.client.post("/my-link/", {"email": "maria@example.com"})
    assert len(worker.run()) == 5


def test_wix_sends_no_mail_of_its_own_unless_it_is_switched_on(
    maria: Customer, sandbox: Sandbox
) -> None:
    maria.book()
    [create] = [each for each in sandbox.requests() if each["path"] == "/bookings/v2/bookings"]
    assert create["body"]["participantNotification"]["notifyParticipants"] is False


def test_wix_sends_its_mail_where_the_owner_wants_it(
    maria: Customer, sandbox: Sandbox, settings: Any
) -> None:
    settings.WIX_NOTIFIES_CUSTOMERS = True
    maria.book()
    [create] = [each for each in sandbox.requests() if each["path"] == "/bookings/v2/bookings"]
    assert create["body"]["participantNotification"]["notifyParticipants"] is True


def test_a_changed_secret_opens_what_was_made_with_the_one_before(
    maria: Customer, worker: Worker, settings: Any
) -> None:
    path = maria.book()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new", [settings.SECRET_KEY]
    [mail] = worker.run()
    assert link_in(mail) == path.partition("?")[0]


def test_a_lost_secret_is_told_to_the_owner_and_not_tried_for_ever(
    maria: Customer, worker: Worker, settings: Any
) -> None:
    maria.book()
    settings.SECRET_KEY = "new"
    [told] = worker.run()
    assert told.to == ["ola@calma.example"]
    assert "SECRET_KEY_FALLBACKS" in told.body
    assert Booking.objects.get().needs_owner == "lost_key"
    assert not Attempt.objects.filter(settled=None, step=Step.MAIL_CONFIRMED).exists()
