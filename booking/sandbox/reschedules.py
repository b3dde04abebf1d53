"""Moving a booking: an appointment to a whole new slot, a class booking to another session.

Source: Wix Bookings, Bookings Writer V2, "Reschedule Booking".
"""

from __future__ import annotations

from booking.sandbox import claims
from booking.sandbox.booking_input import Draft, read_slot
from booking.sandbox.call import Call
from booking.sandbox.creation import Plan, check_available
from booking.sandbox.flow import MOVING, read_flags
from booking.sandbox.messages import tell_customer
from booking.sandbox.openings import who_can, wish_at
from booking.sandbox.party import party_members, read_add_ons
from booking.sandbox.policies import check_may_book, check_may_reschedule
from booking.sandbox.revisions import booking_at_revision, check_alone
from booking.sandbox.wire import Json, WixError, an_object, missing, refusal
from booking.sandbox.world import Booking, World

PARTY = ("totalParticipants", "participantsChoices")


def reschedule_booking(world: World, call: Call) -> Json:
    booking = booking_at_revision(world, call)
    check_alone(booking)
    reschedule(world, call, booking, call.body)
    return {"booking": booking.wire}


def reschedule(world: World, call: Call, booking: Booking, asked: Json) -> None:
    """The new time is looked at as if the old one were free; if it cannot be had, nothing changes.

    Raises: WixError 400 and 428 as Create Booking, 403 for the policy of booking time.
    """
    flags = read_flags(world, call, asked, MOVING)
    plan = read_move(world, booking, asked, flags)
    if not flags.get("ignoreReschedulePolicy"):
        check_may_reschedule(booking.policy, booking.start, world.now())
        draft = plan.draft
        check_may_book(draft.service, draft.policy_start, draft.participants, world.now())
    carry_out(world, [(booking, plan)])
    tell_customer(world, booking, "rescheduled", asked)


def read_move(world: World, booking: Booking, asked: Json, flags: Json) -> Plan:
    """Where the booking is to go. Raises: WixError."""
    claims.check_status(booking, claims.TAKES, "VALIDATION_FAILURE")
    if "schedule" in booking.wire["bookedEntity"]:
        raise refusal(428, "VALIDATION_FAILURE", "A course cannot be rescheduled")
    if not asked.get("slot"):
        raise missing("slot")
    slot = an_object(asked["slot"], "slot")
    if booking.seats_of:
        # Of a class the session alone counts: whatever else is sent is passed over.
        slot = {"serviceId": booking.service_id, "eventId": slot.get("eventId")}
    given = _party(booking, asked)
    draft = read_slot(world, slot, given)
    if draft.service["id"] != booking.service_id:
        raise refusal(428, "VALIDATION_FAILURE", "The slot is another service's")
    add_ons = _add_ons(world, booking, draft, asked, flags)
    return Plan(draft, asked, given, booking.wire["contactDetails"], flags, add_ons)


def _party(booking: Booking, asked: Json) -> Json:
    """Those who come along: as many as before, unless the move says otherwise."""
    sent = {name: asked[name] for name in PARTY if asked.get(name) is not None}
    return sent or party_members(booking.wire)


def _add_ons(world: World, booking: Booking, draft: Draft, asked: Json, flags: Json) -> list[Json]:
    """Raises: WixError 428 ADD_ON_CHANGES_NOT_ALLOWED without the flag that lets them change."""
    before: list[Json] = booking.wire["bookedAddOns"]
    if asked.get("bookedAddOns") is None:
        return before
    wanted = read_add_ons(world, draft.service, asked["bookedAddOns"])
    if wanted != before and not flags.get("allowAddOnChanges"):
        raise refusal(428, "ADD_ON_CHANGES_NOT_ALLOWED", "The add-ons are other ones")
    return wanted


def carry_out(world: World, moves: list[tuple[Booking, Plan]]) -> None:
    """All of the moves or none. Raises: WixError 428 for a time that is taken."""
    for booking, _ in moves:
        claims.release(world, booking)
    refused = _refused(world, [plan for _, plan in moves])
    if refused:
        for booking, _ in moves:
            claims.take(world, booking, booking.wire["status"])
        raise refused
    for booking, plan in moves:
        _move(world, booking, plan)


def _refused(world: World, plans: list[Plan]) -> WixError | None:
    try:
        for plan in plans:
            check_available(world, plan)
            _check_somebody(world, plan)
    except WixError as error:
        return error
    return None


def _check_somebody(world: World, plan: Plan) -> None:
    """A booking that has its place needs somebody, though nobody was named."""
    draft = plan.draft
    if draft.seats_of or draft.resource_id:
        return
    wish = wish_at(draft.service, draft.start, draft.end, draft.place)
    if not who_can(world, draft.service, wish):
        raise refusal(428, "SLOT_NOT_AVAILABLE", "No available slot for the requested time.")


def _move(world: World, booking: Booking, plan: Plan) -> None:
    """A service with approval has its owner look again."""
    draft = plan.draft
    asks_again = draft.service["onlineBooking"]["requireManualApproval"]
    skips = plan.flags.get("skipBusinessConfirmation")
    status = "PENDING" if asks_again and not skips else booking.wire["status"]
    changes = {**party_members(plan.given), "bookedAddOns": plan.add_ons}
    claims.move_to(world, booking, draft, status, changes)
