"""The steps of a booking at Wix: make it, have it confirmed, watch for the owner, tidy up.

Each takes an attempt that we hold the lease of and returns the next one to go on with, leased too.
"""

from collections.abc import Callable

from django.db import transaction

from booking.actions import leases, outcomes
from booking.actions.hands import Hands
from booking.domain.errors import CalendarUnavailable
from booking.domain.ids import LocationId, ScheduleId, ServiceId, StaffId, WixBookingId
from booking.domain.outcome import Customer, Paid, WixBooking, WixStatus
from booking.domain.service import Location, LocationKind
from booking.domain.states import LIVE, Due, Stage
from booking.models import Attempt, Booking, Step
from booking.wix import NewBooking, Wix
from booking.wix.errors import (
    AppMissing,
    BookingNotFound,
    InvalidRequest,
    PolicyRefused,
    ServiceGone,
    SlotNotAvailable,
    WixForbidden,
    WrongStatus,
)

GONE = frozenset({WixStatus.DECLINED, WixStatus.CANCELED})
OURS_TO_MEND = (WixForbidden, AppMissing, InvalidRequest, BookingNotFound)

Turn = Callable[[Attempt, Hands], Attempt | None]


class NotSeenYet(Exception):
    """An earlier try may have made a booking that Wix's reader does not show yet."""


def create(attempt: Attempt, hands: Hands) -> Attempt | None:
    """Make the booking at Wix, exactly one, whatever became of earlier tries."""
    if _is_over(attempt.booking, hands):
        outcomes.lose(attempt, hands, "gave up")
        return None
    try:
        made = _found(attempt, hands) or _make(attempt.booking, hands)
    except NotSeenYet:
        _look_again_later(attempt, hands)
        return None
    except (SlotNotAvailable, PolicyRefused, ServiceGone) as error:
        hands.wix.time_slots.forget(ServiceId(attempt.booking.service_id))
        outcomes.lose(attempt, hands, error.code or type(error).__name__)
        return None
    except InvalidRequest as error:
        outcomes.call_owner(attempt.booking, f"Wix did not accept the booking: {error}")
        outcomes.lose(attempt, hands, "not accepted")
        return None
    return _made(attempt, made, hands)


def confirm(attempt: Attempt, hands: Hands) -> None:
    """Have Wix confirm or decline; Wix looks once more whether the time is free."""
    booking = attempt.booking
    if _is_over(booking, hands):
        outcomes.lose(attempt, hands, "gave up")
        return
    wix_id = WixBookingId(booking.line.wix_id)
    paid = Paid.EXEMPT if booking.due == Due.NOTHING else Paid.NOT_PAID
    try:
        answer: WixBooking | None = hands.wix.bookings.confirm_or_decline(wix_id, paid)
    except WrongStatus:  # an earlier try of ours, or the owner, was quicker
        answer = hands.wix.extended_bookings.by_id(wix_id)
    if answer is None or answer.status not in outcomes.STAGE_FOR:
        _look_again_later(attempt, hands)
        return
    hands.wix.time_slots.forget(ServiceId(booking.service_id))
    outcomes.apply(attempt, answer, hands)


def watch(attempt: Attempt, hands: Hands) -> None:
    """Ask whether the owner has answered a request; no answer before the start is a no."""
    booking = attempt.booking
    found = hands.wix.extended_bookings.by_id(WixBookingId(booking.line.wix_id))
    decided = found is not None and found.status is not WixStatus.PENDING
    if booking.stage != Stage.AWAITING_OWNER:
        attempt.settle(hands.clock(), "decided")
        leases.keep(attempt)
    elif found is not None and decided and found.status in outcomes.STAGE_FOR:
        outcomes.apply(attempt, found, hands)
    elif hands.clock() >= booking.line.starts:
        outcomes.lose(attempt, hands, "no answer")
    else:
        wait = hands.patience.after(attempt.tries, hands.patience.watch)
        left = booking.line.starts - hands.clock()
        attempt.postpone(hands.clock(), min(wait, left), "still waiting")
        leases.keep(attempt)


def tidy(attempt: Attempt, hands: Hands) -> None:
    """Take back at Wix every booking of this line but the one that counts."""
    booking, line = attempt.booking, attempt.booking.line
    keep = line.wix_id if booking.stage in LIVE else ""
    found = hands.wix.extended_bookings.by_reference(line.reference)
    extras = [each for each in found if each.id != keep and each.status not in GONE]
    for each in extras:
        _take_back(hands.wix, each)
    attempt.settle(hands.clock(), f"took back {len(extras)}")
    leases.keep(attempt)


