"""When a service may be booked or cancelled. Limits count only where their switch is on.

Source: Wix Bookings, Booking Policies.
"""

from __future__ import annotations

from dataclasses import dataclass

from booking.sandbox.times import MINUTE, utc_text
from booking.sandbox.wire import Json, refusal


@dataclass(frozen=True, slots=True)
class BookingWindow:
    """Starts that may be booked now, as instants; None where there is no limit."""

    not_before: int
    not_after: int | None
    early_seconds: int
    closed: bool

    @classmethod
    def of(cls, service: Json, now: float) -> BookingWindow:
        policy = service["bookingPolicy"]
        early, late = policy["limitEarlyBookingPolicy"], policy["limitLateBookingPolicy"]
        early_seconds = early["earliestBookingInMinutes"] * MINUTE if early["enabled"] else 0
        lead = late["latestBookingInMinutes"] * MINUTE if late["enabled"] else 0
        after_start = policy["bookAfterStartPolicy"]["enabled"]
        return cls(
            not_before=0 if after_start else int(-(-(now + lead) // 1)),
            not_after=int(now + early_seconds) if early["enabled"] else None,
            early_seconds=early_seconds,
            closed=not service["onlineBooking"]["enabled"],
        )

    def is_late(self, start: int) -> bool:
        return start < self.not_before

    def is_early(self, start: int) -> bool:
        return self.not_after is not None and start > self.not_after

    def allows(self, start: int) -> bool:
        return not (self.closed or self.is_late(start) or self.is_early(start))

    def violations(self, start: int) -> Json:
        """``bookingPolicyViolations`` of a slot."""
        early = self.is_early(start)
        return {
            "tooEarlyToBook": early,
            "earliestBookingDate": utc_text(start - self.early_seconds) if early else None,
            "tooLateToBook": self.is_late(start),
            "bookOnlineDisabled": self.closed,
        }


def check_may_book(service: Json, start: int | None, participants: int, now: float) -> None:
    """Refuse what the policy forbids; ``start`` None is a course without a next session.

    Raises: WixError 403 BOOKING_POLICY_VIOLATION.
    """
    check_party(service, participants)
    if start is None or not BookingWindow.of(service, now).allows(start):
        raise _policy_refusal(403, "The booking policy does not allow this time")


def check_party(service: Json, participants: int) -> None:
    """Raises: WixError 403 BOOKING_POLICY_VIOLATION for more than one booking may bring."""
    most = service["bookingPolicy"]["participantsPolicy"]["maxParticipantsPerBooking"]
    if participants > most:
        raise _policy_refusal(403, f"At most {most} participants in one booking")


def may_cancel(policy: Json, start: int, now: float) -> bool:
    """``policy`` is the one of booking time, not today's."""
    return _still_allowed(policy["cancellationPolicy"], "Cancellation", start, now)


def may_reschedule(policy: Json, start: int, now: float) -> bool:
    return _still_allowed(policy["reschedulePolicy"], "Reschedule", start, now)


def _still_allowed(rule: Json, what: str, start: int, now: float) -> bool:
    if not rule["enabled"] or not rule[f"limitLatest{what}"]:
        return bool(rule["enabled"])
    return bool(now <= start - rule[f"latest{what}InMinutes"] * MINUTE)


def check_may_cancel(policy: Json, start: int, now: float) -> None:
    """Raises: WixError 428 BOOKING_POLICY_VIOLATION, though creating answers 403 with that code."""
    if not may_cancel(policy, start, now):
        raise _policy_refusal(428, "The cancellation policy does not allow it any more")


def check_may_reschedule(policy: Json, start: int, now: float) -> None:
    """Raises: WixError 403 BOOKING_POLICY_VIOLATION: here it is the status of creating."""
    if not may_reschedule(policy, start, now):
        raise _policy_refusal(403, "The reschedule policy does not allow it any more")


def _policy_refusal(status: int, why: str) -> Exception:
    return refusal(status, "BOOKING_POLICY_VIOLATION", why)
