"""Settings in, one Wix client for each site out; and what every page gets.

The only module that turns settings into things, so that actions are given what they need.
"""

from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import cache as shared_cache
from django.utils import timezone, translation
from django.utils.module_loading import import_string
from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import storage_from_string
from limits.strategies import SlidingWindowCounterRateLimiter

from booking.actions import await_wix, keys
from booking.actions.facts import Facts, know
from booking.actions.patience import Patience
from booking.actions.picks import is_pick
from booking.actions.press import Visitor
from booking.domain.business import Business
from booking.domain.errors import CalendarUnavailable
from booking.domain.payment import Standing
from booking.domain.states import Stage
from booking.domain.ways import Offered, Way, read_ways
from booking.models import Booking, Payment, Site
from booking.providers import Provider, ProviderError, ProviderUnavailable
from booking.providers.stripe import Stripe
from booking.visit import Visit
from booking.wix import ApiKey, AppCredentials, CachedTransport, Limits, Transport, Wix
from booking.wix.availability import availability_api
from booking.wix.hosted_checkout import checkout_api
from booking.wix.webhooks import Webhooks

SEEN_SECONDS, UNSEEN_SECONDS = 2, 10

clients: dict[str, Wix] = {}
"""One client for each site, by the site's name. A test puts its own here."""


def wix_of(site: Site) -> Wix:
    """The site's way to Wix; made once for each process."""
    client = clients.get(site.name)
    if client is None:
        client = clients.setdefault(site.name, make_client(site.name))
    return client


def make_client(name: str, **transport: Any) -> Wix:
    """A client from the settings; ``transport`` replaces parts of it (an adapter, a clock)."""
    parts: dict[str, Any] = {
        "base_url": settings.WIX_BASE_URL,
        "auth": credentials(),
        "media_url": settings.WIX_MEDIA_URL,
        "connect_timeout": settings.WIX_CONNECT_SECONDS,
        "read_timeout": settings.WIX_READ_SECONDS,
        "limits": Limits(write=settings.WIX_WRITE_SECONDS),
    }
    wire = Transport(**(parts | transport))
    return Wix(
        CachedTransport(wire, shared_cache, prefix=name),
        availability=availability_api(settings.WIX_AVAILABILITY_API),
        checkout=checkout_api(settings.WIX_CHECKOUT_API),
    )


def credentials() -> ApiKey | AppCredentials:
    """The configured way to prove who we are: the app's, if its secret is set, else the owner's key.

    Beside a key an app may be there for its notices alone.
    """
    if settings.WIX_APP_SECRET:
        return AppCredentials(
            settings.WIX_APP_ID, settings.WIX_APP_SECRET, settings.WIX_INSTANCE_ID
        )
    return ApiKey(settings.WIX_API_KEY, settings.WIX_SITE_ID)


@cache
def notices_of_wix(public_key: str, app_id: str) -> Webhooks | None:
    """What reads Wix's notices, made once for each process; None where no key is set."""
    return Webhooks(public_key, app_id) if public_key else None


PROVIDERS = {"stripe": "booking.wiring.stripe", "pretend": "booking.checkout.pretend.make"}
"""What makes each provider that comes along; a deployment names another by its dotted path."""


def stripe() -> Provider:
    """Stripe from the settings. Raises: ImportError without the extra ``stripe``."""
    return Stripe(
        settings.STRIPE_SECRET_KEY,
        tuple(settings.STRIPE_WEBHOOK_SECRETS),
        base_url=settings.STRIPE_BASE_URL,
        page_origin=settings.STRIPE_PAGE_ORIGIN,
    )


@cache
def provider(name: str) -> Provider:
    """The provider of this name, made once for each process.

    Raises: ProviderUnavailable for one that is not set up (any more): its payments wait.
    """
    path = PROVIDERS.get(name, name)
    if name not in (settings.PAYMENT_PROVIDER, *settings.FORMER_PAYMENT_PROVIDERS):
        raise ProviderUnavailable(f"{name} is not set up: name it in FORMER_PAYMENT_PROVIDERS")
    made: Provider = import_string(path)()
    return made


def facts_of(site: Site) -> Facts:
    """What is known about the site's business and services. Raises: CalendarUnavailable."""
    return know(wix_of(site).cached, offered_by(site))


def seen_at_wix(booking: Booking) -> Stage | None:
    """What Wix says now of a booking that is paid there; None: nothing (yet).

    Shared for two seconds, and not asked again for ten where Wix did not answer: its page waits anyway.
    """
    name = f"at-wix:{booking.pk}"
    told = shared_cache.get(name)
    if told is None:
        try:
            told = await_wix.seen_at_wix(booking, wix_of(booking.site).live) or ""
            shared_cache.set(name, told, SEEN_SECONDS)
        except CalendarUnavailable:
            told = ""
            shared_cache.set(name, told, UNSEEN_SECONDS)
    return Stage(told) if told else None


def seen_at_provider(payment: Payment) -> Standing:
    """Where a payment stands at its provider now; UNKNOWN if that cannot be told. Shared like the above."""
    name = f"at-provider:{payment.pk}"
    told = shared_cache.get(name)
    if told is None:
        try:
            told = provider(payment.provider).look_up(payment.page_id).standing
            shared_cache.set(name, told, SEEN_SECONDS)
        except ProviderError:
            told = Standing.UNKNOWN
            shared_cache.set(name, told, UNSEEN_SECONDS)
    return Standing(told)


