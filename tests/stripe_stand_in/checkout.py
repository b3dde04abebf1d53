"""Checkout Sessions: made, read, closed, and paid by a customer.

Source: API reference, "Create a Checkout Session", "Retrieve", "Expire"; guide "Testing" for the cards.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.stripe_stand_in import money
from tests.stripe_stand_in.errors import Refusal, invalid, unexpected
from tests.stripe_stand_in.forms import Params, items, only, text, whole
from tests.stripe_stand_in.shapes import charge_json, intent_json, session_json
from tests.stripe_stand_in.world import Charge, Intent, Json, Session, World

SHORTEST, LONGEST = 30 * 60, 24 * 3600
KNOWN = (
    "adaptive_pricing allowed_payment_method_types cancel_url client_reference_id customer_email expand "
    "expires_at line_items locale metadata mode payment_intent_data submit_type success_url"
)
INTENT_KNOWN = "capture_method description metadata"
ITEM_KNOWN, PRICE_KNOWN = "price_data quantity", "currency unit_amount product_data"
LOCALES = (
    "auto bg cs da de el en en-GB es es-419 et fi fil fr fr-CA hi-IN hr hu id it ja ko lt lv ms mt "
    "nb nl pl pt pt-BR ro ru sk sl sv th tr vi zh zh-HK zh-TW"
).split()


@dataclass(frozen=True)
class Card:
    """A card of Stripe's for tests. ``outcome``: pays, asks, or the decline code."""

    brand: str
    number: str
    outcome: str
    means: str


CARDS = {
    card.number: card
    for card in (
        Card("visa", "4242424242424242", "pays", "pays"),
        Card("mastercard", "5555555555554444", "pays", "pays"),
        Card("visa", "4000002500003155", "asks", "asks the customer to prove who they are"),
        Card("visa", "4000000000000002", "generic_decline", "is declined"),
        Card("visa", "4000000000009995", "insufficient_funds", "has not enough money"),
    )
}


class Closed(Exception):
    """The page of a session that is not open any more."""


def create(world: World, params: Params, origin: str) -> Json:
    only(params, KNOWN)
    if text(params, "mode") != "payment":
        raise invalid("This stand-in knows only payments.", "mode")
    text(params, "success_url")
    if params.get("locale", "auto") not in LOCALES:
        raise invalid("Invalid locale", "locale")
    email = params.get("customer_email")
    if email is not None and ("@" not in email or not email.isascii()):
        raise invalid(f"Invalid email address: {email}", "customer_email", "email_invalid")
    only(params.get("payment_intent_data", {}), INTENT_KNOWN, "payment_intent_data")
    amount, currency, name = _price(params)
    now = world.clock.now()
    session = Session(
        id=world.new_id("cs_test"),
        params=params,
        created=now,
        expires_at=_end(params, now),
        amount=amount,
        currency=currency,
        name=name,
    )
    world.sessions[session.id] = session
    return session_json(world, session, origin)


def retrieve(world: World, session_id: str, params: Params, origin: str) -> Json:
    only(params, "expand")
    return session_json(world, world.session(session_id), origin, items(params.get("expand")))


def expire(world: World, session_id: str, params: Params, origin: str) -> Json:
    only(params, "expand")
    session = world.session(session_id)
    if session.status != "open":
        raise unexpected(
            'Only Checkout Sessions with a status in ["open"] can be expired. '
            f"This Checkout Session has a status of `{session.status}`."
        )
    close(world, session)
    return session_json(world, session, origin, items(params.get("expand")))


def close(world: World, session: Session) -> None:
    """No payment any more: the session ends, and with it an intent that nobody has paid."""
    session.status = "expired"
    if intent := world.intents.get(session.intent_id or ""):
        intent.status, intent.canceled_at = "canceled", world.clock.now()
    world.happened("checkout.session.expired", session_json(world, session))


