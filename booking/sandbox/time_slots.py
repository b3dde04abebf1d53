"""Time Slots V2, appointments: list, and get one to be sure.

Source: Wix Bookings, Time Slots V2, "List Availability Time Slots", "Get Availability Time Slot".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from booking.sandbox.call import Call, Route
from booking.sandbox.openings import Wish, openings, who_can, wish_at
from booking.sandbox.policies import BookingWindow
from booking.sandbox.rooms import free_rooms
from booking.sandbox.services import find_service
from booking.sandbox.slot_choices import chosen_minutes, possible_lengths
from booking.sandbox.times import (
    DAY,
    MINUTE,
    instant_of,
    is_second_run,
    local_date_time,
    local_text,
    zone_named,
)
from booking.sandbox.wire import (
    STAFF_TYPE_ID,
    Json,
    a_guid,
    a_list,
    a_number,
    an_object,
    known,
    refusal,
    violation,
)
from booking.sandbox.world import World
from booking.sandbox.wql import cursor_state, cursor_text

LOCATION_TYPES = ("BUSINESS", "CUSTOM", "CUSTOMER")
MOST = 1000
LONGEST_WINDOW = 2 * 366 * DAY  # Wix names no limit; this one keeps a typing mistake quick
MOST_RESOURCES = 10  # of one type in a list; "get" tells all
VIOLATIONS = ("tooEarlyToBook", "tooLateToBook", "bookOnlineDisabled")
NO_VIOLATIONS = {
    "tooEarlyToBook": False,
    "earliestBookingDate": None,
    "tooLateToBook": False,
    "bookOnlineDisabled": False,
}
AGAINST_POLICY = {
    "noRemainingCapacity": False,
    "violatesBookingPolicy": True,
    "reservedForWaitingList": False,
    "eventCancelled": False,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A slot question, checked."""

    service: Json
    zone: ZoneInfo
    seconds: int
    places: list[Json]
    resource_ids: tuple[str, ...]
    told_types: list[str]


def list_time_slots(world: World, call: Call) -> Json:
    body, at, limit = paged(call.body)
    asked = asked_of(world, body)
    since = instant_of(local_date_time(body.get("fromLocalDate"), "fromLocalDate"), asked.zone)
    until = instant_of(local_date_time(body.get("toLocalDate"), "toLocalDate"), asked.zone)
    if until <= since:
        raise violation("toLocalDate", "must be after fromLocalDate", "OTHER")
    if until - since > LONGEST_WINDOW:
        raise violation("toLocalDate", "is more than two years after fromLocalDate", "OTHER")
    slots = [
        slot
        for place in asked.places
        for slot in fitting(_slots_at(world, asked, place, since, until), body)
    ]
    slots.sort(key=lambda slot: slot["localStartDate"])
    slots = capped(slots, body.get("timeSlotsPerDay"))
    paging = cursors(body, at, limit, len(slots))
    answer = {"timeSlots": slots[at : at + limit], "timeZone": asked.zone.key}
    return {**answer, "cursorPagingMetadata": paging}


def get_time_slot(world: World, call: Call) -> Json:
    body = call.body
    asked = asked_of(world, body)
    start = instant_of(local_date_time(body.get("localStartDate"), "localStartDate"), asked.zone)
    end = instant_of(local_date_time(body.get("localEndDate"), "localEndDate"), asked.zone)
    place = the_place(asked, body.get("location"))
    wish = wish_at(asked.service, start, end, world.place_of(place))
    fits = (end - start) // MINUTE in possible_lengths(world, asked.service, body)
    free = who_can(world, asked.service, wish) if fits else []
    free = [resource_id for resource_id in free if resource_id in asked.resource_ids]
    if not free:
        raise refusal(404, "SLOT_NOT_FOUND", "No such slot")
    window = BookingWindow.of(asked.service, world.now())
    slot = _frame(world, asked, place) | _times(window, start, end, asked.zone)
    rooms = free_rooms(world, asked.service, start, end, world.place_of(place))
    slot["availableResources"] = [
        *_resources(world, tuple(free), len(free)),
        *(group(world, kind, found, len(found)) for kind, found in rooms.items()),
    ]
    return {"timeSlot": slot, "timeZone": asked.zone.key}


