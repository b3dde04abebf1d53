"""What templates need: the words of ``booking.wording`` in the page's language.

Every page may use these: the module is one of the templates' builtins.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from booking import wording
from booking.actions.windows import HORIZON
from booking.domain.days import PartOfDay, clock_change_between
from booking.domain.money import Money
from booking.domain.policy import Policy
from booking.domain.service import Kind, Location, LocationKind, Price, Service
from booking.models import Booking, Line
from booking.templatetags.contexts import locale_of, now_of

register = template.Library()

FRESH = timedelta(seconds=60)


# ---- Money, lengths, kinds ----


@register.simple_tag(takes_context=True)
def money(context: Context, amount: Money) -> str:
    return wording.money(amount, locale_of(context))


@register.simple_tag(takes_context=True)
def price(context: Context, asked: Price) -> str:
    return wording.price(asked, locale_of(context))


@register.simple_tag(takes_context=True)
def booking_price(context: Context, booking: Booking) -> str:
    """What a booking costs, as it was when the time was taken."""
    if booking.price_amount is None:
        return booking.price_words
    return wording.money(Money(booking.price_amount, booking.price_currency), locale_of(context))


@register.simple_tag(takes_context=True)
def amount(context: Context, number: Decimal, currency: str) -> str:
    """An amount of money as people write it."""
    return wording.money(Money(number, currency), locale_of(context))


@register.filter
def duration(minutes: int) -> str:
    return wording.duration(minutes)


@register.filter
def kind_name(kind: Kind) -> str:
    names = {
        Kind.APPOINTMENT: gettext("Appointment"),
        Kind.CLASS: gettext("Class"),
        Kind.COURSE: gettext("Course"),
    }
    return names.get(kind, "")


@register.filter
def part_name(part: PartOfDay) -> str:
    names = {
        PartOfDay.MORNING: gettext("Morning"),
        PartOfDay.AFTERNOON: gettext("Afternoon"),
        PartOfDay.EVENING: gettext("Evening"),
    }
    return names[part]


@register.filter
def place_name(location: Location) -> str:
    """Where, in a word or two; "" if Wix does not say."""
    if location.kind is LocationKind.CUSTOMER:
        return gettext("At your place")
    return location.name or (location.place.text if location.place else "")


@register.filter
def places(service: Service) -> str:
    """The places of a service, joined."""
    return " · ".join(dict.fromkeys(filter(None, map(place_name, service.locations))))


@register.filter
def line_place(line: Line) -> str:
    """Where a booked time takes place, in a word or two."""
    if line.location_kind == LocationKind.CUSTOMER:
        return gettext("At your place")
    return line.location_name or line.location_text


# ---- Rules ----


@register.filter
def rules(policy: Policy) -> str:
    return wording.rules(policy)


@register.simple_tag(takes_context=True)
def deadlines(context: Context, booking: Booking) -> str:
    """The rules of one booking, as moments on the business's clock."""
    zone, locale = ZoneInfo(booking.business_zone), locale_of(context)
    return wording.deadlines(
        booking.cancel_until,
        booking.move_until,
        now_of(context),
        lambda moment: wording.exactly(moment, zone, locale),
    )


# ---- Days and clocks ----


@register.simple_tag(takes_context=True)
def month(context: Context, day: date) -> str:
    return wording.month(day, locale_of(context))


@register.simple_tag(takes_context=True)
def weekdays(context: Context, first: date) -> list[dict[str, str]]:
    """The names above a calendar whose weeks begin on ``first``'s weekday."""
    names = wording.weekdays(first.weekday(), locale_of(context))
    return [{"short": short, "full": full} for short, full in names]


@register.simple_tag(takes_context=True)
def calendar_span(context: Context, zone: ZoneInfo) -> tuple[date, date]:
    """The first and the last day that a calendar in ``zone`` can be turned to."""
    today = now_of(context).astimezone(zone).date()
    return today.replace(day=1), today + HORIZON


@register.simple_tag(takes_context=True)
def full_day(context: Context, day: date) -> str:
    return wording.full_day(day, locale_of(context))


@register.simple_tag(takes_context=True)
def day_of(context: Context, moment: datetime, zone: ZoneInfo) -> str:
    """The day a moment falls on in ``zone``, with weekday and year."""
    return wording.whole_date(moment.astimezone(zone).date(), locale_of(context))


@register.simple_tag(takes_context=True)
def soon(context: Context, moment: datetime, zone: ZoneInfo) -> str:
    """The day of a moment as people say it: "Today", "Tue 24 Nov"."""
    today = now_of(context).astimezone(zone).date()
    return wording.relative_day(moment.astimezone(zone).date(), today, locale_of(context))


@register.simple_tag(takes_context=True)
def clock(context: Context, moment: datetime, zone: ZoneInfo) -> str:
    return wording.clock(moment, zone, locale_of(context))


@register.simple_tag(takes_context=True)
def span(context: Context, starts: datetime, ends: datetime, zone: ZoneInfo) -> str:
    return wording.span(starts, ends, zone, locale_of(context))


@register.simple_tag(takes_context=True)
def beside(context: Context, moment: datetime, zone: ZoneInfo, other: ZoneInfo) -> str:
    """The second clock beside the first."""
    return wording.beside(moment, zone, other, locale_of(context))


@register.simple_tag(takes_context=True)
def when(context: Context, moment: datetime, zone: ZoneInfo) -> str:
    return wording.when(moment, zone, locale_of(context))


@register.simple_tag(takes_context=True)
def briefly(context: Context, moment: datetime, zone: ZoneInfo) -> str:
    return wording.briefly(moment, zone, locale_of(context))


@register.simple_tag(takes_context=True)
def exactly(context: Context, moment: datetime, zone: ZoneInfo) -> str:
    return wording.exactly(moment, zone, locale_of(context))


@register.simple_tag(takes_context=True)
def zone_name(context: Context, zone: ZoneInfo) -> str:
    return wording.zone_name(zone, locale_of(context))


@register.simple_tag(takes_context=True)
def zone_choices(context: Context, *zones: ZoneInfo | None) -> tuple[tuple[str, str], ...]:
    """Zones to choose from, those of the page among them."""
    return wording.zone_choices(locale_of(context), *(each.key for each in zones if each))


@register.simple_tag(takes_context=True)
def clocks_change(context: Context, then: datetime, zone: ZoneInfo) -> bool:
    """True if the clocks of ``zone`` change between now and ``then``."""
    return clock_change_between(now_of(context), then, zone)


@register.simple_tag(takes_context=True)
def is_old(context: Context, checked_at: datetime) -> bool:
    """True if what Wix said is old enough to say when it was said."""
    return now_of(context) - checked_at > FRESH


# ---- Answers ----


@register.filter
def said(answer: Mapping[str, Any]) -> str:
    """An answer of a booking's row, as people read it."""
    value = answer["value"]
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    return answer.get("words") or str(value)


# ---- Pictures ----


@register.simple_tag
def icon(name: str) -> SafeString:
    """A picture of ours beside a word that says the same; hidden from screen readers."""
    return _icon(name)


@cache
def _icon(name: str) -> SafeString:
    return SafeString(render_to_string(f"icons/{name}.svg").strip())