def pay(world: World, session_id: str, number: str) -> Intent:
    """What becomes of it when the customer gives this card.

    Raises: Closed; Refusal 402 for a number that is no card's.
    """
    session = world.session(session_id)
    if session.status != "open":
        raise Closed
    card = CARDS.get(number.replace(" ", ""))
    if card is None:
        raise Refusal(402, "Your card number is incorrect.", code="incorrect_number")
    intent = _intent_of(world, session)
    if card.outcome == "pays":
        _authorise(world, session, intent, card.brand, card.number[-4:])
    elif card.outcome == "asks":
        intent.status, intent.waiting_card = "requires_action", (card.brand, card.number[-4:])
        world.happened("payment_intent.requires_action", intent_json(intent))
    else:
        _decline(world, intent, "card_declined", card.outcome)
    return intent


def prove(world: World, session_id: str, *, proved: bool) -> Intent:
    """The customer's bank has been asked. Raises: Closed."""
    session = world.session(session_id)
    intent = world.intents.get(session.intent_id or "")
    if session.status != "open" or intent is None or intent.waiting_card is None:
        raise Closed
    (brand, last4), intent.waiting_card = intent.waiting_card, None
    if proved:
        _authorise(world, session, intent, brand, last4)
    else:
        _decline(world, intent, "payment_intent_authentication_failure", None)
    return intent


def _price(params: Params) -> tuple[int, str, str]:
    lines = items(params.get("line_items"))
    if not lines:
        raise invalid("Missing required param: line_items.", "line_items", "parameter_missing")
    amount, currency, name = 0, "", ""
    for number, line in enumerate(lines):
        where = f"line_items[{number}]"
        only(line, ITEM_KNOWN, where)
        where = f"{where}[price_data]"
        price = line.get("price_data", {})
        only(price, PRICE_KNOWN, where)
        currency = text(price, "currency", where)
        unit = whole(price, "unit_amount", where)
        money.check(unit, currency, f"{where}[unit_amount]")
        name = text(price.get("product_data", {}), "name", f"{where}[product_data]")
        amount += unit * whole(line, "quantity", f"line_items[{number}]")
    return amount, currency, name


def _end(params: Params, now: int) -> int:
    if "expires_at" not in params:
        return now + LONGEST
    end = whole(params, "expires_at")
    for wrong, words in (
        (end < now + SHORTEST, "at least 30 minutes"),
        (end > now + LONGEST, "less than 24 hours"),
    ):
        if wrong:
            message = f"The `expires_at` timestamp must be {words} from Checkout Session creation."
            raise invalid(message, "expires_at")
    return end


def _intent_of(world: World, session: Session) -> Intent:
    """Made at the first try to pay. Source: changelog 2022-08-01."""
    if session.intent_id:
        return world.intents[session.intent_id]
    intent = Intent(
        id=world.new_id("pi"),
        session_id=session.id,
        created=world.clock.now(),
        amount=session.amount,
        currency=session.currency,
        params=session.params.get("payment_intent_data", {}),
    )
    world.intents[intent.id] = intent
    session.intent_id = intent.id
    world.happened("payment_intent.created", intent_json(intent))
    return intent


def _authorise(world: World, session: Session, intent: Intent, brand: str, last4: str) -> None:
    now = world.clock.now()
    manual = intent.params.get("capture_method") == "manual"
    intent.last_payment_error = None
    intent.charge = Charge(
        id=world.new_id("ch"),
        created=now,
        brand=brand,
        last4=last4,
        capture_before=now + world.authorised_seconds if manual else None,
        captured=0 if manual else intent.amount,
    )
    intent.status = "requires_capture" if manual else "succeeded"
    session.status = "complete"
    world.happened("charge.succeeded", charge_json(intent, intent.charge))
    kind = "amount_capturable_updated" if manual else "succeeded"
    world.happened(f"payment_intent.{kind}", intent_json(intent))
    world.happened("checkout.session.completed", session_json(world, session))


def _decline(world: World, intent: Intent, code: str, decline_code: str | None) -> None:
    intent.status = "requires_payment_method"
    intent.last_payment_error = {"type": "card_error", "code": code, "decline_code": decline_code}
    world.happened("payment_intent.payment_failed", intent_json(intent))
