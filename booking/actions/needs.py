"""What a person does about a booking that needs one: try again, look again, say that it is done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from booking.actions import attempts, handovers
from booking.actions.money_due import ENDS
from booking.actions.patience import Patience
from booking.domain.needs import Need
from booking.domain.states import Due, Stage
from booking.models import Attempt, Booking, Site, Step

MENDED_BY_TRYING = frozenset(
    {
        Need.WIX_REFUSES,
        Need.PROVIDER_REFUSES,
        Need.LOST_KEY,
        Need.NOT_TAKEN,
        Need.NOT_RELEASED,
        Need.NOT_GIVEN_BACK,
        Need.NOT_GIVEN_BACK_AT_WIX,
    }
)
"""Needs that come back by themselves if trying again was in vain."""
NOT_SENT = "no key"


MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Todo:
    """What a person should know of: the longest open first, at most a hundred of each.

    ``bookings`` need a person, ``lasting`` has been tried for long, ``unsettled`` is how much is under
    way in all.
    """

    bookings: list[Booking]
    lasting: list[Attempt]
    unsettled: int


def open_at(site: Site, now: datetime) -> Todo:
    """What is open at a site."""
    flagged = Booking.objects.filter(site=site).exclude(needs_owner="").order_by("created")
    tried = Attempt.objects.filter(booking__site=site)
    lasting = tried.lasting(now).select_related("booking").order_by("created")
    return Todo(
        bookings=list(flagged.prefetch_related("lines", "handovers")[:MOST_SHOWN]),
        lasting=list(lasting[:MOST_SHOWN]),
        unsettled=tried.filter(settled=None).count(),
    )


def find(site: Site, reference: str) -> Booking | None:
    """The booking of this reference, as people write it; None if there is none."""
    return (
        Booking.objects.filter(site=site, reference=reference.strip().upper())
        .select_related("site")
        .prefetch_related("lines", "payments", "attempts", "handovers", "holds")
        .first()
    )


def done(booking: Booking, who: str, now: datetime) -> None:
    """A person has settled what they were called for."""
    with transaction.atomic():
        handovers.answer(_locked(booking), now, who)


def try_again(booking: Booking, who: str, now: datetime) -> int:
    """Have all that failed before tried now, and what was refused asked anew; returns how much that is.

    What a worker is trying at this moment counts, and is left to it.
    """
    with transaction.atomic():
        locked = _locked(booking)
        failing = Attempt.objects.filter(booking=locked, settled=None, tries__gt=0)
        failed = list(failing.free(now))
        under_way = failing.filter(lease_until__gt=now).count()
        refused = list(_refused(locked, now))
        for attempt in failed:
            attempt.note(now, f"tried again by {who}")
            attempt.due = now
        for attempt in refused:
            attempt.reopen(now, f"asked anew by {who}")
        for attempt in (*failed, *refused):
            attempt.save(
                update_fields=["settled", "result", "due", "lease_until", "anew", "history"]
            )
        if failed or refused:
            handovers.answer(locked, now, who, MENDED_BY_TRYING)
    return len(failed) + len(refused) + under_way


def look_again(booking: Booking, now: datetime, patience: Patience) -> Attempt | None:
    """Lease to the caller the asking of Wix what stands there; None while another is at it."""
    lease = now + patience.lease
    with transaction.atomic():
        locked = _locked(booking)
        begun = locked.attempts.filter(step=Step.REVIEW, settled=None).first()
        if begun is None:
            return attempts.anew(locked, Step.REVIEW, now, leased=lease)
        if begun.lease_until is not None and begun.lease_until > now:
            return None
        begun.lease_until = lease
        begun.save(update_fields=["lease_until"])
        return begun


def _locked(booking: Booking) -> Booking:
    return Booking.objects.select_for_update(of=("self",)).get(pk=booking.pk)


def _refused(booking: Booking, now: datetime) -> Iterable[Attempt]:
    """What was refused and could go well now; the money is where it was before."""
    settled = booking.attempts.exclude(settled=None)
    yield from settled.filter(step__startswith="mail_", result=NOT_SENT)
    payment = booking.payment
    step = _step_refused(booking)
    if payment is None or step is None:
        return
    asked_for = settled.filter(step=step)
    # What Wix has taken is given back as often as there is something to give back.
    if step is not Step.REFUND_AT_WIX:
        asked_for = asked_for.filter(generation=payment.number)
    asked = asked_for.order_by("-generation").first()
    if step is Step.CAPTURE and asked is not None:
        if payment.lapses is not None and payment.lapses <= now:
            return
        if booking.due == Due.RELEASED:
            booking.move_money_to(Due.AUTHORISED)
            booking.save(update_fields=["due"])
    yield from [asked] if asked else []


def _step_refused(booking: Booking) -> Step | None:
    """Which step of its money must have been refused, as the money is not where it should be."""
    if booking.handovers.filter(need=Need.NOT_GIVEN_BACK_AT_WIX, answered=None).exists():
        return Step.REFUND_AT_WIX
    if booking.stage == Stage.CONFIRMED and booking.due in (Due.AUTHORISED, Due.RELEASED):
        return Step.CAPTURE
    if booking.stage in ENDS and booking.due == Due.AUTHORISED:
        return Step.RELEASE
    if booking.stage in ENDS and booking.due in (Due.PAID, Due.PART_PAID):
        payment = booking.payment
        return Step.REFUND_AT_WIX if payment and payment.is_at_wix else Step.REFUND
    return None
