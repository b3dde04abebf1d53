"""Bad combinations of settings stop the start, with the sentence that mends them."""

import importlib.metadata
import zoneinfo
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, register

from booking.domain.ways import Way, read_exceptions, read_ways
from booking.wix import availability, hosted_checkout
from booking.wix.webhooks import Webhooks

OLDEST_ZONES = (2026, 6)
"""The oldest tzdata with the rules in force today: British Columbia keeps its clocks since 2026-11."""
VANCOUVER_FOR_GOOD = timedelta(hours=-7)
"""What its clocks are kept at, in winter too."""


@register()
def wix_credentials(**_options: Any) -> list[CheckMessage]:
    """One complete set of credentials: an API key with its site, or an app with its instance."""
    key = (settings.WIX_API_KEY, settings.WIX_SITE_ID)
    app = (settings.WIX_APP_ID, settings.WIX_APP_SECRET, settings.WIX_INSTANCE_ID)
    if all(key) or all(app):
        return []
    if not any((*key, *app)):
        hint = "Set WIX_API_KEY and WIX_SITE_ID, or run `make demo` to see it with an emulated Wix."
        return [
            checks.Warning(
                "No Wix credentials: no page can be shown.", hint=hint, id="booking.W001"
            )
        ]
    hint = "WIX_API_KEY goes with WIX_SITE_ID; WIX_APP_ID with WIX_APP_SECRET and WIX_INSTANCE_ID."
    return [Error("The Wix credentials are incomplete.", hint=hint, id="booking.E001")]


@register()
def notices(**_options: Any) -> list[CheckMessage]:
    """The key that Wix signs its notices with, and the app and the site that they are about."""
    if not settings.WIX_PUBLIC_KEY:
        return []
    if not (settings.WIX_APP_ID and settings.WIX_INSTANCE_ID):
        hint = (
            "WIX_PUBLIC_KEY goes with the WIX_APP_ID and WIX_INSTANCE_ID of the app that it is of."
        )
        return [Error("Wix's notices cannot be told apart.", hint=hint, id="booking.E014")]
    try:
        Webhooks(settings.WIX_PUBLIC_KEY, settings.WIX_APP_ID)
    except ValueError as error:
        hint = f"Copy WIX_PUBLIC_KEY from the app's dashboard again: {error}."
        return [Error("Wix's notices cannot be read.", hint=hint, id="booking.E015")]
    return []


@register()
def availability_api(**_options: Any) -> list[CheckMessage]:
    """One of the two APIs that tell when things are free."""
    try:
        availability.availability_api(settings.WIX_AVAILABILITY_API)
    except ValueError as error:
        hint = f"WIX_AVAILABILITY_API: {error}."
        return [Error("There is no such availability API.", hint=hint, id="booking.E010")]
    return []


@register()
def checkout_api(**_options: Any) -> list[CheckMessage]:
    """One of the two APIs that lead to Wix's checkout page."""
    try:
        hosted_checkout.checkout_api(settings.WIX_CHECKOUT_API)
    except ValueError as error:
        hint = f"WIX_CHECKOUT_API: {error}."
        return [Error("There is no such checkout API.", hint=hint, id="booking.E011")]
    return []


@register()
def zone_data(**_options: Any) -> list[CheckMessage]:
    """The pinned zone data is the one in use, and knows today's rules."""
    version = importlib.metadata.version("tzdata")
    parts = tuple(int(each) for each in version.split(".")[:2])
    alone = not zoneinfo.TZPATH  # the machine's own data would be looked at first
    winter = datetime(2026, 12, 1, 20, tzinfo=UTC).astimezone(ZoneInfo("America/Vancouver"))
    if alone and parts >= OLDEST_ZONES and winter.utcoffset() == VANCOUVER_FOR_GOOD:
        return []
    hint = "Install the tzdata that requirements/site.txt pins, and unset PYTHONTZPATH."
    return [Error(f"Zone data {version} is too old or not in use.", hint=hint, id="booking.E002")]


@register()
def public_url(**_options: Any) -> list[CheckMessage]:
    """Mails carry PUBLIC_URL: it must be an address that customers can open."""
    if settings.PUBLIC_URL.startswith(("http://", "https://")):
        return []
    hint = "For example PUBLIC_URL=https://book.example.com"
    return [Error("PUBLIC_URL is no web address.", hint=hint, id="booking.E003")]


@register()
def payment_provider(**_options: Any) -> list[CheckMessage]:
    """Who takes money is set up, and the pretend one never meets a real Wix."""
    name = settings.PAYMENT_PROVIDER
    if name == "pretend" and settings.WIX_IS_REAL:
        hint = (
            "PAYMENT_PROVIDER=pretend is for the sandbox; take cards with PAYMENT_PROVIDER=stripe."
        )
        return [Error("The pretend provider takes no money.", hint=hint, id="booking.E012")]
    if name == "stripe" and not settings.STRIPE_SECRET_KEY:
        hint = "Set STRIPE_SECRET_KEY, or leave PAYMENT_PROVIDER empty."
        return [Error("Stripe cannot be asked without a key.", hint=hint, id="booking.E013")]
    return []


@register()
def ways_to_pay(**_options: Any) -> list[CheckMessage]:
    """The ways to pay are ways that there are, and somebody takes cards where cards are offered."""
    try:
        ways = read_ways(settings.PAYMENT_WAYS)
        exceptions = read_exceptions(settings.SERVICE_PAYMENT_WAYS)
    except ValueError as error:
        hint = f"PAYMENT_WAYS or SERVICE_PAYMENT_WAYS: {error}."
        return [Error("There is no such way to pay.", hint=hint, id="booking.E016")]
    offered = {*ways, *(way for told in exceptions.values() for way in told)}
    if Way.CARD in offered and not settings.PAYMENT_PROVIDER:
        hint = "Set PAYMENT_PROVIDER, or take card out of PAYMENT_WAYS and SERVICE_PAYMENT_WAYS."
        return [checks.Warning("Nobody takes cards here.", hint=hint, id="booking.W002")]
    return []
