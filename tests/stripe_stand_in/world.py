"""Everything that the account has: sessions, intents, charges, refunds, and what has happened to them."""

from __future__ import annotations

import copy
import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.stripe_stand_in.errors import missing

type Json = dict[str, Any]


class Clock:
    """Real time, moved by the tests."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def now(self) -> int:
        return int(time.time() + self.ahead)


@dataclass(kw_only=True)
class Session:
    """Source: API reference, "The Checkout Session object"."""

    id: str
    params: Json
    created: int
    expires_at: int
    amount: int
    currency: str
    name: str
    status: str = "open"
    intent_id: str | None = None


@dataclass(kw_only=True)
class Charge:
    """Source: API reference, "The Charge object"; guide "Place a hold on a payment method"."""

    id: str
    created: int
    brand: str
    last4: str
    capture_before: int | None
    captured: int = 0
    refunded: int = 0


@dataclass(kw_only=True)
class Intent:
    """Source: API reference, "The PaymentIntent object"; guide "The PaymentIntent lifecycle"."""

    id: str
    session_id: str
    created: int
    amount: int
    currency: str
    params: Json
    status: str = "requires_payment_method"
    charge: Charge | None = None
    canceled_at: int | None = None
    cancellation_reason: str | None = None
    last_payment_error: Json | None = None
    waiting_card: tuple[str, str] | None = None

    @property
    def capturable(self) -> int:
        return self.amount if self.status == "requires_capture" else 0

    @property
    def received(self) -> int:
        return self.charge.captured if self.charge else 0


@dataclass(kw_only=True)
class Refund:
    """Source: API reference, "The Refund object"."""

    id: str
    intent_id: str
    charge_id: str
    created: int
    amount: int
    currency: str
    metadata: Json
    reason: str | None = None


@dataclass
class World:
    """One account. Whoever touches it holds the stand-in's lock."""

    clock: Clock
    sessions: dict[str, Session] = field(default_factory=dict)
    intents: dict[str, Intent] = field(default_factory=dict)
    refunds: dict[str, Refund] = field(default_factory=dict)
    events: list[Json] = field(default_factory=list)
    authorised_seconds: int = 7 * 86_400 - 3600
    """How long an authorisation holds. Source: "Place a hold on a payment method"."""
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def new_id(self, prefix: str) -> str:
        return f"{prefix}_{next(self._numbers):06d}StandIn"

    def session(self, session_id: str) -> Session:
        """Raises: Refusal 404."""
        if session_id not in self.sessions:
            raise missing("checkout.session", session_id)
        return self.sessions[session_id]

    def intent(self, intent_id: str) -> Intent:
        """Raises: Refusal 404."""
        if intent_id not in self.intents:
            raise missing("payment_intent", intent_id)
        return self.intents[intent_id]

    def happened(self, kind: str, subject: Json) -> None:
        """Source: API reference, "The Event object": the subject as it is at this moment."""
        event = {
            "id": self.new_id("evt"),
            "object": "event",
            "api_version": "2026-10-28.endive",
            "created": self.clock.now(),
            "data": {"object": copy.deepcopy(subject)},
            "livemode": False,
            "pending_webhooks": 1,
            "request": {"id": None, "idempotency_key": None},
            "type": kind,
        }
        self.events.append(event)
