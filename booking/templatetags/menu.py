"""What templates need to tell of choices, and what they cost.

``{% load menu %}``. A page's ``offer`` and ``picked`` come from its context.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.translation import gettext

from booking import wording
from booking.actions.picks import EXTRA
from booking.actions.together import Part, Wanted
from booking.domain.menu import Cost, cheapest_first, cost_of
from booking.domain.service import Service, StaffMember
from booking.domain.slot import Slot
from booking.models import Booking
from booking.templatetags.contexts import locale_of, now_of
from booking.templatetags.links import carry
from booking.templatetags.queries import TRAVELLING, kept_in, query

register = template.Library()


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


@register.simple_tag(takes_context=True)
def plan_with(context: Context, wanted: Wanted, **changes: Any) -> str:
    """The query for a visit of several services, with some of it changed."""
    return _visit_query(context, replace(wanted, **changes).parameters())


@register.simple_tag(takes_context=True)
def plan_earlier(context: Context, wanted: Wanted, slug: str) -> str:
    """The same query with one of the services a step earlier."""
    return _visit_query(context, wanted.earlier(slug).parameters())


@register.simple_tag
def names_of(part: Part, slot: Slot) -> str:
    """Who gives one service of a visit: whom was asked for, or those who could."""
    if part.staff:
        return part.staff.name
    return gettext(" or ").join(each.name for each in slot.staff)


@register.simple_tag(takes_context=True)
def day_briefly(context: Context, day: date) -> str:
    """A day in a word or two: "Today", "Tue 24 Nov"."""
    today = now_of(context).astimezone(context["times"].zone).date()
    return wording.relative_day(day, today, locale_of(context))


@register.simple_tag(takes_context=True)
def visit_with(context: Context, parameters: list[tuple[str, str]]) -> str:
    """The query for a visit, from parameters that are ready."""
    return _visit_query(context, parameters)


@register.simple_tag(takes_context=True)
def choose_again(context: Context, booking: Booking, again: str = "") -> str:
    """Where another time is chosen for ``booking``: its service's page, or that of a visit."""
    if not booking.one_visit:
        return reverse("booking:service", args=[booking.service_slug]) + carry(context, again)
    lines = list(booking.lines.all())
    told = [("service", each.service_id) for each in lines]
    told += [("location", lines[0].location_id), ("again", again)]
    return reverse("booking:together") + _visit_query(context, told)


@register.filter
def as_a_visit(service: Service) -> list[tuple[str, str]]:
    """The parameters of a visit that begins with this service."""
    return [("service", service.slug)]


def _visit_query(context: Context, parameters: list[tuple[str, str]]) -> str:
    kept = kept_in(context)
    names = [each for each, _ in parameters]
    beside = [(name, kept.get(name, "")) for name in (*TRAVELLING, "again") if name not in names]
    return "?" + urlencode([(name, value) for name, value in parameters + beside if value])


def _told(context: Context, asked: Cost) -> str:
    if asked.is_nothing:
        return gettext("Free")
    if asked.lowest is None or asked.highest is None:
        return asked.words
    ends = dict.fromkeys((asked.lowest, asked.highest))
    return "–".join(wording.money(each, locale_of(context)) for each in ends)
