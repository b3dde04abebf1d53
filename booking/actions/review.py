"""Reviewing: asking Wix how a booking stands, and writing down what the business has changed there.

It is asked for by notices, by rounds (``actions.rounds``), and by whoever works in the console.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from booking.actions import handovers, late_money, leases, other_time, outcomes
from booking.actions.at_wix import GONE, Turn
from booking.actions.hands import Hands
from booking.actions.inbox import number_of
from booking.actions.patience import LONGEST_BACKOFF
from booking.domain.ids import ServiceId, WixBookingId
from booking.domain.needs import Need
from booking.domain.outcome import WixBooking, WixStatus
from booking.domain.states import LIVE, Due, Stage
from booking.models import About, Attempt, Booking, Line, Notice, Step

CHANGES = frozenset({Stage.CONFIRMED, Stage.AWAITING_OWNER})
"""Stages in which what the business changes at Wix is taken over."""
MAKING = (Step.CREATE, Step.MARK, Step.HAND_OFF, Step.CONFIRM)
CHANGING = (Step.CANCEL, Step.MOVE)
FIRST_WAITS = 4
"""After so many looks at a reader that lags the pauses do not grow any more."""

type Pairs = Sequence[tuple[Line, WixBooking]]


def review(attempt: Attempt, hands: Hands) -> None:
    """Ask Wix how the lines of a booking stand, and follow what the business has decided there."""
    booking = attempt.booking
    if _is_in_hand(booking):
        leases.settle(attempt, hands.clock(), "in hand already")
        return
    lines = [each for each in booking.lines.all() if each.wix_id]
    asked = [hands.wix.extended_bookings.by_id(WixBookingId(each.wix_id)) for each in lines]
    pairs = [(line, told) for line, told in zip(lines, asked, strict=True) if told is not None]
    if (len(pairs) < len(lines) and _is_new(booking, hands)) or _lags(
        booking, pairs, hands.clock()
    ):
        wait = hands.patience.after(min(attempt.tries, FIRST_WAITS))
        leases.postpone(attempt, hands.clock(), wait, "not seen yet")
        return
    if booking.stage in LIVE:
        if not late_money.look(booking, hands):
            late_money.look_later(booking, hands.clock())
        _follow(attempt, pairs, hands)
        return
    if _stands_at_wix(booking, pairs):
        handovers.call_owner(booking, Need.STANDS_AT_WIX)
    elif not late_money.look(booking, hands):
        late_money.look_later(booking, hands.clock())
    with transaction.atomic():
        leases.settle(attempt, hands.clock(), "over already")
        booking.refresh_from_db(fields=["due"])
        late_money.look_once_more(booking, hands.clock())


STEPS: dict[Step, Turn] = {Step.REVIEW: review}


def _is_in_hand(booking: Booking) -> bool:
    """True while steps are under way that ask Wix themselves, and know why.

    What is paid at Wix is theirs until it is decided: they know what became of the money.
    """
    if booking.stage == Stage.PLACED and booking.due == Due.AT_WIX:
        return True
    steps = MAKING if booking.stage == Stage.PLACED else CHANGING
    return booking.attempts.filter(step__in=steps, settled=None).exists()


def _is_new(booking: Booking, hands: Hands) -> bool:
    """True while Wix's reader may not show it at all yet; later, what is not there is not asked after."""
    return booking.placed is not None and hands.clock() < booking.placed + LONGEST_BACKOFF


def _lags(booking: Booking, pairs: Pairs, now: datetime) -> bool:
    """True while Wix's reader is behind what its writer, or a notice, has told us already."""
    told = Notice.objects.filter(
        site=booking.site_id,
        about=About.BOOKING,
        entity_id__in=[line.wix_id for line, _ in pairs],
        received__gt=now - LONGEST_BACKOFF,
    )
    newest = dict(told.values_list("entity_id").annotate(Max("revision")).order_by())
    for line, seen in pairs:
        known = max(number_of(line.wix_revision) or 0, newest.get(line.wix_id) or 0)
        if (number_of(seen.revision) or known) < known:
            return True
    return False


def _follow(attempt: Attempt, pairs: Pairs, hands: Hands) -> None:
    booking = attempt.booking
    gone = [told for _, told in pairs if told.status in GONE]
    if gone and len(gone) == booking.lines.count() and booking.stage != Stage.AWAITING_OWNER:
        hands.wix.time_slots.forget(ServiceId(booking.service_id))
        outcomes.called_off_by_owner(attempt, gone, hands)
        return
    if booking.stage in CHANGES:
        _take_over(attempt, pairs, hands)
    answers = [told for _, told in pairs if told.status in outcomes.STAGE_FOR]
    if booking.stage == Stage.AWAITING_OWNER and outcomes.is_decided(booking, answers):
        outcomes.apply(attempt, answers, hands)
    else:
        leases.settle(attempt, hands.clock(), "at Wix: " + _said(pairs))


def _said(pairs: Pairs) -> str:
    """The statuses that Wix tells, for a person to read."""
    return ", ".join(told.status for _, told in pairs) or "nothing"


def _take_over(attempt: Attempt, pairs: Pairs, hands: Hands) -> None:
    """Write down what the business has moved, and what of several times it has cancelled."""
    now, told_of = hands.clock(), {line.pk: told for line, told in pairs}
    with transaction.atomic():
        leases.renew(attempt, now, hands.patience.lease)
        booking = outcomes.locked(attempt)
        if booking.stage not in CHANGES:
            return
        known = [(line, told_of[line.pk]) for line in booking.lines.all() if line.pk in told_of]
        moved = [each for each in known if other_time.differs(*each)]
        if booking.stage == Stage.CONFIRMED and any(map(_is_lost, known)):
            handovers.call_owner(booking, Need.ONE_IS_LOST)
        if moved:
            hands.wix.time_slots.forget(ServiceId(booking.service_id))
            other_time.follow_wix(booking, moved, now)
        outcomes.copy_down(booking, list(told_of.values()))


def _is_lost(pair: tuple[Line, WixBooking]) -> bool:
    """True if the business has cancelled it since we looked last."""
    line, told = pair
    return told.status in GONE and line.wix_status not in GONE


def _stands_at_wix(booking: Booking, pairs: Pairs) -> bool:
    """True if it is over here and stands there, and nobody is about to take it back."""
    if booking.attempts.filter(step=Step.TIDY, settled=None).exists():
        return False
    return any(told.status is WixStatus.CONFIRMED for _, told in pairs)
