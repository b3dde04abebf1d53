"""Which questions a booking asks."""

from dataclasses import dataclass

from booking.domain.booking_form import BookingForm, plain_form
from booking.domain.errors import CalendarUnavailable
from booking.domain.ids import FormId
from booking.wix import Wix


@dataclass(frozen=True, slots=True)
class Questions:
    """``are_told`` is False if Wix could not be asked: then the form is the plain one."""

    form: BookingForm
    are_told: bool = True


def questions_of(wix: Wix, form_id: str) -> Questions:
    """The form of a service: one question to Wix, none where its answer is kept.

    A form that its owner has switched off asks nothing of its own. Nobody is kept from booking.
    """
    plain = plain_form(FormId(form_id))
    if not form_id:
        return Questions(plain)
    try:
        form = wix.cached.forms.for_booking(FormId(form_id))
    except CalendarUnavailable:
        return Questions(plain, are_told=False)
    return Questions(form if form.is_open else plain)
