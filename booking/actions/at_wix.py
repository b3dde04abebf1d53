"""The steps of a booking at Wix: make it, have it confirmed, watch for the owner, tidy up.

Each takes an attempt that we hold the lease of and returns the next one to go on with, leased too.
"""

from collections.abc import Callable
from dataclasses import replace

from django.db import transaction

from booking.actions import leases, money_due, new_bookings, outcomes, packages
from booking.actions.hands import Hands
from booking.actions.patience import LONGEST_WATCH
from booking.domain.ids import ServiceId, WixBookingId
from booking.domain.needs import Need
from booking.domain.outcome import Paid, WixBooking, WixStatus
from booking.domain.service import Kind
from booking.domain.states import LIVE, Due, Stage
from booking.models import Attempt, Booking, Line, Step
from booking.wix import Wix
from booking.wix.errors import (
    AppMissing,
    BookingNotFound,
    InvalidRequest,
    PolicyRefused,
    ServiceGone,
    SlotNotAvailable,
    StaleRevision,
    WixError,
    WixForbidden,
    WrongStatus,
)

GONE = frozenset({WixStatus.DECLINED, WixStatus.CANCELED})
OURS_TO_MEND = (WixForbidden, AppMissing, InvalidRequest, BookingNotFound)

Turn = Callable[[Attempt, Hands], Attempt | None]


class NotSeenYet(Exception):
    """An earlier try may have made a booking that Wix's reader does not show yet."""


def create(attempt: Attempt, hands: Hands) -> Attempt | None:
    """Make the bookings at Wix, exactly one for each line, whatever became of earlier tries."""
    if _is_over(attempt.booking, hands):
        outcomes.lose(attempt, hands, "gave up")
        return None
    try:
        _make_missing(attempt, hands)
    except NotSeenYet:
        _look_again_later(attempt, hands)
        return None
    except (SlotNotAvailable, PolicyRefused, ServiceGone) as error:
        hands.wix.time_slots.forget(*_services_of(attempt.booking))
        outcomes.lose(attempt, hands, error.code or type(error).__name__)
        return None
    except InvalidRequest as error:
        outcomes.call_owner(attempt.booking, Need.NOT_ACCEPTED, code=_word_for(error))
        outcomes.lose(attempt, hands, "not accepted")
        return None
    return _made(attempt, hands)


def mark(attempt: Attempt, hands: Hands) -> Attempt | None:
    """Have Wix keep all lines as requests while their customer pays; then go on to have them paid.

    Source: Wix Bookings, Bookings Writer V2, "Mark Booking as Pending", with the look whether the
    service needs approval left out.
    """
    booking = attempt.booking
    if booking.stage != Stage.PLACED or _is_over(booking, hands):
        outcomes.lose(attempt, hands, "gave up")
        return None
    try:
        marked = [_marked(line, hands) for line in booking.lines.all()]
    except SlotNotAvailable as error:
        outcomes.lose(attempt, hands, error.code or "taken")
        return None
    if any(each.double_booked or each.status in GONE for each in marked):
        outcomes.lose(attempt, hands, "taken")
        return None
    now = hands.clock()
    with transaction.atomic():
        attempt.settle(now, "kept by Wix")
        leases.keep(attempt)
        return money_due.queue(booking, Step.START, now, leased=now + hands.patience.lease)


def _marked(line: Line, hands: Hands) -> WixBooking:
    """What Wix says of a line once it waits. Raises: SlotNotAvailable, BookingNotFound, WixError."""
    wix_id = WixBookingId(line.wix_id)
    try:
        marked = hands.wix.bookings.mark_as_pending(
            wix_id, line.wix_revision, check=True, any_service=True
        )
    except WrongStatus:  # an earlier try of ours, or the owner, was quicker
        found = hands.wix.extended_bookings.by_id(wix_id)
        if found is None:
            raise
        marked = found
    _keep(line, marked)
    return marked


def confirm(attempt: Attempt, hands: Hands) -> None:
    """Have Wix confirm or decline all lines; Wix looks once more whether they can be had."""
    booking = attempt.booking
    if booking.stage != Stage.PLACED:
        attempt.settle(hands.clock(), "over already")
        leases.keep(attempt)
        return
    if _is_over(booking, hands):
        outcomes.lose(attempt, hands, "gave up")
        return
    if not _fits_still(booking, hands):
        _lose_unless_ours(attempt, hands)
        return
    try:
        answers = _answers(booking, hands)
    except SlotNotAvailable as error:
        if not booking.one_visit:
            raise
        outcomes.lose(attempt, hands, error.code or "taken")
        return
    known = [each for each in answers if each is not None and each.status in outcomes.STAGE_FOR]
    if len(known) < len(answers):
        _look_again_later(attempt, hands)
        return
    hands.wix.time_slots.forget(*_services_of(booking))
    outcomes.apply(attempt, known, hands)


