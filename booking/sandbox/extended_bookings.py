"""Bookings Reader V2: the only way to read bookings. It may lag behind the writer.

Source: Wix Bookings, Bookings Reader V2, "Query Extended Bookings" and its supported filters.
"""

from __future__ import annotations

from booking.sandbox.access import READ_ORDERS, granted
from booking.sandbox.allowed_actions import allowed_actions
from booking.sandbox.call import Call, Caller, For, Route
from booking.sandbox.paging import cursor_page
from booking.sandbox.wire import Json, refusal
from booking.sandbox.world import World
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
    if call.body.get("withEcomOrder") and READ_ORDERS not in granted(world):
        raise refusal(403, "PERMISSION_DENIED")
    found = [_extended(world, wire, call.body) for wire in page]
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


def _extended(world: World, wire: Json, asked: Json) -> Json:
    """The booking, and what was asked for beside it. Each part comes only with its flag."""
    told = {"booking": wire}
    if asked.get("withBookingAllowedActions"):
        told["allowedActions"] = allowed_actions(world, world.bookings[wire["id"]])
    if asked.get("withBookingPolicySettings"):
        fees = world.bookings[wire["id"]].policy.get("cancellationFeePolicy") or {}
        told["bookingPolicySettings"] = {"cancellationFeeEnabled": bool(fees.get("enabled"))}
    if asked.get("withEcomOrder"):
        told |= _order_of(world, wire["id"])
    return told


def _order_of(world: World, booking_id: str) -> Json:
    """A summary of the newest order it was bought with, one not approved yet included."""
    for order in reversed(world.shop.orders.values()):
        lines = order.wire.get("lineItems") or []
        sold = [(line.get("catalogReference") or {}).get("catalogItemId") for line in lines]
        if booking_id in sold:
            return {"order": _summary(order.wire, lines[sold.index(booking_id)])}
    return {}


def _summary(order: Json, line: Json) -> Json:
    prices = order.get("priceSummary") or {}
    names = ("id", "number", "status", "paymentStatus", "currency")
    return {name: order.get(name) for name in names} | {
        "totalPrice": prices.get("total"),
        "bookingPrice": line.get("price"),
        "balance": (order.get("balanceSummary") or {}).get("balance"),
    }


_BASES = (
    "/bookings/bookings-reader/v2/extended-bookings",
    "/_api/bookings-reader/v2/extended-bookings",
)
ROUTES = (
    Route("POST", query_extended_bookings, tuple(f"{base}/query" for base in _BASES), For.MEMBERS),
    Route("POST", count_extended_bookings, tuple(f"{base}/count" for base in _BASES), For.MEMBERS),
)
