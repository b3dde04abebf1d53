"""The answers to a booking form can be read again, by those who manage the site."""

import pytest

from booking.domain.ids import FormSubmissionId
from booking.wix import Wix
from tests.contract.conftest import the_service
from tests.in_process import Sandbox

ANSWERS = {
    "first_name": "Jo",
    "last_name": "Doe",
    "email": "jo@example.com",
    "phone": "+351912345678",
    "length_1a2b": "long",
    "wishes_3c4d": ["veil", "make-up"],
    "venue_9c0d": {"city": "Sintra"},
    "pictures_1e2f": True,
}


@pytest.fixture
def submission(wix: Wix, sandbox: Sandbox) -> FormSubmissionId:
    form = the_service(wix, "bridal-styling").form_id
    body = {"submission": {"formId": form, "submissions": ANSWERS}}
    made = sandbox.call("POST", "/form-submission-service/v4/submissions", body)
    assert made.status_code == 200, made.text
    return FormSubmissionId(made.json()["submission"]["id"])


def test_answers_are_read_as_they_were_given(wix: Wix, submission: FormSubmissionId) -> None:
    found = wix.form_submissions.get(submission)
    assert found
    assert found.answer("email") == "jo@example.com"
    assert found.answer("wishes_3c4d") == ("veil", "make-up")
    assert found.answer("pictures_1e2f") is True
    assert found.form_id == the_service(wix, "bridal-styling").form_id
    assert found.created


def test_an_answer_that_is_an_object_is_left_out(wix: Wix, submission: FormSubmissionId) -> None:
    found = wix.form_submissions.get(submission)
    assert found
    assert found.answer("venue_9c0d") is None


def test_answers_that_are_not_there_are_none(wix: Wix) -> None:
    assert (
        wix.form_submissions.get(FormSubmissionId("5e100000-0000-4000-8000-0000000000ff")) is None
    )
