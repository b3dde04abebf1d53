"""A booking's own address: details while it is held, the truth ever after. A GET stores nothing."""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from booking import calendar_file as calendar_files
from booking import wiring, wording
from booking.actions import keys, place, plans, rescue
from booking.actions import pay as paying
from booking.actions.cancel import may_cancel
from booking.actions.facts import Facts
from booking.actions.move import may_move
from booking.actions.nearby import look_around
from booking.actions.people import seats
from booking.actions.press import typed_in
from booking.actions.questions import Questions, questions_of
from booking.actions.side_by_side import ask_both
from booking.domain.errors import CalendarUnavailable, HoldExpired, UnknownBooking, UnknownService
from booking.domain.holding import EXTENSIONS
from booking.domain.money import Money
from booking.domain.payment import Standing
from booking.domain.plan import Plan
from booking.domain.service import Service
from booking.domain.states import TAKEN, Change, Due, Stage
from booking.domain.truth import STANDING, UNSETTLED, Truth
from booking.domain.zones import page_zones
from booking.error_pages import page_for
from booking.forms import DetailsForm
from booking.models import Booking
from booking.post import address_of
from booking.private import kept_by_nobody, may_lead_to, origin_of
from booking.visit import Visit

UNSETTLED_REFRESH = 3
REFRESH_FOR = timedelta(minutes=2)
COME_IN = (Stage.CONFIRMED, Stage.AWAITING_OWNER)
LONGEST_EPOCH = 11  # digits: enough until the year 5138, and never more than a date can hold


@require_safe
def show(request: Visit, key: str) -> HttpResponse:
    """What is known of a booking, and what happens next."""
    return page(request, key, place.find(request.site, key))


@require_safe
def calendar_file(request: Visit, key: str) -> HttpResponse:
    """The booking as a calendar file."""
    booking = keys.find(request.site, key)
    if booking.placed is None:
        raise UnknownBooking
    facts = wiring.facts_for(request)
    content = calendar_files.ics(
        booking, list(booking.lines.all()), facts.business, address_of(booking)
    )
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{booking.reference}.ics"'
    return kept_by_nobody(response)


def page(request: Visit, key: str, booking: Booking) -> HttpResponse:
    """The page of a booking's stage, in the language it was booked in unless another is asked for."""
    if "lang" not in request.GET:
        translation.activate(booking.language)
    now = timezone.now()
    if booking.holds_at(now):
        return details_page(request, key, booking)
    if booking.stage in (Stage.HELD, Stage.EXPIRED) and booking.due not in TAKEN:
        return expired_page(request, booking, HoldExpired())
    return truth_page(request, key, booking)


def details_page(
    request: Visit, key: str, booking: Booking, form: DetailsForm | None = None
) -> HttpResponse:
    """The form for the customer's details; with ``form`` as it was sent, if it had errors."""
    form = form or details_form(request, booking, ask(request, booking))
    context = facts_for(request, key, booking)
    origins = _origins(booking, context["service"])
    context |= {
        "form": form,
        "plans": plans_offered(request, booking),
        "leads_to": " ".join(origins),
        "held_until": booking.kept_until,
        "extensions_left": EXTENSIONS - booking.extensions,
        "again": keys.again_token(booking),
    }
    status = 422 if form.errors else 200
    response = render(request, "booking/details.html", context, status=status)
    return kept_by_nobody(may_lead_to(response, *origins))


def plans_offered(request: Visit, booking: Booking) -> tuple[Plan, ...]:
    """The plans that can be bought before the booking is made; only a headless client leads back."""
    service = _facts(request, booking)[1]
    if service is None or not settings.WIX_CLIENT_ID or not plans.may_buy_first(booking):
        return ()
    return plans.plans_for(wiring.wix_of(request.site).cached, service)


def ask(request: Visit, booking: Booking) -> Questions:
    """What the booking's form asks, side by side with the facts that its page needs."""
    wix, form_id = wiring.wix_of(request.site), booking.form_id
    questions, _ = ask_both(
        lambda: questions_of(wix, form_id), lambda: wiring.business_for(request)
    )
    return questions


def details_form(
    request: Visit, booking: Booking, questions: Questions, sent: QueryDict | None = None
) -> DetailsForm:
    """The form as it was ``sent``, else with what was typed for this booking before."""
    start = {} if sent else {**typed_in(booking), "press": secrets.token_urlsafe(16)}
    business = wiring.business_for(request)
    prefetch_related_objects([booking], "lines")
    return DetailsForm(
        sent,
        asks=questions.form,
        seats=seats(booking.line),
        ways=wording.ways(booking.ways, _said(request, booking)),
        country=business.country if business else "",
        initial=start,
    )


def _said(request: Visit, booking: Booking) -> dict[str, str]:
    """The booking's amounts in words: all of it, and the deposit."""
    business = wiring.business_for(request)
    locale = wording.locale_of(
        translation.get_language() or "en", business.country if business else ""
    )
    told = {"all": booking.price_amount, "deposit": booking.deposit_amount}
    return {
        name: wording.money(Money(amount, booking.price_currency), locale)
        for name, amount in told.items()
        if amount is not None
    }


