"""Charges for tests; a test names what matters."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from booking.domain.money import Money
from booking.domain.payment import Charge

BACK = "https://book.example/b/key/"


def money(amount: str, currency: str = "EUR") -> Money:
    return Money(Decimal(amount), currency)


def soon(minutes: float = 35) -> datetime:
    return datetime.now(UTC) + timedelta(minutes=minutes)


def a_charge(**changes: Any) -> Charge:
    charge: dict[str, Any] = {
        "reference": "K7P2M9QX",
        "amount": money("25.00"),
        "what": "Haircut with Ana",
        "email": "ada@example.com",
        "language": "de",
        "back_url": BACK,
        "until": soon(),
    }
    return Charge(**charge | changes)
