"""Looking around: when a service is free."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from booking.actions.facts import Facts
from booking.actions.side_by_side import ask_both
from booking.domain.days import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    Cell,
    ClockChange,
    Grid,
    PartOfDay,
    bounds,
    by_day,
    by_part_of_day,
    clock_changes,
    start_of,
    weeks_of,
    within,
)
from booking.domain.empty import Empty, Wish, why_empty
from booking.domain.ids import LocationId, StaffId
from booking.domain.service import Location, LocationKind, Service, StaffMember
from booking.domain.slot import Choices, Slot, Slots, less_holds
from booking.models import Hold, Site
from booking.wix import Wix

HORIZON = timedelta(days=730)
"""How far ahead customers may page; a further date is a typing error."""

MANY_SERVICES = 3
"""How many other services to name where this one has no time at all."""

CLOCK_CHANGE = timedelta(hours=2)
"""More than any clock is moved by: Wix is asked by the wall clock, which may stand for two moments."""

FIRST_OF_DAY = 100
"""How many times of each day to ask for where six weeks have more than anybody reads."""

MANY_TIMES = 60
"""How many of the next free times to ask for when a month is empty; our holds may cover the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a link asks the times page for; None where it leaves the choice to us.

    ``day`` opens one day, ``month`` the first free day of a month. ``zone`` is the visitor's.
    """

    day: date | None = None
    month: date | None = None
    staff: StaffId | None = None
    location: LocationId | None = None
    zone: ZoneInfo | None = None
    week_starts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """The times page of one appointment service.

    ``zone`` is the one that days and clocks are shown in; ``other_zone`` the second clock to show
    beside it, None where both show the same. ``clock_changes`` is what to say of both on the open day.
    ``day`` is the open day, None if there is no time at all; ``next_day`` is the next day with times
    after an empty one, ``empty`` why it is, and ``instead`` other services where there is no next.
    """

    zone: ZoneInfo
    other_zone: ZoneInfo | None
    clock_changes: tuple[ClockChange, ...]
    weeks: tuple[tuple[Cell, ...], ...]
    month: date
    previous_month: date | None
    following_month: date | None
    day: date | None
    parts: tuple[tuple[PartOfDay, tuple[Slot, ...]], ...]
    count: int
    earliest: tuple[Slot, ...]
    next_day: date | None
    empty: Empty | None
    instead: tuple[Service, ...]
    staff: StaffMember | None
    location: Location | None
    checked_at: datetime


def page_zones(
    service: Service, business_zone: ZoneInfo, visitor: ZoneInfo | None, now: datetime
) -> tuple[ZoneInfo, ZoneInfo | None]:
    """The zone to lead with and the second clock: who comes in person lives by the business's clock."""
    if visitor is None or same_offsets(visitor, business_zone, now):
        return business_zone, None
    in_person = any(each.kind is not LocationKind.CUSTOMER for each in service.locations)
    return (business_zone, visitor) if in_person else (visitor, business_zone)


