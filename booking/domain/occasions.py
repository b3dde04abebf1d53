"""The times of one booking, one after another: where the clocks change in between, and the breaks."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from booking.domain.days import clock_change_between

type Stretch = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Occasion:
    """One of several times, UTC. ``clocks_changed`` are the zones whose clocks were moved since the
    one before (of the first: since now); ``pause_days`` is how many days lie between, if more than usual.
    """

    starts: datetime
    ends: datetime
    clocks_changed: tuple[ZoneInfo, ...] = ()
    pause_days: int = 0


def occasions(
    times: Sequence[Stretch], now: datetime, zones: Sequence[ZoneInfo]
) -> tuple[Occasion, ...]:
    """``times`` in time order, each with what is unusual about it; the first of ``zones`` leads."""
    told = []
    usual = _usual_days(times, zones[0])
    before = now
    for at, (starts, ends) in enumerate(times):
        changed = tuple(each for each in zones if clock_change_between(before, starts, each))
        days = _days_between(before, starts, zones[0]) if at else 0
        told.append(Occasion(starts, ends, changed, days if days > usual > 0 else 0))
        before = starts
    return tuple(told)


def _usual_days(times: Sequence[Stretch], zone: ZoneInfo) -> int:
    """The longest distance of two neighbours that is the rhythm's own, 0 without a rhythm.

    Of a course on Mondays and Thursdays both distances are: each makes up more than a third.
    """
    starts = [starts for starts, _ in times]
    days = Counter(_days_between(*pair, zone) for pair in pairwise(starts))
    usual = (each for each, count in days.items() if count > 1 and 3 * count > days.total())
    return max(usual, default=0)


def _days_between(one: datetime, other: datetime, zone: ZoneInfo) -> int:
    return (other.astimezone(zone).date() - one.astimezone(zone).date()).days