def offered_by(site: Site) -> Offered:
    """The ways to pay that a site offers: by card only where somebody takes cards."""
    exceptions = {slug: _possible(told) for slug, told in site.service_ways.items()}
    return Offered(
        _possible(site.payment_ways or _usual()), exceptions, logs_in=bool(settings.WIX_CLIENT_ID)
    )


def _usual() -> tuple[Way, ...]:
    return (Way.ON_SITE, Way.CARD if settings.PAYMENT_PROVIDER else Way.WIX)


def _possible(names: Iterable[str]) -> tuple[Way, ...]:
    takes_cards = bool(settings.PAYMENT_PROVIDER)
    return tuple(each for each in read_ways(names) if takes_cards or each is not Way.CARD)


def facts_for(request: Visit) -> Facts:
    """The facts of the request's site, asked for once in a request, also if that fails.

    Raises: CalendarUnavailable.
    """
    known = request.__dict__.get("facts")
    if known is None:
        try:
            known = facts_of(request.site)
        except CalendarUnavailable as error:
            known = error
        request.__dict__["facts"] = known
    if isinstance(known, CalendarUnavailable):
        raise known
    return cast("Facts", known)


def business_for(request: Visit) -> Business | None:
    """The request's business; None if there is no site, or Wix cannot be asked and never could."""
    if not hasattr(request, "site"):
        return None
    try:
        return facts_for(request).business
    except CalendarUnavailable:
        return None


def supported_language(language: str) -> str:
    """The language we have that is closest to ``language``, else the installation's own."""
    try:
        return translation.get_supported_language_variant(language)
    except LookupError:
        return settings.LANGUAGE_CODE


def patience() -> Patience:
    """How long to wait for others."""
    return Patience(
        lease=timedelta(seconds=settings.ATTEMPT_LEASE_SECONDS),
        backoff=timedelta(seconds=settings.ATTEMPT_BACKOFF_SECONDS),
        grace=timedelta(seconds=settings.LOOKUP_GRACE_SECONDS),
        placed_mail=timedelta(seconds=settings.PLACED_MAIL_SECONDS),
        watch=timedelta(seconds=settings.WATCH_SECONDS),
        review=timedelta(seconds=settings.REVIEW_SECONDS),
    )


def visitor_of(request: Visit) -> Visitor:
    """Who presses, as far as can be known without a cookie."""
    address = request.client_address
    agent = request.headers.get("User-Agent", "")[:400]
    return Visitor(
        address=keys.keyed_digest("address", address),
        browser=keys.keyed_digest("browser", f"{address}\0{agent}"),
        language=translation.get_language() or settings.LANGUAGE_CODE,
        zone=request.visitor_zone.key if request.visitor_zone else "",
        press=request.POST.get("press", "")[:64],
    )


@cache
def _limiter() -> SlidingWindowCounterRateLimiter:
    return SlidingWindowCounterRateLimiter(storage_from_string(settings.RATE_LIMIT_STORE))


def is_pressing_too_often(request: Visit, what: str) -> bool:
    """Count one press of this kind for the request's address; True once a minute has had enough.

    Counted in this process, or in Redis for all where ``CACHE_URL`` names one.
    """
    return _is_too_often(request, what, RateLimitItemPerMinute(settings.PRESSES_PER_MINUTE))


def is_logging_in_too_often(request: Visit) -> bool:
    """The same for one try to log in to the console, by the hour."""
    return _is_too_often(request, "login", RateLimitItemPerHour(settings.LOGINS_PER_HOUR))


def _is_too_often(request: Visit, what: str, limit: RateLimitItem) -> bool:
    who = keys.keyed_digest("address", request.client_address)
    return not _limiter().hit(limit, what, who)


OF_TIMES = ("staff", "location", "date", "month", "time", "view", "part", "several", "each")
OF_CATALOGUE = ("category", "kind", "place", "q")
KEPT = ("lang", "tz", *OF_TIMES, *OF_CATALOGUE, "again")
"""Parameters that links on a page carry along, beside those of ``actions.picks``; those of a form
count like those of an address.
"""
TRAVELLING = ("lang", "tz")
"""Those that go with a visitor from page to page."""


def kept_by(request: Visit, names: tuple[str, ...] = KEPT) -> dict[str, str]:
    """The parameters in force, for the next link."""
    picked = (
        [each for each in (*request.GET, *request.POST) if is_pick(each)] if names is KEPT else ()
    )
    asked = {name: request.GET.get(name) or request.POST.get(name) for name in (*names, *picked)}
    return {name: value for name, value in asked.items() if value}


def with_kept(request: Visit, path: str) -> str:
    """``path`` with the visitor's language and zone carried along."""
    kept = kept_by(request, TRAVELLING)
    return f"{path}?{urlencode(kept)}" if kept else path


def of_every_page(request: Visit) -> dict[str, Any]:
    """What every template gets; the business is None if Wix could not be asked and never was."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    return {
        "business": business_for(request),
        "kept": kept_by(request),
        "language": language,
        "languages": settings.LANGUAGES,
        "here": request.path,
        "now": timezone.now(),
    }
