"""Other times for a booking whose own time is gone: the same again if it is free, and the nearest."""

from dataclasses import dataclass
from datetime import datetime

from booking.actions import classes, picks
from booking.actions.calendar import Calendar, near, nearest
from booking.actions.classes import Timetable
from booking.actions.facts import Facts
from booking.domain.service import Kind, Service
from booking.domain.session import Session
from booking.domain.slot import Slot
from booking.models import Booking, Site
from booking.wix import Wix


@dataclass(frozen=True, slots=True)
class Nearby:
    """``same`` is the booking's own time if it is free (again), ``others`` are in time order."""

    others: tuple[Slot, ...] | tuple[Session, ...] = ()
    same: Slot | Session | None = None


def look_around(
    site: Site, wix: Wix, facts: Facts, service: Service, booking: Booking, now: datetime
) -> Nearby:
    """Up to three free times near the booking's, that fit what was chosen.

    None for a course, for several sessions, and for a visit of several services: those are chosen anew as
    a whole. Raises: CalendarUnavailable.
    """
    if booking.one_visit:
        return Nearby()
    if booking.kind == Kind.APPOINTMENT:
        length = picks.length_of(booking)
        return _slots(Calendar(site, wix, facts, service, now, length=length), booking)
    if booking.kind != Kind.CLASS or booking.lines.count() > 1:
        return Nearby()
    return _sessions(Timetable(site, wix, facts, service, now), booking)


def _sessions(table: Timetable, booking: Booking) -> Nearby:
    line, sessions = booking.line, table.upcoming().sessions
    same = (
        e for e in sessions if e.event_id == line.event_id and e.has_room_for(line.participants)
    )
    others = classes.nearest(sessions, line.starts, line.participants)
    return Nearby(tuple(others), next(same, None))


def _slots(calendar: Calendar, booking: Booking) -> Nearby:
    line = booking.line
    free = near(calendar, line.starts)
    here = line.location_id or None
    same = (each for each in free if each.starts == line.starts and each.location.id == here)
    return Nearby(tuple(nearest(calendar, free, line.starts)), next(same, None))
