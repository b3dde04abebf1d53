"""Who books: the booking form's answers, or plain contact details.

Source: Wix Bookings, "Create Booking", ``formSubmission`` and ``contactDetails``.
"""

from __future__ import annotations

import re
from typing import Any

from booking.sandbox.wire import Json, WixError, an_object, missing, refusal, violation
from booking.sandbox.world import World

REQUIRED = ("first_name", "email")
TARGETS = {
    "first_name": "firstName",
    "last_name": "lastName",
    "email": "email",
    "phone": "phone",
}
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"\+?[0-9 ().-]{5,25}")


def read_contact(world: World, booking: Json, form: Any) -> Json:
    """``contactDetails`` as Wix keeps them. With a form the details sent along do not count.

    Raises: WixError 400: a required answer is missing or malformed, or ``contactId`` is another's.
    """
    given = an_object(booking.get("contactDetails"), "booking.contactDetails")
    if form is None:
        contact = {name: given.get(name) for name in TARGETS.values()}
        for name in ("firstName", "email"):
            if not contact[name]:
                raise missing(f"booking.contactDetails.{name}")
    else:
        contact = _from_form(an_object(form, "formSubmission"))
    _check(contact)
    contact_id = world.contact_id(contact["email"])
    if given.get("contactId") not in (None, contact_id):
        raise refusal(400, "CONTACT_DETAILS_CONFLICT", "contactId belongs to somebody else")
    return {"contactId": contact_id, **contact}


def _from_form(form: Json) -> Json:
    for name in REQUIRED:
        if not form.get(name):
            raise WixError(400, f"{name} must have required property")
    return {wire: form.get(target) for target, wire in TARGETS.items()}


def _check(contact: Json) -> None:
    for name, value in contact.items():
        if value is not None and not isinstance(value, str):
            raise violation(f"contactDetails.{name}", "must be string")
    if not _EMAIL.fullmatch(contact["email"]):
        raise violation("contactDetails.email", "must be a valid e-mail address")
    if contact["phone"] and not _PHONE.fullmatch(contact["phone"]):
        raise violation("contactDetails.phone", "must be a valid phone number")
