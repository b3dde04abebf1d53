"""The steps of a booking that stands at Wix: have it confirmed, watch for the owner, cancel, tidy up.

Each takes an attempt that we hold the lease of and returns the next one to go on with, leased too.
"""

from collections.abc import Callable
from functools import partial

from booking.actions import (
    handovers,
    leases,
    money_at_wix,
    money_due,
    new_bookings,
    outcomes,
    packages,
)
from booking.actions.hands import Hands
from booking.actions.patience import LONGEST_WATCH
from booking.domain.ids import ServiceId, WixBookingId
from booking.domain.needs import Need
from booking.domain.outcome import Paid, WixBooking, WixStatus
from booking.domain.service import Kind
from booking.domain.states import LIVE, Due, Stage
from booking.models import Attempt, Booking, Line, Step
from booking.providers import ProviderRefusesUs
from booking.wix import Wix
from booking.wix.bookings import Waive
from booking.wix.errors import (
    AppMissing,
    BookingNotFound,
    InvalidRequest,
    SlotNotAvailable,
    StaleRevision,
    WixError,
    WixForbidden,
    WrongStatus,
)

GONE = frozenset({WixStatus.DECLINED, WixStatus.CANCELED})
OURS_TO_MEND = (WixForbidden, AppMissing, InvalidRequest, BookingNotFound)

Turn = Callable[[Attempt, Hands], Attempt | None]


def confirm(attempt: Attempt, hands: Hands) -> None:
    """Have Wix confirm or decline all lines; Wix looks once more whether they can be had."""
    booking = attempt.booking
    if booking.stage != Stage.PLACED:
        leases.settle(attempt, hands.clock(), "over already")
        return
    if is_over(booking, hands):
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
        look_again_later(attempt, hands)
        return
    hands.wix.time_slots.forget(*services_of(booking))
    outcomes.apply(attempt, known, hands)


def _fits_still(booking: Booking, hands: Hands) -> bool:
    """False if Wix has no room for it any more, where Wix itself would not look."""
    if booking.line.wix_status == WixStatus.PENDING:  # Wix keeps it, and would count it as taken
        return True
    if booking.due == Due.AUTHORISED:
        return new_bookings.still_free(booking, hands.wix)
    return booking.kind != Kind.COURSE or new_bookings.fits_course(booking, hands.wix)


def _lose_unless_ours(attempt: Attempt, hands: Hands) -> None:
    """There is no room left; it may be an earlier try of ours that has taken it, or Wix for its customer,
    who was on its page before.
    """
    if attempt.tries > 1 or money_at_wix.payment_at_wix(attempt.booking) is not None:
        lines = attempt.booking.lines.all()
        asked = [hands.wix.extended_bookings.by_id(WixBookingId(e.wix_id)) for e in lines]
        answers = [e for e in asked if e is not None and e.status in outcomes.STAGE_FOR]
        if len(answers) == len(asked):
            outcomes.apply(attempt, answers, hands)
            return
        if in_doubt(attempt, hands):
            look_again_later(attempt, hands)
            return
    outcomes.lose(attempt, hands, outcomes.NO_ROOM)


def watch(attempt: Attempt, hands: Hands) -> None:
    """Ask whether the owner has answered a request; no answer in time is a no."""
    booking = attempt.booking
    if booking.stage != Stage.AWAITING_OWNER:
        leases.settle(attempt, hands.clock(), "decided")
        return
    asked = (hands.wix.extended_bookings.by_id(WixBookingId(e.wix_id)) for e in booking.lines.all())
    answers = [each for each in asked if each is not None and each.status in outcomes.STAGE_FOR]
    if outcomes.is_decided(booking, answers):
        outcomes.apply(attempt, answers, hands)
        return
    until = money_due.answer_until(booking)
    if hands.clock() >= until:
        outcomes.lose(attempt, hands, outcomes.NO_ANSWER)
        handovers.call_owner(booking, Need.UNANSWERED)
    else:
        wait = hands.patience.after(attempt.tries, hands.patience.watch, LONGEST_WATCH)
        left = until - hands.clock()
        leases.postpone(attempt, hands.clock(), min(wait, left), "still waiting")


