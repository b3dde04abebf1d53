"""A booking as a calendar file (RFC 5545), for the customer's own calendar.

Times are written in UTC and calendars show them on their owner's clock: the hour that comes twice
when clocks go back can be written in no other way.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.utils import translation
from django.utils.translation import gettext

from booking.domain.business import Business
from booking.domain.states import Stage
from booking.models import Booking, Line

if TYPE_CHECKING:
    from icalendar import Event

PRODUCER = "-//bookingsite//booking//EN"
STATUS = {
    Stage.CONFIRMED: "CONFIRMED",
    Stage.DECLINED: "CANCELLED",
    Stage.CANCELLED: "CANCELLED",
    Stage.EXPIRED: "CANCELLED",
}
"""What a calendar is told; every other stage is tentative."""

SEQUENCE = {Stage.AWAITING_OWNER: 1, Stage.CONFIRMED: 2}
"""Rises along a booking's life, so that a calendar takes the newer file for the newer news."""
LAST = 3


def ics(booking: Booking, lines: Sequence[Line], business: Business, address: str) -> bytes:
    """The calendar file of ``lines``; ``address`` is the booking's absolute address."""
    from icalendar import Calendar  # noqa: PLC0415  # a fifth of a second that most requests need not pay

    with translation.override(booking.language):
        calendar = Calendar()
        calendar.add("prodid", PRODUCER)
        calendar.add("version", "2.0")
        calendar.add("method", "PUBLISH")
        for line in lines:
            calendar.add_component(_event(booking, line, business, address))
        content: bytes = calendar.to_ical()
    return content


def _event(booking: Booking, line: Line, business: Business, address: str) -> "Event":
    from icalendar import Event  # noqa: PLC0415  # likewise

    stage = Stage(booking.stage)
    event = Event()
    event.add("uid", f"{line.reference}@{urlsplit(address).hostname}")
    event.add("sequence", SEQUENCE.get(stage, LAST if stage in STATUS else 0))
    event.add("dtstamp", _told(booking))
    event.add("dtstart", line.starts.astimezone(UTC))
    event.add("dtend", line.ends.astimezone(UTC))
    event.add("summary", f"{booking.service_name} – {business.name}")
    event.add("status", STATUS.get(stage, "TENTATIVE"))
    event.add("transp", "TRANSPARENT" if STATUS.get(stage) == "CANCELLED" else "OPAQUE")
    event.add("url", address)
    event.add("description", _description(booking, line, address))
    if where := _where(line, business):
        event.add("location", where)
    return event


def _told(booking: Booking) -> datetime:
    """When what the file says became so: the same file for the same news."""
    return booking.settled or booking.placed or booking.created


def _where(line: Line, business: Business) -> str:
    words = dict.fromkeys(filter(None, (line.location_name, line.location_text)))
    fallback = business.place.text if business.place and not line.location_kind else ""
    return ", ".join(words) or fallback


def _description(booking: Booking, line: Line, address: str) -> str:
    told = [gettext("Reference: %(reference)s") % {"reference": booking.reference}]
    if line.staff_name:
        told.append(gettext("With %(name)s") % {"name": line.staff_name})
    told.append(gettext("Your booking: %(address)s") % {"address": address})
    return "\n".join(told)