def truth_page(request: Visit, key: str, booking: Booking) -> HttpResponse:
    """What became of it. Refreshes itself for two minutes while that is not known."""
    now = timezone.now()
    context = facts_for(request, key, booking)
    origins = _origins(booking, context["service"])
    state = booking.truth_at(now)
    unsettled = state in UNSETTLED or booking.change == Change.OFFER
    context |= {
        "truth": state,
        "standing": STANDING,
        "refresh": UNSETTLED_REFRESH
        if unsettled and _is_waited_for(request, booking, now)
        else None,
        "may_cancel": may_cancel(booking, now),
        "may_move": may_move(booking, now),
    }
    at_wix = booking.due == Due.AT_WIX and state in (Truth.AT_WIX, Truth.PAGE_OVER)
    if not at_wix and state in (Truth.TO_BE_PAID, Truth.PAGE_OVER) and _has_paid(booking):
        context["truth"] = Truth.PAYMENT_KEPT  # as will be written down when its attempt is due
    if at_wix:
        context |= _at_wix(request, booking, origins)
    context["told"] = wording.told(
        context["truth"],
        times=sum(len(line.times) for line in booking.lines.all()),
        email=booking.email,
    )
    if booking.stage == Stage.DECLINED:
        context |= _instead(request, booking, now)
    elif booking.stage == Stage.EXPIRED:
        context |= _other_times(request, booking, now)
    response = render(request, "booking/truth.html", context)
    return kept_by_nobody(may_lead_to(response, *origins))


def _instead(request: Visit, booking: Booking, now: datetime) -> dict[str, Any]:
    """What there is instead of a lost time: what its customer took, or is kept for them, or is free."""
    again = keys.again_token(booking)
    taken = rescue.taken_instead(booking, now)
    if taken is not None:
        return {"instead": taken, "instead_key": keys.key_of(taken), "again": again}
    offers = rescue.offers_of(booking, now)
    if offers:
        until = min(each.kept_until for each in offers)
        return {"offers": offers, "offered_until": until, "again": again}
    return _other_times(request, booking, now)


def _is_waited_for(request: Visit, booking: Booking, now: datetime) -> bool:
    """True for two minutes after its customer did something, or came back from paying.

    When they came back stands in the address: that somebody says so only makes the page look again.
    """
    told = request.GET.get("since", "")
    since = [each for each in (booking.placed, booking.changed) if each]
    if told.isascii() and told.isdigit() and len(told) < LONGEST_EPOCH:
        since.append(datetime.fromtimestamp(int(told), UTC))
    return any(each <= now < each + REFRESH_FOR for each in since)


def _has_paid(booking: Booking) -> bool:
    """True if the provider has the card's word already, and we have not written it down yet."""
    payment = booking.payment
    if payment is None or not payment.page_id:
        return False
    return wiring.seen_at_provider(payment) in (Standing.AUTHORISED, Standing.CAPTURED)


def _at_wix(request: Visit, booking: Booking, origins: Sequence[str]) -> dict[str, Any]:
    """What the page of a booking says that is paid on Wix's page; it may ask Wix, and stores nothing."""
    payment = booking.payment
    told: dict[str, Any] = {
        "leads_to": " ".join(origins),
        "pay_until": payment.page_until if payment else None,
        "wix_page": paying.page_address(booking, timezone.now()),
        "leads_back": bool(settings.WIX_CLIENT_ID),
        "other_ways": wording.ways(
            paying.other_ways(booking, settings.PAYMENT_PROVIDER), _said(request, booking)
        ),
    }
    seen = wiring.seen_at_wix(booking)
    return told | ({"truth": Truth.COME_IN} if seen in COME_IN else {})


def _origins(booking: Booking, service: Service | None) -> list[str]:
    """Where the forms of this booking's page may lead: to the pages on which it is paid."""
    payment = booking.payment
    at_wix = booking.may_be_paid_at_wix if payment is None else payment.is_at_wix
    is_ours = payment is not None and not payment.is_at_wix
    name = payment.provider if payment and is_ours else settings.PAYMENT_PROVIDER
    here = name and (is_ours or booking.may_be_paid_here)
    origins = [wiring.provider(name).page_origin] if here else []
    if at_wix:
        known = paying.wix_page_known(booking) or (service.page_url if service else "")
        origins += [origin_of(known), *settings.WIX_CHECKOUT_ORIGINS]
    return [each for each in dict.fromkeys(origins) if each]


def expired_page(request: Visit, booking: Booking, error: HoldExpired) -> HttpResponse:
    """The hold is over: the same time again if it is still free, else the nearest."""
    context = facts_for(request, "", booking) | _other_times(request, booking, timezone.now())
    return kept_by_nobody(page_for(request, error, **context))


def facts_for(request: Visit, key: str, booking: Booking) -> dict[str, Any]:
    """What every page about a booking tells of it."""
    service = _facts(request, booking)[1]
    prefetch_related_objects([booking], "lines")
    zone, other = ZoneInfo(booking.business_zone), None
    visitor = request.visitor_zone or (ZoneInfo(booking.zone) if booking.zone else None)
    if service is not None:
        zone, other = page_zones(service, zone, visitor, timezone.now())
    return {
        "booking": booking,
        "lines": booking.lines.all(),
        "line": booking.line,
        "service": service,
        "key": key,
        "zone": zone,
        "other_zone": other,
    }


def _facts(request: Visit, booking: Booking) -> tuple[Facts | None, Service | None]:
    """The facts of the booking's service as they are now; None if they cannot be had any more."""
    try:
        facts = wiring.facts_for(request)
        return facts, facts.service(booking.service_slug)
    except (CalendarUnavailable, UnknownService):
        return None, None


def _other_times(request: Visit, booking: Booking, now: datetime) -> dict[str, Any]:
    """The same again, if it is free, and the nearest others; nothing if Wix cannot be asked."""
    facts, service = _facts(request, booking)
    nothing: dict[str, Any] = {"alternatives": (), "same": None, "again": ""}
    if facts is None or service is None or service.obstacle is not None:
        return nothing
    try:
        found = look_around(
            request.site, wiring.wix_of(request.site).cached, facts, service, booking, now
        )
    except CalendarUnavailable:
        return nothing
    return {
        "alternatives": found.others,
        "same": found.same,
        "again": keys.again_token(booking),
    }