def same_offsets(one: ZoneInfo, other: ZoneInfo, now: datetime) -> bool:
    """True if clocks of both zones agree for the next year, looked at week by week."""
    weeks = (now + timedelta(days=7 * week) for week in range(53))
    return all(at.astimezone(one).utcoffset() == at.astimezone(other).utcoffset() for at in weeks)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Asks for the free times of one service, less our own holds, for one choice of staff and place.

    ``length`` is None for the usual one, without add-ons that take time.
    """

    site: Site
    wix: Wix
    facts: Facts
    service: Service
    now: datetime
    staff: StaffId | None = None
    location: LocationId | None = None
    length: Choices | None = None

    @property
    def wish(self) -> Wish:
        """The choice of staff and place."""
        return Wish(staff=self.staff, location=self.location)

    @property
    def place(self) -> Location | None:
        """The chosen place, None if any will do."""
        return next(
            (each for each in self.service.locations if each.id and each.id == self.location), None
        )

    def within(self, starts: datetime, ends: datetime) -> Slots:
        """What can be booked between two instants: one question to Wix, answered from the cache.

        Of weeks with more than Wix lists in some pages, the first times of each day; still ``cut``.
        """
        question = partial(
            self.wix.time_slots.list,
            self.service.id,
            starts=starts,
            ends=ends,
            zone=self.facts.business.zone,
            choices=self.length,
        )
        slots = question()
        if not slots.cut or ends - starts <= timedelta(days=2):
            return slots
        return replace(question(per_day=FIRST_OF_DAY), cut=True)

    def first_weeks(self) -> Slots:
        """What can be booked in the weeks that the service's page shows unless told otherwise."""
        today = self.now.astimezone(self.facts.zone).date()
        return self.within(*_window(Grid.around(today), self.facts.zone, today))

    def left(self, slots: Slots) -> list[Slot]:
        """Those of ``slots`` that are ahead and not held by anybody, whoever gives them and wherever."""
        ahead = [each for each in slots.slots if each.bookable and each.starts > self.now]
        if not ahead:
            return []
        held = (
            Hold.objects.live(self.now)
            .filter(bookable__site=self.site)
            .meeting(ahead[0].starts - timedelta(days=1), ahead[-1].ends + timedelta(days=1))
        )
        return less_holds(ahead, held.occupied(), timedelta(minutes=self.service.buffer_minutes))

    def free(self, slots: Slots) -> list[Slot]:
        """What is left of ``slots`` and fits the choice."""
        return self.fitting(self.left(slots))

    def fitting(self, slots: Sequence[Slot]) -> list[Slot]:
        """Those of ``slots`` that the chosen person gives at the chosen place."""
        wish = self.wish
        return [each for each in slots if wish.is_met_by(each)]

    def after(self, moment: datetime) -> list[Slot]:
        """The next free times from ``moment``'s day on, at any distance; one bounded question.

        Asked from the day's beginning, so that everybody asks the same and one answer serves all.
        """
        zone = self.facts.zone
        starts = start_of(moment.astimezone(zone).date(), zone)
        slots = self.wix.time_slots.list(
            self.service.id,
            starts=starts,
            ends=starts + HORIZON,
            zone=self.facts.business.zone,
            staff_id=self.staff,
            location=self.place,
            choices=self.length,
            limit=MANY_TIMES,
        )
        return self.free(slots)


def show_times(calendar: Calendar, wanted: Wanted) -> Times:
    """The times page: a calendar of six weeks, and the times of the day that is open.

    The first day with times is open unless ``wanted`` names another; a calendar with no time at all
    in its six weeks is left for the month of the next free time.
    """
    zone, other = page_zones(calendar.service, calendar.facts.zone, wanted.zone, calendar.now)
    today = calendar.now.astimezone(zone).date()
    grid = Grid.around(_sensible(wanted, today), wanted.week_starts)
    soonest, shown = _ask(calendar, grid, Grid.around(today, wanted.week_starts), zone, today)
    left = calendar.left(shown)
    earliest = free = calendar.fitting(left)
    if soonest is not shown:
        earliest = calendar.free(soonest)
    days = within(grid, by_day(free, zone))
    nobody_asked = wanted.day is None and wanted.month is None
    if nobody_asked and not days and (ahead := calendar.after(_end(grid, zone))):
        first = ahead[0].starts.astimezone(zone).date()
        grid = Grid.around(first, wanted.week_starts)
        shown = calendar.within(*_window(grid, zone, today))
        left = calendar.left(shown)
        days = within(grid, by_day(calendar.fitting(left), zone))
    day = _open_day(wanted, grid, days, today)
    times = days.get(day, ()) if day else ()
    if day and shown.cut:
        starts, ends = bounds(day, zone)
        whole = calendar.within(starts, ends + CLOCK_CHANGE)
        times = by_day(calendar.free(whole), zone).get(day, ())
    next_day = None if times else _next_day(calendar, grid, days, day, zone)
    stretch = bounds(day, zone) if day else grid.bounds(zone)
    nothing_at_all = not (times or earliest or next_day)
    return Times(
        zone=zone,
        other_zone=other,
        clock_changes=clock_changes(calendar.now, day, zone, other) if day and times else (),
        weeks=weeks_of(grid, days, day, today),
        month=grid.month,
        previous_month=grid.previous if grid.month > today.replace(day=1) else None,
        following_month=grid.following if grid.following <= today + HORIZON else None,
        day=day,
        parts=by_part_of_day(times, zone),
        count=len(times),
        earliest=tuple(earliest[:3]) or tuple(times[:3]),
        next_day=next_day,
        empty=None
        if times
        else why_empty(
            calendar.wish, stretch, shown.slots, left, calendar.service.policy, calendar.now
        ),
        instead=calendar.facts.besides(calendar.service)[:MANY_SERVICES] if nothing_at_all else (),
        staff=next((each for each in calendar.service.staff if each.id == calendar.staff), None),
        location=calendar.place,
        checked_at=shown.checked_at,
    )


