"""Handing a booking to a person: what no waiting and no trying again can settle.

The flag, the reason and the mail that tells of it are written down together. What a person then does is
in ``needs``.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from booking.actions import attempts
from booking.domain.needs import OF_THE_SITE, Need
from booking.models import Booking, Handover, Step


def call_owner(booking: Booking, what: Need | str, **details: str) -> None:
    """Hand a booking to a person; ``details`` are those that the need names.

    What has no need of its own is told in a sentence. A mail tells of each need once, however often
    it comes, and of what is the matter with the whole site once for all bookings, until somebody has
    settled it; it is queued together with the flag.
    """
    need = what if isinstance(what, Need) else Need.OTHER
    told = details if isinstance(what, Need) else {"text": what[:300]}
    now = timezone.now()
    with transaction.atomic():
        Booking.objects.select_for_update().get(pk=booking.pk)  # one caller at a time
        before = Handover.objects.filter(booking=booking, need=need)
        if need is Need.OTHER:
            before = before.filter(details=told)
        if not before.exists() and not _is_told_for_site(booking, need, told):
            attempts.anew(booking, Step.MAIL_OWNER, now)
        if not before.filter(answered=None).update(details=told):
            Handover.objects.create(booking=booking, need=need, details=told, created=now)
        Booking.objects.filter(pk=booking.pk).update(needs_owner=what[:300])


def _is_told_for_site(booking: Booking, need: Need, details: Mapping[str, str]) -> bool:
    """True if another booking has called somebody for just the same, and nobody has settled it yet."""
    told = Handover.objects.filter(booking__site=booking.site_id, need=need, answered=None)
    return need in OF_THE_SITE and told.filter(details=details).exists()


def answer(
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
