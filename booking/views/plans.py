"""Buying a pricing plan first, at Wix, while the time is kept."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from booking import wiring
from booking.actions import hold, place, plans
from booking.domain.errors import TooManyHolds
from booking.domain.holding import Reason
from booking.domain.ids import PlanId
from booking.domain.ways import Way
from booking.post import hands_for
from booking.private import leave_for, led_to_booking, origin_of
from booking.views import bookings
from booking.visit import Visit


@csrf_exempt
@require_POST
def buy(request: Visit, key: str) -> HttpResponse:
    """Keep the time and what was typed, and lead to where Wix sells the plan.

    Raises: UnknownBooking, HoldExpired, TooManyHolds, CalendarUnavailable.
    """
    if wiring.is_pressing_too_often(request, "leave"):
        raise TooManyHolds
    booking, hands = place.find(request.site, key), hands_for(request.site)
    offered = bookings.plans_offered(request, booking)
    plan_id = PlanId(request.POST.get("plan", ""))
    if plan_id not in {each.id for each in offered}:
        raise Http404
    hold.extend(booking, timezone.now(), Reason.BUYING)
    typed = bookings.details_form(request, booking, bookings.ask(request, booking), request.POST)
    place.keep_typed(booking, {**typed.typed(), "way": Way.PLAN})
    address = plans.way_to_buy(booking, plan_id, hands)
    if origin_of(address) in request.POST.get("leads_to", "").split():
        return leave_for(address)
    return led_to_booking(request, key)
