"""A customer changes their mind: the pages on which a booking is cancelled or gets another time."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from booking import wiring
from booking.actions import cancel as cancelling
from booking.actions import keys, place, rescue, settle
from booking.actions import move as moving
from booking.actions.patience import Patience
from booking.domain.errors import (
    HoldExpired,
    MoveExpired,
    TooLateToCancel,
    TooLateToMove,
    TooManyHolds,
)
from booking.domain.states import LIVE, Change, Stage
from booking.error_pages import page_for
from booking.models import Attempt, Booking
from booking.post import hands_for
from booking.private import kept_by_nobody, led_to_booking
from booking.views import bookings
from booking.visit import Visit


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: Visit, key: str) -> HttpResponse:
    """What cancelling costs, before it is done; and doing it, which is done once."""
    booking, now = place.find(request.site, key), timezone.now()
    _speak(request, booking)
    if booking.stage == Stage.HELD or booking.stage not in LIVE:
        return led_to_booking(request, key)
    try:
        if request.method == "POST":
            return _change(request, key, booking, "cancel", cancelling.cancel)
        cancelling.refuse_if_too_late(booking, now)
    except TooLateToCancel as error:
        return kept_by_nobody(page_for(request, error, **bookings.facts_for(request, key, booking)))
    response = render(request, "booking/cancel.html", bookings.facts_for(request, key, booking))
    return kept_by_nobody(response)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: Visit, key: str) -> HttpResponse:
    """The old time and the new one side by side; and moving it there, which is done once.

    As long as no new time is kept, this leads to where one is chosen.
    """
    booking, now = place.find(request.site, key), timezone.now()
    _speak(request, booking)
    if booking.stage != Stage.CONFIRMED or booking.change == Change.MOVE:
        return led_to_booking(request, key)
    context = bookings.facts_for(request, key, booking)
    try:
        if request.method == "POST":
            return _change(request, key, booking, "move", moving.move)
        moving.refuse_if_too_late(booking, now)
    except (TooLateToMove, MoveExpired) as error:
        return kept_by_nobody(page_for(request, error, **context))
    target = moving.target_of(booking, now)
    if target is None:
        return _choose_a_time(request, booking)
    context |= {
        "target": target,
        "held_until": target.kept_until,
        "again": keys.move_token(booking),
    }
    return kept_by_nobody(render(request, "booking/move.html", context))


@csrf_exempt
@require_POST
def other(request: Visit, key: str) -> HttpResponse:
    """Take one of the times that are kept for whoever lost theirs, or none of them."""
    booking, now = place.find(request.site, key), timezone.now()
    _speak(request, booking)
    reference = request.POST.get("offer", "")
    if not reference:
        rescue.take_none(booking, now)
        return led_to_booking(request, key)
    try:
        taken = rescue.take(booking, reference, now)
    except HoldExpired:  # the page says what is free now
        return led_to_booking(request, key)
    return led_to_booking(request, keys.key_of(taken))


def _change(
    request: Visit,
    key: str,
    booking: Booking,
    what: str,
    begin: Callable[[Booking, datetime, Patience], Attempt | None],
) -> HttpResponse:
    """Begin it and do what can be done at once. Raises: TooManyHolds, and what ``begin`` raises."""
    if wiring.is_pressing_too_often(request, what):
        raise TooManyHolds
    attempt = begin(booking, timezone.now(), wiring.patience())
    settle.work_on(attempt, hands_for(request.site))
    return led_to_booking(request, key)


def _choose_a_time(request: Visit, booking: Booking) -> HttpResponse:
    address = reverse("booking:service", args=[booking.service_slug])
    asked = {**wiring.kept_by(request, wiring.TRAVELLING), **booking.picks}
    query = urlencode({**asked, "again": keys.move_token(booking)})
    return kept_by_nobody(redirect(f"{address}?{query}"))


def _speak(request: Visit, booking: Booking) -> None:
    """In the language it was booked in, unless another is asked for."""
    if "lang" not in request.GET and "lang" not in request.POST:
        translation.activate(booking.language)
