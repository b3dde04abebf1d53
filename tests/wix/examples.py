"""Wix's answers as its documentation shows them; a test changes only what it is about."""

from typing import Any

from booking.domain.ids import LocationId, ServiceId, StaffId
from booking.domain.service import Location, LocationKind
from booking.wix.slot_shapes import STAFF_TYPE

HAIRCUT = ServiceId("5e100000-0000-4000-8000-000000000001")
ANA = StaffId("a0a00000-0000-4000-8000-000000000001")
BO = StaffId("b0b00000-0000-4000-8000-000000000002")
STUDIO_ID = LocationId("a3b00000-0000-4000-8000-000000000001")
STUDIO = Location(kind=LocationKind.BUSINESS, id=STUDIO_ID)


def a_service(**changes: Any) -> dict[str, Any]:
    """An appointment service, every documented field in it."""
    return {
        "id": HAIRCUT,
        "revision": "7",
        "appId": "13d21c63-b5ec-5912-8397-c3a5ddb27a97",
        "type": "APPOINTMENT",
        "name": "Haircut",
        "tagLine": "45 min cut",
        "description": "Wash and cut.",
        "sortOrder": 2,
        "defaultCapacity": 1,
        "hidden": False,
        "media": {
            "items": [],
            "mainMedia": {"image": {"id": "11062b_ab~mv2.jpg", "url": "11062b_ab~mv2.jpg"}},
            "coverMedia": None,
        },
        "category": {"id": "0c7", "name": "Hair", "sortOrder": 4},
        "form": {"id": "00000000-0000-0000-0000-000000000000"},
        "payment": a_payment(),
        "onlineBooking": {
            "enabled": True,
            "requireManualApproval": False,
            "allowMultipleRequests": False,
        },
        "locations": [
            {
                "id": STUDIO_ID,
                "type": "BUSINESS",
                "business": {"id": STUDIO_ID, "name": "Studio", "default": True},
                "calculatedAddress": {"formattedAddress": "Main 1, Bern"},
            }
        ],
        "bookingPolicy": a_policy(),
        "schedule": {
            "id": "9f0",
            "firstSessionStart": None,
            "availabilityConstraints": {
                "durations": [{"minutes": 45}],
                "sessionDurations": [45],
                "timeBetweenSessions": 10,
            },
        },
        "staffMemberIds": [ANA],
        "staffMemberDetails": {
            "staffMembers": [{"staffMemberId": ANA, "name": "Ana", "mainMedia": None}]
        },
        "mainSlug": {"name": "haircut", "custom": False},
        "supportedSlugs": [{"name": "haircut"}, {"name": "hair-cut"}],
        "urls": {"servicePage": {"relativePath": "/x", "url": "https://x.example/haircut"}},
        "aFieldOfTomorrow": {"with": ["anything"]},
    } | changes


def a_payment(**changes: Any) -> dict[str, Any]:
    return {
        "rateType": "FIXED",
        "fixed": {"price": {"value": "35.50", "currency": "EUR"}, "deposit": None},
        "options": {"online": True, "inPerson": True, "deposit": False, "pricingPlan": False},
        "pricingPlanIds": [],
    } | changes


def a_policy(**changes: Any) -> dict[str, Any]:
    """Every rule off, its default minutes sent all the same: as Wix does."""
    return {
        "customPolicyDescription": {"enabled": False, "description": "old words"},
        "limitEarlyBookingPolicy": {"enabled": False, "earliestBookingInMinutes": 10080},
        "limitLateBookingPolicy": {"enabled": False, "latestBookingInMinutes": 1440},
        "bookAfterStartPolicy": {"enabled": False},
        "cancellationPolicy": {
            "enabled": False,
            "limitLatestCancellation": False,
            "latestCancellationInMinutes": 1440,
        },
        "reschedulePolicy": {
            "enabled": False,
            "limitLatestReschedule": False,
            "latestRescheduleInMinutes": 1440,
        },
        "participantsPolicy": {"maxParticipantsPerBooking": 1},
    } | changes


def services(*each: dict[str, Any]) -> dict[str, Any]:
    return {"services": list(each), "pagingMetadata": {"count": len(each), "total": len(each)}}


