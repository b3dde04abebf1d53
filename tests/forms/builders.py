"""Questions and forms for tests; a test names only what matters to it."""

from dataclasses import replace
from typing import Any

from django.http import QueryDict

from booking.actions.people import Seat
from booking.domain.booking_form import (
    FALL_BACK_FIELDS,
    BookingForm,
    FieldChoice,
    FieldKind,
    FieldRules,
    FormField,
)
from booking.domain.ids import FormId
from booking.forms import DetailsForm

MARIA = {"first_name": "Maria", "email": "maria@example.com"}
CONTACT = (
    *FALL_BACK_FIELDS,
    FormField(target="phone", label="", kind=FieldKind.PHONE, required=False),
)


def choices(*values: str) -> tuple[FieldChoice, ...]:
    """Choices whose labels are their values, capitalised."""
    return tuple(FieldChoice(value=each, label=each.capitalize()) for each in values)


def a_question(kind: FieldKind = FieldKind.TEXT, **changes: Any) -> FormField:
    """An optional question, "What?". Rules are given by their own names."""
    rules = {name: changes.pop(name) for name in FieldRules.__slots__ if name in changes}
    plain = FormField(target="what", label="What?", kind=kind, rules=FieldRules(**rules))
    return replace(plain, **changes)


def a_form(*questions: FormField, contact: tuple[FormField, ...] = CONTACT) -> BookingForm:
    """A form that asks for the usual contact, and then these questions."""
    return BookingForm(id=FormId("form"), fields=(*contact, *questions))


def a_seat(number: int, choice: str = "", of_choice: int = 0) -> Seat:
    return Seat(number=number, choice=choice, of_choice=of_choice or number)


def sent(
    form: BookingForm, *seats: Seat, country: str = "PT", **told: str | list[str]
) -> DetailsForm:
    """Maria's form as a browser sends it. Names may be written with ``_`` for ``-``: ``q_what``."""
    data = QueryDict(mutable=True)
    for name, value in {**MARIA, **told}.items():
        key = name.replace("_", "-") if name.startswith(("q_", "person_")) else name
        data.setlist(key, value if isinstance(value, list) else [value])
    return DetailsForm(data, asks=form, seats=seats, country=country)