def cancel(attempt: Attempt, hands: Hands) -> None:
    """Cancel all lines at Wix: the customer was within the rules when they asked."""
    if attempt.booking.stage not in LIVE:
        leases.settle(attempt, hands.clock(), "over already")
        return
    answers: list[WixBooking | None]
    if attempt.booking.one_visit:
        answers = [*packages.cancel(attempt.booking, hands.wix, notify=hands.wix_notifies)]
    else:
        answers = [_cancelled(line, hands) for line in attempt.booking.lines.all()]
    gone = [each for each in answers if each is not None and each.status in GONE]
    if len(gone) < len(answers):
        look_again_later(attempt, hands)
        return
    hands.wix.time_slots.forget(*services_of(attempt.booking))
    outcomes.apply(attempt, gone, hands)


def tidy(attempt: Attempt, hands: Hands) -> None:
    """Take back at Wix every booking of these lines but the ones that count."""
    booking, payment = attempt.booking, attempt.booking.payment
    if booking.due == Due.AT_WIX and payment is not None and payment.page_url:
        # First of all it must not be payable any more: Wix would take money for nothing.
        look_again_later(attempt, hands)
        return
    is_live, lines = booking.stage in LIVE, list(booking.lines.all())
    if booking.one_visit:
        taken_back = packages.tidy(booking, lines, hands.wix, is_live=is_live)
    else:
        taken_back = sum(_tidied(each, hands, is_live=is_live) for each in lines)
    leases.settle(attempt, hands.clock(), f"took back {taken_back}")


STEPS: dict[Step, Turn] = {
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
    leases.postpone(
        attempt, now, hands.patience.after(attempt.tries), f"{type(error).__name__}: {error}"
    )
    if isinstance(error, OURS_TO_MEND):
        handovers.call_owner(attempt.booking, Need.WIX_REFUSES, code=word_for(error))
    if isinstance(error, ProviderRefusesUs):
        payment = attempt.booking.payment
        provider = payment.provider if payment else ""
        handovers.call_owner(
            attempt.booking, Need.PROVIDER_REFUSES, provider=provider, code=error.code
        )


def word_for(error: WixError) -> str:
    """Why Wix refused, for a person: its own word where it has one."""
    return error.code or str(error.status or type(error).__name__)


def is_over(booking: Booking, hands: Hands) -> bool:
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


def services_of(booking: Booking) -> list[ServiceId]:
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


def in_doubt(attempt: Attempt, hands: Hands) -> bool:
    """True while an earlier try may have made a booking that Wix's reader does not show yet."""
    since = attempt.doubtful_since or attempt.created
    return hands.clock() < since + hands.patience.grace


def _cancelled(line: Line, hands: Hands) -> WixBooking | None:
    """What Wix says of one line when it is told to cancel it; None while its reader is behind."""
    wix_id, revision = WixBookingId(line.wix_id), line.wix_revision
    cancel = partial(
        hands.wix.bookings.cancel,
        wix_id,
        ignore_policy=True,
        notify=hands.wix_notifies,
        waive=Waive(plan_session=line.booking.due == Due.COVERED),
    )
    try:
        return cancel(revision)
    except (StaleRevision, WrongStatus):  # changed since, perhaps by an earlier try of ours
        found = hands.wix.extended_bookings.by_id(wix_id)
    if found is not None and found.status in GONE:
        return found
    return cancel(found.revision) if found is not None and found.revision != revision else None


def _paid(booking: Booking) -> Paid:
    """What Wix is told of the money. A request that the owner decides counts as not paid: told PAID,
    Wix would let it stand beside another booking of the same time.
    """
    if booking.due == Due.AUTHORISED and not booking.needs_approval:
        payment = booking.payment
        return Paid.PARTIALLY_PAID if payment and payment.is_part else Paid.PAID
    return Paid.EXEMPT if booking.due == Due.NOTHING else Paid.NOT_PAID


def look_again_later(attempt: Attempt, hands: Hands) -> None:
    leases.postpone(attempt, hands.clock(), hands.patience.after(attempt.tries), "not seen yet")


def _take_back(wix: Wix, extra: WixBooking) -> None:
    """Decline what was never confirmed, cancel what was.

    Raises: WrongStatus if it is not, or no longer, what the reader showed; a later look knows more.
    """
    if extra.status in (WixStatus.CREATED, WixStatus.PENDING, WixStatus.WAITING_LIST):
        wix.bookings.decline(extra.id, extra.revision)
    else:
        wix.bookings.cancel(extra.id, extra.revision, ignore_policy=True)
