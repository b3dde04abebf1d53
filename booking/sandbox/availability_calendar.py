"""The deprecated Availability Calendar: the slot engine as it used to be told.

One entry for each slot and resource, no pages, no courses, ``timezone`` with a small z, places in
the words of bookings. Source: Wix Bookings, Availability Calendar, "Query Availability".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from booking.sandbox.booking_input import booked_location
from booking.sandbox.call import Call, Route
from booking.sandbox.openings import Wish, minutes_offered, openings
from booking.sandbox.policies import BookingWindow
from booking.sandbox.sessions import Session, sessions_of
from booking.sandbox.times import (
    FIRST_YEAR,
    LAST_YEAR,
    MINUTE,
    instant_of,
    is_second_run,
    offset_text,
    wall,
    zone_named,
)
from booking.sandbox.wire import Json, a_list, a_number, an_object, guid, known, missing, violation
from booking.sandbox.world import World
from booking.sandbox.wql import query_of

VIOLATIONS = ("tooEarlyToBook", "tooLateToBook", "bookOnlineDisabled")
FILTERS = (
    "serviceId startDate endDate resourceId scheduleId location.businessLocation.id bookable "
    "openSpots"
).split() + [f"bookingPolicyViolations.{name}" for name in VIOLATIONS]
SESSION_ID_LENGTH = 330


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, checked. ``since`` and ``until`` are instants, half-open."""

    filters: Json
    zone: ZoneInfo
    since: int
    until: int


def query_availability(world: World, call: Call) -> Json:
    query = query_of(call.body)
    asked = _asked(world, an_object(query.get("filter"), "query.filter"), call.body)
    entries = [
        entry
        for service in _services(world, asked)
        for entry in _entries(world, service, asked)
        if _fits(entry, asked.filters)
    ]
    entries.sort(key=lambda entry: (entry["at"], not entry["bookable"]))
    entries = _capped(entries, call.body.get("slotsPerDay"), asked.zone)
    if _is_descending(query.get("sort")):
        entries.sort(key=lambda entry: -entry["at"])
    told = [{name: entry[name] for name in entry if name != "at"} for entry in entries]
    return {"availabilityEntries": told}


def _asked(world: World, filters: Json, body: Json) -> Asked:
    for name in filters:
        if name not in FILTERS:
            raise violation("value", f"Field '{name}' is not declared as filterable", "OTHER")
        if isinstance(filters[name], dict) and name != "openSpots":
            raise violation(f"query.filter.{name}", "takes no operator", "OTHER")
    if not filters.get("serviceId"):
        raise missing("query.filter.serviceId")
    named = body.get("timezone")
    zone = zone_named(named or world.site["timeZone"], "timezone")
    since, until = (
        _instant(filters.get(name), f"query.filter.{name}", zone if named else None)
        for name in ("startDate", "endDate")
    )
    if until <= since:
        raise violation("query.filter.endDate", "must be after startDate", "OTHER")
    return Asked(filters, zone, since, until)


def _instant(value: Any, field: str, zone: ZoneInfo | None) -> int:
    """A date with its offset; beside a ``timezone`` its clock is read there, its offset passed over."""
    if not value:
        raise missing(field)
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise violation(field, "is no date") from error
    if moment.tzinfo is None or "T" not in value:
        raise violation(field, "must be a date-time with an offset or Z")
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise violation(field, f"must be between {FIRST_YEAR} and {LAST_YEAR}", "OTHER")
    return int(moment.timestamp()) if zone is None else instant_of(moment, zone)


def _services(world: World, asked: Asked) -> Iterable[Json]:
    """Those asked for, by id and schedule; a single id need not stand in a list. Courses are left out."""
    wanted = _values(asked.filters["serviceId"], "serviceId")
    schedules = _values(asked.filters.get("scheduleId"), "scheduleId")
    for service in world.services.values():
        in_schedule = not schedules or service["schedule"]["id"] in schedules
        if service["id"] in wanted and in_schedule and service["type"] != "COURSE":
            yield service


def _values(value: Any, field: str) -> list[Any]:
    return [value] if isinstance(value, str) else a_list(value, f"query.filter.{field}")


def _entries(world: World, service: Json, asked: Asked) -> Iterable[Json]:
    if service["type"] == "CLASS":
        return _class_entries(world, service, asked)
    return _appointment_entries(world, service, asked)


def _appointment_entries(world: World, service: Json, asked: Asked) -> Iterable[Json]:
    people = _values(asked.filters.get("resourceId"), "resourceId")
    resource_ids = tuple(one for one in service["staffMemberIds"] if not people or one in people)
    seconds = minutes_offered(service)[0] * MINUTE
    for place in _places(service, asked):
        wish = Wish(asked.since, asked.until, seconds, world.place_of(place), resource_ids)
        for start, free in openings(world, service, wish):
            if is_second_run(start, asked.zone):
                continue
            for resource_id in free:
                slot = _slot(service, (start, start + seconds), asked.zone, resource_id, world)
                slot |= {"location": booked_location(world, place)}
                yield _entry(world, service, slot, start)


