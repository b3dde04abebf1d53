"""Answers with a customer in them: what caches and other sites may learn, and the way there."""

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


def led_to_booking(request: Visit, key: str) -> HttpResponse:
    """After a form was taken: on to the booking's own address, which may be loaded again."""
    response = redirect(wiring.with_kept(request, reverse("booking:booking", args=[key])))
    response.status_code = 303
    return kept_by_nobody(response)