def _fits_still(booking: Booking, hands: Hands) -> bool:
    """False if Wix has no room for it any more, where Wix itself would not look."""
    if booking.line.wix_status == WixStatus.PENDING:  # Wix keeps it, and would count it as taken
        return True
    if booking.due == Due.AUTHORISED:
        return new_bookings.still_free(booking, hands.wix)
    return booking.kind != Kind.COURSE or new_bookings.fits_course(booking, hands.wix)


def _lose_unless_ours(attempt: Attempt, hands: Hands) -> None:
    """There is no room left; it may be an earlier try of ours that has taken it."""
    if attempt.tries > 1:
        lines = attempt.booking.lines.all()
        asked = [hands.wix.extended_bookings.by_id(WixBookingId(e.wix_id)) for e in lines]
        answers = [e for e in asked if e is not None and e.status in outcomes.STAGE_FOR]
        if len(answers) == len(asked):
            outcomes.apply(attempt, answers, hands)
            return
        if _in_doubt(attempt, hands):
            _look_again_later(attempt, hands)
            return
    outcomes.lose(attempt, hands, outcomes.NO_ROOM)


def watch(attempt: Attempt, hands: Hands) -> None:
    """Ask whether the owner has answered a request; no answer in time is a no."""
    booking = attempt.booking
    if booking.stage != Stage.AWAITING_OWNER:
        attempt.settle(hands.clock(), "decided")
        leases.keep(attempt)
        return
    asked = (hands.wix.extended_bookings.by_id(WixBookingId(e.wix_id)) for e in booking.lines.all())
    answers = [each for each in asked if each is not None and each.status in outcomes.STAGE_FOR]
    if outcomes.is_decided(booking, answers):
        outcomes.apply(attempt, answers, hands)
        return
    until = money_due.answer_until(booking)
    if hands.clock() >= until:
        outcomes.lose(attempt, hands, outcomes.NO_ANSWER)
        outcomes.call_owner(booking, Need.UNANSWERED)
    else:
        wait = hands.patience.after(attempt.tries, hands.patience.watch, LONGEST_WATCH)
        left = until - hands.clock()
        attempt.postpone(hands.clock(), min(wait, left), "still waiting")
        leases.keep(attempt)


def cancel(attempt: Attempt, hands: Hands) -> None:
    """Cancel all lines at Wix: the customer was within the rules when they asked."""
    if attempt.booking.stage not in LIVE:
        attempt.settle(hands.clock(), "over already")
        leases.keep(attempt)
        return
    answers: list[WixBooking | None]
    if attempt.booking.one_visit:
        answers = [*packages.cancel(attempt.booking, hands.wix, notify=hands.wix_notifies)]
    else:
        answers = [_cancelled(line, hands) for line in attempt.booking.lines.all()]
    known = [each for each in answers if each is not None and each.status in outcomes.STAGE_FOR]
    if len(known) < len(answers):
        _look_again_later(attempt, hands)
        return
    hands.wix.time_slots.forget(*_services_of(attempt.booking))
    outcomes.apply(attempt, known, hands)


def tidy(attempt: Attempt, hands: Hands) -> None:
    """Take back at Wix every booking of these lines but the ones that count."""
    booking, payment = attempt.booking, attempt.booking.payment
    if booking.due == Due.AT_WIX and payment is not None and payment.page_url:
        # First of all it must not be payable any more: Wix would take money for nothing.
        _look_again_later(attempt, hands)
        return
    is_live, lines = booking.stage in LIVE, list(booking.lines.all())
    if booking.one_visit:
        taken_back = packages.tidy(booking, lines, hands.wix, is_live=is_live)
    else:
        taken_back = sum(_tidied(each, hands, is_live=is_live) for each in lines)
    attempt.settle(hands.clock(), f"took back {taken_back}")
    leases.keep(attempt)


STEPS: dict[Step, Turn] = {
    Step.CREATE: create,
    Step.MARK: mark,
    Step.CONFIRM: confirm,
    Step.WATCH: watch,
    Step.CANCEL: cancel,
    Step.TIDY: tidy,
}


