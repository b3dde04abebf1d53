"""What becomes of a booking: written down in one transaction, with the mail that tells of it."""

from datetime import datetime

from django.db import transaction

from booking.actions import leases
from booking.actions.hands import Hands
from booking.domain.holding import Reason, until
from booking.domain.outcome import WixBooking, WixStatus
from booking.domain.states import Stage
from booking.models import Attempt, Booking, Hold, Line, Step

MAIL_FOR = {
    Stage.CONFIRMED: Step.MAIL_CONFIRMED,
    Stage.AWAITING_OWNER: Step.MAIL_AWAITING,
    Stage.DECLINED: Step.MAIL_DECLINED,
    Stage.CANCELLED: Step.MAIL_CANCELLED,
}
STAGE_FOR = {
    WixStatus.CONFIRMED: Stage.CONFIRMED,
    WixStatus.PENDING: Stage.AWAITING_OWNER,
    WixStatus.DECLINED: Stage.DECLINED,
    WixStatus.CANCELED: Stage.CANCELLED,
}


def apply(attempt: Attempt, answer: WixBooking, hands: Hands) -> None:
    """Write down what Wix says of the attempt's booking; the attempt is settled by it.

    A booking that Wix confirmed over another one counts as lost: the seat is not sold twice.
    """
    now = hands.clock()
    stage = Stage.DECLINED if answer.double_booked else STAGE_FOR[answer.status]
    with transaction.atomic():
        booking = _locked(attempt)
        _copy(booking.line, answer)
        _change(booking, stage, now)
        if stage is Stage.AWAITING_OWNER:
            _queue(booking, Step.WATCH, now, due=now + hands.patience.watch)
        if answer.double_booked:
            _tidy_up(booking, now, now)
        attempt.settle(now, stage)
        leases.keep(attempt)
    attempt.booking = booking


def lose(attempt: Attempt, hands: Hands, why: str) -> None:
    """The customer does not get this time: say so, free what we kept, take back what Wix may have."""
    now = hands.clock()
    seen = now + hands.patience.grace if attempt.doubtful_since else now
    with transaction.atomic():
        booking = _locked(attempt)
        _change(booking, Stage.DECLINED, now)
        _tidy_up(booking, now, seen)
        attempt.settle(now, why)
        leases.keep(attempt)
    attempt.booking = booking


def call_owner(booking: Booking, what: str) -> None:
    """Flag a booking for a person, with what happened and what to do."""
    Booking.objects.filter(pk=booking.pk).update(needs_owner=what[:300])


def _locked(attempt: Attempt) -> Booking:
    return (
        Booking.objects.select_for_update(of=("self",))
        .select_related("site")
        .prefetch_related("holds")
        .get(pk=attempt.booking_id)
    )


def _copy(line: Line, answer: WixBooking) -> None:
    line.wix_revision, line.wix_status = answer.revision, answer.status
    line.save(update_fields=["wix_revision", "wix_status"])


def _change(booking: Booking, stage: Stage, now: datetime) -> None:
    """Move the booking, end or shorten its hold, and queue the one mail that says so."""
    if booking.stage == stage:
        return
    kept = stage in (Stage.CONFIRMED, Stage.AWAITING_OWNER)
    booking.move_to(stage, now)
    booking.needs_owner = "" if kept else booking.needs_owner
    booking.save(update_fields=["stage", "settled", "needs_owner"])
    Hold.objects.filter(booking=booking).update(
        until=until(Reason.AGREED, now) if kept else now, reason=Reason.AGREED
    )
    for mail in booking.attempts.filter(step=Step.MAIL_PLACED, settled=None, tries=0):
        mail.settle(now, "overtaken")
        mail.save()
    _queue(booking, MAIL_FOR[stage], now)


def _tidy_up(booking: Booking, now: datetime, due: datetime) -> None:
    """Have another look taken, also if there was one before: what had to stay then must go now."""
    looks = booking.attempts.filter(step=Step.TIDY).count()
    Attempt.objects.create(
        booking=booking, step=Step.TIDY, generation=looks + 1, due=due, created=now
    )


def _queue(booking: Booking, step: Step, now: datetime, *, due: datetime | None = None) -> None:
    Attempt.objects.get_or_create(
        booking=booking,
        step=step,
        generation=1,
        defaults={"due": due or now, "created": now},
    )
