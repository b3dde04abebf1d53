"""The service with a form of its own: what a bride answers, and who comes with her."""

from typing import Any

from booking.models import Booking, Line

DETAILS: dict[str, Any] = {
    "last_name": "Silva",
    "phone": "912 345 678",
    "q-length_1a2b": "long",
    "q-wishes_3c4d": ["veil", "make-up"],
    "q-day_5e6f": "In the garden.\r\nAt noon.",
    "q-dress_7a8b": "Ivory",
    "q-venue_9c0d": "Rua do Sol 5\nSintra",
    "q-pictures_1e2f": "on",
}


def a_party(booking: Booking, *groups: tuple[int, str]) -> None:
    """Make a held booking one of a party, which an appointment's page does not offer."""
    told = [
        {"people": people, "name": name, "option_id": "", "minutes": 0} for people, name in groups
    ]
    party = sum(people for people, _ in groups)
    Line.objects.filter(booking=booking).update(participants=party, groups=told)


def note_among(mails: list[Any]) -> Any:
    """The one mail to the business that tells what Wix has no field for."""
    [note] = [each for each in mails if each.subject.startswith("A note with booking")]
    return note
