"""What becomes of a booking: written down in one transaction, with the mail that tells of it."""

import logging
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from booking.actions import leases, money_due
from booking.actions.hands import Hands
from booking.actions.patience import Patience
from booking.domain.holding import Reason, until
from booking.domain.ids import WixBookingId
from booking.domain.needs import Need
from booking.domain.outcome import WixBooking, WixStatus
from booking.domain.service import Kind
from booking.domain.states import LIVE, Change, Due, Stage, may_follow
from booking.models import Attempt, Booking, Handover, Hold, Line, Step

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
        copy_down(booking, answers)
        if due is not None:
            booking.move_money_to(due)
        _become(booking, answers, now, hands.patience)
        attempt.settle(now, booking.stage)
        leases.keep(attempt)
    attempt.booking = booking


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
        _queue(booking, Step.WATCH, now, due=now + patience.watch)
    over_another = any(each.double_booked for each in answers)
    if over_another or (stage not in LIVE and booking.lines.count() > 1):
        _tidy_up(booking, now, now)


def lose(attempt: Attempt, hands: Hands, why: str) -> None:
    """The customer does not get it: say so, free what we kept, take back what Wix may have."""
    now = hands.clock()
    seen = now + hands.patience.grace if attempt.doubtful_since else now
    with transaction.atomic():
        booking = locked(attempt)
        if _is_over(attempt, booking, now, seen):
            return
        give_up(booking, now, seen, why)
        attempt.settle(now, why)
        leases.keep(attempt)
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
        attempt.settle(now, Stage.CANCELLED)
        leases.keep(attempt)
    attempt.booking = booking


def moved(booking: Booking, found: Sequence[tuple[Line, WixBooking]], now: datetime) -> None:
    """Lines take place as Wix has them now; inside a transaction, with the mail that tells of it."""
    was = booking.line.starts
    for line, at_wix in found:
        if at_wix.starts is not None and at_wix.ends is not None:
            _put(line, _told_of(line, at_wix), is_to_be_told=_is_to_be_told(booking))
    _moved_by(booking, Line.objects.get(pk=booking.line.pk).starts - was, now)


def move_line(booking: Booking, line: Line, to: Mapping[str, Any], now: datetime) -> None:
    """The ``line`` of a booking takes place as ``to`` says; as ``moved``."""
    by = to["starts"] - line.starts
    _put(line, to, is_to_be_told=_is_to_be_told(booking))
    _moved_by(booking, by, now)


def _told_of(line: Line, at_wix: WixBooking) -> dict[str, Any]:
    """What of a line Wix has otherwise, or may have."""
    to: dict[str, Any] = {"starts": at_wix.starts, "ends": at_wix.ends}
    to["event_id"] = at_wix.event_id or line.event_id
    if line.staff_id and at_wix.staff_id:
        to |= {"staff_id": at_wix.staff_id, "staff_name": at_wix.staff_name or line.staff_name}
    place = at_wix.location
    if place and place.id and place.id != line.location_id:
        text = place.place.text if place.place else ""
        to |= {"location_id": place.id, "location_name": place.name, "location_text": text}
    return to


def _put(line: Line, to: Mapping[str, Any], *, is_to_be_told: bool) -> None:
    """One line takes place as told; if that is still to be told, its customer knows an earlier time."""
    if not (is_to_be_told and line.moved_from):
        line.moved_from = line.starts
    for name, value in to.items():
        setattr(line, name, value)
    line.save(update_fields=["moved_from", *to])


def _is_to_be_told(booking: Booking) -> bool:
    """True while the mail about an earlier move has not gone out: it will tell of this one as well."""
    return booking.attempts.filter(step=Step.MAIL_MOVED, settled=None, tries=0).exists()


def _moved_by(booking: Booking, by: timedelta, now: datetime) -> None:
    """Count the move, tell of it, and let the last moments to cancel and to move keep their distance
    from the start: the rules are those that held when it was booked.
    """
    booking.cancel_until = booking.cancel_until and booking.cancel_until + by
    booking.move_until = booking.move_until and booking.move_until + by
    booking.moved, booking.times_moved = now, booking.times_moved + 1
    booking.save(update_fields=["cancel_until", "move_until", "moved", "times_moved"])
    if not _is_to_be_told(booking):
        told = booking.attempts.filter(step=Step.MAIL_MOVED).count()
        _queue(booking, Step.MAIL_MOVED, now, generation=told + 1)


