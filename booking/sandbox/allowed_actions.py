"""What may be done to a booking without overriding anything.

Source: Wix Bookings, Bookings Writer V2, "Bulk Calculate Allowed Actions".
"""

from __future__ import annotations

from booking.sandbox.claims import TAKES
from booking.sandbox.policies import may_cancel, may_reschedule
from booking.sandbox.wire import Json
from booking.sandbox.world import Booking, World


def allowed_actions(world: World, booking: Booking) -> Json:
    """By the policy of booking time; a course is never rescheduled."""
    is_open = booking.wire["status"] in TAKES
    when = (booking.policy, booking.start, world.now())
    a_course = "schedule" in booking.wire["bookedEntity"]
    return {
        "cancel": is_open and may_cancel(*when),
        "reschedule": is_open and not a_course and may_reschedule(*when),
    }


def allowed_anonymously(world: World, booking: Booking) -> Json:
    """The same for whoever has the link; a policy that says nothing about them allows it."""
    allowed = allowed_actions(world, booking)
    rules = {"cancel": "cancellationPolicy", "reschedule": "reschedulePolicy"}
    return {
        action: allowed[action] and booking.policy[rule].get("allowAnonymous") is not False
        for action, rule in rules.items()
    }
