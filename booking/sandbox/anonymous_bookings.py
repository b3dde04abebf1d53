"""Links in mails: whoever holds the token may look at one booking, cancel it and move it.

Source: Wix Bookings, Anonymous Booking Actions (a preview).
"""

from __future__ import annotations

import base64
import binascii

from booking.sandbox.allowed_actions import allowed_anonymously
from booking.sandbox.call import Call, For, Route
from booking.sandbox.cancellation import cancel
from booking.sandbox.reschedules import reschedule
from booking.sandbox.revisions import booking_of, check_alone, check_revision, read_revision
from booking.sandbox.wire import Json, guid, refusal
from booking.sandbox.world import Booking, World, visible


def get_token(world: World, call: Call) -> Json:
    """For the app and the owner any booking's, for a visitor only their own."""
    booking = booking_of(world, call)
    made_by = booking.wire["createdBy"]
    mine = any(made_by.get(name) == value for name, value in call.identity.items())
    if not call.caller.may_manage and not mine:
        raise refusal(404, "BOOKING_NOT_FOUND", "No such booking")
    return {"token": token_of(booking)}


def token_of(booking: Booking) -> str:
    """Safe in an address, and the same each time."""
    text = f"{booking.id}.{guid('anonymous', booking.id)}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def get_booking(world: World, call: Call) -> Json:
    """No credential but the token."""
    booking = _booking(world, call)
    allowed = allowed_anonymously(world, booking)
    return {"booking": booking.wire, "allowedAnonymousActions": allowed}


def get_service(world: World, call: Call) -> Json:
    return {"service": visible(world.services[_booking(world, call).service_id])}


def cancel_booking(world: World, call: Call) -> Json:
    booking = _changed(world, call, "cancel", "BOOKING_CANNOT_BE_CANCELLED")
    cancel(world, call, booking, {})
    return {"booking": booking.wire}


def reschedule_booking(world: World, call: Call) -> Json:
    """The customer is always told of it."""
    booking = _changed(world, call, "reschedule", "RESCHEDULING_NOT_ALLOWED")
    told = {"participantNotification": {"notifyParticipants": True}}
    reschedule(world, call, booking, {"slot": call.body.get("slot"), **told})
    return {"booking": booking.wire}


def _changed(world: World, call: Call, action: str, code: str) -> Booking:
    """Raises: WixError 400 and 409 for the revision, 428 where the policy allows it nobody."""
    revision = read_revision(call.body)
    booking = _booking(world, call)
    check_revision(booking, revision)
    check_alone(booking)
    if not allowed_anonymously(world, booking)[action]:
        raise refusal(428, code, "The booking policy does not allow it")
    return booking


def _booking(world: World, call: Call) -> Booking:
    """Raises: WixError 400 INVALID_TOKEN."""
    token = call.params["token"]
    try:
        text = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode()
    except (binascii.Error, ValueError) as error:
        raise refusal(400, "INVALID_TOKEN", "No token of ours") from error
    booking = world.bookings.get(text.partition(".")[0])
    if booking is None or token_of(booking) != token:
        raise refusal(400, "INVALID_TOKEN", "No token of ours")
    return booking


_BASES = ("/v1/anonymous-bookings", "/_api/v1/anonymous-bookings")


def _paths(rest: str) -> tuple[str, ...]:
    return tuple(f"{base}/{rest}" for base in _BASES)


ROUTES = (
    Route("GET", get_token, _paths("<booking_id>/token")),
    Route("GET", get_booking, _paths("<token>"), For.EVERYBODY),
    Route("GET", get_service, _paths("<token>/service"), For.EVERYBODY),
    Route("POST", cancel_booking, _paths("<token>/cancel"), For.EVERYBODY),
    Route("POST", reschedule_booking, _paths("<token>/reschedule"), For.EVERYBODY),
)
