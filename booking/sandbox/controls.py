"""The sandbox's own controls under ``/_sandbox/``: seed, clock, faults, log, settings."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from booking.sandbox import accounts, order_billing, webhook_controls
from booking.sandbox.access import SCOPES, granted
from booking.sandbox.catalogue import RECORDS as BESIDE
from booking.sandbox.keys import public_key
from booking.sandbox.order_billing import REFUND_STATUSES
from booking.sandbox.seeds import changed
from booking.sandbox.times import FIRST_YEAR, LAST_YEAR, stamp
from booking.sandbox.wire import Json, WixError, a_list, a_number, known, violation
from booking.sandbox.world import Settings

if TYPE_CHECKING:
    from booking.sandbox.app import Sandbox

type Control = Callable[[Sandbox, Json], Json]
TEN_YEARS = 10 * 366 * 86_400
SWITCHES = {
    "omitNulls": "omit_nulls",
    "acceptsPayments": "accepts_payments",
    "published": "published",
    "checkoutPage": "checkout_page",
    "pricingPlansInstalled": "pricing_plans_installed",
    "premium": "premium",
    "bookingsInstalled": "bookings_installed",
    "installed": "installed",
    "emptyDenials": "empty_denials",
    "bookingsHears": "bookings_hears",
}
RECORDS = (
    *("site", "locations", "staff", "services", "sessionChanges", "splitInterval"),
    *("bookingsSettings", *BESIDE),
)


def credentials(sandbox: Sandbox, body: Json) -> Json:
    """The same for every seed, so that a client set up once keeps working."""
    return {
        "apiKey": accounts.API_KEY,
        "siteId": accounts.SITE_ID,
        "appId": accounts.APP_ID,
        "appSecret": accounts.APP_SECRET,
        "instanceId": accounts.INSTANCE_ID,
        "clientId": accounts.CLIENT_ID,
        "publicKey": public_key(),
    }


def reset(sandbox: Sandbox, body: Json) -> Json:
    """As at the start: no bookings but the seed's, no faults, no log, real time or ``now``."""
    sandbox.clock.run_for_real()
    if "now" in body:
        sandbox.clock.freeze(_moment(sandbox, body["now"]))
    sandbox.faults.clear()
    sandbox.settings = Settings()
    sandbox.webhooks.clear()
    sandbox.calls_of_site.clear()
    sandbox.load(str(body.get("seed") or sandbox.first_seed))
    sandbox.journal.forget()
    return {"seed": sandbox.world.seed["name"]}


def seed(sandbox: Sandbox, body: Json) -> Json:
    """``name`` loads a seed; every other member changes or adds records of the one loaded."""
    if "name" in body:
        sandbox.load(str(body["name"]))
    changes = {key: value for key, value in body.items() if key in RECORDS}
    unknown = set(body) - set(RECORDS) - {"name"}
    if unknown:
        raise violation("seed", f"has no records called {sorted(unknown)}")
    if changes:
        _change_records(sandbox, changes)
    return {"seed": sandbox.world.seed["name"], "services": len(sandbox.world.services)}


def _change_records(sandbox: Sandbox, changes: Json) -> None:
    """All of the changes or none. Raises: WixError 400 for records of another shape than Wix's."""
    before = sandbox.world.seed
    try:
        sandbox.world.adopt(changed(before, copy.deepcopy(changes)))
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        sandbox.world.adopt(before)
        raise violation("seed", f"does not hang together: {error!r}") from error


def clock(sandbox: Sandbox, body: Json) -> Json:
    """``now`` stands still there (runs on from there with ``running``), ``advance`` moves on."""
    if "now" in body:
        moment = _moment(sandbox, body["now"])
        move = sandbox.clock.run_from if body.get("running") else sandbox.clock.freeze
        move(moment)
    if "advance" in body:
        sandbox.clock.advance(_seconds(body["advance"], "advance"))
    if not body:
        sandbox.clock.run_for_real()
    return tell_clock(sandbox, body)


def tell_clock(sandbox: Sandbox, body: Json) -> Json:
    return {"now": stamp(sandbox.clock.now()), "frozen": sandbox.clock.stands_still}


def _moment(sandbox: Sandbox, text: Any) -> float:
    """A date-time; without an offset it is the business's wall clock."""
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise violation("now", "must be a date-time") from error
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise violation("now", f"must be between {FIRST_YEAR} and {LAST_YEAR}")
    return moment.replace(tzinfo=moment.tzinfo or sandbox.world.zone).astimezone(UTC).timestamp()


def _seconds(value: Any, field: str) -> float:
    """A number of seconds, at most ten years either way."""
    if not isinstance(value, int | float) or abs(value) > TEN_YEARS:
        raise violation(field, "must be a number of seconds")
    return float(value)


