"""What Create Booking is given, checked in Wix's order: shape first, then what it refers to.

Source: Wix Bookings, Bookings Writer V2, "Create Booking" and its table of errors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from booking.sandbox.openings import ANYWHERE
from booking.sandbox.party import read_party
from booking.sandbox.services import find_service
from booking.sandbox.sessions import session_named, sessions_of
from booking.sandbox.times import offset_text, slot_end_instant, slot_instant, utc_text, zone_named
from booking.sandbox.wire import (
    STAFF_TYPE_ID,
    Json,
    WixError,
    a_guid,
    a_list,
    an_object,
    known,
    missing,
    refusal,
    violation,
)
from booking.sandbox.world import BOOKED_LOCATION_TYPES, World

BOOKING_LOCATION_TYPES = ("OWNER_BUSINESS", "OWNER_CUSTOM", "CUSTOM")
SLOT_PARTS = ("startDate", "endDate", "timezone", "scheduleId")
SELECTIONS = ("SPECIFIC_RESOURCE", "ANY_RESOURCE", "NO_SELECTION")
TAGS = {"APPOINTMENT": "INDIVIDUAL", "CLASS": "GROUP", "COURSE": "COURSE"}


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be booked, as instants, with the ``bookedEntity`` Wix will show."""

    service: Json
    entity: Json
    start: int
    end: int
    participants: int
    policy_start: int | None  # the instant the booking window is measured at
    place: str = ANYWHERE
    resource_id: str = ""  # "" where none was named: then nothing is checked before confirmation
    seats_of: str = ""
    capacity: int = 1
    full: str = ""  # the code for "no places left"


def read_draft(world: World, booking: Json) -> Draft:
    """Raises: WixError, 400 for the shape, 404 and 428 for what does not exist."""
    entity = booking.get("bookedEntity")
    if not entity:
        raise missing("booking.bookedEntity")
    entity = an_object(entity, "booking.bookedEntity")
    slot, schedule = entity.get("slot"), entity.get("schedule")
    if bool(slot) == bool(schedule):
        raise violation("booking.bookedEntity", "needs one of slot, schedule", "ONE_OF_ALIGNMENT")
    if schedule:
        return _course(world, an_object(schedule, "schedule"), booking)
    return read_slot(world, an_object(slot, "booking.bookedEntity.slot"), booking)


def read_slot(world: World, slot: Json, booking: Json) -> Draft:
    """A slot of an appointment or a class; ``booking`` says how many come."""
    _checked_location(slot)
    service = find_service(world, a_guid(slot.get("serviceId"), "slot.serviceId"))
    if service["type"] == "COURSE":
        raise WixError(400, "Slot bookings are not allowed for course services")
    participants = read_party(world, service, booking)
    if service["type"] == "CLASS":
        return _class(world, service, slot, participants)
    return _appointment(world, service, slot, participants)


def _checked_location(slot: Json) -> None:
    """``BUSINESS``, as time slots say it, is no member here: the trap everybody meets once."""
    kind = an_object(slot.get("location"), "slot.location").get("locationType")
    if kind is not None:
        known(kind, "booking.bookedEntity.slot.location.locationType", BOOKING_LOCATION_TYPES)


def _course(world: World, schedule: Json, booking: Json) -> Draft:
    service = find_service(world, a_guid(schedule.get("serviceId"), "schedule.serviceId"))
    schedule_id = service["schedule"]["id"]
    if schedule.get("scheduleId") != schedule_id or service["type"] != "COURSE":
        raise refusal(428, "SCHEDULE_NOT_FOUND", "No such course")
    zone = _zone(schedule.get("timezone") or world.site["timeZone"])
    sessions = sessions_of(world, service)
    if not sessions:
        raise refusal(428, "SCHEDULE_NOT_FOUND", "The course has no sessions")
    start, end = sessions[0].start, sessions[-1].end
    entity: Json = {
        "schedule": {
            "scheduleId": schedule_id,
            "serviceId": service["id"],
            "timezone": zone.key,
            "location": booked_location(world, service["locations"][0]),
            "firstSessionStart": utc_text(start),
            "lastSessionEnd": utc_text(end),
        }
    }
    upcoming = (one.start for one in sessions if one.start > world.now())
    return Draft(
        service=service,
        entity=_titled(entity, service),
        start=start,
        end=end,
        participants=read_party(world, service, booking),
        policy_start=next(upcoming, None),
        seats_of=schedule_id,
        capacity=service["defaultCapacity"],
        full="SCHEDULE_CAPACITY_EXCEEDED",
    )


