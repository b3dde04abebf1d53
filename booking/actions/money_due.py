"""What has to happen to a booking's money once it is known what became of the booking."""

from datetime import datetime

from booking.actions import attempts
from booking.domain.payment import answer_due
from booking.domain.states import Change, Due, Stage
from booking.models import Attempt, Booking, Step

ENDS = frozenset({Stage.DECLINED, Stage.EXPIRED, Stage.CANCELLED})


def follow(booking: Booking, now: datetime) -> None:
    """Queue what the money of a booking needs at its stage; call it in the stage's transaction.

    Nothing is taken before the booking stands, nor from whoever has withdrawn it, and nothing stays kept
    that will not be taken.
    """
    if booking.stage == Stage.CONFIRMED and booking.due == Due.AUTHORISED:
        if booking.change != Change.CANCEL:
            queue(booking, Step.CAPTURE, now)
    elif booking.stage in ENDS:
        _end(booking, now)


def answer_until(booking: Booking) -> datetime:
    """When the business must have answered a request: sooner where money waits on a card for it."""
    payment = booking.payment
    if booking.due != Due.AUTHORISED or payment is None:
        return booking.useless_from
    look = booking.attempts.get(step=Step.LOOK, generation=payment.number)
    return answer_due(look.settled or look.created, payment.lapses, booking.useless_from)


def _end(booking: Booking, now: datetime) -> None:
    if booking.due == Due.DUE:
        booking.move_money_to(Due.RELEASED)
        booking.save(update_fields=["due"])
    elif booking.due == Due.STARTING:  # the page has to be closed, and may have been paid
        booking.attempts.filter(step=Step.LOOK, settled=None).update(due=now)
    elif booking.due == Due.AUTHORISED:
        queue(booking, Step.RELEASE, now)
        booking.attempts.filter(step=Step.RELEASE, settled=None).update(due=now)
    elif booking.due == Due.AT_WIX:  # as with a page: it must not be paid there any more
        queue(booking, Step.TAKE_BACK, now)
        booking.attempts.filter(step=Step.TAKE_BACK, settled=None).update(due=now)
    elif booking.due in (Due.PAID, Due.PART_PAID):
        payment = booking.payment
        if payment is not None and payment.is_at_wix:
            attempts.anew(booking, Step.REFUND_AT_WIX, now)
        else:
            queue(booking, Step.REFUND, now)


def queue(
    booking: Booking, step: Step, due: datetime, *, leased: datetime | None = None
) -> Attempt:
    """The attempt of this step for the payment that counts; one for each payment, made once."""
    payment = booking.payment
    generation = payment.number if payment else 1
    return attempts.once(booking, step, due, generation=generation, leased=leased)
