"""Bookings Reader V2: the only way to read bookings. It may lag behind the writer.

Source: Wix Bookings, Bookings Reader V2, "Query Extended Bookings" and its supported filters.
"""

from __future__ import annotations

from booking.sandbox.call import Call, Caller, For, Route
from booking.sandbox.claims import TAKES
from booking.sandbox.paging import cursor_page
from booking.sandbox.policies import may_cancel, may_reschedule
from booking.sandbox.wire import Json
from booking.sandbox.world import Booking, World
from booking.sandbox.wql import compile_filter

_PLAIN = (
    "id status paymentStatus selectedPaymentOption createdDate updatedDate startDate endDate "
    "externalUserId doubleBooked contactDetails.contactId createdBy.anonymousVisitorId "
    "createdBy.memberId createdBy.wixUserId createdBy.appId bookedEntity.tags"
).split()
_ITEMS = (
    "slot.sessionId slot.serviceId slot.scheduleId slot.resource.id slot.location.id "
    "slot.location.locationType schedule.scheduleId schedule.serviceId schedule.location.id "
    "schedule.location.locationType"
).split()
# Filters say bookedEntity.item.slot where the answer says bookedEntity.slot.
FIELDS = {name: name for name in _PLAIN} | {
    f"bookedEntity.item.{name}": f"bookedEntity.{name}" for name in _ITEMS
}


def query_extended_bookings(world: World, call: Call) -> Json:
    page, metadata = cursor_page(_read(world, call), call.body, FIELDS, by=("createdDate", "DESC"))
    with_actions = bool(call.body.get("withBookingAllowedActions"))
    found = [_extended(world, wire, with_actions=with_actions) for wire in page]
    return {"extendedBookings": found, "pagingMetadata": metadata}


def count_extended_bookings(world: World, call: Call) -> Json:
    matches = compile_filter(call.body.get("filter"), FIELDS)
    return {"count": sum(map(matches, _read(world, call)))}


def _read(world: World, call: Call) -> list[Json]:
    """Every booking as the reader sees it, the newest first; a member sees their own."""
    found = _as_read(world)
    member = call.identity.get("memberId")
    if call.caller is not Caller.MEMBER:
        return found
    return [wire for wire in found if wire["createdBy"].get("memberId") == member]


def _as_read(world: World) -> list[Json]:
    newest_first = list(reversed(world.bookings.values()))
    lag = world.settings.reader_lag_seconds
    if not lag:
        return [booking.wire for booking in newest_first]
    seen = (booking.as_of(world.now() - lag) for booking in newest_first)
    return [wire for wire in seen if wire is not None]


def _extended(world: World, wire: Json, *, with_actions: bool) -> Json:
    if not with_actions:
        return {"booking": wire}
    return {"booking": wire, "allowedActions": _allowed(world, world.bookings[wire["id"]])}


def _allowed(world: World, booking: Booking) -> Json:
    is_open = booking.wire["status"] in TAKES
    when = (booking.policy, booking.start, world.now())
    a_course = "schedule" in booking.wire["bookedEntity"]
    return {
        "cancel": is_open and may_cancel(*when),
        "reschedule": is_open and not a_course and may_reschedule(*when),
    }


_BASES = (
    "/bookings/bookings-reader/v2/extended-bookings",
    "/_api/bookings-reader/v2/extended-bookings",
)
ROUTES = (
    Route("POST", query_extended_bookings, tuple(f"{base}/query" for base in _BASES), For.MEMBERS),
    Route("POST", count_extended_bookings, tuple(f"{base}/count" for base in _BASES), For.MEMBERS),
)
