"""A booking in the customer's own calendar: as a file (RFC 5545), and as links to calendars on the web.

Times are written in UTC and calendars show them on their owner's clock: the hour that comes twice
when clocks go back can be written in no other way. The links are plain addresses, of which nothing is
asked until they are pressed; the booking's own address, its customer's credential, is not in them.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode, urlsplit

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
MOST_MOVES = 1000
LAST = 3 + MOST_MOVES


def ics(booking: Booking, lines: Sequence[Line], business: Business, address: str) -> bytes:
    """The calendar file of ``lines``, with every time of each; ``address`` is the booking's absolute address."""
    from icalendar import Calendar  # noqa: PLC0415  # a fifth of a second that most requests need not pay

    with translation.override(booking.language):
        calendar = Calendar()
        calendar.add("prodid", PRODUCER)
        calendar.add("version", "2.0")
        calendar.add("method", "PUBLISH")
        for line in lines:
            for number, time in enumerate(line.times, start=1):
                event = _event(booking, line, time, business, address)
                event.add("uid", _uid(line, number, address))
                calendar.add_component(event)
        content: bytes = calendar.to_ical()
    return content


def _uid(line: Line, number: int, address: str) -> str:
    """The same for a booking's whole life; of a course, for each meeting by its place among them."""
    which = f"-{number}" if len(line.times) > 1 else ""
    return f"{line.reference}{which}@{urlsplit(address).hostname}"


def _event(
    booking: Booking, line: Line, time: tuple[datetime, datetime], business: Business, address: str
) -> "Event":
    from icalendar import Event  # noqa: PLC0415  # likewise

    stage = Stage(booking.stage)
    event = Event()
    number = SEQUENCE.get(stage, LAST if stage in STATUS else 0)
    event.add("sequence", number + booking.times_moved)
    event.add("dtstamp", _told(booking))
    event.add("dtstart", time[0].astimezone(UTC))
    event.add("dtend", time[1].astimezone(UTC))
    event.add("summary", f"{line.service_name or booking.service_name} – {business.name}")
    event.add("status", STATUS.get(stage, "TENTATIVE"))
    event.add("transp", "TRANSPARENT" if STATUS.get(stage) == "CANCELLED" else "OPAQUE")
    event.add("url", address)
    event.add("description", _description(booking, line, address))
    if where := _where(line, business):
        event.add("location", where)
    return event


def _told(booking: Booking) -> datetime:
    """When what the file says became so: the same file for the same news."""
    told = (booking.moved, booking.settled, booking.placed, booking.created)
    return max(each for each in told if each is not None)


def _where(line: Line, business: Business) -> str:
    words = dict.fromkeys(filter(None, (line.location_name, line.location_text)))
    fallback = business.place.text if business.place and not line.location_kind else ""
    return ", ".join(words) or fallback


def _description(booking: Booking, line: Line, address: str) -> str:
    told = [_reference(booking)]
    if line.staff_name:
        told.append(gettext("With %(name)s") % {"name": line.staff_name})
    told.append(gettext("Your booking: %(address)s") % {"address": address})
    return "\n".join(told)


GOOGLE = "https://calendar.google.com/calendar/render"
OUTLOOK = "https://outlook.live.com/calendar/0/deeplink/compose"


def google(booking: Booking, line: Line, business: Business) -> str:
    """An address that opens Google Calendar with the line's one time filled in."""
    starts, ends = (f"{each.astimezone(UTC):%Y%m%dT%H%M%SZ}" for each in line.times[0])
    return _address(
        GOOGLE,
        action="TEMPLATE",
        text=f"{booking.service_name} – {business.name}",
        dates=f"{starts}/{ends}",
        location=_where(line, business),
        details=_reference(booking),
    )


def outlook(booking: Booking, line: Line, business: Business) -> str:
    """An address that opens Outlook's calendar with the line's one time filled in."""
    starts, ends = (f"{each.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" for each in line.times[0])
    return _address(
        OUTLOOK,
        path="/calendar/action/compose",
        rru="addevent",
        subject=f"{booking.service_name} – {business.name}",
        startdt=starts,
        enddt=ends,
        location=_where(line, business),
        body=_reference(booking),
    )


def _reference(booking: Booking) -> str:
    return gettext("Reference: %(reference)s") % {"reference": booking.reference}


def _address(base: str, **asked: str) -> str:
    given = {name: value for name, value in asked.items() if value}
    return f"{base}?{urlencode(given, quote_via=quote)}"
