"""Taking a time, and keeping it longer."""

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from booking import wiring
from booking.actions import choices, keys, move, offers, picks, place
from booking.actions import hold as holding
from booking.actions.choices import SessionChoice
from booking.actions.classes import MOST_AT_ONCE
from booking.actions.facts import Facts
from booking.actions.press import Press
from booking.domain.errors import (
    FormStale,
    NotBookable,
    NotJoinable,
    OtherPrice,
    SlotTaken,
    TooManyHolds,
    TooManySessions,
    WrongChoice,
)
from booking.domain.offer import Offer
from booking.domain.service import Service
from booking.error_pages import page_for
from booking.private import led_to_booking
from booking.views.refused import refused, tokens_of
from booking.visit import Visit


@csrf_exempt
@require_POST
def hold(request: Visit, slug: str) -> HttpResponse:
    """Keep the pressed time and lead to the booking's own address."""
    if wiring.is_pressing_too_often(request, "hold"):
        raise TooManyHolds
    facts = wiring.facts_for(request)
    service = facts.service(slug)
    offer = offers.know_offer(wiring.wix_of(request.site).cached, service)
    try:
        return _keep(request, facts, offer)
    except WrongChoice as error:
        return _not_on_offer(request, service, error)


@csrf_exempt
@require_POST
def extend(request: Visit, key: str) -> HttpResponse:
    """Keep the time for another ten minutes."""
    booking = place.find(request.site, key)
    holding.extend(booking, timezone.now())
    return led_to_booking(request, key)


def _keep(request: Visit, facts: Facts, offer: Offer) -> HttpResponse:
    """Raises: FormStale, WrongChoice, CalendarUnavailable."""
    press, wix = _press(request, offer), wiring.wix_of(request.site)
    try:
        booking = holding.hold(request.site, wix, facts, press, most=settings.HOLDS_PER_ADDRESS)
    except (SlotTaken, NotJoinable, NotBookable, OtherPrice) as error:
        return refused(request, facts, press, error)
    if press.moving is not None:
        return led_to_booking(request, keys.key_of(press.moving), "move")
    return led_to_booking(request, keys.key_of(booking))


def _press(request: Visit, offer: Offer) -> Press:
    """What was pressed. Raises: FormStale, WrongChoice, TooLateToMove."""
    tokens = tokens_of(request)
    if not tokens:
        raise WrongChoice("sessions")
    if len(tokens) > MOST_AT_ONCE:
        raise TooManySessions("sessions")
    targets = tuple(choices.read(each) for each in tokens)
    if any(each.service_id != offer.service.id for each in targets):
        raise FormStale("another service's time")
    if len(targets) > 1 and not all(isinstance(each, SessionChoice) for each in targets):
        raise FormStale("several times at once")
    token = request.POST.get("again", "")
    moving = keys.find_moving(request.site, token) if token else None
    if moving is not None:
        move.refuse_if_too_late(moving, timezone.now())
    return Press(
        targets=targets,
        offer=offer,
        picked=offer.pick(picks.asked(moving.picks if moving else request.POST.dict())),
        visitor=wiring.visitor_of(request),
        now=timezone.now(),
        instead_of=keys.find_again(request.site, token) if token else None,
        moving=moving,
    )


def _not_on_offer(request: Visit, service: Service, error: WrongChoice) -> HttpResponse:
    """What is not on offer (any more), and the way back with the rest of what was chosen."""
    offer = offers.know_offer(wiring.wix_of(request.site).cached, service)
    rest, _ = picks.picked(offer, request.POST.dict())
    return page_for(
        request,
        error,
        service=service,
        wrong=error,
        rest=picks.parameters(rest),
        again=request.POST.get("again", ""),
        most=MOST_AT_ONCE,
    )
