"""What caches and other sites may learn of an answer."""

from django.http import HttpResponse


def kept_by_nobody[R: HttpResponse](response: R) -> R:
    """Mark a page with a customer in it: no cache keeps it, no other site learns its address."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
