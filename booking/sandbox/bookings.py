"""Bookings Writer V2: create, confirm, decline, confirm or decline, cancel.

Source: Wix Bookings, Bookings Writer V2.
"""

from __future__ import annotations

from typing import Any

from booking.sandbox import claims
from booking.sandbox.booking_input import Draft, read_draft
from booking.sandbox.call import Call, For, Route
from booking.sandbox.contacts import read_contact
from booking.sandbox.policies import check_may_book, check_may_cancel
from booking.sandbox.times import stamp, utc_text
from booking.sandbox.wire import (
    BOOKINGS_APP_ID,
    Json,
    an_object,
    known,
    missing,
    refusal,
)
from booking.sandbox.world import Booking, World

OPEN = ("CREATED", "PENDING", "WAITING_LIST")
PAYMENT_STATUSES = (
    "UNDEFINED",
    "NOT_PAID",
    "PAID",
    "PARTIALLY_PAID",
    "REFUNDED",
    "EXEMPT",
    "FAILED",
)
PAYMENT_OPTIONS = ("UNDEFINED", "OFFLINE", "ONLINE", "MEMBERSHIP", "MEMBERSHIP_OFFLINE")
PAID = ("PAID", "PARTIALLY_PAID")
MANAGERS_FLAGS = (
    "skipAvailabilityValidation",
    "skipBusinessConfirmation",
    "skipSelectedPaymentOptionValidation",
    "skipAddOnValidation",
)


def create_booking(world: World, call: Call) -> Json:
    """A CREATED booking takes no seat; availability is checked only for a named resource."""
    given = call.body.get("booking")
    if not given:
        raise missing("booking")
    given = an_object(given, "booking")
    option = known(
        given.get("selectedPaymentOption") or "UNDEFINED",
        "booking.selectedPaymentOption",
        PAYMENT_OPTIONS,
    )
    draft = read_draft(world, given)
    contact = read_contact(world, given, call.body.get("formSubmission"))
    flags = _flags(call)
    _check_payment_option(draft.service, option, flags)
    check_may_book(draft.service, draft.policy_start, draft.participants, world.now())
    _check_availability(world, draft, skip=bool(flags.get("skipAvailabilityValidation")))
    booking = _keep(world, call, draft, given, contact, flags)
    if given.get("status") == "CONFIRMED" and call.caller.may_manage:
        claims.move(world, booking, "CONFIRMED")
    return {"booking": booking.wire}


def _flags(call: Call) -> Json:
    """Flow control; the ``skip`` flags are for those who manage the site.

    Raises: WixError 403 UNAUTHORIZED_OPERATION.
    """
    flags = an_object(call.body.get("flowControlSettings"), "flowControlSettings")
    if not call.caller.may_manage and any(flags.get(name) for name in MANAGERS_FLAGS):
        raise refusal(403, "UNAUTHORIZED_OPERATION", "Not allowed to skip validations")
    return flags


def _check_payment_option(service: Json, option: str, flags: Json) -> None:
    """ONLINE for what is paid in person passes here: Wix notices only in the cart."""
    options = service["payment"]["options"]
    wrong = (option == "OFFLINE" and not options["inPerson"]) or (
        option.startswith("MEMBERSHIP") and not options["pricingPlan"]
    )
    if wrong and not flags.get("skipSelectedPaymentOptionValidation"):
        raise refusal(428, "VALIDATION_FAILURE", f"The service does not offer {option}")


def _check_availability(world: World, draft: Draft, *, skip: bool) -> None:
    if draft.seats_of:
        left = draft.capacity - world.diary.seats_taken(draft.seats_of)
        if left < draft.participants and not skip:
            raise refusal(428, draft.full, f"{left} places left")
        return
    if skip and not draft.resource_id:
        code = "CAN_NOT_SKIP_AVAILABILITY_VALIDATION_IF_RESOURCE_NOT_PROVIDED"
        raise refusal(428, code, "Name a resource")
    if not draft.resource_id or skip:
        return
    minutes = (draft.end - draft.start) // 60
    offered = draft.service["schedule"]["availabilityConstraints"]["sessionDurations"]
    where = (draft.resource_id, draft.start, draft.end, draft.place)
    if minutes not in offered or not claims.is_free(world, draft.service, *where):
        raise refusal(428, "SLOT_NOT_AVAILABLE", "No available slot for the requested time.")


def _keep(
    world: World, call: Call, draft: Draft, given: Json, contact: Json, flags: Json
) -> Booking:
    now = world.now()
    booking = Booking(
        wire=_wire(world, call, draft, given, contact, now),
        service_id=draft.service["id"],
        start=draft.start,
        end=draft.end,
        participants=draft.participants,
        policy=draft.service["bookingPolicy"],
        place=draft.place,
        seats_of=draft.seats_of,
        skips_availability=bool(flags.get("skipAvailabilityValidation")),
        skips_approval=bool(flags.get("skipBusinessConfirmation")),
    )
    booking.history.append((now, booking.wire))
    world.bookings[booking.id] = booking
    return booking


