"""Applying what Wix has told us: it only ever makes us look again, so once more does no harm.

Who reads Wix is asked outside any transaction; what follows, and that it has followed, are one.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from booking.actions import attempts
from booking.actions.patience import Patience
from booking.domain.ids import OrderId, ServiceId
from booking.models import WAITS_FOR_NEWS, About, Booking, Line, Notice, Payment, Step
from booking.wix import Wix
from booking.wix.errors import WixError, WixForbidden, WixNotConnected

log = logging.getLogger("booking.notices")

TOGETHER = 50
"""How many are applied in one piece of work."""


def claim_due(now: datetime, lease: timedelta, most: int) -> list[tuple[list[int], datetime]]:
    """Lease up to ``most`` due notices, as pieces of work: ids of one site, and the lease's end."""
    if not Notice.objects.due(now).exists():
        return []
    with transaction.atomic():
        due = list(Notice.objects.select_for_update(skip_locked=True).due(now)[:most])
        Notice.objects.filter(pk__in=[each.pk for each in due]).update(lease_until=now + lease)
    sites = defaultdict(list)
    for notice in due:
        sites[notice.site_id].append(notice.pk)
    return [
        (ids[start : start + TOGETHER], now + lease)
        for ids in sites.values()
        for start in range(0, len(ids), TOGETHER)
    ]


def claimed(ids: Sequence[int], lease_until: datetime) -> list[Notice]:
    """Those of ``ids`` for which that lease still stands, as they came."""
    ours = Notice.objects.filter(pk__in=ids, lease_until=lease_until, applied=None)
    return list(ours.select_related("site").order_by("pk"))


def apply(notices: Sequence[Notice], wix: Wix, now: datetime, patience: Patience) -> None:
    """Apply notices of one site that we hold the lease of; those that need Wix wait if it is away."""
    for notice in notices:
        _forget(notice, wix)
    asked = _Orders(wix)
    for notice in notices:
        if notice.about == About.ORDER:
            asked.read(notice)
    with transaction.atomic():
        ours = Notice.objects.filter(pk__in=[each.pk for each in notices], applied=None)
        still_ours = set(ours.select_for_update().values_list("pk", "lease_until"))
        held = [each for each in notices if (each.pk, each.lease_until) in still_ours]
        _settle(held, asked, now, patience)
        fields = ["due", "lease_until", "tries", "applied", "result"]
        Notice.objects.bulk_update(held, fields)


def again(since: datetime, now: datetime) -> int:
    """Have all that came since a moment applied once more; returns how many."""
    return Notice.objects.filter(received__gte=since).update(
        applied=None, due=now, lease_until=None, tries=0, result=""
    )


class _Orders:
    """Which bookings were sold by the orders that notices name; each order is read once."""

    def __init__(self, wix: Wix) -> None:
        self._wix = wix
        self.sold: dict[str, tuple[str, ...]] = {}
        self.trouble: dict[str, WixError] = {}

    def read(self, notice: Notice) -> None:
        """Ask Wix; an order that we wrote down there ourselves is known already."""
        order = notice.entity_id
        if order in self.sold or order in self.trouble or not order:
            return
        payment = Payment.objects.filter(booking__site=notice.site_id, order_id=order).first()
        if payment is not None:
            lines = Line.objects.filter(booking=payment.booking_id)
            self.sold[order] = tuple(lines.values_list("wix_id", flat=True))
            return
        try:
            found = self._wix.orders.get(OrderId(order))
        except WixError as error:
            self.trouble[order] = error
        else:
            self.sold[order] = found.booking_ids if found else ()


def _settle(held: Sequence[Notice], asked: _Orders, now: datetime, patience: Patience) -> None:
    named: dict[int, tuple[str, ...]] = {}
    for notice in held:
        notice.tries += 1
        if notice.about == About.BOOKING:
            named[notice.pk] = (notice.entity_id,)
        elif notice.about == About.ORDER and notice.entity_id not in asked.trouble:
            named[notice.pk] = asked.sold.get(notice.entity_id, ())
    ours = _bookings_of({each for ids in named.values() for each in ids if each}, held)
    look_again({pk for pks in ours.values() for pk in pks}, now)
    for notice in held:
        trouble = asked.trouble.get(notice.entity_id) if notice.about == About.ORDER else None
        if isinstance(trouble, WixForbidden) and not isinstance(trouble, WixNotConnected):
            log.warning("Orders may not be read, so a notice about one is passed over: %s", trouble)
            notice.settle(now, "may not be read")
        elif trouble is not None:
            notice.postpone(now, patience.after(notice.tries), type(trouble).__name__)
        elif notice.pk in named:
            is_ours = any(ours.get(each) for each in named[notice.pk])
            notice.settle(now, "looked again" if is_ours else "none of ours")
        else:
            notice.settle(now, "nothing to do" if notice.about == About.NOTHING else "done")


def _bookings_of(wix_ids: Iterable[str], held: Sequence[Notice]) -> dict[str, list[int]]:
    """Our bookings by the ids that they have at Wix."""
    sites = {each.site_id for each in held}
    lines = Line.objects.filter(wix_id__in=list(wix_ids), booking__site__in=sites)
    found: dict[str, list[int]] = defaultdict(list)
    for wix_id, booking in lines.values_list("wix_id", "booking"):
        found[wix_id].append(booking)
    return found


def look_again(bookings: Iterable[int], now: datetime) -> None:
    """Have Wix asked how these stand, at once; inside a transaction.

    A look that somebody has begun may have been too early: another one follows it.
    """
    free = Q(lease_until=None) | Q(lease_until__lte=now)
    for booking in Booking.objects.select_for_update().filter(pk__in=list(bookings)).order_by("pk"):
        unsettled = booking.attempts.filter(settled=None)
        unsettled.filter(step__in=WAITS_FOR_NEWS, due__gt=now).update(due=now)
        waiting = unsettled.filter(free, step=Step.REVIEW)
        if not waiting.exists():
            attempts.anew(booking, Step.REVIEW, now)
        waiting.filter(due__gt=now).update(due=now)


def _forget(notice: Notice, wix: Wix) -> None:
    """What was kept of Wix's answers and is out of date now; told twice, it is forgotten twice."""
    if notice.about in (About.SERVICE, About.FACTS, About.INSTALLED):
        wix.forget_facts()
    if notice.about == About.SERVICE and notice.entity_id:
        wix.time_slots.forget(ServiceId(notice.entity_id))
    if notice.about == About.REMOVED:
        log.error("Wix says that the app was removed from the site: nothing can be booked any more")