def a_time_slot(
    starts: str = "2026-12-01T09:00:00", ends: str = "2026-12-01T09:45:00", **changes: Any
) -> dict[str, Any]:
    return {
        "serviceId": HAIRCUT,
        "localStartDate": starts,
        "localEndDate": ends,
        "bookable": True,
        "location": {
            "id": STUDIO_ID,
            "name": "Studio",
            "formattedAddress": "Main 1, Bern",
            "locationType": "BUSINESS",
        },
        "eventInfo": None,
        "totalCapacity": 1,
        "remainingCapacity": 1,
        "bookableCapacity": 1,
        "bookingPolicyViolations": {
            "tooEarlyToBook": False,
            "earliestBookingDate": None,
            "tooLateToBook": False,
            "bookOnlineDisabled": False,
        },
        "availableResources": [
            {"resourceTypeId": "a room", "resources": [{"id": "room-1", "name": "Room"}]},
            {
                "resourceTypeId": STAFF_TYPE,
                "resources": [{"id": ANA, "name": "Ana"}, {"id": BO, "name": None}],
                "hasMoreAvailableResources": False,
            },
        ],
        "nestedTimeSlots": [],
        "nonBookableReasons": None,
        "scheduleId": "9f0",
        "allDay": False,
    } | changes


def time_slots(
    *each: dict[str, Any], zone: str | None = "Europe/Zurich", cursor: str | None = None
) -> dict[str, Any]:
    paging = {"cursors": {"next": cursor, "prev": None}, "hasNext": bool(cursor)}
    return {"timeSlots": list(each), "timeZone": zone, "cursorPagingMetadata": paging}


def a_booking(**changes: Any) -> dict[str, Any]:
    return {
        "id": "b00",
        "revision": "1",
        "status": "CREATED",
        "paymentStatus": "UNDEFINED",
        "externalUserId": "line-1",
        "createdDate": "2026-11-22T10:00:00.123Z",
        "startDate": "2026-12-01T08:00:00Z",
        "endDate": "2026-12-01T08:45:00Z",
        "bookedEntity": {
            "slot": {
                "serviceId": HAIRCUT,
                "eventId": None,
                "startDate": "2026-12-01T09:00:00.000+01:00",
                "resource": {"id": ANA, "name": "Ana", "email": None},
            },
            "title": "Haircut",
            "tags": ["INDIVIDUAL"],
        },
    } | changes


def extended(*each: dict[str, Any], cursor: str | None = None) -> dict[str, Any]:
    return {
        "extendedBookings": [{"booking": booking} for booking in each],
        "pagingMetadata": {
            "count": len(each),
            "cursors": {"next": cursor},
            "hasNext": bool(cursor),
        },
    }


def extended_in_full() -> dict[str, Any]:
    """One booking with all that the reader can put beside it."""
    slot = {
        "serviceId": HAIRCUT,
        "scheduleId": "9f0",
        "timezone": "Europe/Zurich",
        "resource": {"id": ANA, "name": "Ana"},
        "location": {"id": STUDIO_ID, "name": "Studio", "locationType": "OWNER_BUSINESS"},
    }
    choice = {"optionId": "o1", "duration": {"minutes": 45, "name": "Full"}}
    groups = [{"numberOfParticipants": 2, "choices": [choice]}]
    booking = a_booking(
        bookedEntity={"slot": slot, "title": "Haircut", "tags": ["INDIVIDUAL"]},
        contactDetails={"contactId": "c0f", "firstName": "Jo", "email": "jo@example.com"},
        participantsChoices={"serviceChoices": groups},
        multiServiceBookingInfo={"id": "m01"},
    )
    order = {
        "id": "ord-1",
        "number": "10001",
        "status": "APPROVED",
        "paymentStatus": "PAID",
        "totalPrice": {"amount": "35.00", "formattedAmount": "€35.00"},
        "balance": {"amount": "0.00"},
        "currency": "EUR",
    }
    beside = {"allowedActions": {"cancel": True, "reschedule": False}, "order": order}
    return {"extendedBookings": [{"booking": booking, **beside}], "pagingMetadata": {"count": 1}}


def bulk(*each: dict[str, Any]) -> dict[str, Any]:
    """A bulk answer in which everything went well."""
    results = [
        {"itemMetadata": {"id": one["id"], "originalIndex": at, "success": True}, "item": one}
        for at, one in enumerate(each)
    ]
    return {"results": results, "bulkActionMetadata": {"totalSuccesses": len(each)}}
