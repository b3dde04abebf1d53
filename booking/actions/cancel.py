"""Cancelling, by the customer and by the rules that held when they booked."""

from datetime import datetime

from django.db import transaction

from booking.actions import money_due, outcomes
from booking.actions.patience import Patience
from booking.domain.errors import BookingError
from booking.domain.states import LIVE, Stage
from booking.models import Attempt, Booking, Step


class TooLateToCancel(BookingError):
    """The rules of the business do not let customers cancel this booking (any more)."""


def may_cancel(booking: Booking, now: datetime) -> bool:
    """True if the customer may cancel now: what is not confirmed yet always, else by the rules."""
    if booking.stage in (Stage.PLACED, Stage.AWAITING_OWNER):
        return True
    within = booking.cancel_until is not None and now <= booking.cancel_until
    return booking.stage == Stage.CONFIRMED and within


def is_being_cancelled(booking: Booking) -> bool:
    """True from the customer's press until Wix has carried it out."""
    return booking.attempts.filter(step=Step.CANCEL, settled=None).exists()


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
        if locked.stage not in LIVE or is_being_cancelled(locked):
            return None
        if not may_cancel(locked, now):
            raise TooLateToCancel(locked.reference)
        if locked.stage == Stage.PLACED:
            outcomes.call_off(locked, now, now + patience.grace)
            return None
        return money_due.queue(locked, Step.CANCEL, now, leased=now + patience.lease)
