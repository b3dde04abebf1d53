"""A mail says the same as the booking's page, in the booking's language, and carries its address."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.test import Client

from booking import mail, wiring
from booking.models import Booking, Line, Site
from tests.steps import Customer, Worker

pytestmark = pytest.mark.django_db
KINDS = ("placed", "awaiting", "confirmed", "declined", "cancelled")
ADDRESS = "http://testserver/b/key/"
Compose = Callable[..., EmailMultiAlternatives]


@pytest.fixture
def compose(maria: Customer, site: Site) -> Compose:
    """Write one kind of mail for Maria's booking, the booking changed as asked."""
    maria.book(last_name="Silva")

    def written(kind: str = "confirmed", **changes: Any) -> EmailMultiAlternatives:
        Booking.objects.update(**changes)
        return mail.compose(Booking.objects.get(), kind, ADDRESS, wiring.facts_of(site))

    return written


def html(message: EmailMessage) -> str:
    assert isinstance(message, EmailMultiAlternatives)
    [(content, _kind)] = message.alternatives
    return str(content)


def test_a_booking_at_once_confirmed_gets_one_mail_that_says_so(
    maria: Customer, worker: Worker
) -> None:
    path = maria.book()
    [message] = worker.run()
    assert message.subject.startswith("Booked: Haircut, ")
    assert message.to == ["maria@example.com"]
    assert f"http://testserver{path}" in message.body


def test_both_clocks_stand_in_the_mail_of_a_customer_elsewhere(
    maria: Customer, worker: Worker
) -> None:
    offer = maria.look().offers[0]
    held = maria.press(offer, tz="Asia/Tokyo").location
    maria.send(held)
    [message] = worker.run()
    assert "Lisbon time" in message.body
    assert "Tokyo time" in message.body


@pytest.mark.parametrize("kind", KINDS)
def test_text_and_html_say_the_same(compose: Compose, kind: str) -> None:
    message = compose(kind)
    for said in (
        "Hello Maria",
        "Haircut",
        "Lisbon time",
        "Chiado",
        Booking.objects.get().reference,
    ):
        assert said in message.body
        assert said in html(message)
    assert ADDRESS in message.body
    assert f'href="{ADDRESS}"' in html(message)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_its_own_subject_and_first_sentence(compose: Compose, kind: str) -> None:
    others = [compose(each) for each in KINDS if each != kind]
    message = compose(kind)
    assert message.subject not in [each.subject for each in others]
    assert message.body.split("\n\n")[1] not in [each.body.split("\n\n")[1] for each in others]


@pytest.mark.parametrize(
    ("kind", "carries"),
    [
        ("placed", []),
        ("awaiting", ["text/calendar"]),
        ("confirmed", ["text/calendar"]),
        ("declined", []),
        ("cancelled", ["text/calendar"]),
    ],
)
def test_a_calendar_file_goes_along_where_the_calendar_has_to_change(
    compose: Compose, kind: str, carries: list[str]
) -> None:
    assert [each.mimetype for each in compose(kind).attachments] == carries


@pytest.mark.parametrize(
    ("language", "subject", "greeting"),
    [
        ("de", "Gebucht: ", "Guten Tag Maria,"),
        ("pt", "Reservado: ", "Olá, Maria,"),
        ("he", "הוזמן: ", "שלום Maria,"),
    ],
)
def test_a_mail_speaks_the_language_of_its_booking(
    compose: Compose, language: str, subject: str, greeting: str
) -> None:
    message = compose(language=language)
    assert message.subject.startswith(subject)
    assert greeting in message.body
    assert f'lang="{language}"' in html(message)


def test_hebrew_mail_runs_from_right_to_left(compose: Compose) -> None:
    assert 'dir="rtl"' in html(compose(language="he"))


def test_a_line_break_in_a_name_begins_no_header(compose: Compose) -> None:
    message = compose(service_name="Haircut\nBcc: mallory@example.com")
    assert message.message()["Bcc"] is None
    assert "\n" not in message.subject


def test_what_customers_type_is_text_and_no_markup(compose: Compose) -> None:
    assert "<b>Maria" not in html(compose(first_name="<b>Maria"))
    assert "<b>Maria" in compose(first_name="<b>Maria").body


def test_it_comes_from_us_under_the_business_s_name_and_answers_go_there(compose: Compose) -> None:
    message = compose()
    assert message.from_email == "=?utf-8?q?Est=C3=BAdio_Calma?= <bookings@localhost>"
    assert message.reply_to == ["ola@calma.example"]


@pytest.mark.parametrize("kind", ["declined", "cancelled"])
def test_nothing_is_asked_for_a_time_that_will_not_be(compose: Compose, kind: str) -> None:
    assert "paid on site" not in compose(kind).body
    assert "paid on site" in compose("confirmed").body


def test_lost_links_come_in_one_mail(maria: Customer, worker: Worker) -> None:
    paths = [maria.book(0), maria.book(5)]
    worker.run()
    Client().post("/my-link/", {"email": "Maria@Example.com"})
    [message] = worker.run()
    assert message.subject == "Your bookings at Estúdio Calma"
    for path in paths:
        assert f"http://testserver{path}" in message.body
        assert f"http://testserver{path}" in html(message)


def test_a_customer_s_note_reaches_the_business(maria: Customer, worker: Worker) -> None:
    maria.book(note="I bring my dog.\nShe is quiet.")
    [note] = [each for each in worker.run() if each.to == ["ola@calma.example"]]
    assert "I bring my dog.\nShe is quiet." in note.body
    assert note.reply_to == ["maria@example.com"]


def test_a_declined_course_says_why_in_its_mail(compose: Compose) -> None:
    reasons = [compose("declined", lost_to=each).body for each in ("", "part", "places", "owner")]
    assert len({each.split("\n\n")[1] for each in reasons}) == 4
    assert "One of these dates was no longer free" in reasons[1]


def test_every_date_of_a_course_stands_in_both_forms_and_in_the_file(compose: Compose) -> None:
    days = ("2027-03-10T18:00:00+00:00", "2027-03-31T18:00:00+00:00")
    meetings = [[each, each.replace("T18", "T19")] for each in days]
    Line.objects.update(meetings=meetings)
    Booking.objects.update(kind="course")
    message = compose()
    for text in (message.body, html(message)):
        assert "Wednesday, 10 March 2027, 18:00–19:00" in text
        assert "Wednesday, 31 March 2027, 19:00–20:00" in text
        assert text.count("the clocks change before then") == 1
    [(_, content, _)] = message.attachments
    assert str(content).count("BEGIN:VEVENT") == 2


def test_the_price_and_who_comes_stand_in_both_forms(compose: Compose) -> None:
    Line.objects.update(participants=2)
    people, parts = (
        [{"name": "Maria"}, {"name": "Noa"}],
        [{"what": "Seat", "times": 2, "each": "8"}],
    )
    message = compose(people=people, price_lines=parts)
    for text in (message.body, html(message)):
        assert "2 people: Maria, Noa" in text
        assert "2 × Seat, 8" in text


def test_an_extra_that_costs_nothing_stands_in_both_forms(compose: Compose) -> None:
    Line.objects.update(add_ons=[{"name": "Herbal tea", "minutes": None, "quantity": 1}])
    message = compose(price_lines=[])
    for text in (message.body, html(message)):
        assert "1 × Herbal tea" in text
