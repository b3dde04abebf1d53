"""What Stripe answers, as far as it matters, and what it means.

Each shape names its page of Stripe's API reference. What may be missing has a default.
"""

from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec

from booking.domain.money import Money
from booking.domain.payment import PaymentPage, ProviderNotice, Seen, Standing
from booking.providers.stripe.amounts import from_stripe

type Second = Annotated[int, msgspec.Meta(ge=0, le=253_402_300_799)]
"""Seconds since 1970, until the end of the year 9999."""

_LEFT = {"open": Standing.OPEN, "complete": Standing.ENDED, "expired": Standing.ENDED}
_SESSIONS = ("open", "complete", "expired")
STANDINGS: dict[str, dict[str, Standing]] = {
    "": {"open": Standing.OPEN, "expired": Standing.ENDED},  # nobody has tried to pay
    "requires_payment_method": _LEFT,
    "requires_confirmation": _LEFT,
    "requires_action": {**_LEFT, "complete": Standing.OPEN},
    "processing": {"open": Standing.OPEN, "complete": Standing.OPEN},
    "requires_capture": dict.fromkeys(_SESSIONS, Standing.AUTHORISED),
    "succeeded": dict.fromkeys(_SESSIONS, Standing.CAPTURED),
    "canceled": {**dict.fromkeys(_SESSIONS, Standing.ENDED), "complete": Standing.RELEASED},
}
"""By an intent's status, and then its session's; what is not here we do not know.

Source: Stripe, guide "How PaymentIntents and SetupIntents work", "The PaymentIntent lifecycle".
"""

BRANDS = {
    "amex": "American Express",
    "cartes_bancaires": "Cartes Bancaires",
    "diners": "Diners Club",
    "eftpos_au": "eftpos",
    "jcb": "JCB",
    "mastercard": "Mastercard",
    "unionpay": "UnionPay",
    "unknown": "",
}
"""How people write a brand; any other begins with a capital letter."""


class Card(msgspec.Struct):
    """The Charge object, ``payment_method_details.card``."""

    brand: str | None = None
    last4: str | None = None
    capture_before: Second | None = None

    def name(self) -> str:
        brand = self.brand or ""
        return " ".join(filter(None, (BRANDS.get(brand, brand.capitalize()), self.last4)))


class PaymentMethod(msgspec.Struct):
    """The Charge object, ``payment_method_details``."""

    card: Card | None = None


class Charge(msgspec.Struct):
    """The Charge object."""

    amount_refunded: int = 0
    payment_method_details: PaymentMethod | None = None


class Intent(msgspec.Struct):
    """The PaymentIntent object."""

    id: str
    status: str
    amount: int
    currency: str
    amount_capturable: int = 0
    amount_received: int = 0
    latest_charge: Charge | str | None = None

    def money(self, amount: int) -> Money:
        return from_stripe(amount, self.currency)

    def card(self) -> Card:
        charge = self.latest_charge
        method = charge.payment_method_details if isinstance(charge, Charge) else None
        return (method and method.card) or Card()

    def refunded(self) -> Money:
        """What went back of what was captured.

        Stripe counts what was authorised and not captured as refunded, too.
        """
        charge = self.latest_charge
        given_up = self.amount - self.amount_received
        refunded = charge.amount_refunded if isinstance(charge, Charge) else 0
        return self.money(max(0, refunded - given_up))


class Session(msgspec.Struct):
    """The Checkout Session object. It has no intent before the customer's first try to pay."""

    id: str
    expires_at: Second
    status: str | None = None
    url: str | None = None
    client_reference_id: str | None = None
    payment_intent: Intent | str | None = None

    def page(self) -> PaymentPage:
        return PaymentPage(id=self.id, url=self.url or "", until=moment(self.expires_at))

    def seen(self) -> Seen:
        intent = self.payment_intent if isinstance(self.payment_intent, Intent) else None
        reference = self.client_reference_id or ""
        standings = STANDINGS.get(intent.status if intent else "", {})
        standing = standings.get(self.status or "", Standing.UNKNOWN)
        if intent is None:
            return Seen(id=self.id, standing=standing, reference=reference)
        lapses = intent.card().capture_before if standing is Standing.AUTHORISED else None
        return Seen(
            id=self.id,
            standing=standing,
            reference=reference,
            payment_id=intent.id,
            amount=_amount(intent, standing),
            refunded=intent.refunded() if standing is Standing.CAPTURED else None,
            lapses=moment(lapses) if lapses else None,
            card=intent.card().name(),
        )


class Refund(msgspec.Struct):
    """The Refund object."""

    id: str
    status: str | None = None
    metadata: dict[str, str] | None = None


class Refunds(msgspec.Struct):
    """List all refunds."""

    data: list[Refund]


class Named(msgspec.Struct):
    """Any object, where only its id counts."""

    id: str | None = None


class Subject(msgspec.Struct):
    """The Event object, ``data.object``: what has changed, of whatever kind."""

    object: str | None = None
    id: str | None = None
    payment_intent: Named | str | None = None


class EventData(msgspec.Struct):
    """The Event object, ``data``."""

    object: Subject = msgspec.field(default_factory=Subject)


class Event(msgspec.Struct):
    """The Event object."""

    id: str
    type: str
    data: EventData = msgspec.field(default_factory=EventData)

    def notice(self) -> ProviderNotice:
        """Of the kinds that we do not know, too."""
        subject = self.data.object
        intent = subject.payment_intent
        payment_id = intent.id if isinstance(intent, Named) else intent
        if subject.object == "payment_intent":
            payment_id = subject.id
        page_id = subject.id if subject.object == "checkout.session" else ""
        return ProviderNotice(
            id=self.id, kind=self.type, page_id=page_id or "", payment_id=payment_id or ""
        )


def read[T](answer: Any, shape: type[T]) -> T:
    """Raises: msgspec.ValidationError if ``answer`` has another shape."""
    return msgspec.convert(answer, shape)


def moment(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)


def _amount(intent: Intent, standing: Standing) -> Money | None:
    amounts = {
        Standing.AUTHORISED: intent.amount_capturable,
        Standing.CAPTURED: intent.amount_received,
        Standing.RELEASED: intent.amount,
    }
    return intent.money(amounts[standing]) if standing in amounts else None
