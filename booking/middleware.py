"""Around every request: health, whose site it is, in which language and zone, and named errors."""

import ipaddress
from collections.abc import Callable
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.http import HttpResponse
from django.utils import translation

from booking import wiring
from booking.actions.site import UnknownHost, site_for
from booking.domain.errors import BookingError
from booking.error_pages import page_for
from booking.visit import Visit

Next = Callable[[Visit], HttpResponse]


def health(get_response: Next) -> Next:
    """Answer ``/healthz`` before anything that could fail: the process lives, no more is claimed."""

    def middleware(request: Visit) -> HttpResponse:
        if request.path == "/healthz":
            return HttpResponse("ok\n", content_type="text/plain")
        return get_response(request)

    return middleware


def current_site(get_response: Next) -> Next:
    """Set ``request.site`` and ``request.client_address``."""

    def middleware(request: Visit) -> HttpResponse:
        request.client_address = client_address(request)
        if not request.path.startswith(settings.STATIC_URL) and request.path != "/readyz":
            try:
                request.site = site_for(request.get_host().rsplit(":", 1)[0])
            except UnknownHost as error:
                return page_for(request, error)
        return get_response(request)

    return middleware


def client_address(request: Visit) -> str:
    """The address a request came from, read through trusted proxies only; IPv6 as its /64.

    Behind ``TRUSTED_PROXIES`` the last address in ``X-Forwarded-For`` that is no trusted proxy counts:
    what stands before it was written by the caller.
    """
    chain = [each.strip() for each in request.headers.get("X-Forwarded-For", "").split(",")]
    hops = [*filter(None, chain), request.META.get("REMOTE_ADDR", "")]
    while len(hops) > 1 and _is_trusted(hops[-1]):
        hops.pop()
    return _network(hops[-1])


def _is_trusted(address: str) -> bool:
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(ip in network for network in _trusted(tuple(settings.TRUSTED_PROXIES)))


@lru_cache
def _trusted(proxies: tuple[str, ...]) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    return [ipaddress.ip_network(each, strict=False) for each in proxies]


def _network(address: str) -> str:
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if ip.version == 6:  # noqa: PLR2004  # a household has a /64 to itself
        return str(ipaddress.ip_network((ip, 64), strict=False))
    return str(ip)


ZONES = frozenset(available_timezones())
FOR_MACHINES = "/webhooks/"
"""What is sent there is no form, whatever it says of itself: it is read by whoever checks its sender."""
WITHOUT_WORDS = ("/media/", "/readyz", "/robots.txt")
"""Answers without words need no language, and so nothing from Wix."""


def language_and_zone(get_response: Next) -> Next:
    """Follow ``?lang=`` and ``?tz=`` (or the form's), without cookies; unknown ones are passed over.

    Sets ``request.visitor_zone`` (None without one) and ``request.zone_unknown``.
    """

    def middleware(request: Visit) -> HttpResponse:
        if request.path.startswith(FOR_MACHINES):
            request.visitor_zone, request.zone_unknown = None, False
            return get_response(request)
        name = _asked(request, "tz")
        zone = ZoneInfo(name) if name in ZONES else None
        request.visitor_zone = zone
        request.zone_unknown = bool(name) and zone is None
        with translation.override(language_of(request)):
            return get_response(request)

    return middleware


def _asked(request: Visit, name: str) -> str:
    asked = request.GET.get(name) or (request.POST.get(name) if request.method == "POST" else "")
    return asked or ""


def language_of(request: Visit) -> str:
    """The language asked for, else the business's own, else the installation's."""
    asked = _asked(request, "lang")
    if not asked and not request.path.startswith(WITHOUT_WORDS):
        business = wiring.business_for(request)
        asked = business.language if business else ""
    return wiring.supported_language(asked)


class PagesForErrors:
    """Turn a named error into its page; everything else stays a 500 and is reported."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Visit) -> HttpResponse:
        """Pass on: the work is done when something goes wrong."""
        return self.get_response(request)

    def process_exception(self, request: Visit, error: Exception) -> HttpResponse | None:
        """The page for ``error``, or None if it is none of ours to explain."""
        return page_for(request, error) if isinstance(error, BookingError) else None
