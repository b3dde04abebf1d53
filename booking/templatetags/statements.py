"""What the pages and mails of one booking state: where it stands, its times, who comes, the price."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.template.context import Context
from django.utils.translation import gettext

from booking import calendar_file, wording
from booking.domain.business import Business
from booking.domain.money import Money
from booking.domain.occasions import Occasion, occasions
from booking.domain.states import Due, Stage
from booking.models import Booking, Line
from booking.templatetags.booking import line_place
from booking.templatetags.contexts import locale_of, now_of

register = template.Library()

A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Visit:
    """One time of a booking, and the line it belongs to."""

    line: Line
    occasion: Occasion


@dataclass(frozen=True, slots=True)
class Itinerary:
    """All times of a booking in time order.

    ``place``, ``staff`` and ``service`` are what all of them have in common; where they differ, they are
    None or "", and each visit tells its own. ``people`` is how many come.
    """

    visits: tuple[Visit, ...]
    place: Line | None
    staff: str
    service: str
    people: int


@dataclass(frozen=True, slots=True)
class BillLine:
    """So many of something, what one costs, and all of them; "" where an extra has no price."""

    what: str
    times: int = 1
    each: str = ""
    total: str = ""


@register.simple_tag(takes_context=True)
def itinerary(
    context: Context,
    booking: Booking,
    lines: Sequence[Line],
    zone: ZoneInfo,
    other: ZoneInfo | None = None,
) -> Itinerary:
    """When, where and with whom, on the clocks of ``zone`` and perhaps ``other``."""
    times = sorted(
        ((time, line) for line in lines for time in line.times), key=lambda each: each[0]
    )
    zones = [each for each in (zone, other) if each]
    told = occasions([time for time, _ in times], now_of(context), zones)
    places = {(line_place(each), each.location_text) for each in lines}
    return Itinerary(
        visits=tuple(Visit(line, each) for (_, line), each in zip(times, told, strict=True)),
        place=lines[0] if len(places) == 1 else None,
        staff=_shared(each.staff_name for each in lines),
        service=_shared(each.service_name or booking.service_name for each in lines),
        people=max(each.participants for each in lines),
    )


def _shared(names: Iterable[str]) -> str:
    """The name that all have; "" if they differ."""
    different = set(names)
    return different.pop() if len(different) == 1 else ""


@register.simple_tag(takes_context=True)
def bill(context: Context, booking: Booking, lines: Sequence[Line]) -> list[BillLine]:
    """How the price of a booking came about; empty where it is a single price for a single thing.

    All ``lines`` of a booking have the same extras. Those without a price stand there as well.
    """
    extras = lines[0].add_ons
    told = [_bill_line(context, booking, each) for each in booking.price_lines]
    priced = {each["what"] for each in booking.price_lines}
    told += [BillLine(each["name"]) for each in extras if each["name"] not in priced]
    return told if extras or len(told) > 1 or any(each.times > 1 for each in told) else []


def _bill_line(context: Context, booking: Booking, told: Mapping[str, Any]) -> BillLine:
    def said(amount: Decimal) -> str:
        return wording.money(Money(amount, booking.price_currency), locale_of(context))

    each, times = Decimal(told["each"]), told["times"]
    return BillLine(told["what"] or booking.service_name, times, said(each), said(each * times))


@register.simple_tag(takes_context=True)
def money_told(context: Context, booking: Booking) -> str:
    """Where the money stands that is paid when booking, here or at Wix; "" where none is."""
    payment = booking.payment
    now = payment.amount if payment else booking.due_now
    if now is None:
        return ""
    currency = payment.currency if payment else booking.price_currency
    said = {
        "now": wording.money(Money(now, currency), locale_of(context)),
        "card": (payment.card if payment else "") or gettext("card"),
    }
    at_wix = payment.is_at_wix if payment else booking.is_paid_at_wix_first
    stage, due = Stage(booking.stage), Due(booking.due)
    if due is Due.AT_WIX and is_off(booking.stage):  # one last look is still to be taken
        due = Due.RELEASED if stage is Stage.EXPIRED else Due.NOTHING
    if booking.pays_by_plan:
        return wording.owed_by_plan(stage, due, said, by_owner=booking.lost_to == "owner")
    return (wording.owed_at_wix if at_wix else wording.owed)(stage, due, said)


@register.simple_tag(takes_context=True)
def cancelling_costs(context: Context, booking: Booking) -> str:
    """What becomes of the money if the booking is cancelled now; it never costs anything here."""
    payment, due = booking.payment, Due(booking.due)
    if payment is None:
        return wording.cancelling(due, {})
    now = wording.money(Money(payment.amount, payment.currency), locale_of(context))
    card = payment.card or gettext("card")
    said = {"now": now, "card": card}
    return (wording.cancelling_at_wix if payment.is_at_wix else wording.cancelling)(due, said)


@register.simple_tag(takes_context=True)
def changed_price(context: Context, booking: Booking) -> str:
    """What Wix asks for, where that is not what was shown before; "" where it is."""
    payment = booking.payment
    if payment is None or not payment.is_at_wix or payment.asked == booking.shown_price:
        return ""
    return wording.money(payment.asked, locale_of(context))


@register.filter
def names(booking: Booking) -> str:
    """Those who come, as far as they have names; "" until the details are in."""
    if booking.stage in (Stage.HELD, Stage.EXPIRED):
        return ""
    return ", ".join(filter(None, (each.get("name", "") for each in booking.people)))


@register.filter
def is_off(stage: str) -> bool:
    """True for a booking of which nothing comes."""
    return stage in (Stage.DECLINED, Stage.EXPIRED, Stage.CANCELLED)


@register.simple_tag
def notice(minutes: int) -> str:
    """How long before something: "24 hours"."""
    return wording.notice(minutes)


@register.simple_tag
def pause(days: int) -> str:
    """How long between two dates: "14 days"."""
    return wording.notice(days * A_DAY)


@register.simple_tag
def google_calendar(booking: Booking, line: Line, business: Business) -> str:
    return calendar_file.google(booking, line, business)


@register.simple_tag
def outlook_calendar(booking: Booking, line: Line, business: Business) -> str:
    return calendar_file.outlook(booking, line, business)
