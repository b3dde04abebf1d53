"""How Stripe writes money: whole numbers of a currency's smallest unit, with exceptions.

Source: Stripe, "Supported currencies": "Minor units in API amounts", "Special cases".
"""

from decimal import Decimal

from booking.domain.money import Money
from booking.providers.protocol import ProviderRefused

DECIMALS = {
    **dict.fromkeys("BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF".split(), 0),
    **dict.fromkeys("BHD JOD KWD OMR TND".split(), 3),
}
"""How many decimals an amount has; two for every other currency."""

STEP = {
    **dict.fromkeys(("ISK", "UGX"), 100),  # written with two decimals, and only whole ones exist
    **dict.fromkeys("BHD JOD KWD OMR TND".split(), 10),  # card networks know two of the three
}
"""What an amount must be a multiple of; one for every other currency."""

_USUAL = 2


def to_stripe(money: Money) -> int:
    """``money`` as Stripe wants it, never rounded.

    Raises: ProviderRefused for nothing, less than nothing, and what Stripe cannot write exactly.
    """
    scaled = _scaled(money.amount, DECIMALS.get(money.currency, _USUAL))
    if scaled is None or scaled <= 0 or scaled % STEP.get(money.currency, 1):
        raise ProviderRefused("amount_not_possible", f"in {money.currency}")
    return int(scaled)


def from_stripe(amount: int, currency: str) -> Money:
    """What Stripe means by ``amount``; it writes currencies in small letters."""
    code = currency.upper()
    return Money(Decimal(amount).scaleb(-DECIMALS.get(code, _USUAL)), code)


def _scaled(amount: Decimal, decimals: int) -> Decimal | None:
    """``amount`` in its smallest unit; None if that is no whole number."""
    if not amount.is_finite():
        return None
    scaled = amount.scaleb(decimals)
    return scaled if scaled == scaled.to_integral_value() else None
