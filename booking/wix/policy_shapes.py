"""A service's booking policy on the wire, and what it means here.

Source: Wix Bookings, Booking Policies, "Booking Policy Object".
"""

import msgspec

from booking.domain.policy import Policy

A_DAY = 24 * 60
"""Minutes before the start, where a rule is on and Wix leaves its default out."""


class _Rule(msgspec.Struct, rename="camel"):
    """One rule of the policy. Its minutes are sent even when the rule is off."""

    enabled: bool | None = None
    description: str | None = None
    earliest_booking_in_minutes: int | None = None
    latest_booking_in_minutes: int | None = None
    limit_latest_cancellation: bool | None = None
    latest_cancellation_in_minutes: int | None = None
    limit_latest_reschedule: bool | None = None
    latest_reschedule_in_minutes: int | None = None


class _Window(msgspec.Struct, rename="camel"):
    start_in_minutes: int | None = None


class _Fee(msgspec.Struct, rename="camel"):
    """What the business charges for cancelling from so many minutes before the start on."""

    enabled: bool | None = None
    cancellation_windows: list[_Window] | None = None


class _Participants(msgspec.Struct, rename="camel"):
    max_participants_per_booking: int | None = None


class WirePolicy(msgspec.Struct, rename="camel"):
    id: str | None = None
    custom_policy_description: _Rule | None = None
    limit_early_booking_policy: _Rule | None = None
    limit_late_booking_policy: _Rule | None = None
    book_after_start_policy: _Rule | None = None
    cancellation_policy: _Rule | None = None
    reschedule_policy: _Rule | None = None
    participants_policy: _Participants | None = None
    cancellation_fee_policy: _Fee | None = None

    def policy(self) -> Policy:
        early, late = _on(self.limit_early_booking_policy), _on(self.limit_late_booking_policy)
        cancel, move = _on(self.cancellation_policy), _on(self.reschedule_policy)
        words = _on(self.custom_policy_description)
        free = _free_minutes(self.cancellation_fee_policy)
        party = self.participants_policy or _Participants()
        return Policy(
            earliest_minutes=early.earliest_booking_in_minutes,
            latest_minutes=late.latest_booking_in_minutes,
            after_start=bool(_on(self.book_after_start_policy).enabled),
            may_cancel=bool(cancel.enabled) and free is not None,
            cancel_minutes=max(
                free or 0,
                _minutes(cancel.limit_latest_cancellation, cancel.latest_cancellation_in_minutes),
            ),
            may_move=bool(move.enabled),
            move_minutes=_minutes(move.limit_latest_reschedule, move.latest_reschedule_in_minutes),
            largest_party=party.max_participants_per_booking or 1,
            words=words.description or "",
        )


def _on(rule: _Rule | None) -> _Rule:
    """The rule if it is switched on; else one that rules nothing."""
    return rule if rule and rule.enabled else _Rule()


def _free_minutes(fee: _Fee | None) -> int | None:
    """Up to how long before the start cancelling costs nothing; None if it always costs something.

    Here customers cancel for nothing or not at all: Wix alone can tell and charge a fee.
    """
    if fee is None or not fee.enabled:
        return 0
    told = [each.start_in_minutes for each in fee.cancellation_windows or ()]
    known = [each for each in told if each is not None]
    return max(known, default=0) if len(known) == len(told) else None


def _minutes(limited: bool | None, minutes: int | None) -> int:  # noqa: FBT001 - as on the wire
    if not limited:
        return 0
    return minutes if minutes is not None else A_DAY