def put_off(attempt: Attempt, error: Exception, hands: Hands) -> None:
    """Write down a failed talk, and when to try again; a person is called where only one can help."""
    now = hands.clock()
    if getattr(error, "maybe_done", False):
        attempt.doubtful_since = now
    attempt.postpone(now, hands.patience.after(attempt.tries), f"{type(error).__name__}: {error}")
    leases.keep(attempt)
    if isinstance(error, OURS_TO_MEND):
        outcomes.call_owner(attempt.booking, Need.WIX_REFUSES, code=_word_for(error))


def _word_for(error: WixError) -> str:
    """Why Wix refused, for a person: its own word where it has one."""
    return error.code or str(error.status or type(error).__name__)


def _is_over(booking: Booking, hands: Hands) -> bool:
    """True when a placed booking was in the air for too long to still be wanted.

    What is authorised is wanted as long as it makes sense and the money waits: if its time is still
    free, it is theirs.
    """
    until = booking.kept_until
    if booking.due == Due.AUTHORISED:
        payment = booking.payment
        until = (payment.lapses if payment else None) or booking.useless_from
    return hands.clock() >= min(until, booking.useless_from)


def _tidied(line: Line, hands: Hands, *, is_live: bool) -> int:
    """Take back what Wix has of a line, but the one that counts; how many that were."""
    keep = line.wix_id if is_live else ""
    found = hands.wix.extended_bookings.by_reference(line.reference)
    extra = [each for each in found if each.id != keep and each.status not in GONE]
    for each in extra:
        _take_back(hands.wix, each)
    return len(extra)


def _make_missing(attempt: Attempt, hands: Hands) -> None:
    """Make what is not known yet to stand at Wix; each line is written down as soon as it does.

    Raises: NotSeenYet while an earlier try may have made one; WixError.
    """
    if attempt.booking.one_visit:
        _make_visit(attempt, hands)
        return
    for line in attempt.booking.lines.all():
        if not line.wix_id:
            made = _found(attempt, line, hands) or _make(attempt.booking, line, hands)
            _write_down(attempt, line, made, hands)


def _make_visit(attempt: Attempt, hands: Hands) -> None:
    """The same for a visit, which Wix makes as a whole. Raises: as ``_make_missing``."""
    booking = attempt.booking
    if booking.package_id:
        return
    lines = list(booking.lines.all())
    made = packages.find(lines, hands.wix) if attempt.tries > 1 else None
    if made is None and attempt.tries > 1 and _in_doubt(attempt, hands):
        raise NotSeenYet
    made = made or packages.make(booking, lines, hands)
    with transaction.atomic():
        leases.renew(attempt, hands.clock(), hands.patience.lease)
        booking.package_id = made.id
        booking.save(update_fields=["package_id"])
        for line, each in zip(lines, made.bookings, strict=True):
            _keep(line, each)


def _found(attempt: Attempt, line: Line, hands: Hands) -> WixBooking | None:
    """What an earlier try made at Wix; None if surely nothing. Raises: NotSeenYet while in doubt."""
    if attempt.tries == 1:
        return None
    found = hands.wix.extended_bookings.by_reference(line.reference)
    standing = [each for each in found if each.status not in GONE]
    if standing:  # the furthest along, then the oldest
        return min(standing, key=lambda each: each.status is WixStatus.CREATED)
    if _in_doubt(attempt, hands):
        raise NotSeenYet
    return None


def _make(booking: Booking, line: Line, hands: Hands) -> WixBooking:
    """Raises: WixError; answers that Wix does not take never keep anybody from booking."""
    new = new_bookings.of(booking, line, notify=hands.wix_notifies)
    try:
        return hands.wix.bookings.create(new)
    except InvalidRequest as error:
        if new.answers is None:
            raise
        outcomes.keep_answers(booking, hands.clock(), str(error))
        return hands.wix.bookings.create(replace(new, answers=None))


def _write_down(attempt: Attempt, line: Line, made: WixBooking, hands: Hands) -> None:
    """Which booking at Wix is this line's. Raises: LeaseLost: another may have made one since."""
    with transaction.atomic():
        leases.renew(attempt, hands.clock(), hands.patience.lease)
        _keep(line, made)


def _keep(line: Line, made: WixBooking) -> None:
    line.wix_id, line.wix_revision, line.wix_status = made.id, made.revision, made.status
    line.save(update_fields=["wix_id", "wix_revision", "wix_status"])


