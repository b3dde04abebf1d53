"""Finding a booking, and holding a caller to the revision they have read.

Source: Wix Bookings, Bookings Writer V2: ``revision`` is required where a method's table says so.
"""

from __future__ import annotations

from typing import Any

from booking.sandbox.call import Call
from booking.sandbox.wire import Json, known, missing, refusal, violation
from booking.sandbox.world import Booking, World

PAYMENT_STATUSES = (
    "UNDEFINED",
    "NOT_PAID",
    "PAID",
    "PARTIALLY_PAID",
    "REFUNDED",
    "EXEMPT",
    "FAILED",
)


def booking_named(world: World, booking_id: Any) -> Booking:
    """Raises: WixError 404 BOOKING_NOT_FOUND."""
    booking = world.bookings.get(str(booking_id))
    if booking is None:
        raise refusal(404, "BOOKING_NOT_FOUND", "No such booking")
    return booking


def booking_of(world: World, call: Call) -> Booking:
    """The booking in the path; an id in the body beside it is harmless."""
    return booking_named(world, call.params["booking_id"])


def booking_at_revision(world: World, call: Call) -> Booking:
    """Raises: WixError 400 without a revision, 409 with one that is out of date."""
    revision = read_revision(call.body)
    booking = booking_of(world, call)
    check_revision(booking, revision)
    return booking


def read_revision(body: Json) -> str:
    """Raises: WixError 400: a revision is a number in a string (a bare number is taken as well)."""
    revision = body.get("revision")
    if revision in (None, ""):
        raise missing("revision")
    if isinstance(revision, bool) or not str(revision).isdecimal():
        raise violation("revision", "must be a number")
    return str(revision)


def check_revision(booking: Booking, revision: str) -> None:
    """Raises: WixError 409 INVALID_REVISION."""
    if revision != booking.wire["revision"]:
        text = "The booking has already changed since the requested revision"
        raise refusal(409, "INVALID_REVISION", text, {"currentRevision": booking.wire["revision"]})


def check_alone(booking: Booking) -> None:
    """Raises: WixError 403 for one part of a package: it is changed as a whole."""
    if booking.wire.get("multiServiceBookingInfo"):
        code = "NOT_ALLOWED_TO_UPDATE_BOOKING_IN_MULTI_SERVICE_BOOKING"
        raise refusal(403, code, "Change it through the multi-service booking")


def read_payment(body: Json) -> dict[str, Any]:
    """The payment status to set, if one was sent. Raises: WixError 400 for one there is not."""
    status = body.get("paymentStatus")
    if status is None:
        return {}
    return {"paymentStatus": known(status, "paymentStatus", PAYMENT_STATUSES)}
