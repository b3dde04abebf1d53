"""The way to a provider's page, the pretend one's page, and the address where providers tell us things."""

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseNotFound
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from booking import wiring
from booking.actions import keys, settle
from booking.actions import pay as paying
from booking.domain.payment import Standing
from booking.models.pretend import PretendPayment
from booking.post import hands_for
from booking.private import kept_by_nobody, leave_for
from booking.providers import ForgedNotice, ProviderRefused, ProviderUnavailable
from booking.visit import Visit

STALL = timedelta(seconds=10)


@csrf_exempt
@require_POST
def pay(request: Visit, key: str) -> HttpResponse:
    """Lead to the provider's page, made now if it is not yet; else to the booking's own page.

    Raises: UnknownBooking, HoldExpired.
    """
    booking, now = keys.find(request.site, key), timezone.now()
    url = paying.where_to_pay(booking, now)
    if not url:
        settle.work_on(paying.prepare(booking, now, wiring.patience()), hands_for(request.site))
        url = paying.where_to_pay(keys.find(request.site, key), now)
    if url:
        return leave_for(url)
    response = redirect(wiring.with_kept(request, reverse("booking:booking", args=[key])))
    response.status_code = 303
    return response


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def pretend(request: Visit, page_id: str) -> HttpResponse:
    """The pretend provider's card page. What is pressed there is what becomes of the payment."""
    if settings.WIX_IS_REAL:
        return HttpResponseNotFound()
    row = get_object_or_404(PretendPayment, page_id=page_id)
    mood = request.POST.get("mood", "")
    is_open = row.standing == Standing.OPEN and row.until > timezone.now()
    if request.method == "POST" and (mood == "abandon" or not is_open):
        return leave_for(row.back_url)
    if mood in ("approve", "yes"):
        _authorise(row, timezone.now())
        return leave_for(row.back_url)
    if mood == "stall":
        _authorise(row, timezone.now() + STALL)
    response = render(request, "checkout/pretend.html", {"row": row, "mood": mood, "open": is_open})
    return kept_by_nobody(response)


def _authorise(row: PretendPayment, ready: datetime) -> None:
    PretendPayment.objects.filter(pk=row.pk, standing=Standing.OPEN).update(ready=ready)


@csrf_exempt
@require_POST
def notice(request: Visit, name: str) -> HttpResponse:
    """A provider tells something: its signature decides, and the payment is looked up at once.

    Told three times or late, the effect is the same: the provider is asked, not the notice believed.
    """
    try:
        told = wiring.provider(name).read_notice(request.body, request.headers)
    except (ForgedNotice, ProviderRefused):
        return HttpResponseBadRequest("not signed\n", content_type="text/plain")
    except ProviderUnavailable:
        return HttpResponseNotFound()
    paying.hurry(told.page_id, told.payment_id, timezone.now())
    return HttpResponse("ok\n", content_type="text/plain")
