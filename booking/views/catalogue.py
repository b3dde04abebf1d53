"""The service list."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from booking import wiring
from booking.actions.catalogue import Sought, look_through
from booking.actions.coming import coming
from booking.actions.facts import Facts
from booking.domain.zones import same_offsets
from booking.views import previews
from booking.visit import Visit


@require_safe
def catalogue(request: Visit) -> HttpResponse:
    """All services by category, or those that fit; with their next times as far as they are known."""
    facts, asked = wiring.facts_for(request), request.GET
    page = look_through(
        facts,
        Sought(
            category=asked.get("category", ""),
            kind=asked.get("kind", ""),
            place=asked.get("place", ""),
            words=asked.get("q", ""),
        ),
    )
    wix, now = wiring.wix_of(request.site), timezone.now()
    context: dict[str, Any] = {
        "page": page,
        "coming": coming(request.site, wix, facts, page.services, now),
        "notice": _notice(request, page.unknown),
        "preview": previews.of_catalogue(request, facts),
        **_zones(request, facts),
    }
    return render(request, "booking/catalogue.html", context)


def _notice(request: Visit, unknown: tuple[str, ...]) -> str:
    troubles = (*unknown, "zone") if request.zone_unknown else unknown
    if len(troubles) > 1:
        return "unknown_parts"
    return f"unknown_{troubles[0]}" if troubles else ""


def _zones(request: Visit, facts: Facts) -> dict[str, Any]:
    """The business's clock leads; the visitor's stands beside it where it differs."""
    visitor = request.visitor_zone
    same = visitor is None or same_offsets(visitor, facts.zone, timezone.now())
    return {"zone": facts.zone, "other_zone": None if same else visitor}
