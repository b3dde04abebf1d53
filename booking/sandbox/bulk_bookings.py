"""Bookings Writer V2, many at once: always 200, each entry with its own success or error.

Source: Wix Bookings, Bookings Writer V2, "Bulk Create Booking", "Bulk Confirm Or Decline Booking",
"Bulk Cancel Booking", "Bulk Calculate Allowed Actions".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from booking.sandbox.allowed_actions import allowed_actions
from booking.sandbox.call import Call, For, Route
from booking.sandbox.cancellation import cancel
from booking.sandbox.confirmations import decide
from booking.sandbox.creation import Plan, make, read_plan
from booking.sandbox.revisions import (
    booking_named,
    check_alone,
    check_revision,
    read_payment,
    read_revision,
)
from booking.sandbox.wire import (
    Json,
    WixError,
    a_list,
    an_object,
    missing,
    refusal,
    violation,
)
from booking.sandbox.world import World

MOST_CREATED, MOST_CANCELLED, MOST_DECIDED, MOST_ASKED = 40, 100, 300, 100

type Item = tuple[str, Json]  # the id, and the entity


def bulk_create(world: World, call: Call) -> Json:
    """One malformed entry fails them all; one that is taken fails alone."""
    entries = _entries(call.body.get("createBookingsInfo"), "createBookingsInfo", MOST_CREATED)
    plans = [_planned(world, call, entry) for entry in entries]

    def create(at: int) -> Item:
        plan = plans[at]
        if isinstance(plan, WixError):
            raise plan
        booking = make(world, call, plan)
        return booking.id, booking.wire

    return _answer([""] * len(plans), create, bool(call.body.get("returnFullEntity")))


def _planned(world: World, call: Call, entry: Json) -> Plan | WixError:
    """Raises: WixError 400 for what is malformed; what Bookings itself refuses is kept for later."""
    try:
        return read_plan(world, call, entry)
    except WixError as error:
        if "applicationError" not in error.body["details"]:
            raise
        return error


def bulk_confirm_or_decline(world: World, call: Call) -> Json:
    details = _entries(call.body.get("details"), "details", MOST_DECIDED)
    ids = _different([entry.get("bookingId") for entry in details], 428, "DUPLICATED_BOOKINGS")
    payments = [read_payment(entry) for entry in details]

    def confirm_or_decline(at: int) -> Item:
        booking = booking_named(world, ids[at])
        decide(world, booking, payments[at])
        return booking.id, booking.wire

    return _answer(ids, confirm_or_decline, bool(call.body.get("returnEntity")))


def bulk_cancel(world: World, call: Call) -> Json:
    """Either bookings by their ids, or a recurring group: this site has none of those."""
    if call.body.get("recurringCancellation"):
        raise refusal(404, "RECURRING_GROUP_NOT_FOUND", "No such group")
    bookings = an_object(call.body.get("bookings"), "bookings").get("bookingsInfo")
    if not bookings:
        raise refusal(400, "MISSING_CANCELLATION_INFO", "Say which bookings")
    entries = _entries(bookings, "bookings.bookingsInfo", MOST_CANCELLED)
    ids = _different([entry.get("bookingId") for entry in entries], 428, "DUPLICATED_BOOKINGS")
    revisions = [read_revision(entry) for entry in entries]

    def cancel_one(at: int) -> Item:
        booking = booking_named(world, ids[at])
        check_revision(booking, revisions[at])
        check_alone(booking)
        cancel(world, call, booking, entries[at])
        return booking.id, booking.wire

    return _answer(ids, cancel_one, bool(call.body.get("returnFullEntity")))


def calculate_allowed_actions(world: World, call: Call) -> Json:
    listed = a_list(call.body.get("bookingIds"), "bookingIds", longest=MOST_ASKED)
    if not listed:
        raise missing("bookingIds")
    ids = _different(listed, 400, "DUPLICATE_BOOKING_IDS")

    def actions(at: int) -> Item:
        booking = booking_named(world, ids[at])
        return booking.id, allowed_actions(world, booking)

    return _answer(ids, actions, True)


def _entries(listed: Any, field: str, most: int) -> list[Json]:
    entries = a_list(listed, field, longest=most)
    if not entries:
        raise missing(field)
    for at, entry in enumerate(entries):
        if not isinstance(entry, dict):
            raise violation(f"{field}[{at}]", "must be object")
    return entries


def _different(ids: list[Any], status: int, code: str) -> list[str]:
    """Raises: WixError 400 for an id that is none, ``code`` for one that stands there twice."""
    for booking_id in ids:
        if not booking_id or not isinstance(booking_id, str):
            raise missing("bookingId")
    if len(set(ids)) < len(ids):
        raise refusal(status, code, "The same booking twice")
    return ids


def _answer(ids: list[str], do: Callable[[int], Item], with_item: bool) -> Json:  # noqa: FBT001 - one of two shapes
    results = [_result(at, booking_id, do, with_item) for at, booking_id in enumerate(ids)]
    done = sum(result["itemMetadata"]["success"] for result in results)
    counts = {"totalSuccesses": done, "totalFailures": len(results) - done}
    return {"results": results, "bulkActionMetadata": {**counts, "undetailedFailures": 0}}


def _result(at: int, booking_id: str, do: Callable[[int], Item], with_item: bool) -> Json:  # noqa: FBT001 - likewise
    try:
        made_id, item = do(at)
    except WixError as error:
        told = error.body["details"].get("applicationError") or {"code": "UNKNOWN"}
        metadata = {"id": booking_id, "originalIndex": at, "success": False, "error": told}
        return {"itemMetadata": metadata}
    metadata = {"id": made_id, "originalIndex": at, "success": True}
    return {"itemMetadata": metadata, **({"item": item} if with_item else {})}


def _paths(name: str) -> tuple[str, ...]:
    bases = ("/bookings/v2/bulk/bookings", "/bookings/bookings/v2/bulk/bookings")
    return tuple(f"{base}/{name}" for base in bases)


_DECIDED = (
    *_paths("confirmOrDecline"),
    "/_api/bookings-confirmator/v2/bulk/bookings/confirmOrDecline",
    "/bookings/v2/bulk/confirmation:confirmOrDecline",
)
ROUTES = (
    Route("POST", bulk_create, _paths("create"), For.MANAGERS),
    Route("POST", bulk_confirm_or_decline, _DECIDED, For.MANAGERS),
    Route("POST", bulk_cancel, _paths("cancel"), For.MANAGERS),
    Route("POST", calculate_allowed_actions, _paths("calculate_allowed_actions"), For.MANAGERS),
)
