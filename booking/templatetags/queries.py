"""The query parameters that the links and forms of a page carry along."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.template.context import Context

from booking.actions.picks import is_pick

TRAVELLING = ("lang", "tz")
"""What goes with a visitor from page to page."""


def kept_in(context: Context) -> dict[str, str]:
    """The parameters in force: those of the address, and what a booking's own page knows besides."""
    kept = dict(context.get("kept") or {})
    business, language = context.get("business"), context.get("language")
    if business and language and not language.startswith(business.language):
        kept.setdefault("lang", language)
    booking = context.get("booking")
    if booking and booking.zone:
        kept.setdefault("tz", booking.zone)
    return {**(booking.picks if booking else {}), **kept}


def query(values: Mapping[str, Any]) -> str:
    """The query with those of ``values`` that are not empty; "" if none is left.

    Several values of one name are a tuple.
    """
    given = {name: value for name, value in values.items() if value}
    return f"?{urlencode(given, doseq=True)}" if given else ""


def picks_in(kept: Mapping[str, str]) -> dict[str, str]:
    """Those of the parameters that say who comes, how long and with which extras."""
    return {name: value for name, value in kept.items() if is_pick(name)}