def _places(service: Json, asked: Asked) -> list[Json]:
    wanted = _values(asked.filters.get("location.businessLocation.id"), "location")
    places: list[Json] = service["locations"]
    return [one for one in places if not wanted or one["id"] in wanted]


def _class_entries(world: World, service: Json, asked: Asked) -> Iterable[Json]:
    people = _values(asked.filters.get("resourceId"), "resourceId")
    places = [place["id"] for place in _places(service, asked)]
    for session in sessions_of(world, service):
        within = asked.since <= session.start < asked.until and not session.cancelled
        theirs = not people or session.resource_id in people
        here = session.location.get("id") is None or session.location["id"] in places
        if within and theirs and here and places:
            yield _session_entry(world, service, session, asked.zone)


def _session_entry(world: World, service: Json, session: Session, zone: ZoneInfo) -> Json:
    slot = _slot(service, (session.start, session.end), zone, session.resource_id, world)
    slot |= {
        "eventId": session.id,
        "sessionId": _session_id(session),
        "location": booked_location(world, service["locations"][0]),
    }
    left = max(0, session.capacity - world.diary.seats_taken(session.id))
    entry = _entry(world, service, slot, session.start, total=session.capacity, left=left)
    # A place that has become free is being offered to somebody who waits for it.
    entry["locked"] = left > 0 and left <= session.reserved
    waiting = service["bookingPolicy"]["waitlistPolicy"]
    if waiting["enabled"]:
        places = int(waiting["capacity"])
        open_places = max(0, places - session.waiting)
        entry["waitingList"] = {"totalSpots": places, "openSpots": open_places}
    return entry


def _session_id(session: Session) -> str:
    """Opaque and long, and no event id: what the calendar called a session before events."""
    parts = (guid("session", session.id, part).replace("-", "") for part in range(11))
    return "".join(parts)[:SESSION_ID_LENGTH]


def _slot(
    service: Json, stretch: tuple[int, int], zone: ZoneInfo, resource_id: str, world: World
) -> Json:
    member = world.staff.get(resource_id)
    return {
        "sessionId": None,
        "serviceId": service["id"],
        "scheduleId": service["schedule"]["id"],
        "startDate": offset_text(stretch[0], zone),
        "endDate": offset_text(stretch[1], zone),
        "timezone": zone.key,
        "resource": {"id": resource_id, "name": member["name"]} if member else None,
    }


def _entry(
    world: World, service: Json, slot: Json, start: int, *, total: int = 1, left: int = 1
) -> Json:
    """``bookable`` looks at places and policy, not at ``locked``."""
    window = BookingWindow.of(service, world.now())
    broken = window.violations(start)
    return {
        "at": start,
        "slot": slot,
        "bookable": window.allows(start) and left > 0,
        "totalSpots": total,
        "openSpots": left,
        "waitingList": None,
        "bookingPolicyViolations": {name: broken[name] for name in VIOLATIONS},
        "locked": False,
    }


def _fits(entry: Json, filters: Json) -> bool:
    if filters.get("bookable") is not None and entry["bookable"] is not filters["bookable"]:
        return False
    for name in VIOLATIONS:
        wanted = filters.get(f"bookingPolicyViolations.{name}")
        if wanted is not None and entry["bookingPolicyViolations"][name] is not wanted:
            return False
    return bool(entry["openSpots"] >= _least(filters.get("openSpots")))


def _least(spots: Any) -> int:
    field = "query.filter.openSpots"
    if isinstance(spots, dict):
        for operator in spots:
            known(operator, field, ("$gte",))
        spots = spots.get("$gte")
    return a_number(spots, field, default=0)


def _capped(entries: list[Json], most: Any, zone: ZoneInfo) -> list[Json]:
    """At most so many of each local day, bookable ones first; each person counts apart."""
    limit = a_number(most, "slotsPerDay", default=0)
    if not limit:
        return entries
    kept: list[Json] = []
    for _, day in groupby(entries, key=lambda entry: wall(entry["at"], zone).date()):
        first = sorted(day, key=lambda entry: not entry["bookable"])[:limit]
        kept.extend(sorted(first, key=lambda entry: int(entry["at"])))
    return kept


def _is_descending(sort: Any) -> bool:
    for entry in a_list(sort, "query.sort", longest=50):
        known(an_object(entry, "query.sort").get("fieldName"), "query.sort", ("startDate",))
        order = known(entry.get("order") or "ASC", "query.sort.order", ("ASC", "DESC"))
        return order == "DESC"
    return False


ROUTES = (
    Route(
        "POST",
        query_availability,
        (
            "/availability-calendar/v1/availability/query",
            "/bookings/v1/availability/query",
            "/bookings/availability-calendar/v1/availability/query",
        ),
    ),
)
