"""Every answer to a service's own form reaches Wix, or else the business."""

from typing import Any

import pytest

from booking.actions import answers
from booking.models import Attempt, Booking, Step
from booking.sandbox.seeds.forms import every_kind_form
from tests.flow.bridal import DETAILS, note_among
from tests.in_process import Sandbox
from tests.steps import Customer, Worker

pytestmark = pytest.mark.django_db

FOR_WIX = {
    "first_name": "Maria",
    "last_name": "Silva",
    "email": "maria@example.com",
    "phone": "+351912345678",
    "length_1a2b": "long",
    "wishes_3c4d": ["veil", "make-up"],
    "day_5e6f": "In the garden.\nAt noon.",
    "pictures_1e2f": True,
}
EVERY_KIND: dict[str, Any] = {
    "q-nickname": "Mia",
    "q-code": "ABC1234",
    "q-story": "Once\nupon",
    "q-partner_mail": "rui@example.com",
    "q-partner_phone": "912 345 679",
    "q-website": "example.com",
    "q-birthday": "1990-05-01",
    "q-wake_up": "07:30",
    "q-arrival": "2027-03-02T09:00",
    "q-children": "2",
    "q-mood": "4",
    "q-first_time": "yes",
    "q-size": "size-38",
    "q-likes": ["size-30", "size-31"],
    "q-news": "on",
    "q-rules": "on",
    "q-home": "Rua do Sol 5",
    "q-picture": "On my page",
    "q-signed": "Maria Silva",
    "q-aura": "Green",
}


def ask_everything(sandbox: Sandbox) -> None:
    """Give the bride's service a form with every kind of question."""
    form = {name: every_kind_form()[name] for name in ("formFields", "steps")}
    wanted = sandbox.service("bridal-styling")["form"]["id"]
    sandbox.seed(forms=[{"id": wanted, "slug": "bridal-styling", **form}])


def submit(sandbox: Sandbox, told: dict[str, Any] | None) -> int:
    """Have Wix look at a form's answers; returns its status."""
    form_id = sandbox.service("bridal-styling")["form"]["id"]
    body = {"submission": {"formId": form_id, "submissions": told}}
    return sandbox.call("POST", "/form-submission-service/v4/submissions", body).status_code


def test_answers_are_written_down_and_fit_what_wix_asks_for(
    bride: Customer, sandbox: Sandbox
) -> None:
    bride.book(**DETAILS)
    told = answers.for_wix(Booking.objects.get())
    assert told == FOR_WIX
    assert submit(sandbox, told) == 200


def test_answers_of_every_kind_fit_what_wix_asks_for(bride: Customer, sandbox: Sandbox) -> None:
    ask_everything(sandbox)
    sandbox.fault("*/bookings", method="POST", status=503)  # nobody has refused them yet
    bride.book(**EVERY_KIND)
    booking = Booking.objects.get()
    told = answers.for_wix(booking)
    assert told
    assert {answers.name_of(each["target"]) for each in booking.answers} == set(EVERY_KIND)
    unanswerable = {"picture": {"fileId": "f"}}  # a file is required, and cannot be sent from here
    assert submit(sandbox, told | unanswerable) == 200


def test_wix_is_told_nothing_that_its_form_does_not_ask(bride: Customer, sandbox: Sandbox) -> None:
    ask_everything(sandbox)
    sandbox.fault("*/bookings", method="POST", status=503)  # nobody has refused them yet
    bride.book(**EVERY_KIND, phone="912345678")
    booking = Booking.objects.get()
    told = answers.for_wix(booking)
    asked = {each["inputOptions"].get("target") for each in every_kind_form()["formFields"][:-1]}
    assert told
    assert set(told) <= asked
    assert {each["target"] for each in answers.for_business(booking)} == {
        *("home", "picture", "signed", "aura", "phone")
    }


def test_a_form_that_wants_a_file_keeps_nobody_from_booking(
    bride: Customer, sandbox: Sandbox, worker: Worker
) -> None:
    ask_everything(sandbox)
    page = bride.look(bride.book(**EVERY_KIND))
    assert page.main("stage") == "confirmed"
    assert "Once" in note_among(worker.run()).body


def test_the_usual_form_leaves_wix_the_plain_contact(maria: Customer) -> None:
    maria.book(phone="912345678")
    assert answers.for_wix(Booking.objects.get()) is None


def test_what_wix_takes_no_text_for_is_mailed_to_the_business(
    bride: Customer, worker: Worker
) -> None:
    bride.book(**DETAILS)
    note = note_among(worker.run())
    html = note.alternatives[0][0]
    for content in (note.body, html):
        assert "The colour of the dress" in content
        assert "Ivory" in content
        assert "Where is the wedding?" in content
        assert "Sintra" in content
        assert "did not tell us what kind of question" in content
        assert "In the garden" not in content


def test_answers_that_wix_has_taken_need_no_mail(bride: Customer, worker: Worker) -> None:
    bride.book(**(DETAILS | {"q-dress_7a8b": "", "q-venue_9c0d": ""}))
    worker.run()
    assert not Attempt.objects.filter(step=Step.MAIL_NOTE).exists()


def test_an_answer_is_text_in_the_mail(bride: Customer, worker: Worker) -> None:
    bride.book(**(DETAILS | {"q-dress_7a8b": "<b>Ivory"}))
    note = note_among(worker.run())
    assert "<b>Ivory" not in note.alternatives[0][0]
    assert "<b>Ivory" in note.body


def test_answers_that_wix_does_not_take_never_keep_anybody_from_booking(
    bride: Customer, sandbox: Sandbox, worker: Worker
) -> None:
    sandbox.fault("*/bookings", method="POST", status=400, times=1)
    page = bride.look(bride.book(**DETAILS))
    mails = worker.run()
    assert page.main("stage") == "confirmed"
    assert [mail.to for mail in mails if "note" in mail.subject.lower()]
