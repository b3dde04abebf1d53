"""The policy a booking was made under: cancelling and moving go by it, whatever the owner says today.

Source: Wix Bookings, Booking Policy Snapshots.
"""

from __future__ import annotations

from booking.sandbox.call import Call, For, Route
from booking.sandbox.revisions import booking_named
from booking.sandbox.wire import Json, WixError, missing, refusal
from booking.sandbox.world import World

MOST = 100


def list_snapshots(world: World, call: Call) -> Json:
    """Raises: WixError 404 BOOKING_POLICY_SNAPSHOT_NOT_FOUND if one of the bookings is not there."""
    ids = call.query.get("bookingIds") or []
    if not ids:
        raise missing("bookingIds")
    return {"bookingPolicySnapshots": [_snapshot(world, each) for each in ids[:MOST]]}


def _snapshot(world: World, booking_id: str) -> Json:
    try:
        booking = booking_named(world, booking_id)
    except WixError as error:
        code = "BOOKING_POLICY_SNAPSHOT_NOT_FOUND"
        raise refusal(404, code, "No booking, no policy") from error
    made = booking.wire["createdDate"]
    told = {"id": booking.id, "bookingId": booking.id, "createdDate": made}
    return {**told, "policy": booking.policy}


_PATHS = (
    "/_api/booking-policy-snapshots/v1/policy-snapshots",
    "/booking-policy-snapshots/v1/policy-snapshots",
)
ROUTES = (Route("GET", list_snapshots, _PATHS, For.MANAGERS),)
