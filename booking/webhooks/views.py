"""The address as Django knows it; where ``door`` stands before Django, that has answered already."""

from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from booking.visit import Visit
from booking.webhooks.taking import length_of, take


@csrf_exempt
@require_POST
def wix(request: Visit) -> HttpResponse:
    """One notice of Wix."""
    status = take(length_of(request.META.get("CONTENT_LENGTH", "")), request.read)
    return HttpResponse(f"{status.phrase}\n", content_type="text/plain", status=status)
