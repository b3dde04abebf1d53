"""Who lost a time after sending their details is offered the three nearest, kept for them already.

Each offer is a held booking of its own, ``offered_for`` the one that was lost, with what its customer
typed. What they do not take is free again after fifteen minutes, or as soon as they say so.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from booking.actions import attempts, hold, leases, offers, outcomes, picks
from booking.actions.choices import Choice, SessionChoice, Target
from booking.actions.facts import Facts
from booking.actions.hands import Hands
from booking.actions.nearby import look_around
from booking.actions.press import Press, Visitor
from booking.domain.errors import BookingError, CalendarUnavailable, HoldExpired, UnknownService
from booking.domain.holding import Reason, until
from booking.domain.offer import Offer
from booking.domain.session import Session
from booking.domain.slot import Slot
from booking.domain.states import Change, Stage
from booking.models import Attempt, Booking, Hold, Step

GIVE_UP_AFTER = timedelta(minutes=2)
"""So long after the loss its customer must know what there is, or that there is nothing."""


def offers_of(booking: Booking, now: datetime) -> list[Booking]:
    """What is kept for whoever lost ``booking``, in time order; empty once one was taken."""
    kept = _untaken(booking).filter(holds__until__gt=now)
    return sorted(kept.prefetch_related("lines", "holds"), key=lambda each: each.line.starts)


def taken_instead(booking: Booking, now: datetime) -> Booking | None:
    """The booking that its customer made of an offer, or is making; None if there is none."""
    others = booking.offers.exclude(holds__reason=Reason.OFFERED).order_by("-pk")
    return next(
        (each for each in others if each.placed is not None or each.holds_at(now)),
        None,
    )


def take(booking: Booking, reference: str, now: datetime) -> Booking:
    """Choose one of the offers: it is kept for typing, the others are free again.

    Pressed twice, it is the same one. Raises: HoldExpired if it is no longer kept.
    """
    taken = taken_instead(booking, now)
    if taken is not None and taken.reference == reference:
        return taken
    with transaction.atomic():
        untaken = list(_untaken(booking).select_for_update(of=("self",)))
        chosen = next((e for e in untaken if e.reference == reference and e.holds_at(now)), None)
        if chosen is None:
            raise HoldExpired
        for each in untaken:
            if each.pk != chosen.pk:
                hold.let_go(each, now)
        Hold.objects.filter(booking=chosen).update(
            until=until(Reason.TYPING, now), reason=Reason.TYPING
        )
    return chosen


def take_none(booking: Booking, now: datetime) -> None:
    """None of the offers suits: all are free again."""
    with transaction.atomic():
        for each in _untaken(booking):
            hold.let_go(each, now)


def keep_others(attempt: Attempt, hands: Hands) -> None:
    """Keep the three nearest times for whoever lost theirs, then tell them.

    Begun again after an interruption, it keeps what is still missing. Raises: CalendarUnavailable,
    until two minutes have passed: then they are told without.
    """
    booking, now = attempt.booking, hands.clock()
    try:
        _keep(booking, hands, now)
    except UnknownService:
        pass  # it is not offered any more: nothing is near
    except CalendarUnavailable:
        if now < (booking.changed or now) + GIVE_UP_AFTER:
            raise
    with transaction.atomic():
        locked = outcomes.locked(attempt)
        locked.change = Change.NONE
        locked.save(update_fields=["change"])
        attempts.once(locked, Step.MAIL_DECLINED, now)
        leases.settle(attempt, now, f"kept {len(offers_of(locked, now))}")


STEPS = {Step.OFFER: keep_others}


def _untaken(booking: Booking) -> QuerySet[Booking]:
    held = booking.offers.filter(stage=Stage.HELD, holds__reason=Reason.OFFERED)
    return held.prefetch_related("holds")


def _keep(booking: Booking, hands: Hands, now: datetime) -> None:
    """Raises: CalendarUnavailable, UnknownService."""
    facts = hands.facts()
    service = facts.service(booking.service_slug)
    if service.obstacle is not None:
        return
    found = look_around(booking.site, hands.wix.cached, facts, service, booking, now)
    kept = {each.line.starts for each in offers_of(booking, now)}
    offer = offers.know_offer(hands.wix.cached, service)
    for each in found.others:
        if each.starts not in kept:
            _offer(booking, hands, facts, offer, each)


def _offer(
    booking: Booking, hands: Hands, facts: Facts, offer: Offer, time: Slot | Session
) -> None:
    """Keep one; what has gone meanwhile is passed over. Raises: CalendarUnavailable."""
    picked, _ = picks.picked(offer, booking.picks)
    press = Press(
        targets=(_target(time),),
        offer=offer,
        picked=picked,
        visitor=Visitor(
            address=booking.address,
            browser=booking.browser,
            language=booking.language,
            zone=booking.zone,
        ),
        now=hands.clock(),
        offered_for=booking,
    )
    try:
        hold.hold(booking.site, hands.wix, facts, press, most=0)
    except CalendarUnavailable:
        raise
    except BookingError:
        return


def _target(time: Slot | Session) -> Target:
    if isinstance(time, Session):
        return SessionChoice(service_id=time.service_id, starts=time.starts, event_id=time.event_id)
    return Choice(
        service_id=time.service_id,
        starts=time.starts,
        ends=time.ends,
        location=time.location,
        schedule_id=time.schedule_id,
    )
