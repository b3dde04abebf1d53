"""Moving a booking to another time: that time is kept first, then Wix moves, then the old one is free.

The new time is kept by a booking of its own, which ``moves`` the one it is for and ends with the move.
Whatever goes wrong on the way, the booking stays where it was.
"""

from datetime import datetime

from django.db import transaction

from booking.actions import attempts, leases, other_time, outcomes
from booking.actions.hands import Hands
from booking.actions.new_bookings import new_time
from booking.actions.patience import Patience
from booking.domain.errors import MoveExpired, TooLateToMove
from booking.domain.holding import Reason, until
from booking.domain.ids import EventId, ServiceId, WixBookingId
from booking.domain.outcome import WixBooking
from booking.domain.service import Kind
from booking.domain.states import Change, Stage
from booking.models import Attempt, Booking, Hold, Line, Step
from booking.wix.bookings import Moved
from booking.wix.errors import (
    BookingNotFound,
    InvalidRequest,
    PolicyRefused,
    ServiceGone,
    SlotNotAvailable,
    WrongStatus,
)

REFUSED = (
    SlotNotAvailable,
    PolicyRefused,
    ServiceGone,
    InvalidRequest,
    WrongStatus,
    BookingNotFound,
)
"""What Wix says no with: nothing has moved, and asking again would not help."""

TAKEN_OVER = (
    "starts",
    "ends",
    "staff_id",
    "staff_name",
    "schedule_id",
    "event_id",
    "location_kind",
    "location_id",
    "location_name",
    "location_text",
)
"""What a line takes over from the one that kept its new time."""


def may_move(booking: Booking, now: datetime) -> bool:
    """True if the customer may choose another time now.

    Wix moves neither courses nor what the business confirms itself (it would have to be asked again)
    nor prices that depend on who comes; several times at once we do not move.
    """
    within = booking.move_until is not None and now <= booking.move_until
    lines = list(booking.lines.all())
    return (
        booking.stage == Stage.CONFIRMED
        and within
        and booking.change not in (Change.CANCEL, Change.MOVE)
        and booking.kind in (Kind.APPOINTMENT, Kind.CLASS)
        and not booking.needs_approval
        and len(lines) == 1
        and not lines[0].groups
    )


def refuse_if_too_late(booking: Booking, now: datetime) -> None:
    """Raises: TooLateToMove."""
    if not may_move(booking, now):
        raise TooLateToMove(booking.reference)


def target_of(booking: Booking, now: datetime) -> Booking | None:
    """The booking that keeps the new time for ``booking``; None if none is kept (any more)."""
    targets = booking.targets.prefetch_related("holds", "lines").filter(stage=Stage.HELD)
    return next((each for each in targets.order_by("-pk") if each.holds_at(now)), None)


def move(booking: Booking, now: datetime, patience: Patience) -> Attempt | None:
    """Have it moved to the time that is kept for it; the attempt to tell Wix is leased to the caller.

    Pressed again while that is being done, it is done once. Raises: TooLateToMove, MoveExpired.
    """
    with transaction.atomic():
        locked = Booking.objects.select_for_update(of=("self",)).get(pk=booking.pk)
        if locked.change == Change.MOVE:
            return None
        refuse_if_too_late(locked, now)
        target = target_of(locked, now)
        if target is None:
            raise MoveExpired
        target.move_to(Stage.PLACED, now)
        target.save(update_fields=["stage"])
        Hold.objects.filter(booking=target).update(
            until=until(Reason.PLACING, now), reason=Reason.PLACING
        )
        locked.change, locked.changed = Change.MOVE, now
        locked.save(update_fields=["change", "changed"])
        return attempts.anew(locked, Step.MOVE, now, leased=now + patience.lease)


def work(attempt: Attempt, hands: Hands) -> None:
    """Move it at Wix. A repeat is harmless: Wix takes a booking's revision only once."""
    booking = attempt.booking
    target = _being_moved_to(booking)
    if booking.stage != Stage.CONFIRMED or target is None:
        _not_moved(attempt, hands, "over already")
        return
    if hands.clock() >= min(booking.line.starts, target.line.starts):
        _not_moved(attempt, hands, "too late")
        return
    try:
        moved = _reschedule(booking, target.line, hands)
    except REFUSED as error:
        _not_moved(attempt, hands, error.code or type(error).__name__)
        return
    hands.wix.time_slots.forget(ServiceId(booking.service_id))
    _moved(attempt, target.pk, moved, hands)


STEPS = {Step.MOVE: work}


def _being_moved_to(booking: Booking) -> Booking | None:
    return booking.targets.prefetch_related("lines").filter(stage=Stage.PLACED).first()


def _reschedule(booking: Booking, to: Line, hands: Hands) -> WixBooking:
    """Raises: WixError."""
    line = booking.line
    where = EventId(to.event_id) if booking.kind == Kind.CLASS else new_time(booking, to)
    # The customer was within the rules when they asked; the business confirmed this booking before.
    how = Moved(ignore_policy=True, skip_approval=True, notify=hands.wix_notifies)
    return hands.wix.bookings.reschedule(WixBookingId(line.wix_id), line.wix_revision, where, how)


def _moved(attempt: Attempt, target_id: int, at_wix: WixBooking, hands: Hands) -> None:
    """Write the new time down, hand over what is kept of it, let the old one go, tell the customer."""
    now = hands.clock()
    with transaction.atomic():
        booking = outcomes.locked(attempt)
        target = Booking.objects.select_for_update().get(pk=target_id)
        Hold.objects.filter(booking=booking).update(until=now)
        if booking.kind == Kind.CLASS:  # Wix counts these places itself from now on
            Hold.objects.filter(booking=target).update(until=now)
        else:
            Hold.objects.filter(booking=target).update(
                booking=booking, until=until(Reason.AGREED, now), reason=Reason.AGREED
            )
        other_time.give(
            booking, booking.line, {n: getattr(target.line, n) for n in TAKEN_OVER}, now
        )
        line = booking.line
        line.wix_revision = at_wix.revision
        line.save(update_fields=["wix_revision"])
        booking.change = Change.NONE
        booking.save(update_fields=["change"])
        _end(target, now)
        leases.settle(attempt, now, "moved")
    attempt.booking = booking


def _not_moved(attempt: Attempt, hands: Hands, why: str) -> None:
    """Everything is as it was; the new time is free again, and the customer is told."""
    now = hands.clock()
    with transaction.atomic():
        booking = outcomes.locked(attempt)
        for target in booking.targets.select_for_update().filter(stage=Stage.PLACED):
            Hold.objects.filter(booking=target).update(until=now)
            _end(target, now)
        if booking.change == Change.MOVE:
            booking.change = Change.NOT_MOVED
            booking.save(update_fields=["change"])
            attempts.once(booking, Step.MAIL_NOT_MOVED, now, generation=attempt.generation)
        leases.settle(attempt, now, why)
    attempt.booking = booking


def _end(target: Booking, now: datetime) -> None:
    target.move_to(Stage.EXPIRED, now)
    target.save(update_fields=["stage", "settled"])
