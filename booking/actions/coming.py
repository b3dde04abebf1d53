"""When each service is free next, as far as that is known already: nobody is asked for it.

What visitors of a service's own page have asked is looked up, and our own holds are taken off. What is
too old, taken, or too late by now is not told: better nothing than something wrong.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from booking.actions.calendar import Calendar
from booking.actions.facts import Facts
from booking.actions.windows import course_now, session_window
from booking.domain.course import Places, Run
from booking.domain.errors import CalendarUnavailable
from booking.domain.ids import ServiceId, StaffId
from booking.domain.service import Kind, Service
from booking.domain.session import Session
from booking.domain.slot import Occupied, Slot, less_holds
from booking.models import Hold, Site
from booking.wix import Wix

MOST = 30
"""For so many services of one list at most: reading what is kept of hundreds would make it slow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """The next time of a service. ``places`` are those left, None if not counted or not known.

    ``ends`` is the end of that time; of a course, the end of its ``sessions`` in all, None if open.
    """

    starts: datetime
    ends: datetime | None
    places: int | None = None
    sessions: int = 1


def coming(
    site: Site, wix: Wix, facts: Facts, services: Iterable[Service], now: datetime
) -> dict[ServiceId, Coming]:
    """The next time of each service of which one is known; one question to the database at most."""
    known: list[tuple[Service, _Known]] = []
    for service in services:
        told = _look_up(Calendar(site=site, wix=wix.kept, facts=facts, service=service, now=now))
        if told is not None:
            known.append((service, told))
        if len(known) == MOST:
            break
    if not known:
        return {}
    held = _Held.of(site, now)
    found = ((service.id, told.soonest(service, held, now)) for service, told in known)
    return {service_id: each for service_id, each in found if each}


@dataclass(frozen=True, slots=True)
class _Held:
    """All that we keep for customers of a site just now."""

    people: tuple[Occupied, ...]
    places: Counter[str]

    @classmethod
    def of(cls, site: Site, now: datetime) -> "_Held":
        live = Hold.objects.live(site, now)
        rows = list(live.values_list("bookable__wix_id", "starts", "ends", "places"))
        places: Counter[str] = Counter()
        for wix_id, _, _, kept in rows:
            places[wix_id] += kept
        people = (Occupied(staff_id=StaffId(who), starts=s, ends=e) for who, s, e, _ in rows)
        return cls(tuple(people), places)


class _Known(Protocol):
    """What is kept about one service."""

    def soonest(self, service: Service, held: _Held, now: datetime) -> Coming | None:
        """The first that a customer could still have; None if none is known."""


@dataclass(frozen=True, slots=True)
class _Times:
    slots: tuple[Slot, ...]

    def soonest(self, service: Service, held: _Held, now: datetime) -> Coming | None:
        opens = _bookable_after(service, now)
        ahead = [each for each in self.slots if each.bookable and each.starts > opens]
        free = less_holds(ahead, held.people, timedelta(minutes=service.buffer_minutes))
        return Coming(starts=free[0].starts, ends=free[0].ends) if free else None


@dataclass(frozen=True, slots=True)
class _Sessions:
    sessions: tuple[Session, ...]

    def soonest(self, service: Service, held: _Held, now: datetime) -> Coming | None:
        opens = _bookable_after(service, now)
        for each in self.sessions:
            left = each.places_left - held.places[each.event_id]
            if each.bookable and each.starts > opens and left > 0:
                return Coming(starts=each.starts, ends=each.ends, places=left)
        return None


@dataclass(frozen=True, slots=True)
class _Course:
    run: Run
    sessions: int
    places: Places | None

    def soonest(self, service: Service, held: _Held, now: datetime) -> Coming | None:
        """Its beginning. Of one that has begun nothing is told, nor of one too late to join."""
        run, kept = self.run, held.places[service.schedule_id or ""]
        if run.starts <= _bookable_after(service, now):
            return None
        left = max(0, self.places.left - kept) if self.places else None
        return Coming(starts=run.starts, ends=run.ends, places=left, sessions=self.sessions)


def _bookable_after(service: Service, now: datetime) -> datetime:
    """What begins until then is too late to book, whatever was true when Wix was asked."""
    return now + timedelta(minutes=service.policy.latest_minutes or 0)


def _look_up(calendar: Calendar) -> _Known | None:
    """What is kept about a service. Nothing if it is not booked online: its times would mislead."""
    if not calendar.service.open_online:
        return None
    try:
        match calendar.service.kind:
            case Kind.APPOINTMENT:
                return _Times(calendar.first_weeks().slots)
            case Kind.CLASS:
                return _sessions(calendar)
            case Kind.COURSE:
                return _course(calendar)
    except CalendarUnavailable:
        return None
    return None


def _sessions(calendar: Calendar) -> _Sessions:
    facts = calendar.facts
    starts, ends = session_window(facts, calendar.now)
    told = calendar.wix.event_time_slots.list(
        [calendar.service.id], starts=starts, ends=ends, zone=facts.business.zone
    )
    return _Sessions(told.sessions)


def _course(calendar: Calendar) -> _Course | None:
    facts = calendar.facts
    meetings = calendar.wix.courses.meetings(
        calendar.service, now=course_now(facts, calendar.now), zone=facts.business.zone
    )
    run = Run.of(meetings)
    if run is None:
        return None
    return _Course(run, sum(not each.cancelled for each in meetings), _places(calendar))


def _places(calendar: Calendar) -> Places | None:
    """None if they are not kept, though the meetings are."""
    try:
        return calendar.wix.courses.places(calendar.service)
    except CalendarUnavailable:
        return None
