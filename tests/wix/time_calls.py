"""Every question about time, with an answer as Wix's documentation shows it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from booking.domain.ids import EventId, ScheduleId, ServiceId
from booking.domain.policy import Policy
from booking.domain.service import Kind, Price, PriceKind, Service
from booking.domain.several import Wish
from booking.wix import Wix
from tests.wix.examples import ANA, HAIRCUT, STUDIO, STUDIO_ID, a_time_slot

type Json = dict[str, Any]

NINE = datetime(2026, 12, 1, 8, tzinfo=UTC)
SIX = datetime(2026, 12, 1, 17, tzinfo=UTC)
ZURICH = "Europe/Zurich"
WINDOW: Json = {"starts": NINE, "ends": NINE + timedelta(days=1), "zone": ZURICH}
YOGA = ServiceId("c1a00000-0000-4000-8000-000000000001")
EVENT = EventId("e1b00000-0000-4000-8000-000000000001_20261201T1800")
TWICE = [Wish(service_id=HAIRCUT), Wish(service_id=HAIRCUT)]
COURSE = Service(
    id=ServiceId("c0c00000-0000-4000-8000-000000000001"),
    slug="course",
    name="Course",
    kind=Kind.COURSE,
    price=Price(kind=PriceKind.FREE),
    policy=Policy(),
    capacity=10,
    schedule_id=ScheduleId("5c0"),
)


def a_session(**changes: Any) -> Json:
    """A session of which one place is left, and that one is kept for the waiting list."""
    event: Json = {"eventId": EVENT, "eventTitle": "Yoga"}
    event["waitingList"] = {"totalCapacity": 10, "remainingCapacity": 9}
    slot = a_time_slot(
        "2026-12-01T18:00:00",
        "2026-12-01T19:00:00",
        serviceId=YOGA,
        bookable=False,
        eventInfo=event,
        totalCapacity=12,
        remainingCapacity=1,
        bookableCapacity=0,
        nonBookableReasons={
            "noRemainingCapacity": False,
            "violatesBookingPolicy": False,
            "reservedForWaitingList": True,
            "eventCancelled": False,
        },
    )
    del slot["scheduleId"]
    return slot | changes


def sessions(*each: Json, cursor: str | None = None) -> Json:
    paging = {"cursors": {"next": cursor}, "hasNext": bool(cursor)}
    return {"timeSlots": list(each), "timeZone": ZURICH, "pagingMetadata": paging}


def an_entry(slot: Json | None = None, **changes: Any) -> Json:
    """What the older calendar tells of the appointment at nine."""
    told = {
        "sessionId": None,
        "serviceId": HAIRCUT,
        "scheduleId": "9f0",
        "startDate": "2026-12-01T09:00:00.000+01:00",
        "endDate": "2026-12-01T09:45:00.000+01:00",
        "timezone": ZURICH,
        "resource": {"id": ANA, "name": "Ana"},
        "location": {
            "id": STUDIO_ID,
            "name": "Studio",
            "formattedAddress": "Main 1, Bern",
            "locationType": "OWNER_BUSINESS",
        },
    }
    return {
        "slot": told | (slot or {}),
        "bookable": True,
        "totalSpots": 1,
        "openSpots": 1,
        "waitingList": {"totalSpots": 10, "openSpots": 9},
        "bookingPolicyViolations": {"tooEarlyToBook": False, "tooLateToBook": False},
        "locked": False,
    } | changes


def an_event(**changes: Any) -> Json:
    zone = {"timeZone": ZURICH}
    return {
        "id": EVENT,
        "scheduleId": "5c0",
        "title": "Course",
        "type": "COURSE",
        "status": "CONFIRMED",
        "recurrenceType": "MASTER",
        "start": {**zone, "localDate": "2026-12-01T18:00:00", "utcDate": "2026-12-01T17:00:00Z"},
        "end": {**zone, "localDate": "2026-12-01T19:00:00", "utcDate": "2026-12-01T18:00:00Z"},
        "totalCapacity": 10,
        "remainingCapacity": 4,
        "resources": [
            {"id": "room-1", "name": "Room", "type": "room"},
            {"id": ANA, "name": "Ana", "type": "staff"},
        ],
        "location": {
            "id": STUDIO_ID,
            "name": "Studio",
            "type": "OWNER_BUSINESS",
            "address": {"formattedAddress": "Main 1, Bern"},
        },
    } | changes


def a_row(**changes: Any) -> Json:
    parts = [
        a_time_slot("2026-12-01T09:00:00", "2026-12-01T09:45:00"),
        a_time_slot("2026-12-01T09:45:00", "2026-12-01T10:30:00"),
    ]
    whole = a_time_slot("2026-12-01T09:00:00", "2026-12-01T10:30:00", nestedTimeSlots=parts)
    del whole["serviceId"]
    return whole | changes


def a_course_booking(**changes: Any) -> Json:
    return {
        "id": "b01",
        "status": "CONFIRMED",
        "bookedEntity": {"schedule": {"scheduleId": "5c0", "serviceId": COURSE.id}},
        "totalParticipants": 2,
    } | changes


def older(wix: Wix) -> Wix:
    """The same client, asking the deprecated calendar."""
    return Wix(wix._transport, availability="availability-calendar")


EVENTS: Json = {"events": [an_event()], "pagingMetadata": {"cursors": {"next": None}}}
ENTRIES: Json = {"availabilityEntries": [an_entry(), an_entry({"eventId": EVENT})]}
SESSION: Json = {"timeSlot": a_session(), "timeZone": ZURICH}
BOOKED: Json = {"extendedBookings": [{"booking": a_course_booking()}], "events": []}
LOOK: Json = {"starts": NINE, "ends": NINE + timedelta(minutes=90), "zone": ZURICH}

CALLS: dict[str, tuple[Callable[[Wix], object], Json]] = {
    "sessions": (
        lambda wix: wix.event_time_slots.list([YOGA], **WINDOW),
        sessions(a_session()),
    ),
    "session": (
        lambda wix: wix.event_time_slots.get(EVENT, zone=ZURICH, service_id=YOGA, starts=SIX),
        SESSION,
    ),
    "rows": (
        lambda wix: wix.multi_service_time_slots.list(TWICE, location=STUDIO, **WINDOW),
        {"timeSlots": [a_row()], "timeZone": ZURICH},
    ),
    "row": (
        lambda wix: wix.multi_service_time_slots.get(TWICE, location=STUDIO, **LOOK),
        {"timeSlot": a_row(), "timeZone": ZURICH},
    ),
    "meetings": (lambda wix: wix.courses.meetings(COURSE, now=NINE, zone=ZURICH), EVENTS),
    "places": (lambda wix: wix.courses.places(COURSE), EVENTS),
    "places by bookings": (lambda wix: wix.courses.places(COURSE), BOOKED),
    "older slots": (lambda wix: older(wix).time_slots.list(HAIRCUT, **WINDOW), ENTRIES),
    "older slot": (
        lambda wix: older(wix).time_slots.get(HAIRCUT, location=STUDIO, **LOOK),
        ENTRIES,
    ),
    "older sessions": (
        lambda wix: older(wix).event_time_slots.list([YOGA], **WINDOW),
        ENTRIES,
    ),
}
