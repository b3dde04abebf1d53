"""Answers with a customer in them: what caches and other sites may learn, and where they lead."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

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


def led_to_booking(
    request: Visit, key: str, part: str = "booking", *, since: datetime | None = None
) -> HttpResponse:
    """After a form was taken: on to the booking's own address, or a ``part`` of it, to be loaded.

    ``since`` then is when its customer began to wait for news.
    """
    path = wiring.with_kept(request, reverse(f"booking:{part}", args=[key]))
    if since is not None:
        path += f"{'&' if '?' in path else '?'}since={int(since.timestamp())}"
    response = redirect(path)
    response.status_code = 303
    return kept_by_nobody(response)


def leave_for(url: str) -> HttpResponse:
    """Send the browser to a provider's page, after a form was sent."""
    response = redirect(url)
    response.status_code = 303
    return kept_by_nobody(response)


def origin_of(url: str) -> str:
    """What a policy names of an address: "https://www.example.com"; "" if it is none of the web."""
    parts = urlsplit(url)
    is_web = parts.scheme in ("https", "http") and parts.netloc
    return f"{parts.scheme}://{parts.netloc}" if is_web else ""


def may_lead_to[R: HttpResponse](response: R, *origins: str) -> R:
    """Let the forms of this page, and of no other, end on other sites' pages ("" for none).

    Browsers hold a page's own policy against each redirect that follows its forms.
    """
    if named := [each for each in dict.fromkeys(origins) if each]:
        policy: dict[str, Any] = dict(settings.SECURE_CSP)
        policy["form-action"] = [*policy["form-action"], *named]
        response._csp_config = policy  # type: ignore[attr-defined]  # noqa: SLF001 - as Django's own decorator does
    return response
