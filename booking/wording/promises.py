"""What a business allows its customers later, said before they choose and after they have booked."""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext

from booking.domain.policy import Policy
from booking.wording.amounts import notice


def rules(policy: Policy) -> str:
    """What a customer may do later, before a time is chosen; "" never: silence would be a promise."""
    if not policy.may_cancel and not policy.may_move:
        return gettext("This booking cannot be cancelled or moved.")
    if policy.may_cancel and policy.may_move and policy.cancel_minutes == policy.move_minutes:
        return _both_until(policy.cancel_minutes)
    return " ".join(filter(None, (_cancel_until(policy), _move_until(policy))))


def _both_until(minutes: int) -> str:
    if not minutes:
        return gettext("You can cancel or move your booking until it starts.")
    return gettext("You can cancel or move your booking up to %(notice)s before it starts.") % {
        "notice": notice(minutes)
    }


def _cancel_until(policy: Policy) -> str:
    if not policy.may_cancel:
        return gettext("It cannot be cancelled.")
    if not policy.cancel_minutes:
        return gettext("You can cancel your booking until it starts.")
    return gettext("You can cancel your booking up to %(notice)s before it starts.") % {
        "notice": notice(policy.cancel_minutes)
    }


def _move_until(policy: Policy) -> str:
    if not policy.may_move:
        return gettext("It cannot be moved.")
    if not policy.move_minutes:
        return gettext("You can move your booking until it starts.")
    return gettext("You can move your booking up to %(notice)s before it starts.") % {
        "notice": notice(policy.move_minutes)
    }


def deadlines(
    cancel: datetime | None,
    move: datetime | None,
    now: datetime,
    said: Callable[[datetime], str],
) -> str:
    """The same rules for one booking, as moments; None where something is never allowed.

    ``said`` writes a moment so that nobody can misread it.
    """
    if cancel is None and move is None:
        return gettext("This booking cannot be cancelled or moved.")
    if cancel == move and cancel is not None:
        if cancel <= now:
            return gettext("This booking can no longer be cancelled or moved.")
        return gettext("You can cancel or move your booking until %(when)s.") % {
            "when": said(cancel)
        }
    return f"{_cancelling(cancel, now, said)} {_moving(move, now, said)}"


def _cancelling(until: datetime | None, now: datetime, said: Callable[[datetime], str]) -> str:
    if until is None:
        return gettext("It cannot be cancelled.")
    if until <= now:
        return gettext("It can no longer be cancelled.")
    return gettext("You can cancel your booking until %(when)s.") % {"when": said(until)}


def _moving(until: datetime | None, now: datetime, said: Callable[[datetime], str]) -> str:
    if until is None:
        return gettext("It cannot be moved.")
    if until <= now:
        return gettext("It can no longer be moved.")
    return gettext("You can move your booking until %(when)s.") % {"when": said(until)}
