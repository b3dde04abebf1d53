"""What becomes of a booking: confirm, decline, let Wix decide, let it wait for the owner.

Source: Wix Bookings, Bookings Writer V2, "Confirm Booking", "Decline Booking", "Mark Booking As
Pending"; Bookings Confirmator, "Confirm Or Decline Booking".
"""

from __future__ import annotations

from typing import Any

from booking.sandbox import claims
from booking.sandbox.call import Call
from booking.sandbox.flow import read_flags
from booking.sandbox.messages import tell_customer
from booking.sandbox.revisions import booking_at_revision, booking_of, check_alone, read_payment
from booking.sandbox.wire import Json, refusal
from booking.sandbox.world import Booking, World

OPEN = ("CREATED", "PENDING", "WAITING_LIST")
PAID = ("PAID", "PARTIALLY_PAID")
CHECK = "checkAvailabilityValidation"
ANY_SERVICE = "skipPendingApprovalServiceValidation"


def confirm_booking(world: World, call: Call) -> Json:
    """No conflict check and no owner's approval, unless asked for: use confirmOrDecline."""
    booking = booking_at_revision(world, call)
    check_alone(booking)
    confirm(world, call, booking, call.body)
    return {"booking": booking.wire}


def confirm(world: World, call: Call, booking: Booking, asked: Json) -> None:
    """Raises: WixError 428 for another status, or NO_OPEN_SPOTS."""
    claims.check_status(booking, OPEN, "FAILED_CONFIRMING_NON_PENDING_BOOKING")
    changes = read_payment(asked)
    flags = read_flags(world, call, asked, (CHECK,))
    was_pending = booking.wire["status"] == "PENDING"
    if flags.get(CHECK) and not was_pending and claims.has_conflict(world, booking):
        if not asked.get("doubleBooked"):
            raise refusal(428, "NO_OPEN_SPOTS", "The time is taken")
        changes["doubleBooked"] = True
    if was_pending:
        claims.confirm_pending(world, booking)
    claims.move(world, booking, "CONFIRMED", **changes)
    tell_customer(world, booking, "confirmed", asked)


def decline_booking(world: World, call: Call) -> Json:
    booking = booking_at_revision(world, call)
    check_alone(booking)
    decline(world, booking, call.body)
    return {"booking": booking.wire}


def decline(world: World, booking: Booking, asked: Json) -> None:
    """Raises: WixError 428 for another status."""
    claims.check_status(booking, OPEN, "FAILED_DECLINE_NON_PENDING_BOOKING")
    claims.move(world, booking, "DECLINED", **read_payment(asked))
    tell_customer(world, booking, "declined", asked)


def confirm_or_decline(world: World, call: Call) -> Json:
    """For custom checkouts; takes no revision. A lost race is 200 with DECLINED, unless paid."""
    booking = booking_of(world, call)
    decide(world, booking, read_payment(call.body))
    return {"booking": booking.wire}


def decide(world: World, booking: Booking, changes: dict[str, Any]) -> None:
    """The table of Confirm Or Decline. Raises: WixError 428 INVALID_BOOKING_STATUS."""
    claims.check_status(booking, ("CREATED",), "INVALID_BOOKING_STATUS")
    conflict = not booking.skips_availability and claims.has_conflict(world, booking)
    if conflict and changes.get("paymentStatus", "UNDEFINED") not in PAID:
        claims.move(world, booking, "DECLINED", **changes)
        return
    if conflict:
        changes = {**changes, "doubleBooked": True}
    status = "PENDING" if claims.waits_for_owner(world, booking) else "CONFIRMED"
    claims.move(world, booking, status, **changes)


def mark_booking_as_pending(world: World, call: Call) -> Json:
    """From then on the booking takes its place, though nobody has confirmed it."""
    booking = booking_at_revision(world, call)
    check_alone(booking)
    mark_as_pending(world, call, booking, call.body)
    return {"booking": booking.wire}


def mark_as_pending(world: World, call: Call, booking: Booking, asked: Json) -> None:
    """A taken appointment is told as double booked; what is full is refused.

    Raises: WixError 428 BOOKING_MARK_BOOKING_AS_PENDING for another status than CREATED,
    NOT_PENDING_APPROVAL_SERVICE, NO_OPEN_SPOTS.
    """
    claims.check_status(booking, ("CREATED",), "BOOKING_MARK_BOOKING_AS_PENDING")
    changes = read_payment(asked)
    flags = read_flags(world, call, asked, (CHECK, ANY_SERVICE))
    service = world.services[booking.service_id]
    if not service["onlineBooking"]["requireManualApproval"] and not flags.get(ANY_SERVICE):
        raise refusal(428, "NOT_PENDING_APPROVAL_SERVICE", "The service needs no approval")
    if flags.get(CHECK) and claims.has_conflict(world, booking):
        if booking.seats_of:
            raise refusal(428, "NO_OPEN_SPOTS", "No places left")
        changes["doubleBooked"] = True
    claims.move(world, booking, "PENDING", **changes)
    tell_customer(world, booking, "markedAsPending", asked)