STEPS: dict[Step, Turn] = {
    Step.CREATE: create,
    Step.CONFIRM: confirm,
    Step.WATCH: watch,
    Step.TIDY: tidy,
}


def put_off(attempt: Attempt, error: CalendarUnavailable, hands: Hands) -> None:
    """Write down a failed talk, and when to try again; a person is called where only one can help."""
    now = hands.clock()
    if getattr(error, "maybe_done", False):
        attempt.doubtful_since = now
    attempt.postpone(now, hands.patience.after(attempt.tries), f"{type(error).__name__}: {error}")
    leases.keep(attempt)
    if isinstance(error, OURS_TO_MEND):
        outcomes.call_owner(attempt.booking, f"Wix refuses us: {error}")


def _is_over(booking: Booking, hands: Hands) -> bool:
    """True when a placed booking was in the air for too long to still be wanted."""
    return hands.clock() >= min(booking.line.starts, booking.kept_until)


def _found(attempt: Attempt, hands: Hands) -> WixBooking | None:
    """What an earlier try made at Wix; None if surely nothing. Raises: NotSeenYet while in doubt."""
    if attempt.tries == 1:
        return None
    found = hands.wix.extended_bookings.by_reference(attempt.booking.line.reference)
    standing = [each for each in found if each.status not in GONE]
    if standing:  # the furthest along, then the oldest
        return min(standing, key=lambda each: each.status is WixStatus.CREATED)
    if _in_doubt(attempt, hands):
        raise NotSeenYet
    return None


def _in_doubt(attempt: Attempt, hands: Hands) -> bool:
    """True while an earlier try may have made a booking that Wix's reader does not show yet."""
    since = attempt.doubtful_since or attempt.created
    return hands.clock() < since + hands.patience.grace


def _look_again_later(attempt: Attempt, hands: Hands) -> None:
    attempt.postpone(hands.clock(), hands.patience.after(attempt.tries), "not seen yet")
    leases.keep(attempt)


def _make(booking: Booking, hands: Hands) -> WixBooking:
    line = booking.line
    new = NewBooking(
        service_id=ServiceId(booking.service_id),
        schedule_id=ScheduleId(line.schedule_id) if line.schedule_id else None,
        starts=line.starts,
        ends=line.ends,
        zone=booking.business_zone,
        location=Location(
            kind=LocationKind(line.location_kind),
            id=LocationId(line.location_id) if line.location_id else None,
        ),
        staff_id=StaffId(line.staff_id),
        customer=Customer(
            first_name=booking.first_name,
            last_name=booking.last_name,
            email=booking.email,
            phone=booking.phone,
        ),
        participants=line.participants,
        reference=line.reference,
        notify=hands.wix_notifies,
    )
    return hands.wix.bookings.create(new)


def _made(attempt: Attempt, made: WixBooking, hands: Hands) -> Attempt:
    """Write down which Wix booking is ours, and go on to have it confirmed."""
    now, patience = hands.clock(), hands.patience
    booking, line = attempt.booking, attempt.booking.line
    with transaction.atomic():
        line.wix_id, line.wix_revision, line.wix_status = made.id, made.revision, made.status
        line.save(update_fields=["wix_id", "wix_revision", "wix_status"])
        attempt.settle(now, "made")
        leases.keep(attempt)
        if attempt.tries > 1:
            Attempt.objects.get_or_create(
                booking=booking,
                step=Step.TIDY,
                generation=1,
                defaults={"due": now + 3 * patience.grace, "created": now},
            )
        following, _ = Attempt.objects.get_or_create(
            booking=booking,
            step=Step.CONFIRM,
            generation=1,
            defaults={"due": now, "created": now, "lease_until": now + patience.lease},
        )
    following.booking = booking
    return following


def _take_back(wix: Wix, extra: WixBooking) -> None:
    """Decline what was never confirmed, cancel what was.

    Raises: WrongStatus if it is not, or no longer, what the reader showed; a later look knows more.
    """
    if extra.status in (WixStatus.CREATED, WixStatus.PENDING, WixStatus.WAITING_LIST):
        wix.bookings.decline(extra.id, extra.revision)
    else:
        wix.bookings.cancel(extra.id, extra.revision, ignore_policy=True)
