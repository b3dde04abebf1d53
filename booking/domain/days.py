"""Days and times of day: converting, grouping and the six-week grid of a calendar.

Instants are UTC inside; a day is always somebody's day, so every function takes the zone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import groupby
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

    def window(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """The instants to ask for: the 42 days and at least one more on each side, as UTC.

        The same for a month wherever its weeks begin, so that all readers ask one question.
        """
        starts = start_of(self.month - timedelta(days=7), zone)
        return starts, start_of(self.month + timedelta(days=GRID_DAYS + 1), zone)


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """The UTC instant at which ``day`` begins in ``zone``."""
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def by_day[T: Begins](slots: Iterable[T], zone: ZoneInfo) -> dict[date, tuple[T, ...]]:
    """The slots (or sessions) grouped by the day they begin on in ``zone``; the order within a day is kept.

    Converts first and groups afterwards, so that none is lost or doubled near midnight.
    """
    ordered = sorted(slots, key=lambda slot: slot.starts)
    days = groupby(ordered, key=lambda slot: slot.starts.astimezone(zone).date())
    return {day: tuple(group) for day, group in days}


def by_part_of_day(
    slots: Iterable[Slot], zone: ZoneInfo
) -> tuple[tuple[PartOfDay, tuple[Slot, ...]], ...]:
    """One day's slots in the parts of that day that have any."""
    groups = groupby(slots, key=lambda slot: part_of_day(slot.starts.astimezone(zone)))
    return tuple((part, tuple(group)) for part, group in groups)


def clock_change_between(now: datetime, then: datetime, zone: ZoneInfo) -> bool:
    """True if ``zone``'s clocks stand differently at ``then`` than they do ``now``."""
    return now.astimezone(zone).utcoffset() != then.astimezone(zone).utcoffset()
