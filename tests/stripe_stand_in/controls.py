"""What only a stand-in can do, under ``/_stand_in/``. Bodies and answers are JSON."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tests.stripe_stand_in.faults import Fault
from tests.stripe_stand_in.notices import Address
from tests.stripe_stand_in.world import Intent, Json

if TYPE_CHECKING:
    from tests.stripe_stand_in.app import StripeStandIn


def control(stand_in: StripeStandIn, method: str, name: str, body: Json) -> Json:
    """Raises: LookupError for what there is not; TypeError, ValueError for what makes no sense."""
    if (found := _CONTROLS.get((method, name))) is None:
        raise LookupError(f"{method} {name}")
    return found(stand_in, body)


def _reset(stand_in: StripeStandIn, _body: Json) -> Json:
    """Everything as at the start."""
    stand_in.reset()
    return {}


def _fault(stand_in: StripeStandIn, body: Json) -> Json:
    """The members of ``Fault``."""
    with stand_in.lock:
        stand_in.faults.ordered.append(Fault.ordered(body))
    return {}


def _no_faults(stand_in: StripeStandIn, _body: Json) -> Json:
    with stand_in.lock:
        stand_in.faults.ordered.clear()
    return {}


def _clock(stand_in: StripeStandIn, body: Json) -> Json:
    """``advance``: seconds."""
    with stand_in.lock:
        stand_in.clock.ahead += float(body.get("advance", 0))
        stand_in.catch_up()
    return {"now": stand_in.clock.now()}


def _ledger(stand_in: StripeStandIn, _body: Json) -> Json:
    """All that exists, and what it comes to in each currency, in Stripe's amounts."""
    with stand_in.lock:
        stand_in.catch_up()
        world = stand_in.world
        payments = [_payment(stand_in, each) for each in world.intents.values()]
        sessions = [
            {
                "id": each.id,
                "reference": each.params.get("client_reference_id"),
                "status": each.status,
                "amount": each.amount,
                "currency": each.currency,
                "expires_at": each.expires_at,
                "payment": each.intent_id,
            }
            for each in world.sessions.values()
        ]
        refunds = [
            {"id": each.id, "payment": each.intent_id, "amount": each.amount}
            for each in world.refunds.values()
        ]
    return {
        "sessions": sessions,
        "payments": payments,
        "refunds": refunds,
        "totals": _totals(payments),
    }


def _payment(stand_in: StripeStandIn, intent: Intent) -> Json:
    refunds = stand_in.world.refunds.values()
    return {
        "id": intent.id,
        "reference": intent.params.get("metadata", {}).get("reference"),
        "session": intent.session_id,
        "status": intent.status,
        "currency": intent.currency,
        "amount": intent.amount,
        "capturable": intent.capturable,
        "captured": intent.received,
        "refunded": sum(each.amount for each in refunds if each.intent_id == intent.id),
    }


def _totals(payments: list[Json]) -> Json:
    totals: dict[str, dict[str, int]] = defaultdict(
        lambda: {"capturable": 0, "captured": 0, "refunded": 0, "kept": 0}
    )
    for payment in payments:
        total = totals[payment["currency"]]
        for name in ("capturable", "captured", "refunded"):
            total[name] += payment[name]
        total["kept"] += payment["captured"] - payment["refunded"]
    return dict(totals)


def _calls(stand_in: StripeStandIn, _body: Json) -> Json:
    """Every call to the API, in order, with its key and what was answered."""
    with stand_in.lock:
        return {"calls": list(stand_in.journal)}


def _address(stand_in: StripeStandIn, body: Json) -> Json:
    """The members of ``Address``."""
    stand_in.notices.send_to(Address(**body))
    return {}


def _notices(stand_in: StripeStandIn, _body: Json) -> Json:
    """Every notice so far, signed now, and how its delivery went."""
    told = []
    for delivery in list(stand_in.notices.deliveries):
        text, signature = stand_in.notices.signed(delivery.event)
        told.append(
            {
                "id": delivery.event["id"],
                "type": delivery.event["type"],
                "body": text,
                "signature": signature,
                "statuses": list(delivery.statuses),
            }
        )
    return {"notices": told}


def _deliver(stand_in: StripeStandIn, body: Json) -> Json:
    """Send now and wait: ``ids`` (all), ``reversed``, ``copies``, ``secret``, ``age`` (seconds)."""
    ids, wanted = body.get("ids"), list(stand_in.notices.deliveries)
    wanted = [each for each in wanted if ids is None or each.event["id"] in ids]
    if body.get("reversed"):
        wanted.reverse()
    signed = {name: body[name] for name in ("secret", "age") if name in body}
    sent = [
        {"id": each.event["id"], "status": stand_in.notices.send(each, **signed)}
        for each in wanted
        for _ in range(int(body.get("copies", 1)))
    ]
    return {"sent": sent}


_CONTROLS = {
    ("POST", "reset"): _reset,
    ("POST", "faults"): _fault,
    ("DELETE", "faults"): _no_faults,
    ("POST", "clock"): _clock,
    ("GET", "ledger"): _ledger,
    ("GET", "calls"): _calls,
    ("POST", "notices"): _address,
    ("GET", "notices"): _notices,
    ("POST", "notices/deliver"): _deliver,
}