def _services_of(booking: Booking) -> list[ServiceId]:
    ids = [ServiceId(each.service_id) for each in booking.lines.all() if each.service_id]
    return list(dict.fromkeys(ids)) or [ServiceId(booking.service_id)]


def _answers(booking: Booking, hands: Hands) -> list[WixBooking | None]:
    """What Wix says of each line. Raises: SlotNotAvailable for a visit that is lost; WixError."""
    if booking.one_visit:
        return list(packages.decide(booking, hands.wix))
    return [_decided(line, booking, hands) for line in booking.lines.all()]


def _decided(line: Line, booking: Booking, hands: Hands) -> WixBooking | None:
    """What Wix says of one line when it is asked to decide; None if its reader does not show it."""
    wix_id = WixBookingId(line.wix_id)
    try:
        if line.wix_status == WixStatus.PENDING and booking.needs_approval:
            return hands.wix.extended_bookings.by_id(wix_id)
        if line.wix_status == WixStatus.PENDING:
            return hands.wix.bookings.confirm(wix_id, line.wix_revision, _paid(booking))
        return hands.wix.bookings.confirm_or_decline(wix_id, _paid(booking))
    except WrongStatus:  # an earlier try of ours, or the owner, was quicker
        return hands.wix.extended_bookings.by_id(wix_id)


def _in_doubt(attempt: Attempt, hands: Hands) -> bool:
    """True while an earlier try may have made a booking that Wix's reader does not show yet."""
    since = attempt.doubtful_since or attempt.created
    return hands.clock() < since + hands.patience.grace


def _cancelled(line: Line, hands: Hands) -> WixBooking | None:
    """What Wix says of one line when it is told to cancel it; None if its reader does not show it."""
    wix_id, revision = WixBookingId(line.wix_id), line.wix_revision
    try:
        return hands.wix.bookings.cancel(
            wix_id, revision, ignore_policy=True, notify=hands.wix_notifies
        )
    except (StaleRevision, WrongStatus):  # changed since, perhaps by an earlier try of ours
        found = hands.wix.extended_bookings.by_id(wix_id)
    if found is None or found.status in GONE or found.revision == revision:
        return found
    return hands.wix.bookings.cancel(
        wix_id, found.revision, ignore_policy=True, notify=hands.wix_notifies
    )


def _paid(booking: Booking) -> Paid:
    """What Wix is told of the money. A request that the owner decides counts as not paid: told PAID,
    Wix would let it stand beside another booking of the same time.
    """
    if booking.due == Due.AUTHORISED and not booking.needs_approval:
        payment = booking.payment
        return Paid.PARTIALLY_PAID if payment and payment.is_part else Paid.PAID
    return Paid.EXEMPT if booking.due == Due.NOTHING else Paid.NOT_PAID


def _look_again_later(attempt: Attempt, hands: Hands) -> None:
    attempt.postpone(hands.clock(), hands.patience.after(attempt.tries), "not seen yet")
    leases.keep(attempt)


def _made(attempt: Attempt, hands: Hands) -> Attempt:
    """All lines stand at Wix: go on to have them confirmed."""
    now, patience = hands.clock(), hands.patience
    with transaction.atomic():
        booking = outcomes.locked(attempt)  # its customer may have given up meanwhile
        attempt.settle(now, "made")
        leases.keep(attempt)
        if attempt.tries > 1:
            Attempt.objects.get_or_create(
                booking=booking,
                step=Step.TIDY,
                generation=1,
                defaults={"due": now + 3 * patience.grace, "created": now},
            )
        step = _step_after_making(booking)
        if step is Step.START and hands.wix_keeps_times:
            step = Step.MARK
        return money_due.queue(booking, step, now, leased=now + patience.lease)


def _step_after_making(booking: Booking) -> Step:
    """To Wix's checkout, to a provider's page, or on to be confirmed: on Wix's path never by us."""
    if booking.due != Due.DUE:
        return Step.CONFIRM
    payment = booking.payment
    return Step.HAND_OFF if payment is not None and payment.is_at_wix else Step.START


def _take_back(wix: Wix, extra: WixBooking) -> None:
    """Decline what was never confirmed, cancel what was.

    Raises: WrongStatus if it is not, or no longer, what the reader showed; a later look knows more.
    """
    if extra.status in (WixStatus.CREATED, WixStatus.PENDING, WixStatus.WAITING_LIST):
        wix.bookings.decline(extra.id, extra.revision)
    else:
        wix.bookings.cancel(extra.id, extra.revision, ignore_policy=True)
