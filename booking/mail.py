"""What we write to customers: one mail when a booking is placed, and one at each outcome. And what to
the business: a note that Wix has no field for, and what only a person can settle.

In the booking's language, to the business in its own; with the clocks of its page, as HTML and as text. Sending is the worker's.
"""

import re
from collections.abc import Mapping, Sequence
from email.utils import formataddr, parseaddr
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import prefetch_related_objects
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext

from booking import calendar_file, wording
from booking.actions import answers, people, rescue
from booking.actions.facts import Facts
from booking.domain.business import Business
from booking.domain.errors import UnknownService
from booking.domain.states import Due
from booking.domain.truth import LOST_TO, Truth
from booking.domain.zones import page_zones
from booking.models import Booking, Handover

WITH_CALENDAR_FILE = frozenset({"awaiting", "confirmed", "moved", "cancelled"})
"""Kinds of mail after which something belongs in the customer's calendar, or out of it again."""


TRUTHS = {
    "placed": Truth.BEING_BOOKED,
    "awaiting": Truth.AWAITING_OWNER,
    "confirmed": Truth.BOOKED,
    "moved": Truth.BOOKED,
    "not_moved": Truth.NOT_MOVED,
    "cancelled": Truth.CANCELLED,
    "expired": Truth.NOT_PAID,
}
OF_MONEY = frozenset({Truth.GOING_BACK, Truth.GIVEN_BACK, Truth.NO_WAY_TO_PAY})
"""What a mail says of a booking that did not come to be, beside or instead of other times."""


def compose(booking: Booking, kind: str, address: str, facts: Facts) -> EmailMultiAlternatives:
    """The mail of one ``kind``: what became of the booking, or of its time (moved, not_moved).

    ``address`` is the absolute address of the booking's page.
    """
    with translation.override(booking.language):
        context = _context(booking, facts) | {"kind": kind, "address": address}
        context["truth"] = _truth(booking, kind)
        context["told"] = _told(booking, kind, context["truth"])
        if kind == "declined":
            context["offered"] = rescue.offers_of(booking, timezone.now())
        message = _message(_subject(booking, kind, facts), "booking", context, facts.business)
    message.to = [booking.email]
    if kind in WITH_CALENDAR_FILE:
        content = calendar_file.ics(booking, list(booking.lines.all()), facts.business, address)
        message.attach(f"{booking.reference}.ics", content.decode(), "text/calendar")
    return message


def compose_links(
    booking: Booking, links: Sequence[tuple[Booking, str]], facts: Facts
) -> EmailMultiAlternatives:
    """The addresses of somebody's bookings, to the mailbox of the newest, ``booking``."""
    with translation.override(booking.language):
        subject = gettext("Your bookings at %(business)s") % {"business": facts.business.name}
        shown = [(_context(each, facts), address) for each, address in links]
        context = _context(booking, facts) | {"links": shown}
        message = _message(subject, "links", context, facts.business)
    message.to = [booking.email]
    return message


def compose_note(booking: Booking, facts: Facts) -> EmailMultiAlternatives:
    """To the business, in its own language: what was told, for which Wix's booking has no field."""
    with translation.override(_known(facts.business.language)):
        subject = gettext("A note with booking %(reference)s") % {"reference": booking.reference}
        context = _context(booking, facts) | {
            "companions": people.companions(booking),
            "answers": answers.for_business(booking),
        }
        message = _message(subject, "note", context, facts.business)
    message.to = [facts.business.email]
    message.reply_to = [booking.email]
    return message


