"""Confirmed bookings that were there before: calendars that look lived in."""

from __future__ import annotations

from booking.sandbox.accounts import ACCOUNT_ID
from booking.sandbox.bookings import confirm_or_decline, create_booking
from booking.sandbox.call import Call, Caller
from booking.sandbox.event_time_slots import list_event_time_slots
from booking.sandbox.time_slots import list_time_slots
from booking.sandbox.times import DAY, local_text
from booking.sandbox.wire import STAFF_TYPE_ID, Json
from booking.sandbox.world import BOOKED_LOCATION_TYPES, World

# Which of the open times of which service is taken by whom: enough to leave gaps in most days.
APPOINTMENTS = (
    ("haircut", 5, "Inês Prata"),
    ("haircut", 21, "Tomás Leal"),
    ("haircut", 47, "Joana Reis"),
    ("haircut", 80, "Henrique Sá"),
    ("beard-trim", 9, "Vasco Pinto"),
    ("beard-trim", 33, "Miguel Faria"),
    ("relaxing-massage", 7, "Sofia Matos"),
    ("relaxing-massage", 22, "Leonor Dias"),
    ("deep-tissue-massage", 4, "Rui Castro"),
    ("colour-and-gloss", 11, "Marta Luz"),
)
CLASSES = (("vinyasa-yoga", 9), ("morning-pilates", 7), ("sound-bath", 8))


def book_some(world: World) -> None:
    """Through the same doors as everybody; a time that is not there is left out."""
    for slug, which, name in APPOINTMENTS:
        slots = _slots(world, slug)
        if which < len(slots):
            _book(world, _appointment(slots[which]), name)
    for slug, people in CLASSES:
        session = _sessions(world, slug)[0]
        entity = {"serviceId": session["serviceId"], "eventId": session["eventInfo"]["eventId"]}
        for number in range(people):
            _book(world, {"slot": entity}, f"Guest {number + 1}")


def _slots(world: World, slug: str) -> list[Json]:
    body = _weeks(world) | {
        "serviceId": _service(world, slug)["id"],
        "bookable": True,
        "includeResourceTypeIds": [STAFF_TYPE_ID],
    }
    slots: list[Json] = list_time_slots(world, _call(body))["timeSlots"]
    return slots


def _sessions(world: World, slug: str) -> list[Json]:
    body = _weeks(world) | {
        "serviceIds": [_service(world, slug)["id"]],
        "includeNonBookable": False,
    }
    slots: list[Json] = list_event_time_slots(world, _call(body))["timeSlots"]
    return slots


def _service(world: World, slug: str) -> Json:
    return next(one for one in world.services.values() if one["slug"] == slug)


def _weeks(world: World) -> Json:
    """From tomorrow, two weeks."""
    midnight = int(world.now()) + DAY
    since, until = (local_text(midnight + days * DAY, world.zone) for days in (0, 14))
    return {"fromLocalDate": since[:10] + "T00:00:00", "toLocalDate": until[:10] + "T00:00:00"}


def _appointment(slot: Json) -> Json:
    place = slot["location"]
    return {
        "slot": {
            "serviceId": slot["serviceId"],
            "scheduleId": slot["scheduleId"],
            "startDate": slot["localStartDate"],
            "endDate": slot["localEndDate"],
            "timezone": "Europe/Lisbon",
            "resource": slot["availableResources"][0]["resources"][0],
            "location": {**place, "locationType": BOOKED_LOCATION_TYPES[place["locationType"]]},
        }
    }


def _book(world: World, entity: Json, name: str) -> None:
    first, last = name.split()
    booking = {
        "bookedEntity": entity,
        "totalParticipants": 1,
        "contactDetails": {
            "firstName": first,
            "lastName": last,
            "email": f"{first}.{last}@example.com".lower(),
        },
    }
    made = create_booking(world, _call({"booking": booking}))["booking"]
    confirm_or_decline(world, _call({"paymentStatus": "NOT_PAID"}, booking_id=made["id"]))


def _call(body: Json, **params: str) -> Call:
    return Call(body, {}, params, Caller.OWNER, {"wixUserId": ACCOUNT_ID})
