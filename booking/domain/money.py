"""Money: an amount and its currency, never one without the other."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Money:
    """``amount`` in major units of ``currency`` (ISO 4217), exact."""

    amount: Decimal
    currency: str
