"""Flow control settings: what a caller may have Wix leave out, and who may.

Source: Wix Bookings, Bookings Writer V2, ``flowControlSettings`` of each method. The permissions
behind them come with the widest scope alone: no narrower one grants them.
"""

from __future__ import annotations

from booking.sandbox.access import MANAGE_EVERYTHING, granted
from booking.sandbox.call import Call
from booking.sandbox.wire import Json, an_object, refusal, violation
from booking.sandbox.world import World

CREATING = (
    "skipAvailabilityValidation",
    "skipBusinessConfirmation",
    "skipSelectedPaymentOptionValidation",
    "skipAddOnValidation",
    "allowAddOnChanges",
)
MOVING = (
    "ignoreReschedulePolicy",
    "skipAvailabilityValidation",
    "skipBusinessConfirmation",
    "allowAddOnChanges",
)
CANCELLING = ("ignoreCancellationPolicy", "withRefund", "waiveCancellationFee")


def read_flags(world: World, call: Call, body: Json, restricted: tuple[str, ...] = ()) -> Json:
    """The flags sent; those that are not known are ignored, as everywhere.

    Raises: WixError 400 for one that is no boolean, 403 UNAUTHORIZED_OPERATION for a ``restricted``
    one from a caller without the permission.
    """
    flags = an_object(body.get("flowControlSettings"), "flowControlSettings")
    for name in restricted:
        if flags.get(name) not in (None, True, False):
            raise violation(f"flowControlSettings.{name}", "must be boolean")
    if any(flags.get(name) for name in restricted) and not may_override(world, call):
        raise refusal(403, "UNAUTHORIZED_OPERATION", "Not allowed to skip validations")
    return flags


def may_override(world: World, call: Call) -> bool:
    return call.caller.may_manage and MANAGE_EVERYTHING in granted(world)
