"""Several services in one visit: chosen, shown as rows of times, and kept with one press."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from booking import wiring
from booking.actions import choices, keys, together
from booking.actions import hold as holding
from booking.actions.choices import Choice
from booking.actions.facts import Facts
from booking.actions.press import Press
from booking.actions.together import Wanted
from booking.domain.errors import (
    FormStale,
    SlotTaken,
    TooManyHolds,
    UnknownService,
    VisitTaken,
    WrongChoice,
)
from booking.domain.offer import Offer
from booking.domain.together import FEWEST, MOST
from booking.error_pages import page_for
from booking.private import kept_by_nobody, led_to_booking
from booking.views.asked import read_day
from booking.visit import Visit

STAFF = "staff-"
"""What a parameter begins with that names who gives a service."""


@require_safe
def plan(request: Visit) -> HttpResponse:
    """The services to choose, and the times at which all that are chosen fit."""
    wix, now = wiring.wix_of(request.site).cached, timezone.now()
    if not together.is_offered(wix):
        raise UnknownService("together")
    facts = wiring.facts_for(request)
    chosen = together.plan(facts, _wanted(request))
    times = None
    if chosen.is_complete:
        times = together.show_times(request.site, wix, facts, chosen, now)
    context = {
        "plan": chosen,
        "times": times,
        "quote": chosen.quote(facts.business.currency),
        "again": request.GET.get("again", ""),
        "kept": {**wiring.kept_by(request), **_kept(chosen.wanted)},
    }
    response = render(request, "booking/together.html", context)
    return kept_by_nobody(response) if request.GET.get("again") else response


@csrf_exempt
@require_POST
def hold(request: Visit) -> HttpResponse:
    """Keep all parts of the pressed row, and lead to the booking's own address."""
    if wiring.is_pressing_too_often(request, "hold"):
        raise TooManyHolds
    parts = choices.read_visit(request.POST.get("row", ""))
    facts, wix = wiring.facts_for(request), wiring.wix_of(request.site)
    way_back = _way_back(request, parts)
    try:
        press = _press(request, facts, parts)
        booking = holding.hold(request.site, wix, facts, press, most=settings.HOLDS_PER_ADDRESS)
    except SlotTaken:
        return page_for(
            request, VisitTaken(), lost=parts[0].starts, way_back=way_back, zone=facts.zone
        )
    except WrongChoice as error:
        return page_for(request, error, wrong=error, way_back=way_back)
    return led_to_booking(request, keys.key_of(booking))


def _press(request: Visit, facts: Facts, parts: tuple[Choice, ...]) -> Press:
    """Raises: FormStale, UnknownService."""
    known = {each.id: each for each in facts.services if not each.hidden}
    distinct = {each.service_id for each in parts}
    if len(distinct) < len(parts) or not FEWEST <= len(parts) <= MOST:
        raise FormStale("no visit")
    if not distinct <= known.keys() or not together.is_offered(wiring.wix_of(request.site).cached):
        raise UnknownService("together")
    first, *others = (Offer(service=known[each.service_id]) for each in parts)
    token = request.POST.get("again", "")
    return Press(
        targets=parts,
        offer=first,
        beside=tuple(others),
        picked=first.usual,
        visitor=wiring.visitor_of(request),
        now=timezone.now(),
        instead_of=keys.find_again(request.site, token) if token else None,
    )


def _way_back(request: Visit, parts: tuple[Choice, ...]) -> list[tuple[str, str]]:
    """The parameters that lead back to the choice of these services."""
    told = [("service", str(each.service_id)) for each in parts]
    told += [("location", str(parts[0].location.id or ""))] if parts else []
    again = request.POST.get("again", "")
    return told + ([("again", again)] if again else [])


def _kept(wanted: Wanted) -> dict[str, object]:
    """What the links of the page's frame carry along (to another language)."""
    told: dict[str, object] = dict(wanted.parameters())
    return told | {"service": wanted.slugs}


def _wanted(request: Visit) -> Wanted:
    asked = request.GET
    staff = {name.removeprefix(STAFF): asked[name] for name in asked if name.startswith(STAFF)}
    return Wanted(
        slugs=tuple(asked.getlist("service")),
        location=asked.get("location", ""),
        staff=staff,
        day=read_day(asked.get("date", "")),
    )
