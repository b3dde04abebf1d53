"""Booking Policies: when a business lets its customers book, cancel and move.

Source: Wix Bookings, Booking Policies, "Get", "Query", "Get Strictest". A service carries a copy of
its policy, so pages need these only where several services are booked at once.
"""

from collections.abc import Sequence

import msgspec

from booking.domain.ids import PolicyId
from booking.domain.policy import Policy
from booking.wix.cursor_pages import pages
from booking.wix.errors import WixRefused
from booking.wix.paths import in_path
from booking.wix.policy_shapes import WirePolicy
from booking.wix.wire import Answer, Reader, Wire

BASE = "/bookings/v1/booking-policies"
PATH = f"{BASE}/query"
STRICTEST_PATH = f"{BASE}/strictest"
MOST = 100
NOT_FOUND = 404


class _One(msgspec.Struct, rename="camel"):
    booking_policy: WirePolicy


class _List(msgspec.Struct, rename="camel"):
    booking_policies: list[WirePolicy] | None = None


_read_one, _read_list = Reader(_One), Reader(_List)


class BookingPolicies:
    """The policies that services have."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def get(self, policy_id: PolicyId) -> Policy | None:
        """None for an id there is not. Raises: WixError."""
        try:
            answer = self._wire.read(f"{BASE}/{in_path(policy_id)}", method="GET", check=_policy)
        except WixRefused as error:
            if error.status != NOT_FOUND:
                raise
            return None
        return _policy(answer)

    def query(self) -> tuple[tuple[PolicyId, Policy], ...]:
        """All policies with their ids, by when they were made. Raises: WixError."""
        answers = pages(self._wire, PATH, check=_read_list)
        listed = (each for answer in answers for each in _read_list(answer).booking_policies or ())
        return tuple((PolicyId(each.id), each.policy()) for each in listed if each.id)

    def strictest(self, policy_ids: Sequence[PolicyId]) -> Policy:
        """What holds when services of these policies (1 to 100) are booked together.

        Raises: ValueError for no policy or too many, WixError.
        """
        if not 0 < len(policy_ids) <= MOST:
            raise ValueError(f"between 1 and {MOST} policies, not {len(policy_ids)}")
        question = {"bookingPolicyIds": [*policy_ids]}
        return _policy(self._wire.read(STRICTEST_PATH, question, check=_policy))


def _policy(answer: Answer) -> Policy:
    return _read_one(answer).booking_policy.policy()
