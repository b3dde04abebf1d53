"""Form Submissions: what somebody answered to a booking form.

Source: Wix Forms, Form Submissions, "Get Submission".
"""

from datetime import datetime

import msgspec

from booking.domain.booking_form import FormAnswer, FormSubmission
from booking.domain.ids import FormId, FormSubmissionId
from booking.wix.errors import WixRefused
from booking.wix.paths import in_path
from booking.wix.wire import Answer, Reader, Wire

BASE = "/form-submission-service/v4/submissions"
NOT_FOUND = 404


class _Submission(msgspec.Struct, rename="camel"):
    id: str
    form_id: str
    submissions: dict[str, object] | None = None
    created_date: datetime | None = None

    def submission(self) -> FormSubmission:
        told = ((target, _value(value)) for target, value in (self.submissions or {}).items())
        return FormSubmission(
            id=FormSubmissionId(self.id),
            form_id=FormId(self.form_id),
            answers=tuple(
                FormAnswer(target=target, value=value)
                for target, value in told
                if value is not None
            ),
            created=self.created_date,
        )


class _Answer(msgspec.Struct):
    submission: _Submission


_read = Reader(_Answer)


class FormSubmissions:
    """Answers that came with bookings."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def get(self, submission_id: FormSubmissionId) -> FormSubmission | None:
        """None for an id there is not. Raises: WixForbidden for a visitor, WixError."""
        try:
            answer = self._wire.read(
                f"{BASE}/{in_path(submission_id)}", method="GET", check=_submission
            )
        except WixRefused as error:
            if error.status != NOT_FOUND:
                raise
            return None
        return _submission(answer)


def _submission(answer: Answer) -> FormSubmission:
    return _read(answer).submission.submission()


def _value(value: object) -> str | float | bool | tuple[str, ...] | None:
    """None for answers that are objects: a page has nothing to show of them."""
    if isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return tuple(value)
    return None
