"""Several appointments in one visit: one after the other, in one place, by one customer.

Source: Wix Bookings, Bookings Writer V2, the multi-service methods (a preview). Everything is done
to all of the bookings or to none.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from booking.sandbox import claims
from booking.sandbox.call import Call, For, Route
from booking.sandbox.cancellation import cancel
from booking.sandbox.confirmations import CHECK, OPEN, confirm, decline, mark_as_pending
from booking.sandbox.creation import Plan, check_available, make, read_plan
from booking.sandbox.flow import CANCELLING, MOVING, read_flags
from booking.sandbox.messages import tell_customer
from booking.sandbox.policies import (
    BookingWindow,
    check_may_book,
    check_may_cancel,
    check_may_reschedule,
)
from booking.sandbox.reschedules import carry_out, read_move
from booking.sandbox.revisions import read_payment
from booking.sandbox.wire import (
    Json,
    a_list,
    an_object,
    known,
    missing,
    refusal,
    violation,
)
from booking.sandbox.world import Booking, World

FEWEST, MOST = 2, 8
KINDS = ("SEQUENTIAL_BOOKINGS", "SEPARATE_BOOKINGS", "PARALLEL_BOOKINGS")
BESIDE = ("formSubmission", "flowControlSettings", "participantNotification", "sendSmsReminder")


def create(world: World, call: Call) -> Json:
    """Availability of all is looked at before any is made."""
    _check_kind(call.body)
    listed = a_list(call.body.get("bookings"), "bookings", longest=MOST)
    if len(listed) < FEWEST:
        raise violation(
            "bookings", f"has size {len(listed)}, expected {FEWEST} or more", "MIN_SIZE"
        )
    beside = {name: call.body[name] for name in BESIDE if name in call.body}
    plans = [read_plan(world, call, {"booking": one, **beside}) for one in listed]
    _check_sequence(plans)
    for plan in plans:
        draft = plan.draft
        check_may_book(draft.service, draft.policy_start, draft.participants, world.now())
        check_available(world, plan)
    package = {"id": world.next_id("package"), "type": "SEQUENTIAL_BOOKINGS"}
    parts = [make(world, call, plan, package) for plan in plans]
    return _told(parts, whole=bool(call.body.get("returnFullEntity")))


def _check_kind(body: Json) -> None:
    """Raises: WixError 400 for an unknown kind, 428 for one that Wix names and does not do."""
    kind = known(body.get("multiServiceBookingType") or KINDS[0], "multiServiceBookingType", KINDS)
    if kind != KINDS[0]:
        raise refusal(428, "VALIDATION_FAILURE", "Only SEQUENTIAL_BOOKINGS are supported")


def _check_sequence(plans: list[Plan]) -> None:
    """Raises: WixError 428 VALIDATION_FAILURE."""
    if any(plan.draft.service["type"] != "APPOINTMENT" for plan in plans):
        raise refusal(428, "VALIDATION_FAILURE", "Only appointments can be booked together")
    for before, after in pairwise(plans):
        if before.draft.end != after.draft.start:
            raise refusal(428, "VALIDATION_FAILURE", "Each has to start when the one before ends")
        if before.draft.place != after.draft.place:
            raise refusal(428, "VALIDATION_FAILURE", "All have to be in one place")
        if before.contact["contactId"] != after.contact["contactId"]:
            raise refusal(428, "VALIDATION_FAILURE", "All have to be one customer's")


def get(world: World, call: Call) -> Json:
    return _told(_parts(world, call))


def get_availability(world: World, call: Call) -> Json:
    """Could the business still do all of it? What the bookings themselves take counts as free."""
    parts = _parts(world, call)
    free = not any(_is_taken(world, part) for part in parts)
    first = parts[0]
    window = BookingWindow.of(world.services[first.service_id], world.now())
    return {
        "bookable": free and window.allows(first.start),
        "totalCapacity": 1,
        "remainingCapacity": int(free),
        "policyViolations": window.violations(first.start),
        "policySettings": {"maxParticipantsPerBooking": _largest_party(world, first)},
        "multiServiceBookingInfo": [_info(part) for part in parts],
    }


def _is_taken(world: World, part: Booking) -> bool:
    taking = part.wire["status"] in claims.TAKES
    return not taking and claims.has_conflict(world, part)


def _largest_party(world: World, part: Booking) -> int:
    policy = world.services[part.service_id]["bookingPolicy"]["participantsPolicy"]
    return int(policy["maxParticipantsPerBooking"])


def _info(part: Booking) -> Json:
    names = ("bookedEntity", "totalParticipants", "participantsChoices")
    return {"bookingId": part.id} | {name: part.wire.get(name) for name in names}


def confirm_all(world: World, call: Call) -> Json:
    parts = _checked(world, call, OPEN, "FAILED_CONFIRMING_NON_PENDING_BOOKING")
    infos = _infos(call, parts, "confirmBookingsInfo")
    if read_flags(world, call, call.body).get(CHECK):
        for part in parts:
            if part.wire["status"] != "PENDING" and claims.has_conflict(world, part):
                raise refusal(428, "NO_OPEN_SPOTS", "A time is taken")
    return _each(world, call, parts, infos, lambda part, info: confirm(world, call, part, info))


def decline_all(world: World, call: Call) -> Json:
    parts = _checked(world, call, OPEN, "FAILED_DECLINE_NON_PENDING_BOOKING")
    infos = _infos(call, parts, "declineBookingsInfo")
    return _each(world, call, parts, infos, lambda part, info: decline(world, part, info))


def mark_all_as_pending(world: World, call: Call) -> Json:
    parts = _checked(world, call, ("CREATED",), "BOOKING_MARK_BOOKING_AS_PENDING")
    infos = _infos(call, parts, "markAsPendingBookingsInfo")
    return _each(
        world, call, parts, infos, lambda part, info: mark_as_pending(world, call, part, info)
    )


def cancel_all(world: World, call: Call) -> Json:
    """No revisions here. Fails only if nothing is left to cancel."""
    parts = _parts(world, call)
    left = [part for part in parts if part.wire["status"] not in ("CANCELED", "DECLINED")]
    if not left:
        raise refusal(428, "VALIDATION_FAILURE", "All of it is cancelled or declined already")
    flags = read_flags(world, call, call.body, CANCELLING)
    if not flags.get("ignoreCancellationPolicy"):
        for part in left:
            check_may_cancel(part.policy, part.start, world.now())
    for part in left:
        cancel(world, call, part, {"flowControlSettings": flags})
    tell_customer(world, parts[0], "canceled", call.body)
    return _told(parts)


def reschedule_all(world: World, call: Call) -> Json:
    parts = _parts(world, call)
    infos = _infos(call, parts, "rescheduleBookingsInfo")
    flags = read_flags(world, call, call.body, MOVING)
    plans = [read_move(world, part, info, flags) for part, info in zip(parts, infos, strict=True)]
    _check_sequence(plans)
    if not flags.get("ignoreReschedulePolicy"):
        check_may_reschedule(parts[0].policy, parts[0].start, world.now())
        draft = plans[0].draft
        check_may_book(draft.service, draft.policy_start, draft.participants, world.now())
    carry_out(world, list(zip(parts, plans, strict=True)))
    tell_customer(world, parts[0], "rescheduled", call.body)
    return _told(parts)


def _parts(world: World, call: Call) -> list[Booking]:
    """Its bookings in order. Raises: WixError 404 MULTI_SERVICE_BOOKING_NOT_FOUND."""
    wanted = call.params["package_id"]
    found = [
        booking
        for booking in world.bookings.values()
        if (booking.wire.get("multiServiceBookingInfo") or {}).get("id") == wanted
    ]
    if not found:
        raise refusal(404, "MULTI_SERVICE_BOOKING_NOT_FOUND", "No such multi-service booking")
    return sorted(found, key=lambda booking: booking.start)


def _checked(world: World, call: Call, allowed: tuple[str, ...], code: str) -> list[Booking]:
    """The parts, all in one of these statuses."""
    parts = _parts(world, call)
    for part in parts:
        claims.check_status(part, allowed, code)
    return parts


def _infos(call: Call, parts: list[Booking], name: str) -> list[Json]:
    """What was sent for each part, in their order. Every part has to be sent, with its revision.

    Raises: WixError 400 NOT_ALL_BOOKINGS_WERE_SENT, DUPLICATE_BOOKING_INFO, REVISION_MISSING;
    428 BOOKING_REVISION_MISMATCH.
    """
    listed = [an_object(one, name) for one in a_list(call.body.get(name), name, longest=MOST)]
    if not listed:
        raise missing(name)
    ids = [str(one.get("bookingId")) for one in listed]
    if len(set(ids)) < len(ids):
        raise refusal(400, "DUPLICATE_BOOKING_INFO", "The same booking twice")
    if set(ids) != {part.id for part in parts}:
        raise refusal(400, "NOT_ALL_BOOKINGS_WERE_SENT", "All of its bookings, and no others")
    by_id = dict(zip(ids, listed, strict=True))
    for part in parts:
        _check_revision(part, by_id[part.id].get("revision"))
        read_payment(by_id[part.id])
    return [by_id[part.id] for part in parts]


def _check_revision(part: Booking, revision: Any) -> None:
    if revision in (None, ""):
        raise refusal(400, "REVISION_MISSING", "A revision for each booking")
    if str(revision) != part.wire["revision"]:
        raise refusal(428, "BOOKING_REVISION_MISMATCH", "The booking has changed meanwhile")


def _each(
    world: World,
    call: Call,
    parts: list[Booking],
    infos: list[Json],
    do: Callable[[Booking, Json], None],
) -> Json:
    flags = an_object(call.body.get("flowControlSettings"), "flowControlSettings")
    for part, info in zip(parts, infos, strict=True):
        do(part, {**info, "flowControlSettings": flags})
    tell_customer(world, parts[0], "multi-service booking", call.body)
    return _told(parts)


def _told(parts: list[Booking], *, whole: bool = True) -> Json:
    package = parts[0].wire["multiServiceBookingInfo"]["id"]
    listed = [{"bookingId": part.id} | ({"booking": part.wire} if whole else {}) for part in parts]
    return {"multiServiceBooking": {"id": package, "bookings": listed}}


_BASES = (
    "/bookings/multiServiceBookings/v2/multi_service_bookings",
    "/_api/bookings-service/v2/multi_service_bookings",
)


def _paths(rest: str = "") -> tuple[str, ...]:
    return tuple(f"{base}{rest}" for base in _BASES)


_ONE = "/<package_id>"
ROUTES = (
    Route("POST", create, _paths(), For.MANAGERS),
    Route("GET", get, _paths(_ONE), For.MANAGERS),
    Route("POST", get_availability, _paths(f"{_ONE}/get_availability"), For.MANAGERS),
    Route("POST", confirm_all, _paths(f"{_ONE}/confirm"), For.MANAGERS),
    Route("POST", decline_all, _paths(f"{_ONE}/decline"), For.MANAGERS),
    Route("POST", mark_all_as_pending, _paths(f"{_ONE}/mark_as_pending"), For.MANAGERS),
    Route("POST", cancel_all, _paths(f"{_ONE}/cancel"), For.MANAGERS),
    Route("POST", reschedule_all, _paths(f"{_ONE}/reschedule"), For.MANAGERS),
)