def near(calendar: Calendar, moment: datetime) -> list[Slot]:
    """What is free in the six weeks around ``moment``."""
    zone = calendar.facts.zone
    today = calendar.now.astimezone(zone).date()
    grid = Grid.around(max(moment.astimezone(zone).date(), today))
    return calendar.free(calendar.within(*_window(grid, zone, today)))


def nearest(calendar: Calendar, around: datetime, count: int = 3) -> list[Slot]:
    """The free times closest to ``around``, in time order; other start times than that one."""
    others = {each.starts: each for each in near(calendar, around) if each.starts != around}
    if not others:
        others = {each.starts: each for each in calendar.after(calendar.now)}
    closest = sorted(others.values(), key=lambda each: abs(each.starts - around))[:count]
    return sorted(closest, key=lambda each: each.starts)


def _sensible(wanted: Wanted, today: date) -> date:
    day = wanted.day or wanted.month or today
    sensible = EARLIEST_YEAR <= day.year <= LATEST_YEAR and today.replace(day=1) <= day
    return day if sensible and day <= today + HORIZON else today


def _ask(
    calendar: Calendar, grid: Grid, first: Grid, zone: ZoneInfo, today: date
) -> tuple[Slots, Slots]:
    if grid == first:
        answer = calendar.within(*_window(grid, zone, today))
        return answer, answer
    return ask_both(
        lambda: calendar.within(*_window(first, zone, today)),
        lambda: calendar.within(*_window(grid, zone, today)),
    )


def _window(grid: Grid, zone: ZoneInfo, today: date) -> tuple[datetime, datetime]:
    starts, ends = grid.window(zone)
    return max(starts, start_of(today - timedelta(days=1), zone)), ends


def _end(grid: Grid, zone: ZoneInfo) -> datetime:
    return start_of(grid.days[-1] + timedelta(days=1), zone)


def _open_day(
    wanted: Wanted, grid: Grid, days: dict[date, tuple[Slot, ...]], today: date
) -> date | None:
    if wanted.day is not None and _sensible(wanted, today) == wanted.day >= today:
        return wanted.day
    in_month = [day for day in days if day.replace(day=1) == grid.month]
    if wanted.month is not None:
        return in_month[0] if in_month else None
    return next(iter(days), None)


def _next_day(
    calendar: Calendar,
    grid: Grid,
    days: dict[date, tuple[Slot, ...]],
    day: date | None,
    zone: ZoneInfo,
) -> date | None:
    after = day or grid.month
    later = next((each for each in days if each > after), None)
    if later is not None:
        return later
    ahead = calendar.after(max(_end(grid, zone), calendar.now))
    return ahead[0].starts.astimezone(zone).date() if ahead else None