def compose_call(
    booking: Booking, handovers: Sequence[Handover], owner: str, facts: Facts | None
) -> EmailMultiAlternatives:
    """To the business, at the mail address ``owner``: what only a person can settle.

    Without ``facts``, since Wix cannot be asked, in the installation's language.
    """
    business = facts.business if facts else None
    with translation.override(_known(business.language if business else "")):
        subject = gettext("Booking %(reference)s needs you") % {"reference": booking.reference}
        context = {
            "booking": booking,
            "line": booking.line,
            "business": business,
            "zone": ZoneInfo(booking.business_zone),
            "needs": [wording.needed(each.need, each.details) for each in handovers],
            "language": translation.get_language(),
            "direction": "rtl" if translation.get_language_bidi() else "ltr",
            "now": timezone.now(),
        }
        message = _message(subject, "owner", context, business)
    message.to, message.reply_to = [owner], []
    return message


def _message(
    subject: str, template: str, context: Mapping[str, Any], business: Business | None
) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject=" ".join(subject.split()),  # a line break would begin another header
        body=_text(render_to_string(f"mail/{template}.txt", dict(context))),
        from_email=_sender(business),
        reply_to=[business.email] if business and business.email else None,
    )
    message.attach_alternative(
        render_to_string(f"mail/{template}.html", dict(context)), "text/html"
    )
    return message


def _text(rendered: str) -> str:
    """Templates leave blank lines where they leave something out."""
    return re.sub(r"\n{3,}", "\n\n", rendered).strip() + "\n"


def _sender(business: Business | None) -> str:
    """Our own address under the business's name: people look for that one."""
    name = " ".join(business.name.split()) if business else ""
    return formataddr((name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))


def _subject(booking: Booking, kind: str, facts: Facts) -> str:
    waits = kind == "placed" and booking.due == Due.AT_WIX
    said = {
        "placed": gettext("Waiting for your payment")
        if waits
        else gettext("We are booking your time"),
        "awaiting": gettext("Waiting for the business"),
        "confirmed": gettext("Booked"),
        "declined": gettext("Not booked"),
        "moved": gettext("Moved"),
        "not_moved": gettext("Not moved"),
        "cancelled": _told(booking, "cancelled", _truth(booking, "cancelled")).title,
        "expired": gettext("Not paid in time"),
    }
    zone, _ = _clocks(booking, facts)
    locale = wording.locale_of(booking.language, facts.business.country)
    return gettext("%(said)s: %(what)s, %(when)s") % {
        "said": said[kind],
        "what": booking.service_name,
        "when": wording.briefly(booking.line.starts, zone, locale),
    }


def _context(booking: Booking, facts: Facts) -> dict[str, Any]:
    prefetch_related_objects([booking], "lines")
    zone, other = _clocks(booking, facts)
    return {
        "booking": booking,
        "lines": booking.lines.all(),
        "line": booking.line,
        "business": facts.business,
        "zone": zone,
        "other_zone": other,
        "language": translation.get_language(),
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
        "now": timezone.now(),
    }


def _told(booking: Booking, kind: str, truth: Truth) -> wording.Told:
    if kind == "moved":
        return wording.moved()
    return wording.told(truth, times=sum(len(line.times) for line in booking.lines.all()))


def _truth(booking: Booking, kind: str) -> Truth:
    """What one kind of mail tells: the booking itself may be further by now."""
    if kind == "placed" and booking.due == Due.AT_WIX:
        return Truth.AT_WIX
    if kind == "cancelled" and booking.lost_to == "owner":
        return Truth.CALLED_OFF
    if kind != "declined":
        return TRUTHS[kind]
    now = booking.truth_at(timezone.now())
    return now if now in OF_MONEY else LOST_TO.get(booking.lost_to, Truth.TAKEN)


def _clocks(booking: Booking, facts: Facts) -> tuple[ZoneInfo, ZoneInfo | None]:
    """The clocks of the booking's page: the business's alone once the service is gone."""
    here = ZoneInfo(booking.business_zone)
    try:
        service = facts.service(booking.service_slug)
    except UnknownService:
        return here, None
    visitor = ZoneInfo(booking.zone) if booking.zone else None
    return page_zones(service, here, visitor, timezone.now())


def _known(language: str) -> str:
    try:
        return translation.get_supported_language_variant(language)
    except LookupError:
        return settings.LANGUAGE_CODE
