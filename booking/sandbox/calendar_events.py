"""Calendar V3: the events behind classes, courses and booked appointments.

A weekly rule is a MASTER, each of its sessions an INSTANCE, a changed one an EXCEPTION; a course
whose plan says ``oneOff`` is made of NONE events and has no MASTER. Working hours are not told.
Source: Wix Calendar, Events V3, "Query Events", "Event Object".
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from booking.sandbox.call import Call, Route
from booking.sandbox.sessions import WEEKDAYS, Session, sessions_of
from booking.sandbox.times import instant_of, local_date_time, local_text, utc_text, zone_named
from booking.sandbox.wire import (
    BOOKINGS_APP_ID,
    Json,
    a_list,
    a_number,
    an_object,
    guid,
    known,
    missing,
    violation,
)
from booking.sandbox.world import BOOKED_LOCATION_TYPES, Booking, World
from booking.sandbox.wql import compile_filter, cursor_state, cursor_text, sort_records

DEFAULT, MOST = 50, 100
RECURRENCES = ("NONE", "MASTER", "INSTANCE", "EXCEPTION")
ASKED = ("fromLocalDate", "toLocalDate", "timeZone", "recurrenceType")
_SAME = ("$eq", "$in")
_NUMBERS = ("$eq", "$ne", "$gt", "$gte", "$lt", "$lte", "$in")
_SETS = ("$hasSome", "$hasAll")
OPERATORS = {
    **dict.fromkeys(
        (
            "appId scheduleId externalScheduleId type recurringEventId location.id location.type"
        ).split(),
        _SAME,
    ),
    "transparency": ("$eq",),
    "totalCapacity": (*_NUMBERS, "$exists"),
    "remainingCapacity": _NUMBERS,
    "participants.total": _NUMBERS,
    **dict.fromkeys(("resources.id", "resources.type", "resources.transparency"), _SETS),
    **dict.fromkeys(("location", "conferencingDetails"), ("$exists",)),
}
FIELDS = {name: name for name in OPERATORS}
SORTED_BY = {"start": "start.utcDate"}


def query_events(world: World, call: Call) -> Json:
    """Dates stand beside the query; as filters they are refused."""
    asked, at, limit = _asked(call.body)
    events = [event for event in _events(world, asked) if _is_within(world, event, asked)]
    matches = compile_filter(asked.get("filter"), FIELDS, OPERATORS)
    by_start = sort_records(
        [event for event in events if matches(event)],
        asked.get("sort"),
        SORTED_BY,
        by=("start", "ASC"),
    )
    page = by_start[at : at + limit]
    more = at + limit < len(by_start)
    following = cursor_text({"events": asked, "at": at + limit}) if more else None
    cursors = {"next": following, "prev": None}
    return {
        "events": page,
        "pagingMetadata": {"count": len(page), "cursors": cursors, "hasNext": more},
    }


def _asked(body: Json) -> tuple[Json, int, int]:
    """The question (the cursor's own if there is one), where to begin, and how many."""
    query = an_object(body.get("query"), "query")
    paging = an_object(query.get("cursorPaging"), "query.cursorPaging")
    limit = a_number(
        paging.get("limit"), "query.cursorPaging.limit", default=DEFAULT, least=1, most=MOST
    )
    if not paging.get("cursor"):
        told = {name: body.get(name) for name in ASKED}
        return {**told, "filter": query.get("filter"), "sort": query.get("sort")}, 0, limit
    if query.get("filter") or query.get("sort"):
        raise violation("query.cursorPaging.cursor", "comes without filter and sort", "OTHER")
    state = cursor_state(paging["cursor"])
    at = a_number(state.get("at"), "query.cursorPaging.cursor", default=0, most=1_000_000)
    return an_object(state.get("events"), "cursor"), at, limit


def _events(world: World, asked: Json) -> list[Json]:
    wanted = a_list(asked.get("recurrenceType"), "recurrenceType", longest=len(RECURRENCES))
    for one in wanted:
        known(one, "recurrenceType", RECURRENCES)
    kinds = set(wanted or ("NONE", "INSTANCE", "EXCEPTION"))
    if kinds != {"MASTER"}:
        for field in ("fromLocalDate", "toLocalDate"):
            if not asked.get(field):
                raise missing(field)
    return [event for event in all_events(world) if event["recurrenceType"] in kinds]


def _is_within(world: World, event: Json, asked: Json) -> bool:
    """True if the event shares a moment with the window; without one, always."""
    zone = zone_named(asked.get("timeZone") or world.site["timeZone"], "timeZone")
    since, until = asked.get("fromLocalDate"), asked.get("toLocalDate")
    if since:
        first = utc_text(instant_of(local_date_time(since, "fromLocalDate"), zone))
        if event["end"]["utcDate"] <= first:
            return False
    if until:
        last = utc_text(instant_of(local_date_time(until, "toLocalDate"), zone))
        return bool(event["start"]["utcDate"] < last)
    return True


def all_events(world: World) -> Iterable[Json]:
    """Masters, sessions and booked appointments, in no order."""
    for service in world.services.values():
        if service["type"] == "APPOINTMENT":
            continue
        sessions = sessions_of(world, service)
        yield from _masters(world, service, sessions)
        for session in sessions:
            yield event_of(world, session)
    for booking in world.bookings.values():
        if not booking.seats_of and booking.wire["status"] in ("CONFIRMED", "PENDING"):
            yield _appointment(world, booking)


def event_of(world: World, session: Session) -> Json:
    """A session as the calendar tells it; ``eventFilter`` of event slots looks at this too."""
    service = world.services[session.service_id]
    taken_by = service["schedule"]["id"] if service["type"] == "COURSE" else session.id
    recurs = not _is_one_off(service)
    changed = session.id in world.session_changes
    kind = ("EXCEPTION" if changed else "INSTANCE") if recurs else "NONE"
    return {
        "id": session.id,
        **_of_schedule(service),
        **_when(session.start, session.end, world.zone),
        "type": service["type"],
        "title": session.title,
        "status": "CANCELLED" if session.cancelled else "CONFIRMED",
        "recurrenceType": kind,
        "recurringEventId": _master_id(service, session) if recurs else None,
        **_capacity(session.capacity, world.diary.seats_taken(taken_by)),
        "resources": _resources(world, session.resource_id),
        "location": _location(session.location),
    }


def _masters(world: World, service: Json, sessions: list[Session]) -> Iterable[Json]:
    """One for each weekly rule; a course's tells what remains of the whole course."""
    if _is_one_off(service):
        return
    firsts: dict[str, Session] = {}
    lasts: dict[str, Session] = {}
    for session in sessions:
        master = _master_id(service, session)
        firsts.setdefault(master, session)
        lasts[master] = session
    for master, first in firsts.items():
        day = _first_planned(first)
        rule: Json = {"frequency": "WEEKLY", "interval": 1, "days": [WEEKDAYS[day.weekday()]]}
        if service["type"] == "COURSE":
            rule["until"] = {"localDate": local_text(lasts[master].end, world.zone)}
        yield {
            **event_of(world, first),
            "id": master,
            "status": "CONFIRMED",
            "recurrenceType": "MASTER",
            "recurringEventId": None,
            "recurrenceRule": rule,
        }


def _is_one_off(service: Json) -> bool:
    return bool((service["meetings"] or {}).get("oneOff"))


def _first_planned(session: Session) -> date:
    """The day it was planned for: its id keeps it, whatever was changed since."""
    return date.fromisoformat(session.id.split("_")[1][:8])


def _master_id(service: Json, session: Session) -> str:
    planned = session.id.split("_")[1]
    weekday = _first_planned(session).weekday()
    return f"{guid('master', service['id'], weekday, planned[9:])}_{service['schedule']['id'][:8]}"


def _appointment(world: World, booking: Booking) -> Json:
    service = world.services[booking.service_id]
    slot = booking.wire["bookedEntity"]["slot"]
    resource_id = str((slot.get("resource") or {}).get("id") or "")
    return {
        "id": slot.get("eventId") or guid("event", booking.id),
        **_of_schedule(service),
        **_when(booking.start, booking.end, world.zone),
        "type": "APPOINTMENT",
        "title": service["name"],
        "status": "CONFIRMED",
        "recurrenceType": "NONE",
        "recurringEventId": None,
        **_capacity(1, 1),
        "resources": _resources(world, resource_id),
        "location": _location(slot["location"]),
    }


def _of_schedule(service: Json) -> Json:
    return {
        "appId": BOOKINGS_APP_ID,
        "scheduleId": service["schedule"]["id"],
        "externalScheduleId": service["id"],
        "scheduleName": service["name"],
        "transparency": "OPAQUE",
        "allDay": False,
        "revision": "1",
    }


def _when(start: int, end: int, zone: ZoneInfo) -> Json:
    def told(instant: int) -> Json:
        local = local_text(instant, zone)
        return {"localDate": local, "utcDate": utc_text(instant), "timeZone": zone.key}

    return {
        "start": told(start),
        "end": told(end),
        "adjustedStart": told(start),
        "adjustedEnd": told(end),
    }


def _capacity(total: int, taken: int) -> Json:
    return {
        "totalCapacity": total,
        "remainingCapacity": max(0, total - taken),
        "participants": {"total": taken},
    }


def _resources(world: World, resource_id: str) -> list[Json]:
    member = world.staff.get(resource_id)
    if member is None:
        return []
    return [
        {
            "id": resource_id,
            "name": member["name"],
            "type": "staff",
            "transparency": "OPAQUE",
            "permissionRole": "WRITER",
        }
    ]


def _location(place: Json) -> Json:
    kind = place["locationType"]
    return {
        "id": place.get("id"),
        "name": place.get("name"),
        "type": BOOKED_LOCATION_TYPES.get(kind, kind),
        "address": {"formattedAddress": place.get("formattedAddress")},
    }


ROUTES = (
    Route("POST", query_events, ("/calendar/v3/events/query", "/_api/calendar/v3/events/query")),
)
