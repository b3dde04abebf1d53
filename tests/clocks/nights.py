"""The nights on which the clocks of a zone change, found in the zone data itself."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

ZONES = sorted(available_timezones() - {"localtime", "Factory"})
FAR = ["Etc/GMT+12", "Asia/Kathmandu", "Pacific/Kiritimati"]
FROM, UNTIL = datetime(2027, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)
WITHOUT_CHANGE = (datetime(2027, 3, 28, 1, tzinfo=UTC), datetime(2028, 10, 29, 1, tzinfo=UTC))
"""Where clocks never change, any night will do: these are Europe's."""


@cache
def nights(zone: str) -> tuple[datetime, ...]:
    """The moments, to the minute, of two years at which the clocks of ``zone`` change."""
    return tuple(_changes(ZoneInfo(zone))) or WITHOUT_CHANGE


def _changes(zone: ZoneInfo) -> Iterator[datetime]:
    day = FROM
    while day < UNTIL:
        following = day + timedelta(days=1)
        if _offset(day, zone) != _offset(following, zone):
            yield _moment(day, following, zone)
        day = following


def _moment(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    while after - before > timedelta(minutes=1):
        middle = before + timedelta(minutes=(after - before) // timedelta(minutes=2))
        same = _offset(middle, zone) == _offset(before, zone)
        before, after = (middle, after) if same else (before, middle)
    return after


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta | None:
    return moment.astimezone(zone).utcoffset()
