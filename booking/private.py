"""Answers with a customer in them: what caches and other sites may learn, and where they lead."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from booking import wiring
from booking.visit import Visit


def kept_by_nobody[R: HttpResponse](response: R) -> R:
    """Mark a page with a customer in it: no cache keeps it, no other site learns its address."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def led_to_booking(request: Visit, key: str, part: str = "booking") -> HttpResponse:
    """After a form was taken: on to the booking's own address, or a ``part`` of it, to be loaded."""
    response = redirect(wiring.with_kept(request, reverse(f"booking:{part}", args=[key])))
    response.status_code = 303
    return kept_by_nobody(response)


def leave_for(url: str) -> HttpResponse:
    """Send the browser to a provider's page, after a form was sent."""
    response = redirect(url)
    response.status_code = 303
    return kept_by_nobody(response)


def may_lead_to[R: HttpResponse](response: R, origin: str) -> R:
    """Let the forms of this page, and of no other, end on another site's page ("" for none).

    Browsers hold a page's own policy against each redirect that follows its forms.
    """
    if origin:
        policy: dict[str, Any] = dict(settings.SECURE_CSP)
        policy["form-action"] = [*policy["form-action"], origin]
        response._csp_config = policy  # type: ignore[attr-defined]  # noqa: SLF001 - as Django's own decorator does
    return response
