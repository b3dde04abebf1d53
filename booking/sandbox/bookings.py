"""Bookings Writer V2: one booking at a time.

Source: Wix Bookings, Bookings Writer V2.
"""

from __future__ import annotations

from booking.sandbox import claims
from booking.sandbox.call import Call, For, Route
from booking.sandbox.cancellation import cancel_booking
from booking.sandbox.confirmations import (
    confirm_booking,
    confirm_or_decline,
    decline_booking,
    mark_booking_as_pending,
)
from booking.sandbox.creation import create_booking
from booking.sandbox.party import party_members, read_party
from booking.sandbox.policies import check_party
from booking.sandbox.reschedules import reschedule_booking
from booking.sandbox.revisions import booking_at_revision, booking_named, booking_of, check_alone
from booking.sandbox.wire import Json, a_guid, an_object, missing, refusal
from booking.sandbox.world import Booking, World

__all__ = ["ROUTES", "confirm_or_decline", "create_booking"]

STANDING = ("CREATED", "PENDING", "CONFIRMED", "WAITING_LIST")


def update_number_of_participants(world: World, call: Call) -> Json:
    """Classes and courses only; the new party has to fit beside everybody else."""
    booking = booking_at_revision(world, call)
    check_alone(booking)
    claims.check_status(booking, STANDING, "VALIDATION_FAILURE")
    service = world.services[booking.service_id]
    if not booking.seats_of:
        raise refusal(428, "VALIDATION_FAILURE", "Only of classes and courses")
    party = read_party(world, service, call.body, "")
    check_party(service, party)
    _check_room(world, booking, party)
    claims.resize(world, booking, party, party_members(call.body))
    return {"booking": booking.wire}


def _check_room(world: World, booking: Booking, party: int) -> None:
    """Raises: WixError 428; a booking that takes nothing yet is checked as when it is made."""
    own = booking.participants if booking.wire["status"] in claims.TAKES else 0
    if claims.places_left(world, booking) + own < party:
        what = "SCHEDULE" if "schedule" in booking.wire["bookedEntity"] else "SESSION"
        raise refusal(428, f"{what}_CAPACITY_EXCEEDED", "Not so many places left")


def set_booking_submission_id(world: World, call: Call) -> Json:
    """Takes no revision, and moves it."""
    booking = booking_of(world, call)
    submission_id = a_guid(call.body.get("submissionId"), "submissionId")
    claims.move(world, booking, booking.wire["status"], formSubmissionId=submission_id)
    return {"booking": booking.wire}


def update_extended_fields(world: World, call: Call) -> Json:
    """One app's fields beside those of others; takes no revision, and moves it."""
    booking = booking_named(world, call.params["booking_id"])
    namespace = call.body.get("namespace")
    if not isinstance(namespace, str) or not namespace:
        raise missing("namespace")
    fields = an_object(call.body.get("namespaceData"), "namespaceData")
    kept = (booking.wire.get("extendedFields") or {}).get("namespaces", {})
    merged = {**kept, namespace: {**kept.get(namespace, {}), **fields}}
    claims.move(world, booking, booking.wire["status"], extendedFields={"namespaces": merged})
    return {"namespace": namespace, "namespaceData": merged[namespace]}


_BASES = ("/bookings/v2/bookings", "/_api/bookings-service/v2/bookings")
_CONFIRMATIONS = (
    "/bookings/v2/confirmation/<booking_id>:confirmOrDecline",
    "/_api/bookings-confirmator/v2/bookings/confirmation/<booking_id>:confirmOrDecline",
)


def _action(name: str) -> tuple[str, ...]:
    return tuple(f"{base}/<booking_id>/{name}" for base in _BASES)


ROUTES = (
    Route("POST", create_booking, _BASES),
    Route("POST", confirm_booking, _action("confirm"), For.MANAGERS),
    Route("POST", decline_booking, _action("decline"), For.MANAGERS),
    Route("POST", cancel_booking, _action("cancel"), For.MEMBERS),
    Route("POST", reschedule_booking, _action("reschedule"), For.MEMBERS),
    Route("POST", confirm_or_decline, _CONFIRMATIONS, For.MANAGERS),
    Route("POST", mark_booking_as_pending, _action("mark_booking_as_pending"), For.MANAGERS),
    Route(
        "POST",
        update_number_of_participants,
        _action("update_number_of_participants"),
        For.MANAGERS,
    ),
    Route("POST", set_booking_submission_id, _action("set-booking-submission-id"), For.MANAGERS),
    Route("POST", update_extended_fields, _action("update_extended_fields"), For.MANAGERS),
)