def unpaid(attempt: Attempt, hands: Hands) -> None:
    """The page to pay on is closed and nothing was authorised: what was kept is free again."""
    now = hands.clock()
    with transaction.atomic():
        booking = locked(attempt)
        attempt.settle(now, "not paid")
        leases.keep(attempt)
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
        _queue(booking, Step.MAIL_NOTE, now, generation=told + 1)
    log.warning("Wix refused the form of %s: %s", booking.reference, why)


def call_owner(booking: Booking, what: Need | str, **details: str) -> None:
    """Hand a booking to a person; ``details`` are those that the need names.

    What has no need of its own is told in a sentence. A mail tells of each need once, however often
    it comes; it is queued together with the flag.
    """
    need = what if isinstance(what, Need) else Need.OTHER
    told = details if isinstance(what, Need) else {"text": what[:300]}
    now = timezone.now()
    with transaction.atomic():
        Booking.objects.select_for_update().get(pk=booking.pk)  # one caller at a time
        before = Handover.objects.filter(booking=booking, need=need)
        if need is Need.OTHER:
            before = before.filter(details=told)
        if not before.exists():
            mails = booking.attempts.filter(step=Step.MAIL_OWNER).count()
            _queue(booking, Step.MAIL_OWNER, now, generation=mails + 1)
        if not before.filter(answered=None).update(details=told):
            Handover.objects.create(booking=booking, need=need, details=told, created=now)
        Booking.objects.filter(pk=booking.pk).update(needs_owner=what[:300])


def answer_calls(
    booking: Booking, now: datetime, who: str = "", needs: Collection[Need] = frozenset(Need)
) -> None:
    """Nobody is needed any more for these ``needs``; inside a transaction.

    ``who`` says so, or it shows by itself.
    """
    called = booking.handovers.filter(answered=None)
    called.filter(need__in=needs).update(answered=now, answered_by=who[:150])
    left = called.last()
    booking.needs_owner = left.details.get("text", left.need) if left else ""
    booking.save(update_fields=["needs_owner"])


def queue_mail(booking: Booking, step: Step, now: datetime, generation: int) -> None:
    """Have a mail sent, for the ``generation``-th time that there is reason to."""
    _queue(booking, step, now, generation=generation)


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
    attempt.settle(now, "over already")
    leases.keep(attempt)
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
    booking.move_to(stage, now)
    rescued = stage is Stage.DECLINED and _has_others(booking)
    booking.change, booking.changed = (Change.OFFER if rescued else Change.NONE), now
    booking.save(update_fields=["stage", "due", "settled", "change", "changed", "lost_to"])
    if (
        kept and booking.needs_owner
    ):  # but a site that cannot sell is to be mended, however this ended
        answer_calls(booking, now, needs=frozenset(Need) - {Need.CANNOT_SELL_AT_WIX})
    # Of a session Wix counts the places itself from now on: ours would be counted twice.
    lags = kept and booking.kind == Kind.APPOINTMENT
    Hold.objects.filter(booking=booking).update(
        until=until(Reason.AGREED, now) if lags else now, reason=Reason.AGREED
    )
    needless = [Step.MAIL_PLACED] if kept else [Step.MAIL_PLACED, Step.MAIL_MOVED]
    for mail in booking.attempts.filter(step__in=needless, settled=None, tries=0):
        mail.settle(now, "overtaken")
        mail.save()
    # Whoever lost a time hears of it together with the others that are kept for them.
    _queue(booking, Step.OFFER if rescued else MAIL_FOR[stage], now)
    money_due.follow(booking, now)


def _has_others(booking: Booking) -> bool:
    """True if the nearest other times can be offered instead of what was lost, and nobody said no."""
    lost_by_chance = booking.lost_to in ("", "places")
    single = booking.kind in (Kind.APPOINTMENT, Kind.CLASS) and booking.lines.count() == 1
    return lost_by_chance and single and not booking.one_visit


def _tidy_up(booking: Booking, now: datetime, due: datetime) -> None:
    """Have another look taken, also if there was one before: what had to stay then must go now."""
    looks = booking.attempts.filter(step=Step.TIDY).count()
    Attempt.objects.create(
        booking=booking, step=Step.TIDY, generation=looks + 1, due=due, created=now
    )


def _queue(
    booking: Booking,
    step: Step,
    now: datetime,
    *,
    due: datetime | None = None,
    generation: int = 1,
) -> None:
    Attempt.objects.get_or_create(
        booking=booking,
        step=step,
        generation=generation,
        defaults={"due": due or now, "created": now},
    )
