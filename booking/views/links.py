"""For those who lost the address of their booking."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from booking import wiring
from booking.actions import links
from booking.domain.errors import TooManyHolds
from booking.forms import LostLinkForm
from booking.visit import Visit


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def lost_link(request: Visit) -> HttpResponse:
    """Mail a customer their links; the answer is the same whether the address is known or not."""
    form = LostLinkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and wiring.is_pressing_too_often(request, "links"):
        raise TooManyHolds
    sent = form.is_bound and form.is_valid()
    if sent:
        links.mail_links(
            request.site,
            form.cleaned_data["email"],
            timezone.now(),
            most_an_hour=settings.MAILED_LINKS_PER_HOUR,
        )
    status = 422 if form.errors else 200
    context = {"form": form, "sent": sent}
    return render(request, "booking/lost_link.html", context, status=status)