def paged(body: Json, default: int = MOST) -> tuple[Json, int, int]:
    """The question (the cursor's own if there is one), where to begin, and how many."""
    paging = an_object(body.get("cursorPaging"), "cursorPaging")
    limit = a_number(paging.get("limit"), "cursorPaging.limit", default=default, least=1, most=MOST)
    if not paging.get("cursor"):
        return body, 0, limit
    state = cursor_state(paging["cursor"])
    at = a_number(state.get("at"), "cursorPaging.cursor", default=0, most=10_000_000)
    return an_object(state.get("asked"), "cursor"), at, limit


def cursors(body: Json, at: int, limit: int, total: int) -> Json:
    following = cursor_text({"asked": body, "at": at + limit}) if at + limit < total else None
    before = cursor_text({"asked": body, "at": max(0, at - limit)}) if at else None
    return {"cursors": {"next": following, "prev": before}, "hasNext": following is not None}


def asked_of(world: World, body: Json) -> Asked:
    service = find_service(world, a_guid(body.get("serviceId"), "serviceId"))
    if service["type"] != "APPOINTMENT":
        raise violation("serviceId", "only appointment services are supported", "OTHER")
    zone = zone_named(body.get("timeZone") or world.site["timeZone"], "timeZone")
    wanted = a_list(body.get("includeResourceTypeIds"), "includeResourceTypeIds", longest=100)
    return Asked(
        service=service,
        zone=zone,
        seconds=chosen_minutes(world, service, body) * MINUTE,
        places=_places(service, body.get("locations")),
        resource_ids=_resource_ids(service, body.get("resourceTypes")),
        told_types=wanted,
    )


def _places(service: Json, asked: Any) -> list[Json]:
    """The service's locations, or those asked for; without a filter each time comes once a place."""
    wanted = [an_object(one, "locations") for one in a_list(asked, "locations", longest=5)]
    for one in wanted:
        _checked_type(one, "locations.locationType")
    places: list[Json] = service["locations"]
    return [place for place in places if not wanted or any(_is(one, place) for one in wanted)]


def _checked_type(location: Json, field: str) -> None:
    if not location.get("id") or "locationType" in location:
        known(location.get("locationType"), field, LOCATION_TYPES)


def _is(asked: Json, place: Json) -> bool:
    """With an id nothing else counts."""
    if asked.get("id"):
        return bool(asked["id"] == place["id"])
    return bool(asked.get("locationType") == place["type"])


def the_place(asked: Asked, location: Any) -> Json:
    wanted = an_object(location, "location")
    if not wanted and len(asked.places) == 1:
        return asked.places[0]
    _checked_type(wanted, "location.locationType")
    found = [place for place in asked.places if _is(wanted, place)]
    if not found:
        raise refusal(404, "SLOT_NOT_FOUND", "The service is not given there")
    return found[0]


def _resource_ids(service: Json, asked: Any) -> tuple[str, ...]:
    wanted: set[str] = set()
    for entry in a_list(asked, "resourceTypes", longest=8):
        kind = a_guid(an_object(entry, "resourceTypes").get("resourceTypeId"), "resourceTypeId")
        if kind == STAFF_TYPE_ID:
            ids = a_list(entry.get("resourceIds"), "resourceIds", longest=135)
            wanted.update(a_guid(one, "resourceIds") for one in ids)
    everyone: list[str] = service["staffMemberIds"]
    return tuple(one for one in everyone if not wanted or one in wanted)


