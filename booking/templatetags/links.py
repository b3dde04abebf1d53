"""What templates need for links and forms: addresses that lead on, and what travels along.

Every page may use these: the module is one of the templates' builtins.
"""

import re
from typing import Any
from urllib.parse import quote

from django import template
from django.template.context import Context

from booking.actions import choices, picks
from booking.domain.business import Place
from booking.domain.session import Session
from booking.domain.slot import Slot
from booking.templatetags.queries import TRAVELLING, kept_in, picks_in, query

register = template.Library()

SENT_TO = re.compile(r"(?<=/)(hold|details|extend)/$")
"""What an address ends with that only forms are sent to."""


@register.simple_tag
def choice(slot: Slot | Session, staff_id: Any = None) -> str:
    """The signed value of a time's or a session's button."""
    if isinstance(slot, Session):
        return choices.sign_session(slot)
    return choices.sign(slot, staff_id or None)


@register.simple_tag(takes_context=True)
def here_with(context: Context, **changes: Any) -> str:
    """This page's query with some parameters changed; ``None`` or "" takes one away.

    A time of day goes with its day.
    """
    if changes.keys() & {"date", "month"}:
        changes.setdefault("time", None)
    return query({**kept_in(context), **changes}) or "?"


@register.simple_tag(takes_context=True)
def carry(context: Context, again: str = "") -> str:
    """The query for a link to another page: language, zone, and the booking to choose anew for.

    With a booking also what was chosen for it: its people, its length, its extras.
    """
    kept = kept_in(context)
    again = again or kept.get("again", "")
    return query({**dict(travelling(context)), "again": again, **(picks_in(kept) if again else {})})


@register.simple_tag(takes_context=True)
def picked_fields(context: Context) -> list[tuple[str, str]]:
    """Who comes, how long and with which extras, for the hidden fields of a form.

    As the page shows it: what its address asked for and cannot be had is left out.
    """
    picked = context.get("picked")
    told = picks.parameters(picked) if picked else picks_in(kept_in(context))
    return list(told.items())


@register.simple_tag(takes_context=True)
def travelling(context: Context) -> list[tuple[str, str]]:
    """Language and zone, for the hidden fields of a form."""
    kept = kept_in(context)
    return [(name, kept[name]) for name in TRAVELLING if kept.get(name)]


@register.simple_tag(takes_context=True)
def try_again(context: Context) -> str:
    """The page on which what just failed can be tried again: the one before a form was sent."""
    here = context.get("here") or "/"
    return f"{SENT_TO.sub('', here)}{query(kept_in(context))}"


@register.simple_tag(takes_context=True)
def kept_fields(context: Context, *without: str) -> list[tuple[str, str]]:
    """The page's parameters for the hidden fields of a GET form, less those it sets itself."""
    kept = kept_in(context)
    return [(name, value) for name, value in kept.items() if value and name not in without]


@register.filter
def directions(place: Place | str) -> str:
    """Where a map shows the way to a place; nothing is asked from there until it is pressed."""
    text = place if isinstance(place, str) else place.text
    return f"https://www.google.com/maps/dir/?api=1&destination={quote(text)}"


@register.filter
def dialled(phone: str) -> str:
    """A phone number as a ``tel:`` link wants it."""
    return "tel:" + "".join(each for each in phone if each.isdigit() or each == "+")
