"""What becomes of a booking: written down in one transaction, with the mail that tells of it."""

import logging
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from booking.actions import attempts, handovers, leases, money_due, other_time
from booking.actions.hands import Hands
from booking.actions.patience import Patience
from booking.domain.holding import Reason, until
from booking.domain.ids import WixBookingId
from booking.domain.needs import Need
from booking.domain.outcome import WixBooking, WixStatus
from booking.domain.service import Kind
from booking.domain.states import LIVE, Change, Due, Stage, may_follow
from booking.models import Attempt, Booking, Hold, Step

log = logging.getLogger("booking.outcomes")

MAIL_FOR = {
    Stage.CONFIRMED: Step.MAIL_CONFIRMED,
    Stage.AWAITING_OWNER: Step.MAIL_AWAITING,
    Stage.DECLINED: Step.MAIL_DECLINED,
    Stage.CANCELLED: Step.MAIL_CANCELLED,
    Stage.EXPIRED: Step.MAIL_EXPIRED,
}
STAGE_FOR = {
    WixStatus.CONFIRMED: Stage.CONFIRMED,
    WixStatus.PENDING: Stage.AWAITING_OWNER,
    WixStatus.DECLINED: Stage.DECLINED,
    WixStatus.CANCELED: Stage.CANCELLED,
}
NO_ANSWER, NO_ROOM = "no answer", "no room left"
NO_PLACES = frozenset({NO_ROOM, "SESSION_CAPACITY_EXCEEDED", "SCHEDULE_CAPACITY_EXCEEDED"})
"""What Wix, or we, say of a class or a course that has not enough places left."""
BY_OWNER = "owner"
"""What ``Booking.lost_to`` says where the business declined or cancelled it."""
WORST_FIRST = (Stage.DECLINED, Stage.CANCELLED, Stage.AWAITING_OWNER, Stage.CONFIRMED)
"""What becomes of a booking whose lines do not all have the same answer."""


def is_decided(booking: Booking, answers: Sequence[WixBooking]) -> bool:
    """True if these ``answers`` leave nothing to wait for: all are there, or one is a no."""
    stages = [_stage_of(each) for each in answers]
    if Stage.DECLINED in stages or Stage.CANCELLED in stages:
        return True
    return len(stages) == booking.lines.count() and Stage.AWAITING_OWNER not in stages


def is_lost(answers: Sequence[WixBooking]) -> bool:
    """True if one of these ``answers`` is a no: then the booking as a whole is lost."""
    return not {_stage_of(each) for each in answers} <= LIVE


def apply(
    attempt: Attempt, answers: Sequence[WixBooking], hands: Hands, *, due: Due | None = None
) -> None:
    """Write down what Wix says of the attempt's lines, at least of one; the attempt is settled by it.

    All or nothing: with one line lost the booking is lost, and what stands of it is taken back. A
    booking that Wix confirmed over another one counts as lost: the seat is not sold twice. ``due`` is
    where the money stands now, None if that has not changed.
    """
    now = hands.clock()
    with transaction.atomic():
        booking = locked(attempt)
        if _is_over(attempt, booking, now, now + hands.patience.grace):
            return
        if booking.stage == Stage.AWAITING_OWNER:
            _follow_moves(booking, answers, now)
        copy_down(booking, answers)
        if due is not None:
            booking.move_money_to(due)
        _become(booking, answers, now, hands.patience)
        leases.settle(attempt, now, booking.stage)
    attempt.booking = booking


def _follow_moves(booking: Booking, answers: Sequence[WixBooking], now: datetime) -> None:
    """A request may be moved before it is answered: with the revision comes what has changed."""
    told = {answer.id: answer for answer in answers}
    known = [(line, told.get(WixBookingId(line.wix_id))) for line in booking.lines.all()]
    moved = [
        (line, at_wix) for line, at_wix in known if at_wix and other_time.differs(line, at_wix)
    ]
    if moved:
        other_time.follow_wix(booking, moved, now)


