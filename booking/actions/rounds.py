"""Rounds: once in a while Wix is asked how all that is still to come stands there.

Whatever no notice has told us is found this way: an owner who cancels or moves in Wix's calendar need
not know that this site exists. A hundred bookings are one call; only what differs is reviewed.
"""

import logging
from collections.abc import Sequence
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
from booking.wix.errors import WixAnswerMalformed
from booking.wix.extended_bookings import PAGE_SIZE

log = logging.getLogger("booking.rounds")

AGAIN = timedelta(minutes=5)
"""When another goes the round that somebody has begun and not ended."""
ENDED_SINCE = timedelta(days=1)
"""So long after its end a booking is still compared: an owner may cancel late, and a worker be away."""


def claim_due(now: datetime) -> list[tuple[int, datetime]]:
    """The sites whose round is due, by id; each is given to one caller, until the moment beside it."""
    due, until = Site.objects.filter(Q(next_round=None) | Q(next_round__lte=now)), now + AGAIN
    ids = list(due.values_list("pk", flat=True))
    return [(each, until) for each in ids if due.filter(pk=each).update(next_round=until)]


def claimed(site_id: int, until: datetime) -> Site | None:
    """The site, if its round is still ours; None if it is in other hands."""
    return Site.objects.filter(pk=site_id, next_round=until).first()


def go(site: Site, wix: Wix, now: datetime, every: timedelta) -> int:
    """Have reviewed what stands otherwise at Wix than here; returns how many bookings that is.

    The next round is due after ``every``. What cannot be read holds up nothing else. Raises: WixError;
    the round is then gone again soon.
    """
    found = 0
    lines = Line.objects.filter(
        booking__site=site, booking__stage=Stage.CONFIRMED, ends__gt=now - ENDED_SINCE
    ).exclude(wix_id="")
    for some in batched(lines.order_by("pk"), PAGE_SIZE, strict=False):
        try:
            changed = _changed(some, wix)
        except WixAnswerMalformed as error:
            log.warning("Some bookings of site %s could not be compared: %s", site, error)
            continue
        with transaction.atomic():
            look_again(changed, now)
        found += len(changed)
    Site.objects.filter(pk=site.pk).update(next_round=now + every)
    return found


def _changed(lines: Sequence[Line], wix: Wix) -> set[int]:
    """The bookings of which Wix tells something else; of at most a hundred lines. Raises: WixError."""
    ids = tuple(WixBookingId(each.wix_id) for each in lines)
    told = {each.id: each for each in wix.extended_bookings.query_all(BookingFilter(ids=ids))}
    seen = ((line, told.get(WixBookingId(line.wix_id))) for line in lines)
    return {line.booking_id for line, at_wix in seen if at_wix and _is_news(line, at_wix)}


def _is_news(line: Line, seen: WixBooking) -> bool:
    """True unless we know it already; a reader that lags tells nothing new."""
    known, told = number_of(line.wix_revision), number_of(seen.revision)
    if known is None or told is None:
        return seen.status != line.wix_status
    return told > known
