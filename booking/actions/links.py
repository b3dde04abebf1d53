"""Mailing a customer the addresses of their bookings, when they lost them."""

from datetime import datetime, timedelta

from django.db import transaction

from booking.actions import attempts
from booking.domain.states import Stage
from booking.models import Attempt, Booking, Site, Step

KEPT = timedelta(days=90)
"""How long after its time a booking's address is still worth mailing."""
MANY = 20


def bookings_of(site: Site, email: str, now: datetime) -> list[Booking]:
    """What was booked with this mail address and is not long over, newest first; at most twenty."""
    bookings = Booking.objects.filter(
        site=site, email__iexact=email, placed__isnull=False, lines__ends__gt=now - KEPT
    )
    return list(bookings.exclude(stage=Stage.EXPIRED).order_by("-placed").distinct()[:MANY])


def mail_links(site: Site, email: str, now: datetime, *, most_an_hour: int) -> None:
    """Queue one mail with the addresses of this person's bookings.

    Tells the caller nothing: neither whether the address is known nor whether a mail will go out.
    """
    bookings = bookings_of(site, email, now)
    if not bookings:
        return
    with transaction.atomic():
        newest = Booking.objects.select_for_update().get(pk=bookings[0].pk)
        asked = Attempt.objects.filter(booking__email__iexact=email, step=Step.MAIL_LINKS)
        if asked.filter(created__gt=now - timedelta(hours=1)).count() >= most_an_hour:
            return
        attempts.anew(newest, Step.MAIL_LINKS, now)
