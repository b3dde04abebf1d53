"""Days and times of day: converting, grouping and the six-week grid of a calendar.

Instants are UTC inside; a day is always somebody's day, so every function takes the zone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from typing import Protocol
from zoneinfo import ZoneInfo

from booking.domain.slot import Slot

GRID_DAYS = 42
EARLIEST_YEAR, LATEST_YEAR = 2000, 2199
"""Dates outside are refused: they are typing errors, and arithmetic around them may overflow."""


class PartOfDay(StrEnum):
    """Morning until noon, afternoon until five, then evening."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


NOON, FIVE = 12, 17


class Begins(Protocol):
    """What has a first moment: a slot, a session."""

    @property
    def starts(self) -> datetime: ...


def part_of_day(moment: datetime) -> PartOfDay:
    """The part of day of a *local* moment."""
    if moment.hour < NOON:
        return PartOfDay.MORNING
    return PartOfDay.AFTERNOON if moment.hour < FIVE else PartOfDay.EVENING


def week_of(day: date, week_starts: int = 0) -> tuple[date, ...]:
    """The seven days of ``day``'s week; ``week_starts`` as in ``date.weekday`` (0 is Monday)."""
    first = day - timedelta(days=(day.weekday() - week_starts) % 7)
    return tuple(first + timedelta(days=offset) for offset in range(7))


@dataclass(frozen=True, slots=True)
class Grid:
    """The six weeks around one month, beginning on ``first``, in the zone of the page."""

    month: date
    first: date

    @classmethod
    def around(cls, day: date, week_starts: int = 0) -> "Grid":
        """The grid of ``day``'s month; ``week_starts`` as in ``date.weekday`` (0 is Monday)."""
        month = day.replace(day=1)
        return cls(month, month - timedelta(days=(month.weekday() - week_starts) % 7))

    @property
    def days(self) -> tuple[date, ...]:
        """The 42 days, always six weeks, so that no month is taller than another."""
        return tuple(self.first + timedelta(days=offset) for offset in range(GRID_DAYS))

    @property
    def previous(self) -> date:
        """The first day of the month before."""
        return (self.month - timedelta(days=1)).replace(day=1)

    @property
    def following(self) -> date:
        """The first day of the month after."""
        return (self.month + timedelta(days=31)).replace(day=1)

    def bounds(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """The UTC instants between which it is this month in ``zone``; the second exclusive."""
        return start_of(self.month, zone), start_of(self.following, zone)

    def window(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """The instants to ask for: the 42 days and at least one more on each side, as UTC.

        The same for a month wherever its weeks begin, so that all readers ask one question.
        """
        starts = start_of(self.month - timedelta(days=7), zone)
        return starts, start_of(self.month + timedelta(days=GRID_DAYS + 1), zone)


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """The UTC instant at which ``day`` begins in ``zone``."""
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The UTC instants between which it is ``day`` in ``zone``; the second exclusive."""
    return start_of(day, zone), start_of(day + timedelta(days=1), zone)


def by_day[T: Begins](slots: Iterable[T], zone: ZoneInfo) -> dict[date, tuple[T, ...]]:
    """The slots (or sessions) grouped by the day they begin on in ``zone``; the order within a day is kept.

    Converts first and groups afterwards, so that none is lost or doubled near midnight.
    """
    days: dict[date, list[T]] = {}
    for slot in sorted(slots, key=attrgetter("starts")):
        days.setdefault(slot.starts.astimezone(zone).date(), []).append(slot)
    return {day: tuple(days[day]) for day in sorted(days)}


def closest[T: Begins](found: Iterable[T], around: datetime, count: int) -> list[T]:
    """Those that begin closest to a moment, in time order."""
    by_distance = sorted(found, key=lambda each: abs(each.starts - around))
    return sorted(by_distance[:count], key=attrgetter("starts"))


def by_part_of_day(
    slots: Iterable[Slot], zone: ZoneInfo
) -> tuple[tuple[PartOfDay, tuple[Slot, ...]], ...]:
    """One day's slots in the parts of that day that have any."""
    groups = groupby(slots, key=lambda slot: part_of_day(slot.starts.astimezone(zone)))
    return tuple((part, tuple(group)) for part, group in groups)


@dataclass(frozen=True, slots=True)
class ClockChange:
    """``zone``'s clocks stand differently than now: since before a day, or from a moment of it on."""

    zone: ZoneInfo
    on_the_day: bool


def clock_changes(
    now: datetime, day: date, zone: ZoneInfo, other: ZoneInfo | None = None
) -> tuple[ClockChange, ...]:
    """What to say beside the times of ``day`` in ``zone``, for that zone's clocks and for ``other``'s."""
    starts = max(now, start_of(day, zone))
    ends = max(starts, start_of(day + timedelta(days=1), zone) - timedelta(seconds=1))
    return tuple(
        ClockChange(each, on_the_day)
        for each in (zone, other)
        if each is not None
        and (
            (on_the_day := clock_change_between(starts, ends, each))
            or clock_change_between(now, starts, each)
        )
    )


def clock_change_between(now: datetime, then: datetime, zone: ZoneInfo) -> bool:
    """True if ``zone``'s clocks stand differently at ``then`` than they do ``now``."""
    return now.astimezone(zone).utcoffset() != then.astimezone(zone).utcoffset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One day of the calendar. ``times`` counts what can still be booked on it."""

    day: date
    times: int
    in_month: bool
    is_past: bool
    is_today: bool
    is_chosen: bool


def within(grid: Grid, days: Mapping[date, tuple[Slot, ...]]) -> dict[date, tuple[Slot, ...]]:
    """Without the margin that was asked for beyond the six weeks."""
    last = grid.days[-1]
    return {day: slots for day, slots in days.items() if grid.first <= day <= last}


def weeks_of(
    grid: Grid, days: Mapping[date, tuple[Slot, ...]], chosen: date | None, today: date
) -> tuple[tuple[Cell, ...], ...]:
    """The six weeks of a calendar, with what can still be booked on each day."""
    cells = [
        Cell(
            day=day,
            times=len(days.get(day, ())),
            in_month=day.replace(day=1) == grid.month,
            is_past=day < today,
            is_today=day == today,
            is_chosen=day == chosen,
        )
        for day in grid.days
    ]
    return tuple(tuple(cells[at : at + 7]) for at in range(0, len(cells), 7))
