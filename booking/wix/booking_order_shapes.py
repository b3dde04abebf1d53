"""The order beside a booking in the reader's answer: a summary, not the order itself.

Source: Wix Bookings, Bookings Reader V2, "Extended Booking Object", ``order``.
"""

from decimal import Decimal, InvalidOperation

import msgspec

from booking.domain.money import Money
from booking.domain.outcome import OrderFacts
from booking.wix.errors import WixAnswerMalformed


class _Price(msgspec.Struct):
    """eCommerce's shape of money, without the currency that stands beside it."""

    amount: str | None = None


class WireOrder(msgspec.Struct, rename="camel"):
    id: str
    number: int | str | None = None
    status: str | None = None
    payment_status: str | None = None
    total_price: _Price | None = None
    balance: _Price | None = None
    currency: str | None = None

    def facts(self) -> OrderFacts:
        """Raises WixAnswerMalformed for an amount that is none."""
        return OrderFacts(
            id=self.id,
            number="" if self.number is None else str(self.number),
            status=self.status or "",
            payment=self.payment_status or "",
            total=self._money(self.total_price, "totalPrice"),
            balance=self._money(self.balance, "balance"),
        )

    def _money(self, price: _Price | None, field: str) -> Money | None:
        if price is None or not price.amount or not self.currency:
            return None
        try:
            amount = Decimal(price.amount)
        except InvalidOperation as error:
            raise WixAnswerMalformed(f"order.{field}.amount", "no decimal number") from error
        if not amount.is_finite():
            raise WixAnswerMalformed(f"order.{field}.amount", "no amount")
        return Money(amount, self.currency)
