"""Controls of the notices: where they go, how badly they travel, and once more, please."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from booking.sandbox.app_instance import signed_instance
from booking.sandbox.wire import Json, a_number, missing, violation

if TYPE_CHECKING:
    from booking.sandbox.app import Sandbox

SWITCHES = {"shuffle": "shuffle", "hold": "hold", "asText": "as_text", "forged": "forged"}
MOST_COPIES, QUICKEST = 20, 1e9


def tell(sandbox: Sandbox, body: Json) -> Json:
    """Addresses, manner, notices, deliveries; ``waiting`` is 0 when nothing is to come."""
    manner = sandbox.webhooks.manner
    return {
        **sandbox.webhooks.told(),
        "manner": {
            "copies": manner.copies,
            "compression": manner.compression,
            **{name: getattr(manner, field) for name, field in SWITCHES.items()},
        },
    }


def change(sandbox: Sandbox, body: Json) -> Json:
    """``url`` adds an address; every other member changes how notices travel from now on."""
    unknown = set(body) - set(SWITCHES) - {"url", "copies", "compression"}
    if unknown or not body:
        raise violation("webhooks", f"cannot do {sorted(unknown)}") if unknown else missing("url")
    if "url" in body:
        sandbox.webhooks.add(_address(body["url"]))
    switched = {field: bool(body[name]) for name, field in SWITCHES.items() if name in body}
    manner = replace(sandbox.webhooks.manner, **switched)
    manner.copies = a_number(
        body.get("copies"), "copies", default=manner.copies, least=1, most=MOST_COPIES
    )
    manner.compression = _compression(body.get("compression", manner.compression))
    sandbox.webhooks.behave(manner)
    return tell(sandbox, body)


def _address(url: Any) -> str:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except (AttributeError, ValueError, TypeError) as error:
        raise violation("url", "must be an address") from error
    if not usable:
        raise violation("url", "must be an http or https address")
    return str(url)


def _compression(value: Any) -> float:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not 1 <= value <= QUICKEST:
        raise violation("compression", f"must be a number from 1 to {QUICKEST:.0f}")
    return float(value)


def forget(sandbox: Sandbox, body: Json) -> Json:
    sandbox.webhooks.clear()
    return {}


def redeliver(sandbox: Sandbox, body: Json) -> Json:
    """The notice with this ``id`` once more; without one, all of them."""
    return {"redelivered": sandbox.webhooks.again(body.get("id"))}


def bodies(sandbox: Sandbox, body: Json) -> Json:
    """Every notice so far, signed, for receivers that listen nowhere."""
    return {"bodies": sandbox.webhooks.bodies()}


def instance(sandbox: Sandbox, body: Json) -> Json:
    """The values that Wix gives pages of ours: in the owner's dashboard, and on the site."""
    now = sandbox.world.now()
    visitor = signed_instance(now, as_owner=False)
    return {"instance": signed_instance(now), "visitorInstance": visitor}


CONTROLS: dict[tuple[str, str], Callable[[Sandbox, Json], Json]] = {
    ("GET", "webhooks"): tell,
    ("POST", "webhooks"): change,
    ("DELETE", "webhooks"): forget,
    ("POST", "webhooks/redeliver"): redeliver,
    ("GET", "webhooks/bodies"): bodies,
    ("GET", "instance"): instance,
}
