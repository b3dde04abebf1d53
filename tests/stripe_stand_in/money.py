"""Amounts that Stripe takes, and how they read.

Source: Stripe, "Supported currencies" ("Minor units in API amounts", "Special cases", "Minimum and maximum
charge amounts").
"""

from __future__ import annotations

from decimal import Decimal

from tests.stripe_stand_in.errors import invalid

WITHOUT_DECIMALS = "bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf".split()
WITH_THREE = "bhd jod kwd omr tnd".split()
WHOLE_ONLY = ("isk", "ugx")
LARGEST, SMALLEST = 99_999_999, {"eur": 50, "usd": 50, "gbp": 30, "jpy": 50}


def check(amount: int, currency: str, param: str) -> None:
    """Raises: Refusal for an amount that no card can be charged with."""
    if not (currency.isalpha() and len(currency) == 3 and currency.islower()):
        raise invalid(f"Invalid currency: {currency}", "currency", "parameter_invalid_string")
    step = 100 if currency in WHOLE_ONLY else 10 if currency in WITH_THREE else 1
    if amount % step:
        message = f"Invalid amount. Amounts in {currency} must be evenly divisible by {step}."
        raise invalid(message, param, "invalid_charge_amount_no_decimal_compatible")
    if amount < SMALLEST.get(currency, 1):
        raise invalid("The amount is too small.", param, "amount_too_small")
    if amount > LARGEST:
        raise invalid("The amount is too large.", param, "amount_too_large")


def written(amount: int, currency: str) -> str:
    """``25.00 EUR``; a page for tests speaks no language."""
    places = 0 if currency in WITHOUT_DECIMALS else 3 if currency in WITH_THREE else 2
    return f"{Decimal(amount).scaleb(-places):f} {currency.upper()}"
