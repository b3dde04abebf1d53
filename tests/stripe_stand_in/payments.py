"""Payment intents and refunds: captured, cancelled, given back.

Source: API reference, "Capture a PaymentIntent", "Cancel a PaymentIntent", "Create a refund", "List all
refunds".
"""

from __future__ import annotations

from tests.stripe_stand_in import money
from tests.stripe_stand_in.errors import invalid, unexpected
from tests.stripe_stand_in.forms import Params, only, text, whole
from tests.stripe_stand_in.shapes import charge_json, intent_json, refund_json
from tests.stripe_stand_in.world import Charge, Intent, Json, Refund, World

UNEXPECTED = "payment_intent_unexpected_state"
CANCELLABLE = ("requires_payment_method", "requires_capture", "requires_action", "processing")


def retrieve(world: World, intent_id: str, params: Params, _origin: str) -> Json:
    only(params, "expand")
    return intent_json(world.intent(intent_id))


def capture(world: World, intent_id: str, params: Params, _origin: str) -> Json:
    only(params, "amount_to_capture expand")
    intent = world.intent(intent_id)
    charge = _with_status(intent, ("requires_capture",), "captured")
    taken = whole(params, "amount_to_capture") if "amount_to_capture" in params else intent.amount
    money.check(taken, intent.currency, "amount_to_capture")
    if taken > intent.amount:
        raise unexpected("The amount is more than can be captured.", "amount_too_large")
    intent.status, charge.captured, charge.refunded = "succeeded", taken, intent.amount - taken
    world.happened("charge.captured", charge_json(intent, charge))
    world.happened("payment_intent.succeeded", intent_json(intent))
    return intent_json(intent)


def cancel(world: World, intent_id: str, params: Params, _origin: str) -> Json:
    only(params, "cancellation_reason expand")
    intent = world.intent(intent_id)
    if world.session(intent.session_id).status == "open":
        raise unexpected("You cannot cancel the PaymentIntent of a Checkout Session.", UNEXPECTED)
    _with_status(intent, CANCELLABLE, "canceled")
    give_up(world, intent, params.get("cancellation_reason"))
    return intent_json(intent)


def give_up(world: World, intent: Intent, reason: str | None) -> None:
    """The authorisation ends, by a call or by itself."""
    intent.status, intent.canceled_at = "canceled", world.clock.now()
    intent.cancellation_reason = reason
    if intent.charge:
        intent.charge.refunded = intent.amount
    world.happened("payment_intent.canceled", intent_json(intent))


def refund(world: World, _id: str, params: Params, _origin: str) -> Json:
    only(params, "payment_intent amount metadata reason expand")
    intent = world.intent(text(params, "payment_intent"))
    charge = _with_status(intent, ("succeeded",), "refunded")
    left = intent.amount - charge.refunded
    if not left:
        raise unexpected(
            f"Charge {charge.id} has already been refunded.", "charge_already_refunded"
        )
    amount = whole(params, "amount") if "amount" in params else left
    if amount > left:
        words = f"{money.written(left, intent.currency)} left on the charge"
        raise invalid(f"Refund amount is greater than the unrefunded amount: {words}.", "amount")
    made = Refund(
        id=world.new_id("re"),
        intent_id=intent.id,
        charge_id=charge.id,
        created=world.clock.now(),
        amount=amount,
        currency=intent.currency,
        metadata=params.get("metadata", {}),
        reason=params.get("reason"),
    )
    charge.refunded += amount
    world.refunds[made.id] = made
    world.happened("refund.created", refund_json(made))
    world.happened("charge.refunded", charge_json(intent, charge))
    return refund_json(made)


def refunds(world: World, _id: str, params: Params, _origin: str) -> Json:
    """Newest first."""
    only(params, "payment_intent charge limit expand")
    asked = params.get("payment_intent")
    found = [each for each in reversed(world.refunds.values()) if asked in (None, each.intent_id)]
    limit = int(params.get("limit", "10"))
    return {
        "object": "list",
        "url": "/v1/refunds",
        "has_more": len(found) > limit,
        "data": [refund_json(each) for each in found[:limit]],
    }


def _with_status(intent: Intent, allowed: tuple[str, ...], what: str) -> Charge:
    """The intent's charge. Raises: Refusal if the intent is in another state."""
    if intent.status not in allowed:
        message = (
            f"This PaymentIntent could not be {what} because it has a status of {intent.status}. "
            f"Only one with a status of {', '.join(allowed)} may be {what}."
        )
        raise unexpected(message, UNEXPECTED)
    return intent.charge or Charge(id="", created=0, brand="", last4="", capture_before=None)
