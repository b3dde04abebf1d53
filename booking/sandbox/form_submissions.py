"""Answers to booking forms.

Source: Wix Forms, Form Submissions, "Get Submission", "Create Submission".
"""

from __future__ import annotations

from booking.sandbox.call import Call, For, Route
from booking.sandbox.forms import check_answers, form_named
from booking.sandbox.times import stamp
from booking.sandbox.wire import Json, a_guid, an_object, missing, refusal
from booking.sandbox.world import World


def get_submission(world: World, call: Call) -> Json:
    found = world.submissions.get(call.params["submission_id"])
    if found is None:
        raise refusal(404, "SUBMISSION_NOT_FOUND", "No such submission")
    return {"submission": found}


def create_submission(world: World, call: Call) -> Json:
    """The way to answers beside Create Booking: made first, then tied to a booking by its id."""
    given = call.body.get("submission")
    if not given:
        raise missing("submission")
    given = an_object(given, "submission")
    form_id = a_guid(given.get("formId"), "submission.formId")
    answers = an_object(given.get("submissions"), "submission.submissions")
    check_answers(world, form_id, answers)
    return {"submission": world.submissions[keep_submission(world, form_id, answers)]}


def keep_submission(world: World, form_id: str, answers: Json) -> str:
    """The id of a new submission. Answers are kept as they are, checked or not."""
    submission_id, now = world.next_id("submission"), stamp(world.now())
    world.submissions[submission_id] = {
        "id": submission_id,
        "formId": form_id,
        "namespace": form_named(world, form_id)["namespace"],
        "status": "CONFIRMED",
        "submissions": answers,
        "revision": "1",
        "createdDate": now,
        "updatedDate": now,
        "seen": False,
    }
    return submission_id


_BASES = (
    "/form-submission-service/v4/submissions",
    "/forms/v4/submissions",
    "/_api/form-submission-service/v4/submissions",
)
ROUTES = (
    Route("POST", create_submission, _BASES),
    Route("GET", get_submission, tuple(f"{base}/<submission_id>" for base in _BASES), For.MANAGERS),
)
