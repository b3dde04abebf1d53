"""Rounds: once in a while Wix is asked how all that is still to come stands there.

Whatever no notice has told us is found this way: an owner who cancels or moves in Wix's calendar need
not know that this site exists. A hundred bookings are one call; only what differs is reviewed.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import batched

from django.db import transaction
from django.db.models import Q

from booking.actions.inbox import number_of
from booking.actions.notices import look_again
from booking.domain.ids import WixBookingId
from booking.domain.outcome import WixBooking
from booking.domain.states import Stage
from booking.models import Line, Site
from booking.wix import Wix
from booking.wix.booking_filter import BookingFilter
from booking.wix.extended_bookings import PAGE_SIZE

AGAIN = timedelta(minutes=5)
"""When another goes the round that somebody has begun and not ended."""


def claim_due(now: datetime) -> list[Site]:
    """The sites whose round is due; each is given to one caller."""
    due = Site.objects.filter(Q(next_round=None) | Q(next_round__lte=now))
    return [each for each in due if due.filter(pk=each.pk).update(next_round=now + AGAIN)]


def go(site: Site, wix: Wix, now: datetime, every: timedelta) -> int:
    """Have reviewed what stands otherwise at Wix than here; returns how many bookings that is.

    The next round is due after ``every``. Raises: WixError; the round is then gone again soon.
    """
    changed = set(_changed(site, wix, now))
    with transaction.atomic():
        look_again(changed, now)
        Site.objects.filter(pk=site.pk).update(next_round=now + every)
    return len(changed)


def _changed(site: Site, wix: Wix, now: datetime) -> Iterator[int]:
    """The bookings of which Wix tells something else."""
    lines = Line.objects.filter(booking__site=site, booking__stage=Stage.CONFIRMED, ends__gt=now)
    for some in batched(lines.exclude(wix_id="").order_by("pk"), PAGE_SIZE, strict=False):
        ids = tuple(WixBookingId(each.wix_id) for each in some)
        told = {each.id: each for each in wix.extended_bookings.query_all(BookingFilter(ids=ids))}
        for line in some:
            seen = told.get(WixBookingId(line.wix_id))
            if seen is not None and _is_news(line, seen):
                yield line.booking_id


def _is_news(line: Line, seen: WixBooking) -> bool:
    """True unless we know it already; a reader that lags tells nothing new."""
    known, told = number_of(line.wix_revision), number_of(seen.revision)
    if known is None or told is None:
        return seen.status != line.wix_status
    return told > known
