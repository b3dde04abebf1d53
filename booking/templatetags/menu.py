"""What templates need to tell of choices: their prices, and the bill of a booking.

``{% load menu %}``. A page's ``offer`` and ``picked`` come from its context.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import template
from django.template.context import Context
from django.utils.translation import gettext

from booking import wording
from booking.actions.picks import EXTRA
from booking.domain.menu import Cost, cheapest_first, cost_of
from booking.domain.money import Money
from booking.domain.service import StaffMember
from booking.domain.slot import Slot
from booking.models import Booking, Line
from booking.templatetags.booking import locale_of
from booking.templatetags.queries import TRAVELLING, kept_in, query

register = template.Library()


@dataclass(frozen=True, slots=True)
class BillLine:
    """One line of a bill in words; ``price`` is "" where an extra has none of its own."""

    what: str
    price: str


@register.simple_tag(takes_context=True)
def cost(context: Context, asked: Cost) -> str:
    """What a choice costs, in a few words: "€40", "from €26", "Free"; "" if nothing is known."""
    if asked.is_open and asked.lowest:
        return gettext("from %(price)s") % {
            "price": wording.money(asked.lowest, locale_of(context))
        }
    return _told(context, asked)


@register.simple_tag(takes_context=True)
def cost_span(context: Context, asked: Cost) -> str:
    """The same with both ends where it is still open: "€26–€32"."""
    return _told(context, asked)


@register.simple_tag(takes_context=True)
def price_with(context: Context, who: StaffMember | Slot | None = None) -> str:
    """What it costs with somebody, at a time, or with anyone; "" where that changes nothing.

    At a time that several people could give, it is the price of whom it would be.
    """
    offer, picked, times = context.get("offer"), context.get("picked"), context.get("times")
    if offer is None or picked is None or not offer.prices_by_person:
        return ""
    match who:
        case StaffMember():
            people = [who.id]
        case Slot():
            chosen = times.staff if times else None
            people = [each.id for each in cheapest_first(offer, [chosen] if chosen else who.staff)]
        case _:
            people = []
    return _told(context, cost_of(offer, picked, people[:1]))


@register.simple_tag(takes_context=True)
def money(context: Context, amount: Money) -> str:
    return wording.money(amount, locale_of(context))


@register.simple_tag(takes_context=True)
def bill(context: Context, booking: Booking, line: Line) -> list[BillLine]:
    """How the price of a booking came about; empty where it is a single price for a single thing.

    All lines of a booking have the same extras as ``line``.
    """
    lines = [_bill_line(context, booking, each) for each in booking.price_lines]
    priced = {each["what"] for each in booking.price_lines}
    lines += [BillLine(e["name"], "") for e in line.add_ons if e["name"] not in priced]
    counted = any(each["times"] > 1 for each in booking.price_lines)
    return lines if counted or len(lines) > 1 else []


@register.simple_tag(takes_context=True)
def fields_beside_extras(context: Context) -> list[tuple[str, str]]:
    """The page's parameters for the hidden fields of the form that chooses the extras."""
    kept = kept_in(context)
    return [(name, each) for name, each in kept.items() if each and not name.startswith(EXTRA)]


@register.simple_tag(takes_context=True)
def back_with(context: Context, rest: Mapping[str, str]) -> str:
    """The query that leads back to a service with ``rest`` of what was chosen."""
    kept = kept_in(context)
    names = (*TRAVELLING, "staff", "location", "again")
    return query({**{name: kept.get(name, "") for name in names}, **rest})


def _told(context: Context, asked: Cost) -> str:
    if asked.is_nothing:
        return gettext("Free")
    if asked.lowest is None or asked.highest is None:
        return asked.words
    ends = dict.fromkeys((asked.lowest, asked.highest))
    return "–".join(wording.money(each, locale_of(context)) for each in ends)


def _bill_line(context: Context, booking: Booking, told: Mapping[str, Any]) -> BillLine:
    each = Money(Decimal(told["each"]), booking.price_currency)
    total = Money(each.amount * told["times"], each.currency)
    what = told["what"] or booking.service_name
    if told["times"] > 1:
        what = gettext("%(count)d × %(what)s") % {"count": told["times"], "what": what}
    return BillLine(what, wording.money(total, locale_of(context)))
