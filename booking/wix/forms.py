"""Forms: the questions that a service asks of who books it.

Source: Wix Forms, Form Schemas, "Get Form", "Get Form Summary".
"""

import msgspec

from booking.domain.booking_form import BookingForm, plain_form
from booking.domain.ids import FormId
from booking.wix.errors import WixAnswerMalformed, WixForbidden, WixNotConnected, WixRefused
from booking.wix.form_shapes import WireForm, WireSummary
from booking.wix.paths import in_path
from booking.wix.wire import Answer, Reader, Wire, log

BASE = "/form-schema-service/v4/forms/"


class _Whole(msgspec.Struct):
    form: WireForm


class _Summary(msgspec.Struct, rename="camel"):
    form_summary: WireSummary


_read_whole, _read_summary = Reader(_Whole), Reader(_Summary)


class Forms:
    """The booking forms of the site."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def get(self, form_id: FormId) -> BookingForm:
        """The form with what is required and how answers are checked.

        Raises: WixRefused (404) for a form there is not, WixError.
        """
        return _form(self._wire.read(BASE + in_path(form_id), method="GET", check=_form))

    def summary(self, form_id: FormId) -> BookingForm:
        """The form's fields; which are required Wix does not say here. Raises as ``get``."""
        path = f"{BASE}{in_path(form_id)}/summary"
        return _summed_up(self._wire.read(path, method="GET", check=_summed_up))

    def for_booking(self, form_id: FormId) -> BookingForm:
        """A form that can be asked in any case: whole, else in summary, else name and e-mail.

        A form that is gone, that we may not see or cannot read never keeps anybody from booking.
        Raises: WixError if Wix cannot be asked.
        """
        for ask in (self.get, self.summary):
            try:
                form = ask(form_id)
            except (WixRefused, WixForbidden, WixAnswerMalformed) as error:
                if isinstance(error, WixNotConnected):
                    raise
                log.error("the booking form %s cannot be read: %s", form_id, error)
                continue
            if form.fields or not form.is_open:
                return form
        return plain_form(form_id)


def _form(answer: Answer) -> BookingForm:
    whole = _read_whole(answer).form
    try:
        return whole.form()
    except msgspec.ValidationError as error:
        raise WixAnswerMalformed("form.formFields", str(error)) from error


def _summed_up(answer: Answer) -> BookingForm:
    return _read_summary(answer).form_summary.form()