def _wire(world: World, call: Call, draft: Draft, given: Json, contact: Json, now: float) -> Json:
    """``paymentStatus`` is UNDEFINED whatever was sent."""
    choices = given.get("participantsChoices")
    party = {"participantsChoices": choices} if choices else {}
    party = party or {"totalParticipants": draft.participants}
    return {
        "id": world.next_id("booking"),
        "revision": "1",
        "bookedEntity": draft.entity,
        "contactDetails": contact,
        "additionalFields": [],
        **party,
        "status": "CREATED",
        "paymentStatus": "UNDEFINED",
        "selectedPaymentOption": given.get("selectedPaymentOption") or "UNDEFINED",
        "createdDate": stamp(now),
        "updatedDate": stamp(now),
        "startDate": utc_text(draft.start),
        "endDate": utc_text(draft.end),
        "createdBy": {**call.identity, "contactId": contact["contactId"]},
        "externalUserId": given.get("externalUserId"),
        "formId": draft.service["form"]["id"],
        "formSubmissionId": world.next_id("submission"),
        "bookedAddOns": [],
        "appId": BOOKINGS_APP_ID,
    }


def confirm_booking(world: World, call: Call) -> Json:
    """No conflict check and no owner's approval, unless asked for: use confirmOrDecline."""
    booking = _booking_at_revision(world, call)
    claims.check_status(booking, OPEN, "FAILED_CONFIRMING_NON_PENDING_BOOKING")
    changes = _payment(call.body)
    flow = an_object(call.body.get("flowControlSettings"), "flowControlSettings")
    was_pending = booking.wire["status"] == "PENDING"
    checks = flow.get("checkAvailabilityValidation") and not was_pending
    if checks and claims.has_conflict(world, booking):
        if not call.body.get("doubleBooked"):
            raise refusal(428, "NO_OPEN_SPOTS", "The time is taken")
        changes["doubleBooked"] = True
    if was_pending:
        claims.confirm_pending(world, booking)
    claims.move(world, booking, "CONFIRMED", **changes)
    return {"booking": booking.wire}


def decline_booking(world: World, call: Call) -> Json:
    booking = _booking_at_revision(world, call)
    claims.check_status(booking, OPEN, "FAILED_DECLINE_NON_PENDING_BOOKING")
    claims.move(world, booking, "DECLINED", **_payment(call.body))
    return {"booking": booking.wire}


def confirm_or_decline(world: World, call: Call) -> Json:
    """For custom checkouts; takes no revision. A lost race is 200 with DECLINED, unless paid."""
    booking = _booking(world, call)
    changes = _payment(call.body)
    claims.check_status(booking, ("CREATED",), "INVALID_BOOKING_STATUS")
    conflict = not booking.skips_availability and claims.has_conflict(world, booking)
    if conflict and changes.get("paymentStatus", "UNDEFINED") not in PAID:
        claims.move(world, booking, "DECLINED", **changes)
        return {"booking": booking.wire}
    if conflict:
        changes["doubleBooked"] = True
    status = "PENDING" if claims.waits_for_owner(world, booking) else "CONFIRMED"
    claims.move(world, booking, status, **changes)
    return {"booking": booking.wire}


def cancel_booking(world: World, call: Call) -> Json:
    """The policy of booking time holds for everybody, unless told to ignore it."""
    booking = _booking_at_revision(world, call)
    claims.check_status(booking, (*OPEN, "CONFIRMED"), "VALIDATION_FAILURE")
    flow = an_object(call.body.get("flowControlSettings"), "flowControlSettings")
    if not flow.get("ignoreCancellationPolicy"):
        check_may_cancel(booking.policy, booking.start, world.now())
    claims.move(world, booking, "CANCELED")
    return {"booking": booking.wire}


def _booking(world: World, call: Call) -> Booking:
    booking = world.bookings.get(call.params["booking_id"])
    if booking is None:
        raise refusal(404, "BOOKING_NOT_FOUND", "No such booking")
    return booking


def _booking_at_revision(world: World, call: Call) -> Booking:
    """Raises: WixError 400 without a revision, 409 with one that is out of date."""
    revision = call.body.get("revision")
    if revision in (None, ""):
        raise missing("revision")
    booking = _booking(world, call)
    if str(revision) != booking.wire["revision"]:
        text = "The booking has already changed since the requested revision"
        raise refusal(409, "INVALID_REVISION", text, {"currentRevision": booking.wire["revision"]})
    return booking


def _payment(body: Json) -> dict[str, Any]:
    status = body.get("paymentStatus")
    if status is None:
        return {}
    return {"paymentStatus": known(status, "paymentStatus", PAYMENT_STATUSES)}


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
    Route("POST", cancel_booking, _action("cancel"), For.MANAGERS),
    Route("POST", confirm_or_decline, _CONFIRMATIONS, For.MANAGERS),
)
