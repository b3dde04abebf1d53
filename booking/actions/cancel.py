"""Cancelling, by the customer and by the rules that held when they booked."""

from datetime import datetime

from django.db import transaction

from booking.actions import attempts, outcomes
from booking.actions.patience import Patience
from booking.domain.errors import TooLateToCancel
from booking.domain.states import LIVE, Change, Stage
from booking.models import Attempt, Booking, Step

BUSY = frozenset({Change.CANCEL, Change.MOVE})
"""Changes that are being carried out: another one has to wait."""


def may_cancel(booking: Booking, now: datetime) -> bool:
    """True if the customer may cancel now: what is not confirmed yet always, else by the rules."""
    if booking.stage in (Stage.PLACED, Stage.AWAITING_OWNER):
        return True
    within = booking.cancel_until is not None and now <= booking.cancel_until
    return booking.stage == Stage.CONFIRMED and within


def refuse_if_too_late(booking: Booking, now: datetime) -> None:
    """Raises: TooLateToCancel."""
    if not may_cancel(booking, now):
        raise TooLateToCancel(booking.reference)


def cancel(booking: Booking, now: datetime, patience: Patience) -> Attempt | None:
    """Cancel once, however often it is asked; the attempt to tell Wix is leased to the caller.

    What is not decided at Wix yet ends at once; what stands there is cancelled there first, so that
    the page never says more than is true. Raises: TooLateToCancel.
    """
    with transaction.atomic():
        locked = (
            Booking.objects.select_for_update(of=("self",))
            .select_related("site")
            .prefetch_related("holds")
            .get(pk=booking.pk)
        )
        if locked.stage not in LIVE or locked.stage == Stage.HELD or locked.change in BUSY:
            return None
        refuse_if_too_late(locked, now)
        if locked.stage == Stage.PLACED:
            outcomes.call_off(locked, now, now + patience.grace)
            return None
        locked.change, locked.changed = Change.CANCEL, now
        locked.save(update_fields=["change", "changed"])
        return attempts.anew(locked, Step.CANCEL, now, leased=now + patience.lease)