def _become(
    booking: Booking, answers: Sequence[WixBooking], now: datetime, patience: Patience
) -> None:
    """Let the booking be what Wix says of all its lines together."""
    stages = {_stage_of(each) for each in answers}
    stage = next(each for each in WORST_FIRST if each in stages)
    if stage is Stage.CANCELLED and booking.change != Change.CANCEL:
        booking.lost_to = BY_OWNER
    if stage is Stage.DECLINED:
        was_asked = booking.stage == Stage.AWAITING_OWNER
        by_owner = was_asked and len(stages) == 1
        booking.lost_to = BY_OWNER if by_owner else _lost_to(booking, full=True)
    _change(booking, stage, now)
    if stage is Stage.AWAITING_OWNER:
        attempts.once(booking, Step.WATCH, now, due=now + patience.watch)
    over_another = any(each.double_booked for each in answers)
    if over_another or (stage not in LIVE and booking.lines.count() > 1):
        _tidy_up(booking, now, now)


def lose(attempt: Attempt, hands: Hands, why: str, *, lost_to: str = "") -> None:
    """The customer does not get it: say so, free what we kept, take back what Wix may have."""
    now = hands.clock()
    seen = now + hands.patience.grace if attempt.doubtful_since else now
    with transaction.atomic():
        booking = locked(attempt)
        if _is_over(attempt, booking, now, seen):
            return
        give_up(booking, now, seen, why, lost_to)
        leases.settle(attempt, now, why)
    attempt.booking = booking


def give_up(
    booking: Booking, now: datetime, seen: datetime, why: str = "", lost_to: str = ""
) -> None:
    """The same inside a transaction; Wix's reader shows all that was made from ``seen`` on."""
    if why == NO_ANSWER:
        lost_to = "no_answer"
    booking.lost_to = lost_to or _lost_to(booking, full=why in NO_PLACES)
    _change(booking, Stage.DECLINED, now)
    _tidy_up(booking, now, seen)


def call_off(booking: Booking, now: datetime, seen: datetime) -> None:
    """The customer does not want it any more, inside a transaction; as ``give_up``."""
    _change(booking, Stage.CANCELLED, now)
    _tidy_up(booking, now, seen)


def called_off_by_owner(attempt: Attempt, answers: Sequence[WixBooking], hands: Hands) -> None:
    """The business has cancelled at Wix what stood here: its customer is told, its money goes back."""
    now = hands.clock()
    with transaction.atomic():
        booking = locked(attempt)
        copy_down(booking, answers)
        if may_follow(Stage(booking.stage), Stage.CANCELLED):
            booking.lost_to = BY_OWNER
            _change(booking, Stage.CANCELLED, now)
        leases.settle(attempt, now, Stage.CANCELLED)
    attempt.booking = booking


def unpaid(attempt: Attempt, hands: Hands) -> None:
    """The page to pay on is closed and nothing was authorised: what was kept is free again."""
    now = hands.clock()
    with transaction.atomic():
        booking = locked(attempt)
        leases.settle(attempt, now, "not paid")
        if booking.stage == Stage.PLACED:
            expire(booking, now)
        if booking.due != Due.RELEASED:  # it is, where no page was ever made
            booking.move_money_to(Due.RELEASED)
            booking.save(update_fields=["due"])
    attempt.booking = booking


def expire(booking: Booking, now: datetime) -> None:
    """Nobody has paid in time, inside a transaction: what was kept is free again."""
    _change(booking, Stage.EXPIRED, now)
    _tidy_up(booking, now, now)


def keep_answers(booking: Booking, now: datetime, why: str) -> None:
    """Wix did not take the answers to the service's form: the business gets them by mail instead."""
    booking.answers = [{**each, "to_wix": False} for each in booking.answers]
    with transaction.atomic():
        booking.save(update_fields=["answers"])
        told = booking.attempts.filter(step=Step.MAIL_NOTE).exclude(settled=None, tries=0).count()
        attempts.once(booking, Step.MAIL_NOTE, now, generation=told + 1)
    log.warning("Wix refused the form of %s: %s", booking.reference, why)


