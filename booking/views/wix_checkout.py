"""To Wix's checkout page and back. Coming back proves nothing: only asking Wix tells."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from booking import wiring
from booking.actions import hand_off, keys, settle
from booking.actions import pay as paying
from booking.domain.errors import TooManyHolds
from booking.models import Booking
from booking.post import hands_for
from booking.private import leave_for, led_to_booking, origin_of
from booking.visit import Visit


@csrf_exempt
@require_POST
def leave(request: Visit, key: str) -> HttpResponse:
    """Lead to Wix's checkout page, made now if it is not yet; else to the booking's own page.

    Raises: UnknownBooking, HoldExpired.
    """
    if wiring.is_pressing_too_often(request, "leave"):
        raise TooManyHolds
    booking, now, hands = keys.find(request.site, key), timezone.now(), hands_for(request.site)
    if not paying.where_to_pay(booking, now):
        settle.work_on(paying.prepare(booking, now, wiring.patience()), hands)
    return onward(request, keys.find(request.site, key), agreed=True)


@csrf_exempt
@require_POST
def otherwise(request: Visit, key: str) -> HttpResponse:
    """Pay in another way that was offered, instead of at Wix. Raises: UnknownBooking, HoldExpired."""
    if wiring.is_pressing_too_often(request, "leave"):
        raise TooManyHolds
    booking, now, hands = keys.find(request.site, key), timezone.now(), hands_for(request.site)
    way = request.POST.get("way", "")
    waiting = paying.switch(booking, way, hands.takes_cards, now, wiring.patience())
    settle.work_on(waiting, hands)
    return onward(request, keys.find(request.site, key))


@csrf_exempt
@require_POST
def look(request: Visit, key: str) -> HttpResponse:
    """Who has paid wants to know: ask Wix at once, and show what it says. Raises: UnknownBooking."""
    if wiring.is_pressing_too_often(request, "look"):
        raise TooManyHolds
    booking, now = keys.find(request.site, key), timezone.now()
    waiting = paying.look_again(booking, now, wiring.patience())
    settle.work_on(waiting, hands_for(request.site))
    return led_to_booking(request, key, since=now)


@require_safe
def back(request: Visit, token: str) -> HttpResponse:
    """From Wix's page, or a provider's, to the booking's own; what anybody appends is not looked at.

    Raises: UnknownBooking.
    """
    now = timezone.now()
    booking = keys.find_returned(request.site, token, now)
    return led_to_booking(request, keys.key_of(booking), since=now)


def onward(request: Visit, booking: Booking, *, agreed: bool = False) -> HttpResponse:
    """To the page on which it is paid, if the form that was sent may lead there; else to its own.

    ``agreed`` says that its customer has seen what Wix asks for, also if that is not what was shown
    at first. Raises: HoldExpired.
    """
    allowed = request.POST.get("leads_to", "").split()
    payment, url = booking.payment, paying.where_to_pay(booking, timezone.now())
    if payment is None or not payment.is_at_wix:
        return leave_for(url) if url else led_to_booking(request, keys.key_of(booking))
    if url and (agreed or payment.asked == booking.shown_price):
        for address in (hand_off.way_to_wix(booking, hands_for(request.site)), url):
            if origin_of(address) in allowed:
                return leave_for(address)
    return led_to_booking(request, keys.key_of(booking))
