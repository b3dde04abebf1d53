"""What Wix would write to customers: mails when asked to, and a reminder unless told not to.

Source: Wix Bookings, Bookings Writer V2, ``participantNotification``, ``sendSmsReminder``.
"""

from __future__ import annotations

from booking.sandbox.times import DAY, stamp
from booking.sandbox.wire import Json, an_object
from booking.sandbox.world import Booking, World


def tell_customer(world: World, booking: Booking, what: str, body: Json) -> None:
    """A mail, only with ``notifyParticipants``: a message alone sends nothing."""
    notice = an_object(body.get("participantNotification"), "participantNotification")
    if notice.get("notifyParticipants") is True:
        _keep(world, booking, "EMAIL", what, world.now(), str(notice.get("message") or ""))


def remind(world: World, booking: Booking, body: Json) -> None:
    """A text message a day before the start. Left out, ``sendSmsReminder`` means yes."""
    wanted = body.get("sendSmsReminder") is not False
    if wanted and booking.wire["contactDetails"].get("phone"):
        _keep(world, booking, "SMS", "reminder", booking.start - DAY, "")


def _keep(world: World, booking: Booking, channel: str, what: str, at: float, message: str) -> None:
    contact = booking.wire["contactDetails"]
    world.messages.append(
        {
            "bookingId": booking.id,
            "channel": channel,
            "about": what,
            "to": contact["email" if channel == "EMAIL" else "phone"],
            "at": stamp(at),
            "message": message,
        }
    )
