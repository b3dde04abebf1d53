"""Looking around: when a service is free."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from booking.actions.calendar import Calendar
from booking.actions.side_by_side import ask_both
from booking.actions.windows import HORIZON
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
from booking.domain.empty import Empty, why_empty
from booking.domain.ids import LocationId, StaffId
from booking.domain.service import Location, Service, StaffMember
from booking.domain.slot import Slot, Slots
from booking.domain.zones import page_zones

MANY_SERVICES = 3
"""How many other services to name where this one has no time at all."""

CLOCK_CHANGE = timedelta(hours=2)
"""More than any clock is moved by: Wix is asked by the wall clock, which may stand for two moments."""


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


def show_times(calendar: Calendar, wanted: Wanted) -> Times:
    """The times page: a calendar of six weeks, and the times of the day that is open.

    The first day with times is open unless ``wanted`` names another; a calendar with no time at all
    in its six weeks is left for the month of the next free time.
    """
    zone, other = page_zones(calendar.service, calendar.facts.zone, wanted.zone, calendar.now)
    today = calendar.now.astimezone(zone).date()
    grid = Grid.around(_sensible(wanted, today), wanted.week_starts)
    soonest, shown = _ask(calendar, grid, Grid.around(today, wanted.week_starts), zone)
    left = calendar.left(shown)
    earliest = free = calendar.fitting(left)
    if soonest is not shown:
        earliest = calendar.free(soonest)
    days = within(grid, by_day(free, zone))
    nobody_asked = wanted.day is None and wanted.month is None
    if nobody_asked and not days and (ahead := calendar.after(_end(grid, zone))):
        first = ahead[0].starts.astimezone(zone).date()
        grid = Grid.around(first, wanted.week_starts)
        shown = calendar.weeks(grid, zone)
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


def _sensible(wanted: Wanted, today: date) -> date:
    day = wanted.day or wanted.month or today
    sensible = EARLIEST_YEAR <= day.year <= LATEST_YEAR and today.replace(day=1) <= day
    return day if sensible and day <= today + HORIZON else today


def _ask(calendar: Calendar, grid: Grid, first: Grid, zone: ZoneInfo) -> tuple[Slots, Slots]:
    if grid == first:
        answer = calendar.weeks(grid, zone)
        return answer, answer
    return ask_both(
        lambda: calendar.weeks(first, zone),
        lambda: calendar.weeks(grid, zone),
    )


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