def _slots_at(world: World, asked: Asked, place: Json, since: int, until: int) -> list[Json]:
    wish = Wish(since, until, asked.seconds, world.place_of(place), asked.resource_ids)
    window = BookingWindow.of(asked.service, world.now())
    frame = _frame(world, asked, place)
    told: dict[tuple[str, ...], list[Json]] = {}
    slots = []
    for start, free in openings(world, asked.service, wish):
        # Of an hour that daylight saving repeats only the first run can be booked.
        if is_second_run(start, asked.zone):
            continue
        slot = frame | _times(window, start, start + asked.seconds, asked.zone)
        if STAFF_TYPE_ID in asked.told_types:
            if free not in told:
                told[free] = _resources(world, free, MOST_RESOURCES)
            slot["availableResources"] = told[free]
        if asked.service["serviceResources"]:
            rooms = free_rooms(world, asked.service, start, start + asked.seconds, wish.location_id)
            slot["availableResources"] = [
                *slot["availableResources"],
                *(
                    group(world, kind, found, MOST_RESOURCES)
                    for kind, found in rooms.items()
                    if kind in asked.told_types
                ),
            ]
        slots.append(slot)
    return slots


def _frame(world: World, asked: Asked, place: Json) -> Json:
    """What all slots of one service at one place share."""
    return {
        "serviceId": asked.service["id"],
        "location": world.slot_location(place),
        "eventInfo": None,
        "totalCapacity": 1,
        "remainingCapacity": 1,
        "bookableCapacity": 1,
        "availableResources": [],
        "nestedTimeSlots": [],
        "scheduleId": asked.service["schedule"]["id"],
        "allDay": False,
    }


def _times(window: BookingWindow, start: int, end: int, zone: ZoneInfo) -> Json:
    """Most slots break no rule: those share one answer about that."""
    bookable = window.allows(start)
    return {
        "localStartDate": local_text(start, zone),
        "localEndDate": local_text(end, zone),
        "bookable": bookable,
        "bookingPolicyViolations": NO_VIOLATIONS if bookable else window.violations(start),
        "nonBookableReasons": None if bookable else AGAINST_POLICY,
    }


def _resources(world: World, free: tuple[str, ...], most: int) -> list[Json]:
    return [group(world, STAFF_TYPE_ID, free, most)]


def group(world: World, kind: str, free: Sequence[str], most: int) -> Json:
    """Resources of one type that are free, at most so many."""
    named = world.staff if kind == STAFF_TYPE_ID else world.catalogue.resources
    return {
        "resourceTypeId": kind,
        "resources": [{"id": one, "name": named[one]["name"]} for one in free[:most]],
        "hasMoreAvailableResources": len(free) > most,
    }


def fitting(slots: list[Json], body: Json) -> list[Json]:
    """Slots that pass the filters ``bookable`` and ``bookingPolicyViolations`` of a question."""
    bookable = body.get("bookable")
    if bookable is not None:
        slots = [slot for slot in slots if slot["bookable"] is bookable]
    wanted = an_object(body.get("bookingPolicyViolations"), "bookingPolicyViolations")
    for name in VIOLATIONS:
        if wanted.get(name) is not None:
            broken = wanted[name]
            slots = [one for one in slots if one["bookingPolicyViolations"][name] is broken]
    return slots


def capped(slots: list[Json], most: Any) -> list[Json]:
    """At most so many slots of each local day, bookable ones first; ``slots`` are in time order."""
    limit = a_number(most, "timeSlotsPerDay", default=0, most=MOST)
    if not limit:
        return slots
    kept: list[Json] = []
    for _, day in groupby(slots, key=lambda slot: slot["localStartDate"][:10]):
        first = sorted(day, key=lambda slot: not slot["bookable"])[:limit]
        kept.extend(sorted(first, key=lambda slot: str(slot["localStartDate"])))
    return kept


_BASES = ("/_api/service-availability/v2/time-slots", "/service-availability/v2/time-slots")
ROUTES = (
    Route("POST", list_time_slots, _BASES),
    Route("POST", get_time_slot, tuple(f"{base}/get" for base in _BASES)),
)
