"""Settling: working on an attempt until it is done, by whoever holds its lease.

A step talks to somebody else first, outside any transaction, and writes down afterwards what came
of it. Running a step twice is harmless: what may have happened already is looked for first.
"""

from datetime import datetime, timedelta
from smtplib import SMTPException

from django.db import transaction

from booking.actions import (
    at_wix,
    await_wix,
    handovers,
    leases,
    making,
    money,
    move,
    rescue,
    review,
)
from booking.actions.hands import Hands
from booking.actions.refund_at_wix import refund_at_wix
from booking.domain.errors import CalendarUnavailable, UnknownBooking
from booking.domain.needs import Need
from booking.models import Attempt, Step
from booking.providers import ProviderUnavailable

STEPS = {
    **making.STEPS,
    **at_wix.STEPS,
    **await_wix.STEPS,
    **money.STEPS,
    **move.STEPS,
    **rescue.STEPS,
    **review.STEPS,
    Step.REFUND_AT_WIX: refund_at_wix,
}
MAILS = frozenset(step for step in Step if step.value.startswith("mail_"))


def claim_due(now: datetime, lease: timedelta, most: int) -> list[tuple[int, datetime]]:
    """Lease up to ``most`` due attempts; the pairs of id and lease's end are ours alone."""
    with transaction.atomic():
        due = Attempt.objects.select_for_update(skip_locked=True).due(now)[:most]
        ids = [each.pk for each in due]
        Attempt.objects.filter(pk__in=ids).update(lease_until=now + lease)
    return [(each, now + lease) for each in ids]


def claimed(attempt_id: int, lease_until: datetime) -> Attempt | None:
    """The attempt, if that lease still stands; None if it is settled or in other hands."""
    return (
        Attempt.objects.select_related("booking__site")
        .filter(pk=attempt_id, lease_until=lease_until, settled=None)
        .first()
    )


def work_on(attempt: Attempt | None, hands: Hands) -> None:
    """Try an attempt that we hold the lease of, and those that follow from it at once."""
    while attempt is not None:
        booking = attempt.booking_id
        attempt = _try(attempt, hands) or _rescue(booking, hands)


def _rescue(booking_id: int, hands: Hands) -> Attempt | None:
    """Whoever has just lost a time is offered others at once; leased to us, None if nobody has."""
    now = hands.clock()
    with transaction.atomic():
        waiting = Attempt.objects.select_for_update(skip_locked=True).due(now)
        found = waiting.filter(booking=booking_id, step=Step.OFFER, tries=0).first()
        if found is not None:
            found.lease_until = now + hands.patience.lease
            found.save(update_fields=["lease_until"])
    return None if found is None else claimed(found.pk, now + hands.patience.lease)


def _try(attempt: Attempt, hands: Hands) -> Attempt | None:
    """One try. Returns the attempt to go on with, leased to us; None if there is none now."""
    if not leases.begin(attempt, hands.clock(), hands.patience.lease):
        return None
    try:
        return _turn(attempt, hands)
    except leases.LeaseLost:
        return None


def _turn(attempt: Attempt, hands: Hands) -> Attempt | None:
    """Do the step. Raises: LeaseLost if it took so long that another has taken over."""
    if attempt.step in MAILS:
        _send(attempt, hands)
        return None
    step = STEPS[Step(attempt.step)]
    try:
        return step(attempt, hands)
    except (CalendarUnavailable, ProviderUnavailable) as error:
        at_wix.put_off(attempt, error, hands)
        return None


def _send(attempt: Attempt, hands: Hands) -> None:
    """Send a mail. It may go out twice if we die between sending and writing it down, never not."""
    try:
        hands.post(attempt.booking, Step(attempt.step), f"{attempt.booking.uuid}.{attempt.pk}")
    except UnknownBooking:
        handovers.call_owner(attempt.booking, Need.LOST_KEY)
        leases.settle(attempt, hands.clock(), "no key")
    except (OSError, SMTPException, CalendarUnavailable) as error:
        now = hands.clock()
        wait = hands.patience.after(attempt.tries)
        leases.postpone(attempt, now, wait, f"not sent: {type(error).__name__}")
    else:
        leases.settle(attempt, hands.clock(), "sent")
