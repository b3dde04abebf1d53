"""Making a booking at Wix: exactly one for each line, whatever became of earlier tries.

Each step takes an attempt that we hold the lease of and returns the next one to go on with, leased too.
"""

from dataclasses import replace

from django.db import transaction

from booking.actions import attempts, handovers, leases, money_due, new_bookings, outcomes, packages
from booking.actions.at_wix import (
    GONE,
    Turn,
    in_doubt,
    is_over,
    look_again_later,
    services_of,
    word_for,
)
from booking.actions.hands import Hands
from booking.domain.ids import WixBookingId
from booking.domain.needs import Need
from booking.domain.outcome import WixBooking, WixStatus
from booking.domain.states import Due, Stage
from booking.models import Attempt, Booking, Line, Step
from booking.wix.errors import (
    InvalidRequest,
    PolicyRefused,
    ServiceGone,
    SlotNotAvailable,
    WrongStatus,
)


class NotSeenYet(Exception):
    """An earlier try may have made a booking that Wix's reader does not show yet."""


def create(attempt: Attempt, hands: Hands) -> Attempt | None:
    """Make the bookings at Wix, exactly one for each line, whatever became of earlier tries."""
    if is_over(attempt.booking, hands):
        outcomes.lose(attempt, hands, "gave up")
        return None
    try:
        _make_missing(attempt, hands)
    except NotSeenYet:
        look_again_later(attempt, hands)
        return None
    except (SlotNotAvailable, PolicyRefused, ServiceGone) as error:
        hands.wix.time_slots.forget(*services_of(attempt.booking))
        outcomes.lose(attempt, hands, error.code or type(error).__name__)
        return None
    except InvalidRequest as error:
        handovers.call_owner(attempt.booking, Need.NOT_ACCEPTED, code=word_for(error))
        outcomes.lose(attempt, hands, "not accepted")
        return None
    return _made(attempt, hands)


def mark(attempt: Attempt, hands: Hands) -> Attempt | None:
    """Have Wix keep all lines as requests while their customer pays; then go on to have them paid.

    Source: Wix Bookings, Bookings Writer V2, "Mark Booking as Pending", with the look whether the
    service needs approval left out.
    """
    booking = attempt.booking
    if booking.stage != Stage.PLACED or is_over(booking, hands):
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
        leases.settle(attempt, now, "kept by Wix")
        return money_due.queue(booking, Step.START, now, leased=now + hands.patience.lease)


STEPS: dict[Step, Turn] = {Step.CREATE: create, Step.MARK: mark}


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
    if made is None and attempt.tries > 1 and in_doubt(attempt, hands):
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
    if in_doubt(attempt, hands):
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


def _made(attempt: Attempt, hands: Hands) -> Attempt:
    """All lines stand at Wix: go on to have them confirmed."""
    now, patience = hands.clock(), hands.patience
    with transaction.atomic():
        booking = outcomes.locked(attempt)  # its customer may have given up meanwhile
        leases.settle(attempt, now, "made")
        if attempt.tries > 1:
            attempts.once(booking, Step.TIDY, now, due=now + 3 * patience.grace)
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