def locked(attempt: Attempt) -> Booking:
    """The attempt's booking as it is now; nobody else changes it until the transaction ends."""
    return (
        Booking.objects.select_for_update(of=("self",))
        .select_related("site")
        .prefetch_related("holds")
        .get(pk=attempt.booking_id)
    )


def _is_over(attempt: Attempt, booking: Booking, now: datetime, seen: datetime) -> bool:
    """True if it ended while Wix was asked, as a customer may give up at any moment.

    Then there is nothing to write down but the end of the attempt; what Wix has of it goes, ``seen``
    being when its reader shows all that was made.
    """
    if booking.stage in LIVE:
        return False
    leases.settle(attempt, now, "over already")
    _tidy_up(booking, now, seen)
    attempt.booking = booking
    return True


def _lost_to(booking: Booking, *, full: bool) -> str:
    """Why it was lost, as far as it is known: see ``Booking.lost_to``."""
    if booking.lines.count() > 1:
        return "part"
    return "places" if full and booking.kind != Kind.APPOINTMENT else ""


def _stage_of(answer: WixBooking) -> Stage:
    return Stage.DECLINED if answer.double_booked else STAGE_FOR[answer.status]


def copy_down(booking: Booking, answers: Sequence[WixBooking]) -> None:
    """Keep with each line what Wix says of it."""
    told = {answer.id: answer for answer in answers}
    for line in booking.lines.all():
        if answer := told.get(WixBookingId(line.wix_id)):
            line.wix_revision, line.wix_status = answer.revision, answer.status
            line.save(update_fields=["wix_revision", "wix_status"])


def _change(booking: Booking, stage: Stage, now: datetime) -> None:
    """Move the booking, end or shorten its hold, and queue the one mail that says so."""
    if booking.stage == stage:
        return
    kept = stage in (Stage.CONFIRMED, Stage.AWAITING_OWNER)
    # A yes of the business does not undo what its customer has withdrawn meanwhile.
    withdrawn = kept and booking.change == Change.CANCEL
    booking.move_to(stage, now)
    rescued = stage is Stage.DECLINED and _has_others(booking)
    if not withdrawn:
        booking.change, booking.changed = (Change.OFFER if rescued else Change.NONE), now
    booking.save(update_fields=["stage", "due", "settled", "change", "changed", "lost_to"])
    if (
        kept and booking.needs_owner
    ):  # but a site that cannot sell is to be mended, however this ended
        handovers.answer(booking, now, needs=frozenset(Need) - {Need.CANNOT_SELL_AT_WIX})
    # Of a session Wix counts the places itself from now on: ours would be counted twice.
    lags = kept and booking.kind == Kind.APPOINTMENT
    Hold.objects.filter(booking=booking).update(
        until=until(Reason.AGREED, now) if lags else now, reason=Reason.AGREED
    )
    _drop_mails([Step.MAIL_PLACED] if kept else [Step.MAIL_PLACED, Step.MAIL_MOVED], booking, now)
    if not withdrawn:
        # Whoever lost a time hears of it together with the others that are kept for them.
        attempts.once(booking, Step.OFFER if rescued else MAIL_FOR[stage], now)
    money_due.follow(booking, now)


def _drop_mails(steps: Sequence[Step], booking: Booking, now: datetime) -> None:
    """What these would tell is out of date."""
    for mail in booking.attempts.filter(step__in=steps, settled=None, tries=0):
        mail.settle(now, "overtaken")
        mail.save()


def _has_others(booking: Booking) -> bool:
    """True if the nearest other times can be offered instead of what was lost, and nobody said no."""
    lost_by_chance = booking.lost_to in ("", "places")
    single = booking.kind in (Kind.APPOINTMENT, Kind.CLASS) and booking.lines.count() == 1
    return lost_by_chance and single and not booking.one_visit


def _tidy_up(booking: Booking, now: datetime, due: datetime) -> None:
    """Have another look taken, also if there was one before: what had to stay then must go now."""
    attempts.anew(booking, Step.TIDY, now, due=due)
