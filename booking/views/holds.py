"""Taking a time, and keeping it longer."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from booking import wiring
from booking.actions import browse, choices, classes, keys, offers, picks, place
from booking.actions import hold as holding
from booking.actions.browse import Calendar
from booking.actions.choices import Choice, SessionChoice
from booking.actions.classes import Timetable
from booking.actions.facts import Facts
from booking.actions.press import Press
from booking.domain.errors import (
    CalendarUnavailable,
    FormStale,
    NotBookable,
    NotJoinable,
    SlotTaken,
    TooManyHolds,
    WrongChoice,
)
from booking.domain.session import Session
from booking.domain.slot import Slot
from booking.error_pages import page_for
from booking.private import kept_by_nobody
from booking.visit import Visit

MOST_AT_ONCE = 20
"""How many sessions one press may take: Wix books each by itself."""


@csrf_exempt
@require_POST
def hold(request: Visit, slug: str) -> HttpResponse:
    """Keep the pressed time and lead to the booking's own address."""
    if wiring.is_pressing_too_often(request, "hold"):
        raise TooManyHolds
    press, facts = _press(request, slug)
    try:
        booking = holding.hold(
            request.site,
            wiring.wix_of(request.site),
            facts,
            press,
            most=settings.HOLDS_PER_ADDRESS,
        )
    except SlotTaken as error:
        return _taken(request, facts, press, error)
    except NotJoinable as error:
        return page_for(request, error, service=press.service, barrier=error.args[0])
    except NotBookable as error:
        return page_for(request, error, service=press.service, obstacle=error.args[0])
    address = reverse("booking:booking", args=[keys.key_of(booking)])
    response = redirect(wiring.with_kept(request, address))
    response.status_code = 303
    return kept_by_nobody(response)


@csrf_exempt
@require_POST
def extend(request: Visit, key: str) -> HttpResponse:
    """Keep the time for another ten minutes."""
    booking = place.find(request.site, key)
    holding.extend(booking, timezone.now())
    response = redirect(wiring.with_kept(request, reverse("booking:booking", args=[key])))
    response.status_code = 303
    return kept_by_nobody(response)


def _press(request: Visit, slug: str) -> tuple[Press, Facts]:
    """What was pressed. Raises: FormStale, WrongChoice, UnknownService."""
    tokens = list(dict.fromkeys(request.POST.getlist("slot")))
    if not 1 <= len(tokens) <= MOST_AT_ONCE:
        raise WrongChoice("sessions")
    targets = tuple(choices.read(each) for each in tokens)
    facts = wiring.facts_for(request)
    service = facts.service(slug)
    if any(each.service_id != service.id for each in targets):
        raise FormStale("another service's time")
    if len(targets) > 1 and not all(isinstance(each, SessionChoice) for each in targets):
        raise FormStale("several times at once")
    token = request.POST.get("again", "")
    offer = offers.know_offer(wiring.wix_of(request.site).cached, service)
    press = Press(
        targets=targets,
        offer=offer,
        picked=offer.pick(picks.asked(request.POST.dict())),
        visitor=wiring.visitor_of(request),
        now=timezone.now(),
        instead_of=keys.find_again(request.site, token) if token else None,
    )
    return press, facts


def _taken(request: Visit, facts: Facts, press: Press, error: SlotTaken) -> HttpResponse:
    zone, other = browse.page_zones(press.service, facts.zone, request.visitor_zone, press.now)
    return page_for(
        request,
        error,
        service=press.service,
        alternatives=alternatives(request, facts, press),
        lost=press.targets[0].starts,
        again=keys.again_token(press.instead_of) if press.instead_of else "",
        zone=zone,
        other_zone=other,
    )


def alternatives(request: Visit, facts: Facts, press: Press) -> list[Slot] | list[Session]:
    """The three nearest that are still free; none if Wix cannot be asked."""
    wix, choice = wiring.wix_of(request.site).cached, press.targets[0]
    try:
        if isinstance(choice, Choice):
            calendar = Calendar(
                site=request.site,
                wix=wix,
                facts=facts,
                service=press.service,
                now=press.now,
                staff=choice.staff_id,
                location=choice.location.id,
                length=press.picked.length,
            )
            return browse.nearest(calendar, choice.starts)
        if isinstance(choice, SessionChoice):
            table = Timetable(request.site, wix, facts, press.service, press.now)
            return classes.nearest(table.upcoming().sessions, choice.starts, press.picked.people)
    except CalendarUnavailable:
        pass
    return []
