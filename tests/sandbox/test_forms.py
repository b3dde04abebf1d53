"""A form tells its questions, and an answer that breaks a question's rule is refused by name."""

from typing import Any

import pytest
from requests import Response

from tests.in_process import Sandbox
from tests.sandbox.asking import Json, code, field, visitor

FORMS = "/form-schema-service/v4/forms"
SUBMISSIONS = "/form-submission-service/v4/submissions"
ANSWERS: Json = {
    "first_name": "Jo",
    "last_name": "Doe",
    "email": "jo@example.com",
    "phone": "+351 912 345 678",
    "length_1a2b": "long",
    "pictures_1e2f": True,
}


def form_id(sandbox: Sandbox) -> str:
    return str(sandbox.service("bridal-styling")["form"]["id"])


def submit(sandbox: Sandbox, **changed: Any) -> Response:
    answers = {name: value for name, value in (ANSWERS | changed).items() if value is not None}
    body = {"submission": {"formId": form_id(sandbox), "submissions": answers}}
    return sandbox.call("POST", SUBMISSIONS, body)


def test_answers_to_all_that_is_required_are_kept(sandbox: Sandbox) -> None:
    made = submit(sandbox).json()["submission"]
    read = sandbox.call("GET", f"{SUBMISSIONS}/{made['id']}").json()["submission"]
    assert read["submissions"] == ANSWERS
    assert read["formId"] == form_id(sandbox)


@pytest.mark.parametrize("target", ANSWERS)
def test_a_required_answer_that_is_missing_is_named(sandbox: Sandbox, target: str) -> None:
    answer = submit(sandbox, **{target: None})
    assert answer.status_code == 400
    assert answer.json()["message"] == f"{target} must have required property"


@pytest.mark.parametrize(
    ("target", "value", "told"),
    [
        ("venue_9c0d", "Sintra", "must be object"),
        ("first_name", 7, "must be string"),
        ("pictures_1e2f", "yes", "must be boolean"),
        ("pictures_1e2f", False, "must be equal to one of the allowed values"),
        ("length_1a2b", "bald", "must be equal to one of the allowed values"),
        ("wishes_3c4d", "veil", "must be array"),
        ("wishes_3c4d", ["horse"], "must be equal to one of the allowed values"),
        ("wishes_3c4d", ["veil", "flowers", "make-up"], "must NOT have more than 2 items"),
        ("day_5e6f", "x" * 501, "must NOT have more than 500 characters"),
        ("email", "jo", 'must match format "email"'),
        ("phone", "912", 'must match format "phone"'),
    ],
)
def test_an_answer_that_breaks_a_rule_is_refused(
    sandbox: Sandbox, target: str, value: object, told: str
) -> None:
    answer = submit(sandbox, **{target: value})
    assert field(answer) == (400, f"formSubmission.{target}")
    assert told in answer.json()["message"]


def test_an_answer_to_no_question_is_ignored(sandbox: Sandbox) -> None:
    assert submit(sandbox, nobody_asked="for this").status_code == 200


def test_an_address_is_answered_with_an_object(sandbox: Sandbox) -> None:
    assert submit(sandbox, venue_9c0d={"city": "Sintra"}).status_code == 200


def test_the_summary_does_not_tell_what_is_required(sandbox: Sandbox) -> None:
    told = sandbox.call("GET", f"{FORMS}/{form_id(sandbox)}/summary").json()["formSummary"]
    members = {name for one in told["fields"] for name in one}
    assert members == {"id", "target", "label", "type", "options", "deleted", "fields"}
    types = {one["target"]: (one["type"], one["deleted"]) for one in told["fields"]}
    assert types["dress_7a8b"] == ("UNKNOWN_INPUT_TYPE", False)
    assert types["fax_3a4b"] == ("STRING", True)
    assert types["venue_9c0d"] == ("MULTILINE_ADDRESS", False)


def test_a_deleted_question_is_none_of_the_forms(sandbox: Sandbox) -> None:
    form = sandbox.call("GET", f"{FORMS}/{form_id(sandbox)}").json()["form"]
    targets = [one.get("inputOptions", {}).get("target") for one in form["formFields"]]
    assert "fax_3a4b" not in targets
    assert form["deletedFormFields"][0]["inputOptions"]["target"] == "fax_3a4b"


@pytest.mark.parametrize("base", [FORMS, "/forms/v4/forms", f"/_api{FORMS}"])
def test_every_spelling_of_the_path_answers(sandbox: Sandbox, base: str) -> None:
    assert sandbox.call("GET", f"{base}/{form_id(sandbox)}").status_code == 200


def test_a_form_that_is_not_there_is_not_found(sandbox: Sandbox) -> None:
    answer = sandbox.call("GET", f"{FORMS}/5e100000-0000-4000-8000-0000000000ff")
    assert code(answer) == (404, "FORM_NOT_FOUND")


def test_a_visitor_may_read_the_questions_and_no_answers(sandbox: Sandbox) -> None:
    made = submit(sandbox).json()["submission"]["id"]
    session = visitor(sandbox)
    assert session.get(f"{sandbox.url}{FORMS}/{form_id(sandbox)}").status_code == 200
    refused = session.get(f"{sandbox.url}{SUBMISSIONS}/{made}")
    assert code(refused) == (403, "PERMISSION_DENIED")
