"""The account's objects as Stripe writes them. Source: the pages named in ``world.py``.

Only what an account without anything special has; what is always null is left out.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from tests.stripe_stand_in.forms import items
from tests.stripe_stand_in.world import Charge, Intent, Json, Refund, Session, World

INTENT, CHARGE = "payment_intent", "payment_intent.latest_charge"


def session_json(
    world: World, session: Session, origin: str = "", expand: Collection[str] = ()
) -> Json:
    """The Checkout Session object. It has an address only while it is open."""
    intent = world.intents.get(session.intent_id or "")
    told: Any = intent and intent.id
    if intent and {INTENT, CHARGE} & set(expand):
        told = intent_json(intent, charge=CHARGE in expand)
    params = session.params
    paid = intent is not None and intent.received > 0
    return {
        "id": session.id,
        "object": "checkout.session",
        "adaptive_pricing": params.get("adaptive_pricing"),
        "amount_subtotal": session.amount,
        "amount_total": session.amount,
        "cancel_url": params.get("cancel_url"),
        "client_reference_id": params.get("client_reference_id"),
        "created": session.created,
        "currency": session.currency,
        "customer": None,
        "customer_creation": "if_required",
        "customer_details": {"email": params.get("customer_email")},
        "customer_email": params.get("customer_email"),
        "expires_at": session.expires_at,
        "livemode": False,
        "locale": params.get("locale"),
        "metadata": params.get("metadata", {}),
        "mode": "payment",
        "payment_intent": told,
        "payment_method_types": items(params.get("allowed_payment_method_types")) or ["card"],
        "payment_status": "paid" if paid else "unpaid",
        "status": session.status,
        "submit_type": params.get("submit_type"),
        "success_url": params.get("success_url"),
        "ui_mode": "hosted_page",
        "url": f"{origin}/c/pay/{session.id}" if session.status == "open" else None,
    }


def intent_json(intent: Intent, *, charge: bool = False) -> Json:
    """The PaymentIntent object, with its charge or only the charge's id."""
    told: Any = intent.charge and intent.charge.id
    if charge and intent.charge:
        told = charge_json(intent, intent.charge)
    return {
        "id": intent.id,
        "object": "payment_intent",
        "amount": intent.amount,
        "amount_capturable": intent.capturable,
        "amount_received": intent.received,
        "canceled_at": intent.canceled_at,
        "cancellation_reason": intent.cancellation_reason,
        "capture_method": intent.params.get("capture_method", "automatic"),
        "confirmation_method": "automatic",
        "created": intent.created,
        "currency": intent.currency,
        "customer": None,
        "description": intent.params.get("description"),
        "last_payment_error": intent.last_payment_error,
        "latest_charge": told,
        "livemode": False,
        "metadata": intent.params.get("metadata", {}),
        "payment_method_types": ["card"],
        "status": intent.status,
    }


def charge_json(intent: Intent, charge: Charge) -> Json:
    """The Charge object. What was authorised and not captured counts as refunded."""
    card = {"brand": charge.brand, "last4": charge.last4, "capture_before": charge.capture_before}
    return {
        "id": charge.id,
        "object": "charge",
        "amount": intent.amount,
        "amount_captured": charge.captured,
        "amount_refunded": charge.refunded,
        "captured": charge.captured > 0,
        "created": charge.created,
        "currency": intent.currency,
        "disputed": False,
        "livemode": False,
        "metadata": intent.params.get("metadata", {}),
        "paid": True,
        "payment_intent": intent.id,
        "payment_method_details": {"type": "card", "card": card},
        "refunded": charge.refunded == intent.amount,
        "status": "succeeded",
    }


def refund_json(refund: Refund) -> Json:
    """The Refund object."""
    return {
        "id": refund.id,
        "object": "refund",
        "amount": refund.amount,
        "charge": refund.charge_id,
        "created": refund.created,
        "currency": refund.currency,
        "metadata": refund.metadata,
        "payment_intent": refund.intent_id,
        "reason": refund.reason,
        "status": "succeeded",
    }
