"""A booking takes place at another time, elsewhere or with somebody else, and its customer is told.

The business has moved it at Wix, or the customer has chosen so. All inside the caller's transaction.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from booking.actions import attempts
from booking.domain.outcome import WixBooking, WixStatus
from booking.domain.service import Kind
from booking.models import Booking, Line, Step

STANDS = frozenset({WixStatus.CONFIRMED, WixStatus.PENDING})


def follow_wix(booking: Booking, found: Sequence[tuple[Line, WixBooking]], now: datetime) -> None:
    """Lines take place as Wix has them now; inside a transaction, with the mail that tells of it."""
    was = booking.line.starts
    for line, at_wix in found:
        if at_wix.starts is not None and at_wix.ends is not None:
            _put(line, _told_of(line, at_wix), is_to_be_told=_is_to_be_told(booking))
    _moved_by(booking, Line.objects.get(pk=booking.line.pk).starts - was, now)


def differs(line: Line, told: WixBooking) -> bool:
    """True if it stands at Wix at another time, elsewhere or with somebody else. No course is moved."""
    if told.status not in STANDS or told.starts is None or told.ends is None:
        return False
    if told.kind is Kind.COURSE or line.meetings:
        return False
    place = told.location.id if told.location else None
    return (
        (line.starts, line.ends) != (told.starts, told.ends)
        or bool(line.staff_id and told.staff_id and line.staff_id != told.staff_id)
        or bool(line.location_id and place and line.location_id != place)
    )


def give(booking: Booking, line: Line, to: Mapping[str, Any], now: datetime) -> None:
    """The ``line`` of a booking takes place as ``to`` says; as ``follow_wix``."""
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
        attempts.anew(booking, Step.MAIL_MOVED, now)