def _class(world: World, service: Json, slot: Json, participants: int) -> Draft:
    """Everything but the event id is derived; other slot values sent along are ignored."""
    event_id = slot.get("eventId")
    if not event_id:
        raise violation("booking.bookedEntity.slot.eventId", "must not be empty", "REQUIRED_FIELD")
    session = session_named(world, str(event_id))
    if session is None or session.service_id != service["id"] or session.cancelled:
        raise refusal(428, "SESSION_NOT_FOUND", "No such session")
    told = _slot(world, service, session.start, session.end, world.zone.key)
    told |= {"eventId": session.id, "resource": resource_view(world, session.resource_id)}
    return Draft(
        service=service,
        entity=_titled({"slot": told}, service),
        start=session.start,
        end=session.end,
        participants=participants,
        policy_start=session.start,
        seats_of=session.id,
        capacity=session.for_sale,
        full="SESSION_CAPACITY_EXCEEDED",
    )


def _appointment(world: World, service: Json, slot: Json, participants: int) -> Draft:
    location = an_object(slot.get("location"), "slot.location")
    absent = [part for part in SLOT_PARTS if not slot.get(part)]
    if not location.get("locationType"):
        absent.append("location.locationType")
    if absent:
        raise refusal(428, "VALIDATION_FAILURE", f"Missing slot parts: {', '.join(absent)}")
    zone = _zone(slot["timezone"])
    start = slot_instant(slot["startDate"], zone)
    end = slot_end_instant(slot["endDate"], start, zone)
    if end <= start:
        raise refusal(400, "INVALID_DATE_FORMAT", "endDate is not after startDate")
    if slot["scheduleId"] != service["schedule"]["id"]:
        raise refusal(428, "SCHEDULE_NOT_FOUND", "The schedule is not this service's")
    place = _place(service, location)
    resource_id = _named_resource(service, slot)
    told = _slot(world, service, start, end, zone.key) | {
        "location": booked_location(world, place) | _custom_text(location),
        "resource": resource_view(world, resource_id) if resource_id else None,
        "resourceSelections": a_list(slot.get("resourceSelections"), "resourceSelections"),
    }
    return Draft(
        service=service,
        entity=_titled({"slot": told}, service),
        start=start,
        end=end,
        participants=participants,
        policy_start=start,
        place=world.place_of(place),
        resource_id=resource_id,
    )


def _zone(name: Any) -> Any:
    try:
        return zone_named(name, "timezone")
    except WixError as error:
        raise refusal(400, "INVALID_TIME_ZONE", f"Unknown time zone {name!r}") from error


def _place(service: Json, location: Json) -> Json:
    """The service's location that is meant; one without an id is enough where there is only one."""
    kind = location["locationType"]
    fitting: list[Json] = [
        place
        for place in service["locations"]
        if BOOKED_LOCATION_TYPES[place["type"]] == kind
        and location.get("id") in (None, place["id"])
    ]
    if len(fitting) != 1:
        raise refusal(428, "SLOT_NOT_AVAILABLE", "The location is missing or not the service's")
    return fitting[0]


def _custom_text(location: Json) -> Json:
    text = location.get("formattedAddress")
    own = location["locationType"] == "CUSTOM" and text
    return {"formattedAddress": text} if own else {}


def _named_resource(service: Json, slot: Json) -> str:
    """The person named, or "" for anybody. Source: ``resource`` and ``resourceSelections``."""
    selections = a_list(slot.get("resourceSelections"), "slot.resourceSelections", longest=3)
    for selection in selections:
        a_guid(an_object(selection, "slot.resourceSelections").get("resourceTypeId"), "typeId")
        known(selection.get("selectionMethod"), "slot.resourceSelections", SELECTIONS)
    resource_id = an_object(slot.get("resource"), "slot.resource").get("id") or ""
    anybody = any(one["selectionMethod"] == "ANY_RESOURCE" for one in selections)
    if resource_id and (anybody or resource_id not in service["staffMemberIds"]):
        raise refusal(428, "INVALID_FLOW_SELECTED_RESOURCES", "The resource does not fit")
    return str(resource_id)


def _slot(world: World, service: Json, start: int, end: int, zone_name: str) -> Json:
    zone = zone_named(zone_name, "timezone")
    return {
        "serviceId": service["id"],
        "scheduleId": service["schedule"]["id"],
        "eventId": None,
        "startDate": offset_text(start, zone),
        "endDate": offset_text(end, zone),
        "timezone": zone_name,
        "resource": None,
        "location": booked_location(world, service["locations"][0]),
        "resourceSelections": [],
        "allDay": False,
    }


def booked_location(world: World, place: Json) -> Json:
    told = world.slot_location(place)
    return told | {"locationType": BOOKED_LOCATION_TYPES[place["type"]]}


def resource_view(world: World, resource_id: str) -> Json | None:
    member = world.staff.get(resource_id)
    if member is None:
        return None
    return {
        "id": resource_id,
        "name": member["name"],
        "email": None,
        "scheduleId": member["resource"]["eventsSchedule"]["id"],
        "type": STAFF_TYPE_ID,
    }


def _titled(entity: Json, service: Json) -> Json:
    return {**entity, "title": service["name"], "tags": [TAGS[service["type"]]]}
