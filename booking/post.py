"""The post: mails that the worker sends, each from its own attempt, and the hands that settle."""

from datetime import datetime
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from booking import mail, wiring
from booking.actions import keys, links
from booking.actions.facts import Facts
from booking.actions.hands import Hands
from booking.domain.errors import CalendarUnavailable
from booking.models import Booking, Site, Step


def hands_for(site: Site) -> Hands:
    """What settling a site's attempts works with."""
    return Hands(
        wix=wiring.wix_of(site).live,
        post=post,
        clock=timezone.now,
        patience=wiring.patience(),
        provider=wiring.provider,
        facts=lambda: wiring.facts_of(site),
        way_back=way_back,
        takes_cards=settings.PAYMENT_PROVIDER,
        client_id=settings.WIX_CLIENT_ID,
        records_orders=settings.RECORD_ORDERS,
        wix_keeps_times=settings.WIX_KEEPS_TIMES,
        wix_notifies=settings.WIX_NOTIFIES_CUSTOMERS,
    )


def post(booking: Booking, step: Step, message_id: str) -> None:
    """Send one mail; sent again, it has the same id, so that mail programs show it once.

    Raises: CalendarUnavailable if the business's facts cannot be had, OSError or SMTPException if the
    mail cannot be handed over.
    """
    message = _compose(booking, step)
    if message is None:
        return
    host = urlsplit(booking.site.public_url).hostname or make_msgid()
    message.extra_headers["Message-ID"] = f"<{message_id}@{host}>"
    message.send()


def _compose(booking: Booking, step: Step) -> EmailMessage | None:
    if step is Step.MAIL_OWNER:
        return _call(booking)
    facts = wiring.facts_of(booking.site)
    if step is Step.MAIL_LINKS:
        found = links.bookings_of(booking.site, booking.email, timezone.now())
        return mail.compose_links(booking, [(each, address_of(each)) for each in found], facts)
    if step is Step.MAIL_NOTE:
        return mail.compose_note(booking, facts) if facts.business.email else None
    return mail.compose(booking, step.removeprefix("mail_"), address_of(booking), facts)


def _call(booking: Booking) -> EmailMessage | None:
    """What a person is needed for; None if that has passed, or nobody is known to write to.

    With an ``OWNER_EMAIL`` it is told even while Wix cannot be asked: that may be the very reason.
    Raises: CalendarUnavailable.
    """
    open_ones = list(booking.handovers.filter(answered=None))
    facts: Facts | None = None
    try:
        facts = wiring.facts_of(booking.site)
    except CalendarUnavailable:
        if not settings.OWNER_EMAIL:
            raise
    owner = settings.OWNER_EMAIL or (facts.business.email if facts else "")
    return mail.compose_call(booking, open_ones, owner, facts) if open_ones and owner else None


def address_of(booking: Booking) -> str:
    """The absolute address of the booking's page."""
    return booking.site.address(reverse("booking:booking", args=[keys.key_of(booking)]))


def way_back(booking: Booking, until: datetime) -> str:
    """An absolute address that leads to the booking's page until a day later, and tells nobody its key."""
    token = keys.return_token(booking, until + keys.RETURN_GOOD_FOR)
    return booking.site.address(reverse("booking:back", args=[token]))
