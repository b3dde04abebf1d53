"""Booking Policy Snapshots: the policy each booking was made under.

Whether and until when a booking may be cancelled or moved follows this one, not the service's of
today. Source: Wix Bookings, Booking Policy Snapshots, "List Policy Snapshots By Booking Ids".
"""

from collections.abc import Sequence
from urllib.parse import urlencode

import msgspec

from booking.domain.ids import WixBookingId
from booking.domain.policy import Policy
from booking.wix.errors import WixRefused
from booking.wix.lanes import Lane
from booking.wix.policy_shapes import WirePolicy
from booking.wix.wire import Reader, Wire

PATH = "/_api/booking-policy-snapshots/v1/policy-snapshots"
NOT_FOUND = 404


class _Snapshot(msgspec.Struct, rename="camel"):
    booking_id: str | None = None
    policy: WirePolicy | None = None


class _Answer(msgspec.Struct, rename="camel"):
    booking_policy_snapshots: list[_Snapshot] | None = None


_read = Reader(_Answer)


class BookingPolicySnapshots:
    """Policies as they were when bookings were made."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def list(self, booking_ids: Sequence[WixBookingId]) -> dict[WixBookingId, Policy]:
        """The policy of each of these bookings; {} if Wix has none for one of them.

        Raises: WixError.
        """
        query = urlencode([("bookingIds", each) for each in booking_ids])
        try:
            answer = self._wire.read(f"{PATH}?{query}", method="GET", lane=Lane.SETTLE)
        except WixRefused as error:
            if error.status != NOT_FOUND:
                raise
            return {}
        return {
            WixBookingId(each.booking_id): each.policy.policy()
            for each in _read(answer).booking_policy_snapshots or ()
            if each.booking_id and each.policy
        }