def order_fault(sandbox: Sandbox, body: Json) -> Json:
    sandbox.faults.order(body)
    return list_faults(sandbox, body)


def list_faults(sandbox: Sandbox, body: Json) -> Json:
    return {"faults": sandbox.faults.listed()}


def clear_faults(sandbox: Sandbox, body: Json) -> Json:
    sandbox.faults.clear()
    return {}


def requests(sandbox: Sandbox, body: Json) -> Json:
    return sandbox.journal.told()


def forget_requests(sandbox: Sandbox, body: Json) -> Json:
    sandbox.journal.forget()
    return {}


def bookings(sandbox: Sandbox, body: Json) -> Json:
    """Every booking as it is now, in the order they were made: no reader lag."""
    return {"bookings": [booking.wire for booking in sandbox.world.bookings.values()]}


def orders(sandbox: Sandbox, body: Json) -> Json:
    """Every order, in the order they were made, those too that Wix's search never shows."""
    kept = sandbox.world.shop.orders.values()
    told = [{**one.wire, "payments": one.payments, "refunds": one.refunds} for one in kept]
    return {"orders": told}


def mails(sandbox: Sandbox, body: Json) -> Json:
    return {"mails": list(sandbox.world.shop.mails)}


def messages(sandbox: Sandbox, body: Json) -> Json:
    """What Wix would have written to customers about their bookings; reminders ahead of time."""
    return {"messages": list(sandbox.world.messages)}


def settle(sandbox: Sandbox, body: Json) -> Json:
    """What Wix does a moment later happens now, without waiting for the clock."""
    return {"settled": sandbox.world.shop.settle(math.inf)}


def settings(sandbox: Sandbox, body: Json) -> Json:
    """Only what is sent changes; ``rateLimitPerMinute`` null switches the limit off."""
    kept = sandbox.settings
    if "readerLagSeconds" in body:
        kept.reader_lag_seconds = _seconds(body["readerLagSeconds"] or 0, "readerLagSeconds")
    if "revisionMovesAfterSeconds" in body:
        field = "revisionMovesAfterSeconds"
        kept.revision_moves_after_seconds = _seconds(body[field] or 0, field)
    if "rateLimitPerMinute" in body:
        field = "rateLimitPerMinute"
        limit = a_number(body[field], field, default=0, most=1_000_000)
        kept.rate_limit_per_minute = limit or None
        sandbox.calls_of_site.clear()
    for name, field in SWITCHES.items():
        if name in body:
            setattr(kept, field, bool(body[name]))
    if "refundStatus" in body:
        kept.refund_status = known(body["refundStatus"], "refundStatus", REFUND_STATUSES)
        order_billing.go_on_with_refunds(sandbox.world, kept.refund_status)
    if "withoutPermissions" in body:
        gone = a_list(body["withoutPermissions"], "withoutPermissions")
        kept.without_permissions = tuple(known(one, "withoutPermissions", SCOPES) for one in gone)
    return tell_settings(sandbox, body)


def tell_settings(sandbox: Sandbox, body: Json) -> Json:
    return {
        "readerLagSeconds": sandbox.settings.reader_lag_seconds,
        "revisionMovesAfterSeconds": sandbox.settings.revision_moves_after_seconds,
        "rateLimitPerMinute": sandbox.settings.rate_limit_per_minute,
        **{name: getattr(sandbox.settings, field) for name, field in SWITCHES.items()},
        "refundStatus": sandbox.settings.refund_status,
        "withoutPermissions": list(sandbox.settings.without_permissions),
        "permissions": granted(sandbox.world),
    }


CONTROLS: dict[tuple[str, str], Control] = {
    ("GET", "credentials"): credentials,
    ("POST", "reset"): reset,
    ("POST", "seed"): seed,
    ("GET", "clock"): tell_clock,
    ("POST", "clock"): clock,
    ("GET", "faults"): list_faults,
    ("POST", "faults"): order_fault,
    ("DELETE", "faults"): clear_faults,
    ("GET", "requests"): requests,
    ("DELETE", "requests"): forget_requests,
    ("GET", "bookings"): bookings,
    ("GET", "orders"): orders,
    ("GET", "mails"): mails,
    ("GET", "messages"): messages,
    ("POST", "settle"): settle,
    ("GET", "settings"): tell_settings,
    ("POST", "settings"): settings,
    **webhook_controls.CONTROLS,
}


def control(sandbox: Sandbox, method: str, name: str, body: Json) -> Json:
    """Raises: WixError 404 for a control there is not."""
    found = CONTROLS.get((method, name))
    if found is None:
        raise WixError(404, f"No control {method} /_sandbox/{name}; see / for a list")
    return found(sandbox, body)
