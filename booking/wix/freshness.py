"""How old an answer of Wix may be and still be used. The one table."""

from collections.abc import Mapping
from dataclasses import dataclass

from booking.wix import (
    availability_calendar,
    calendar_events,
    event_time_slots,
    extended_bookings,
    multi_service_time_slots,
    services,
    site_properties,
    staff_members,
    time_slots,
)
from booking.wix.lanes import Lane

_DAY = 24 * 60 * 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """Seconds since Wix was asked. ``fresh`` <= ``stale`` <= ``kept``.

    Up to ``fresh`` an answer is given as it is; up to ``stale`` it is given while one caller asks
    again in the background; up to ``kept`` it is given only if Wix cannot be asked.
    """

    fresh: float
    stale: float
    kept: float


FACTS = Freshness(fresh=300.0, stale=3600.0, kept=_DAY)
"""What changes a few times a year: names, prices, who works here."""
TIMES = Freshness(fresh=5.0, stale=60.0, kept=_DAY)
"""Lists of free times; their pages say when they were checked."""
RECHECK = Freshness(fresh=1.5, stale=1.5, kept=1.5)
"""What is asked once more when a time is pressed, by everybody who presses it at the same moment."""

BY_PATH: Mapping[str, Freshness] = {
    site_properties.PATH: FACTS,
    services.PATH: FACTS,
    staff_members.PATH: FACTS,
    time_slots.LIST_PATH: TIMES,
    event_time_slots.PATH: TIMES,
    multi_service_time_slots.LIST_PATH: TIMES,
    availability_calendar.PATH: TIMES,
    calendar_events.PATH: TIMES,
    extended_bookings.PATH: TIMES,  # only where the places of a course are counted
}


def rules_for(path: str, lane: Lane) -> Freshness | None:
    """How old an answer may be; None for what is asked each time."""
    if lane is Lane.SETTLE:
        return None
    return RECHECK if lane is Lane.HOLD else BY_PATH.get(path)
