"""Looking around: the page of a class, a week of it or a list."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from booking.actions.classes import Timetable
from booking.actions.offers import know_offer
from booking.actions.side_by_side import ask_three
from booking.actions.windows import HORIZON, SESSIONS_LISTED
from booking.domain.days import PartOfDay, by_day, part_of_day, week_of
from booking.domain.ids import EventId
from booking.domain.offer import Offer
from booking.domain.service import Location, StaffMember
from booking.domain.session import Narrowing, Session, Sessions, Weekly, one_after_another
from booking.domain.zones import page_zones

ONE_DAY = timedelta(days=1)
ANY_SESSION = Narrowing()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a link asks the page of a class for. ``day`` is None where it leaves that to us.

    ``zone`` is the visitor's. ``several`` lets people tick sessions, ``each`` ticks a weekly hour.
    """

    day: date | None = None
    narrowing: Narrowing = ANY_SESSION
    as_list: bool = False
    several: bool = False
    each: Weekly | None = None
    zone: ZoneInfo | None = None
    week_starts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What Wix said: of the next eight weeks, and of the days asked for if they lie beyond."""

    soon: Sessions
    there: Sessions | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day of the page, and what takes place on it."""

    day: date
    sessions: tuple[Session, ...]
    is_today: bool
    is_past: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The sessions with room at one weekly hour: the ``first``, the ``last``, and how many."""

    weekly: Weekly
    first: Session
    last: Session
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """The page of a class: a week of seven days, or a list of those days that have sessions.

    ``free`` counts the sessions shown that have room for the party; ``next_day`` is the next day
    that has one, where none shown has. ``previous`` and ``following`` are days that turn the page.
    ``notice`` says what of the link could not be followed.
    """

    zone: ZoneInfo
    other_zone: ZoneInfo | None
    first: date
    last: date
    days: tuple[Day, ...]
    free: int
    next_day: date | None
    previous: date | None
    following: date | None
    narrowing: Narrowing
    teachers: tuple[StaffMember, ...]
    places: tuple[Location, ...]
    parts: tuple[PartOfDay, ...]
    series: tuple[Series, ...]
    ticked: frozenset[EventId]
    notice: str
    checked_at: datetime


def know_class(table: Timetable, wanted: Wanted) -> tuple[Offer, Told]:
    """What can be chosen and what takes place, asked side by side. Raises: CalendarUnavailable."""
    look = _Look.at(table, wanted)
    days = look.span_of(wanted.day) if look.is_sensible(wanted.day) else None
    offer, soon, there = ask_three(
        lambda: know_offer(table.wix, table.service),
        table.soon,
        lambda: look.ask(days) if days and look.is_beyond(days) else None,
    )
    return offer, Told(soon=soon, there=there)


def show_class(table: Timetable, wanted: Wanted, told: Told, party: int) -> Agenda:
    """The page of a class for so many people.

    It opens on the first session with room, unless ``wanted`` names a day. Wix is asked once more
    only if there is none within eight weeks. Raises: CalendarUnavailable.
    """
    look = _Look.at(table, wanted)
    soon = table.less_holds(told.soon)
    there = table.less_holds(told.there) if told.there else None
    look, notice = look.narrowed((*soon.sessions, *(there.sessions if there else ())))
    free = look.with_room(soon.sessions, party)
    if look.is_sensible(wanted.day):
        days = look.span_of(wanted.day)
    else:
        notice = notice or ("past_day" if wanted.day else "")
        days = look.span_of(look.opening(free, party))
        there = table.less_holds(look.ask(days)) if look.is_beyond(days) else None
    shown = there or soon
    listed = look.on(days, shown.sessions)
    has_room = look.with_room(listed, party)
    every = (*soon.sessions, *shown.sessions)
    return Agenda(
        zone=look.zone,
        other_zone=look.other,
        first=days[0],
        last=days[1],
        days=look.days(listed, days),
        free=len(has_room),
        next_day=None if has_room else look.next_day(free, days, party),
        previous=look.previous(days),
        following=days[1] + ONE_DAY if days[1] < look.today + HORIZON else None,
        narrowing=look.narrowing,
        teachers=teachers_of(every),
        places=places_of(every),
        parts=look.parts(every),
        series=_series(has_room, table.facts.zone) if wanted.several else (),
        ticked=_ticked(has_room, wanted.each, table.facts.zone),
        notice=notice,
        checked_at=shown.checked_at,
    )


def teachers_of(sessions: Iterable[Session]) -> tuple[StaffMember, ...]:
    """Everybody who gives one of these, by name."""
    found = {each.id: each for session in sessions for each in session.teachers}
    return tuple(sorted(found.values(), key=lambda each: each.name.casefold()))


def places_of(sessions: Iterable[Session]) -> tuple[Location, ...]:
    """Every place that has an id, by name."""
    found = {each.location.id: each.location for each in sessions if each.location.id}
    return tuple(sorted(found.values(), key=lambda each: each.name.casefold()))


type _Span = tuple[date, date]
"""The first and the last day on the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """One look at the timetable: whose clock it is on, which day it is, what is wanted."""

    table: Timetable
    wanted: Wanted
    zone: ZoneInfo
    other: ZoneInfo | None
    today: date
    narrowing: Narrowing

    @classmethod
    def at(cls, table: Timetable, wanted: Wanted) -> "_Look":
        zone, other = page_zones(table.service, table.facts.zone, wanted.zone, table.now)
        today = table.now.astimezone(zone).date()
        return cls(
            table=table,
            wanted=wanted,
            zone=zone,
            other=other,
            today=today,
            narrowing=wanted.narrowing,
        )

    # ---- Which days ----

    def is_sensible(self, day: date | None) -> bool:
        """True for a day of this week or later, and not later than anybody books."""
        first = week_of(self.today, self.wanted.week_starts)[0]
        return day is not None and first <= day <= self.today + HORIZON

    def span_of(self, day: date | None) -> _Span:
        """The week of ``day``, or eight weeks from it; a list begins today at the earliest."""
        week = week_of(day or self.today, self.wanted.week_starts)
        if not self.wanted.as_list:
            return week[0], week[-1]
        first = max(day or self.today, self.today)
        return first, first + SESSIONS_LISTED - ONE_DAY

    def is_beyond(self, days: _Span) -> bool:
        """True if the one question about the next eight weeks does not cover these days."""
        return days[1] >= self.today + SESSIONS_LISTED

    def ask(self, days: _Span) -> Sessions:
        """What Wix says of these days, and one more on each side: they are days of another zone."""
        return self.table.within(days[0] - ONE_DAY, days[1] + 2 * ONE_DAY)

    def opening(self, free: list[Session], party: int) -> date | None:
        """The day to open on if the link does not say: that of the first session with room."""
        if free and self.wanted.as_list:
            return self.today
        first = free or self.beyond(self.today + SESSIONS_LISTED, party)
        return first[0].starts.astimezone(self.zone).date() if first else None

    def next_day(self, free: list[Session], days: _Span, party: int) -> date | None:
        """The next day with room after these, else the first there is; None if there is none."""
        on = [each.starts.astimezone(self.zone).date() for each in free]
        later = next((each for each in on if each > days[1]), None)
        if later is not None:
            return later
        ahead = self.beyond(max(days[1] + ONE_DAY, self.today + SESSIONS_LISTED), party)
        if ahead:
            return ahead[0].starts.astimezone(self.zone).date()
        return on[0] if on else None

    def beyond(self, day: date, party: int) -> list[Session]:
        """Those with room from ``day`` on, at any distance; asks Wix."""
        told = self.table.after(day - ONE_DAY, self.narrowing)
        found = self.with_room(told.sessions, party)
        return [each for each in found if each.starts.astimezone(self.zone).date() >= day]

    def previous(self, days: _Span) -> date | None:
        """The day that turns the page back."""
        if self.wanted.as_list:
            back = max(days[0] - SESSIONS_LISTED, self.today)
            return back if back < days[0] else None
        back = days[0] - timedelta(days=7)
        return back if self.is_sensible(back) else None

    # ---- Which sessions ----

    def narrowed(self, sessions: tuple[Session, ...]) -> tuple["_Look", str]:
        """The same without a person and a place that nobody knows; and which of them that was."""
        wanted, service = self.narrowing, self.table.service
        people = {each.id for each in (*teachers_of(sessions), *service.staff)}
        places = {each.id for each in (*places_of(sessions), *service.locations)}
        staff = wanted.staff if wanted.staff in people else None
        location = wanted.location if wanted.location in places else None
        known = replace(wanted, staff=staff, location=location)
        notice = "unknown_location" if location != wanted.location else ""
        return replace(self, narrowing=known), "unknown_staff" if staff != wanted.staff else notice

    def on(self, days: _Span, sessions: Iterable[Session]) -> list[Session]:
        fitting = [each for each in sessions if self.narrowing.fits(each, self.zone)]
        return [e for e in fitting if days[0] <= e.starts.astimezone(self.zone).date() <= days[1]]

    def with_room(self, sessions: Iterable[Session], party: int) -> list[Session]:
        fitting = (each for each in sessions if self.narrowing.fits(each, self.zone))
        return [each for each in fitting if each.has_room_for(party)]

    def parts(self, sessions: Iterable[Session]) -> tuple[PartOfDay, ...]:
        """The parts of the day in which anything takes place."""
        found = {part_of_day(each.starts.astimezone(self.zone)) for each in sessions}
        return tuple(each for each in PartOfDay if each in found)

    def days(self, listed: list[Session], days: _Span) -> tuple[Day, ...]:
        """All seven days of a week; of a list those with sessions."""
        on = by_day(listed, self.zone)
        shown = on if self.wanted.as_list else week_of(days[0], self.wanted.week_starts)
        return tuple(
            Day(
                day=each,
                sessions=on.get(each, ()),
                is_today=each == self.today,
                is_past=each < self.today,
            )
            for each in shown
        )


def _series(sessions: list[Session], zone: ZoneInfo) -> tuple[Series, ...]:
    """The weekly hours that come more than once; ``zone`` is the business's."""
    hours: defaultdict[Weekly, list[Session]] = defaultdict(list)
    for each in one_after_another(sessions):
        hours[Weekly.of(each.starts, zone)].append(each)
    return tuple(
        Series(weekly=weekly, first=each[0], last=each[-1], count=len(each))
        for weekly, each in sorted(hours.items())
        if len(each) > 1
    )


def _ticked(sessions: list[Session], weekly: Weekly | None, zone: ZoneInfo) -> frozenset[EventId]:
    if weekly is None:
        return frozenset()
    at_that_hour = (each for each in sessions if Weekly.of(each.starts, zone) == weekly)
    return frozenset(each.event_id for each in one_after_another(at_that_hour))
