"""Instants and wall clocks. Inside the sandbox an instant is whole seconds since 1970, UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from booking.sandbox.wire import missing, refusal, violation

MINUTE = 60
DAY = 86_400
FIRST_YEAR, LAST_YEAR = 1980, 2200

_LOCAL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?")
_SLOT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)?")


def instant_of(wall: datetime, zone: ZoneInfo) -> int:
    """The instant of a wall-clock time without zone.

    A time that daylight saving leaves out moves forward by the gap; of one that happens twice the
    first counts. Source: Wix Bookings, Time Slots V2, time zones and daylight saving.
    """
    return int(wall.replace(tzinfo=zone, fold=0).timestamp())


def wall(instant: float, zone: ZoneInfo) -> datetime:
    """The wall-clock time of an instant; ``fold`` is 1 in the second run of a repeated hour."""
    return datetime.fromtimestamp(instant, zone)


@lru_cache(maxsize=65_536)
def is_second_run(instant: int, zone: ZoneInfo) -> bool:
    """Is it in the second run of an hour that daylight saving repeats?"""
    return wall(instant, zone).fold == 1


@lru_cache(maxsize=65_536)
def local_text(instant: int, zone: ZoneInfo) -> str:
    """``2026-12-01T09:00:00``: no zone, seconds always."""
    return wall(instant, zone).replace(tzinfo=None).isoformat()


def offset_text(instant: int, zone: ZoneInfo) -> str:
    """``2026-12-01T09:00:00.000+01:00``, as a booking's slot tells its times."""
    return wall(instant, zone).isoformat(timespec="milliseconds")


def utc_text(instant: int) -> str:
    """``2026-12-01T08:00:00Z``."""
    return datetime.fromtimestamp(instant, UTC).replace(tzinfo=None).isoformat() + "Z"


def stamp(instant: float) -> str:
    """``2026-12-01T08:00:00.123Z``, as created and updated dates are told."""
    moment = datetime.fromtimestamp(instant, UTC).replace(tzinfo=None)
    return moment.isoformat(timespec="milliseconds") + "Z"


def zone_named(name: Any, field: str) -> ZoneInfo:
    """The zone, or 400 for a name that is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError) as error:
        raise violation(field, f"unknown time zone {name!r}") from error


def local_date_time(value: Any, field: str) -> datetime:
    """A local date-time: seconds required, no zone; a date alone or a ``Z`` is a 400."""
    if not value:
        raise missing(field)
    if not isinstance(value, str) or not _LOCAL.fullmatch(value):
        raise violation(field, "must be a local date-time such as 2026-12-01T09:00:00")
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as error:
        raise violation(field, "is no date") from error
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise violation(field, f"must be between {FIRST_YEAR} and {LAST_YEAR}", "OTHER")
    return moment


def slot_instant(value: Any, zone: ZoneInfo) -> int:
    """A booking slot's date: local in ``zone``, or with an offset or ``Z``."""
    if not isinstance(value, str) or not _SLOT.fullmatch(value):
        raise refusal(400, "INVALID_DATE_FORMAT", f"{value!r} is no date-time")
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as error:
        raise refusal(400, "INVALID_DATE_FORMAT", f"{value!r} is no date-time") from error
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise refusal(400, "INVALID_DATE_FORMAT", f"{value!r} is out of range")
    return instant_of(moment, zone) if moment.tzinfo is None else int(moment.timestamp())


def slot_end_instant(value: Any, start: int, zone: ZoneInfo) -> int:
    """As ``slot_instant``; an end inside the repeated hour of autumn is its second run."""
    end = slot_instant(value, zone)
    if end > start or "T" not in str(value):
        return end
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is not None:
        return end
    return int(moment.replace(tzinfo=zone, fold=1).timestamp())
