"""Django's own error pages, in our clothes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """An address that leads nowhere."""
    return render(request, "errors/not_found.html", status=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request that cannot be read: too large, garbled, or for a host that is not ours."""
    return HttpResponse(get_template("errors/bad_request.html").render({}), status=400)


def broken(_request: HttpRequest) -> HttpResponse:
    """Something of ours broke; needs nothing that may be broken too."""
    return HttpResponse(get_template("errors/broken.html").render({}), status=500)
