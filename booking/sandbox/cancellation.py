"""Cancelling a booking, by the policy of the day it was made.

Source: Wix Bookings, Bookings Writer V2, "Cancel Booking"; Booking Policy Snapshots.
"""

from __future__ import annotations

from booking.sandbox import claims
from booking.sandbox.call import Call
from booking.sandbox.flow import CANCELLING, read_flags
from booking.sandbox.messages import tell_customer
from booking.sandbox.policies import check_may_cancel
from booking.sandbox.revisions import booking_at_revision, check_alone
from booking.sandbox.wire import BOOKINGS_APP_ID, Json
from booking.sandbox.world import Booking, World

CANCELLABLE = ("CREATED", "PENDING", "CONFIRMED", "WAITING_LIST")
OWING = ("NOT_PAID", "PARTIALLY_PAID")


def cancel_booking(world: World, call: Call) -> Json:
    """The policy of booking time holds for everybody, unless told to ignore it."""
    booking = booking_at_revision(world, call)
    check_alone(booking)
    cancel(world, call, booking, call.body)
    return {"booking": booking.wire}


def cancel(world: World, call: Call, booking: Booking, asked: Json) -> None:
    """Raises: WixError 428 for another status or the policy, 403 for a flag that is not allowed."""
    claims.check_status(booking, CANCELLABLE, "VALIDATION_FAILURE")
    flags = read_flags(world, call, asked, CANCELLING)
    if not flags.get("ignoreCancellationPolicy"):
        check_may_cancel(booking.policy, booking.start, world.now())
    changes = {}
    # A plan's session alone can be given back here; other money moves through the order.
    if flags.get("withRefund") and booking.wire["selectedPaymentOption"] == "MEMBERSHIP":
        changes["paymentStatus"] = "REFUNDED"
    claims.move(world, booking, "CANCELED", **changes)
    if asked.get("waiveCharges") is True:
        _cancel_order(world, booking)
    tell_customer(world, booking, "canceled", asked)


def _cancel_order(world: World, booking: Booking) -> None:
    """What is still owed is not asked for any more, if the order holds nothing but bookings."""
    for order in world.shop.orders.values():
        items = [line.get("catalogReference") or {} for line in order.wire.get("lineItems", [])]
        ours = any(item.get("catalogItemId") == booking.id for item in items)
        bookings_only = all(item.get("appId") == BOOKINGS_APP_ID for item in items)
        if ours and bookings_only and order.wire.get("paymentStatus") in OWING:
            order.wire = {**order.wire, "status": "CANCELED"}
