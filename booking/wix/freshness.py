"""How old an answer of Wix may be and still be used. The one table."""

from collections.abc import Mapping
from dataclasses import dataclass

from booking.wix import (
    add_on_groups,
    availability_calendar,
    booking_policies,
    bookings_settings,
    calendar_events,
    categories,
    event_time_slots,
    extended_bookings,
    forms,
    locations,
    multi_service_time_slots,
    pricing_plans,
    resource_types,
    resources,
    service_options_and_variants,
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
    again in the background; up to ``kept`` it is given only if Wix cannot be asked. Where nobody is
    asked at all, it is given up to ``in_passing``.
    """

    fresh: float
    stale: float
    kept: float
    in_passing: float


FACTS = Freshness(fresh=300.0, stale=3600.0, kept=_DAY, in_passing=3600.0)
"""What changes a few times a year: names, prices, who works here."""
TIMES = Freshness(fresh=5.0, stale=60.0, kept=_DAY, in_passing=600.0)
"""Lists of free times; their pages say when they were checked."""
RECHECK = Freshness(fresh=1.5, stale=1.5, kept=1.5, in_passing=1.5)
"""What is asked once more when a time is pressed, by everybody who presses it at the same moment."""

BY_PATH: Mapping[str, Freshness] = {
    site_properties.PATH: FACTS,
    bookings_settings.PATH: FACTS,
    services.PATH: FACTS,
    staff_members.PATH: FACTS,
    categories.PATH: FACTS,
    categories.OF_SERVICES_PATH: FACTS,
    locations.PATH: FACTS,
    add_on_groups.PATH: FACTS,
    booking_policies.PATH: FACTS,
    booking_policies.STRICTEST_PATH: FACTS,
    service_options_and_variants.QUERY_PATH: FACTS,
    resources.PATH: FACTS,
    resource_types.PATH: FACTS,
    pricing_plans.PLANS_PATH: FACTS,
    time_slots.LIST_PATH: TIMES,
    event_time_slots.PATH: TIMES,
    multi_service_time_slots.LIST_PATH: TIMES,
    availability_calendar.PATH: TIMES,
    calendar_events.PATH: TIMES,
    extended_bookings.PATH: TIMES,  # only where the places of a course are counted
}

BY_ID = (service_options_and_variants.BY_SERVICE, forms.BASE)


def rules_for(path: str, lane: Lane) -> Freshness | None:
    """How old an answer may be; None for what is asked each time."""
    if lane is Lane.SETTLE:
        return None
    if lane is Lane.HOLD:
        return RECHECK
    # Facts that are asked for by an id in their address.
    return BY_PATH.get(path) or (FACTS if path.startswith(BY_ID) else None)
