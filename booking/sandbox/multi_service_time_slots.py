"""Time Slots V2, several appointments in a row at one place: each begins when the one before ends.

Source: Wix Bookings, Time Slots V2, "List Multi Service Availability Time Slots".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from booking.sandbox.call import Call, Route
from booking.sandbox.openings import Wish, openings, who_can
from booking.sandbox.policies import BookingWindow
from booking.sandbox.time_slots import (
    LONGEST_WINDOW,
    MOST_RESOURCES,
    Asked,
    asked_of,
    capped,
    cursors,
    fitting,
    group,
    paged,
    the_place,
)
from booking.sandbox.times import (
    MINUTE,
    instant_of,
    is_second_run,
    local_date_time,
    local_text,
    zone_named,
)
from booking.sandbox.wire import STAFF_TYPE_ID, Json, a_list, an_object, missing, refusal, violation
from booking.sandbox.world import World

FEWEST, MANY = 2, 40


@dataclass(frozen=True, slots=True)
class Part:
    """One service of a row, at its time. ``free`` is never empty."""

    asked: Asked
    start: int
    free: tuple[str, ...]

    @property
    def end(self) -> int:
        return self.start + self.asked.seconds


def list_multi_service(world: World, call: Call) -> Json:
    body, at, limit = paged(call.body)
    services, place = _asked(world, body)
    zone = services[0].zone
    since = instant_of(local_date_time(body.get("fromLocalDate"), "fromLocalDate"), zone)
    until = instant_of(local_date_time(body.get("toLocalDate"), "toLocalDate"), zone)
    if not since < until <= since + LONGEST_WINDOW:
        raise violation("toLocalDate", "must be after fromLocalDate, by two years at most", "OTHER")
    first = services[0]
    wish = Wish(since, until, first.seconds, world.place_of(place), first.resource_ids)
    starts = [start for start, _ in openings(world, first.service, wish)]
    rows = [
        _told(world, row, place, MOST_RESOURCES)
        for start in starts
        if not is_second_run(start, zone) and (row := _row(world, services, place, start))
    ]
    rows = capped(fitting(rows, body), body.get("timeSlotsPerDay"))
    answer = {"timeSlots": rows[at : at + limit], "timeZone": zone.key}
    return {**answer, "cursorPagingMetadata": cursors(body, at, limit, len(rows))}


def get_multi_service(world: World, call: Call) -> Json:
    body = call.body
    services, place = _asked(world, body)
    zone = services[0].zone
    start = instant_of(local_date_time(body.get("localStartDate"), "localStartDate"), zone)
    end = instant_of(local_date_time(body.get("localEndDate"), "localEndDate"), zone)
    row = _row(world, services, place, start)
    if not row or row[-1].end != end:
        raise refusal(404, "SLOT_NOT_FOUND", "The services do not fit there")
    return {"timeSlot": _told(world, row, place, len(world.staff)), "timeZone": zone.key}


def _asked(world: World, body: Json) -> tuple[list[Asked], Json]:
    """The services in their order, and the place of all of them."""
    wanted = a_list(body.get("services"), "services")
    if not FEWEST <= len(wanted) <= MANY:
        raise refusal(400, "INVALID_SERVICES_SIZE", f"Between {FEWEST} and {MANY} services")
    for name in ("location", "timeZone"):
        if not body.get(name):
            raise missing(name)
    zone_named(body["timeZone"], "timeZone")
    services = [_one(world, entry, body) for entry in wanted]
    places = [the_place(asked, body["location"]) for asked in services]
    return services, places[0]


def _one(world: World, entry: Any, body: Json) -> Asked:
    return asked_of(world, {**an_object(entry, "services"), "timeZone": body["timeZone"]})


def _row(world: World, services: list[Asked], place: Json, start: int) -> list[Part]:
    """Each service right after the one before, or nothing if one of them finds nobody."""
    parts: list[Part] = []
    for asked in services:
        wish = Wish(start, start + MINUTE, asked.seconds, world.place_of(place), asked.resource_ids)
        free = tuple(who_can(world, asked.service, wish))
        if not free:
            return []
        parts.append(Part(asked, start, free))
        start = parts[-1].end
    return parts


def _told(world: World, row: list[Part], place: Json, most: int) -> Json:
    """The row as one slot without a service, its parts nested in it."""
    now, zone = world.now(), row[0].asked.zone
    broken = [BookingWindow.of(part.asked.service, now).violations(part.start) for part in row]
    names = ("tooEarlyToBook", "tooLateToBook", "bookOnlineDisabled")
    against = {name: any(one[name] for one in broken) for name in names}
    opens = [one["earliestBookingDate"] for one in broken if one["earliestBookingDate"]]
    bookable = not any(against.values())
    reasons = {"violatesBookingPolicy": True, "noRemainingCapacity": False}
    return {
        "localStartDate": local_text(row[0].start, zone),
        "localEndDate": local_text(row[-1].end, zone),
        "bookable": bookable,
        "location": world.slot_location(place),
        "totalCapacity": 1,
        "remainingCapacity": 1,
        "bookableCapacity": 1,
        "bookingPolicyViolations": against | {"earliestBookingDate": max(opens, default=None)},
        "nonBookableReasons": None if bookable else reasons,
        "availableResources": [],
        "nestedTimeSlots": [_nested(world, part, most) for part in row],
        "allDay": False,
    }


def _nested(world: World, part: Part, most: int) -> Json:
    tells_staff = STAFF_TYPE_ID in part.asked.told_types
    return {
        "serviceId": part.asked.service["id"],
        "localStartDate": local_text(part.start, part.asked.zone),
        "localEndDate": local_text(part.end, part.asked.zone),
        "scheduleId": part.asked.service["schedule"]["id"],
        "availableResources": [group(world, STAFF_TYPE_ID, part.free, most)] if tells_staff else [],
    }


_BASES = (
    "/_api/service-availability/v2/multi-service-time-slots",
    "/service-availability/v2/multi-service-time-slots",
)
ROUTES = (
    Route("POST", list_multi_service, _BASES),
    Route("POST", get_multi_service, tuple(f"{base}/get" for base in _BASES)),
)
