"""Time Slots V2, classes: sessions with their places.

Source: Wix Bookings, Time Slots V2, "List Event Time Slots", "Get Event Time Slot".
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from booking.sandbox.calendar_events import FIELDS, OPERATORS, event_of
from booking.sandbox.call import Call, Route
from booking.sandbox.policies import BookingWindow
from booking.sandbox.sessions import Session, session_named, sessions_of
from booking.sandbox.time_slots import capped, cursors, fitting, paged
from booking.sandbox.times import DAY, instant_of, local_date_time, local_text, zone_named
from booking.sandbox.wire import STAFF_TYPE_ID, Json, a_list, a_number, refusal, violation
from booking.sandbox.world import World
from booking.sandbox.wql import compile_filter

# Wix's documentation says 50 in one place and 1000 in another: who sends no limit gets the smaller.
DEFAULT = 50
LONGEST_CAPPED = 31 * DAY


def list_event_time_slots(world: World, call: Call) -> Json:
    body, at, limit = paged(call.body, default=DEFAULT)
    zone = zone_named(body.get("timeZone") or world.site["timeZone"], "timeZone")
    since = instant_of(local_date_time(body.get("fromLocalDate"), "fromLocalDate"), zone)
    until = instant_of(local_date_time(body.get("toLocalDate"), "toLocalDate"), zone)
    if until <= since:
        raise violation("toLocalDate", "must be after fromLocalDate", "OTHER")
    if body.get("maxSlotsPerDay") and until - since > LONGEST_CAPPED:
        raise violation("toLocalDate", "maxSlotsPerDay goes with a month at most", "OTHER")
    filtered = body.get("eventFilter")
    matches = compile_filter(filtered, FIELDS, OPERATORS)
    slots = [
        _slot(world, session, zone)
        for session in _sessions(world, a_list(body.get("serviceIds"), "serviceIds", longest=100))
        if since <= session.start < until and (not filtered or matches(event_of(world, session)))
    ]
    slots = fitting([slot for slot in slots if _wanted(slot, body)], body)
    slots = capped(slots, body.get("maxSlotsPerDay"))
    paging = cursors(body, at, limit, len(slots))
    answer = {"timeSlots": slots[at : at + limit], "timeZone": zone.key}
    return {**answer, "pagingMetadata": paging}


def get_event_time_slot(world: World, call: Call) -> Json:
    asked = call.query.get("timeZone") or [world.site["timeZone"]]
    zone = zone_named(asked[0], "timeZone")
    session = session_named(world, call.params["event_id"])
    if session is None or world.services[session.service_id]["type"] != "CLASS":
        raise refusal(404, "EVENT_NOT_FOUND", "No such session")
    return {"timeSlot": _slot(world, session, zone), "timeZone": zone.key}


def _sessions(world: World, service_ids: list[str]) -> list[Session]:
    sessions = [
        session
        for service in world.services.values()
        if service["type"] == "CLASS" and (not service_ids or service["id"] in service_ids)
        for session in sessions_of(world, service)
    ]
    return sorted(sessions, key=lambda session: (session.start, session.id))


def _wanted(slot: Json, body: Json) -> bool:
    least = a_number(body.get("minBookableCapacity"), "minBookableCapacity", default=0, least=1)
    if body.get("includeNonBookable") is False and not slot["bookable"]:
        return False
    return bool(slot["bookableCapacity"] >= least)


def _slot(world: World, session: Session, zone: ZoneInfo) -> Json:
    service = world.services[session.service_id]
    window = BookingWindow.of(service, world.now())
    taken = world.diary.seats_taken(session.id)
    left, open_to_all = max(0, session.capacity - taken), max(0, session.for_sale - taken)
    allowed = window.allows(session.start)
    bookable = allowed and open_to_all > 0 and not session.cancelled
    reasons = {
        "noRemainingCapacity": left == 0,
        "violatesBookingPolicy": not allowed,
        "reservedForWaitingList": left > 0 and open_to_all == 0,
        "eventCancelled": session.cancelled,
    }
    return {
        "serviceId": session.service_id,
        "localStartDate": local_text(session.start, zone),
        "localEndDate": local_text(session.end, zone),
        "bookable": bookable,
        "location": session.location,
        "eventInfo": _event(service, session),
        "totalCapacity": session.capacity,
        "remainingCapacity": left,
        "bookableCapacity": open_to_all,
        "bookingPolicyViolations": window.violations(session.start),
        "nonBookableReasons": None if bookable else reasons,
        "availableResources": [_teacher(world, session)],
        "nestedTimeSlots": [],
        "allDay": False,
    }


def _event(service: Json, session: Session) -> Json:
    event: Json = {"eventId": session.id, "eventTitle": session.title}
    waiting = service["bookingPolicy"]["waitlistPolicy"]
    if waiting["enabled"]:
        places = int(waiting["capacity"])
        left = max(0, places - session.waiting)
        event["waitingList"] = {"totalCapacity": places, "remainingCapacity": left}
    return event


def _teacher(world: World, session: Session) -> Json:
    member = world.staff.get(session.resource_id)
    people = [{"id": session.resource_id, "name": member["name"]}] if member else []
    group = {"resourceTypeId": STAFF_TYPE_ID, "resources": people}
    return {**group, "hasMoreAvailableResources": False}


_BASES = (
    "/_api/service-availability/v2/time-slots/event",
    "/service-availability/v2/time-slots/event",
)
ROUTES = (
    Route("POST", list_event_time_slots, _BASES),
    Route("GET", get_event_time_slot, tuple(f"{base}/<event_id>" for base in _BASES)),
)
