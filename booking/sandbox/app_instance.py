"""The app on the site: what it may do there, and the signed value that says who looks at it.

Source: Wix, "Get App Instance", "Parse the App Instance Query Parameter", "External Install Flow".
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from booking.sandbox import access
from booking.sandbox.accounts import (
    ACCOUNT_ID,
    APP_ID,
    APP_SECRET,
    INSTANCE_ID,
    SITE_ID,
)
from booking.sandbox.call import Call, For, Route
from booking.sandbox.times import stamp
from booking.sandbox.wire import Json, WixError, violation
from booking.sandbox.world import World

LIFE_SECONDS = 14_400


def get_app_instance(world: World, call: Call) -> Json:
    """``site.url`` is there only once the site is published."""
    installed = ["bookings"] if world.settings.bookings_installed else []
    if world.settings.pricing_plans_installed:
        installed.append("pricing_plans")
    site = {
        "siteId": SITE_ID,
        "siteDisplayName": world.site.get("siteDisplayName") or world.site["businessName"],
        "locale": world.site.get("language"),
        "paymentCurrency": world.site["paymentCurrency"],
        "installedWixApps": installed,
    }
    if world.settings.published:
        site["url"] = f"{call.origin}/"
    instance = {
        "instanceId": INSTANCE_ID,
        "appName": "Sandbox Booking",
        "appVersion": "1.0.0",
        "isFree": True,
        "permissions": access.granted(world),
    }
    return {"instance": instance, "site": site}


def signed_instance(now: float, *, as_owner: bool = True, secret: str = APP_SECRET) -> str:
    """Signature first, then what is signed; a visitor has an ``aid`` in the place of a ``uid``."""
    who = {"uid": ACCOUNT_ID, "permissions": "OWNER"} if as_owner else {"aid": ACCOUNT_ID}
    told = {
        "instanceId": INSTANCE_ID,
        "appDefId": APP_ID,
        "signDate": stamp(now),
        "expirationDate": stamp(now + LIFE_SECONDS),
        "demoMode": False,
        "siteOwnerId": ACCOUNT_ID,
        **who,
    }
    payload = _text(json.dumps(told).encode())
    return f"{_signature(payload, secret)}.{payload}"


def read_instance(value: str, now: float) -> Json | None:
    """What a living signed value says; None for any other."""
    signature, _, payload = value.partition(".")
    if not hmac.compare_digest(signature.encode(), _signature(payload, APP_SECRET).encode()):
        return None
    try:
        told: Json = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except (binascii.Error, ValueError):
        return None
    return told if str(told.get("expirationDate")) > stamp(now) else None


def _signature(payload: str, secret: str) -> str:
    return _text(hmac.digest(secret.encode(), payload.encode("utf-8", "replace"), hashlib.sha256))


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def after_installation(world: World, asked: dict[str, str]) -> str:
    """Where the installer sends the owner's browser: our address with Wix's parameters added.

    Raises: WixError 404 for another app, 400 for an address that no browser can follow.
    """
    if asked.get("appId") != APP_ID:
        raise WixError(404, "No such app")
    parts = urlsplit(asked.get("postInstallationUrl", ""))
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise violation("postInstallationUrl", "must be an absolute address")
    told = {
        "appId": APP_ID,
        "tenantId": SITE_ID,
        "instanceId": INSTANCE_ID,
        "signedInstance": signed_instance(world.now()),
    }
    query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), *told.items()])
    return urlunsplit(parts._replace(query=query))


ROUTES = (Route("GET", get_app_instance, ("/apps/v1/instance",), For.APPS),)
