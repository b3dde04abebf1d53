"""What a service costs and how it may be paid, on the wire and here.

Source: Wix Bookings, Services V2, "Service Object", ``payment``.
"""

import msgspec

from booking.domain.money import Money
from booking.domain.service import Price, PriceKind
from booking.wix.errors import WixAnswerMalformed
from booking.wix.shapes import WireMoney
from booking.wix.wire import known, need

PRICE_KINDS = {
    "FIXED": PriceKind.FIXED,
    "VARIED": PriceKind.VARIED,
    "CUSTOM": PriceKind.CUSTOM,
    "NO_FEE": PriceKind.FREE,
}


class _Rate(msgspec.Struct, rename="camel"):
    """``payment.fixed``, ``varied`` or ``custom``: each uses some of these."""

    price: WireMoney | None = None
    default_price: WireMoney | None = None
    min_price: WireMoney | None = None
    max_price: WireMoney | None = None
    deposit: WireMoney | None = None
    full_upfront_payment_allowed: bool | None = None
    description: str | None = None


class WireOptions(msgspec.Struct, rename="camel"):
    online: bool | None = None
    in_person: bool | None = None
    deposit: bool | None = None
    pricing_plan: bool | None = None


class WirePayment(msgspec.Struct, rename="camel"):
    rate_type: str | None = None
    fixed: _Rate | None = None
    varied: _Rate | None = None
    custom: _Rate | None = None
    options: WireOptions | None = None
    pricing_plan_ids: list[str] | None = None

    def price(self) -> Price:
        """Raises WixAnswerMalformed for a fixed price without an amount."""
        kind = known(PRICE_KINDS, self.rate_type, PriceKind.UNKNOWN, what="rateType")
        if kind is PriceKind.FIXED:
            return self._fixed(self.fixed or _Rate())
        if kind is PriceKind.VARIED:
            return self._varied(self.varied or _Rate())
        words = (self.custom or _Rate()).description or "" if kind is PriceKind.CUSTOM else ""
        return Price(kind=kind, words=words)

    def _fixed(self, rate: _Rate) -> Price:
        amount = need(_money(rate.price, "fixed.price"), "fixed.price")
        return Price(
            kind=PriceKind.FIXED,
            amount=amount,
            deposit=self._deposit(rate),
            may_pay_in_full=bool(rate.full_upfront_payment_allowed),
        )

    def _varied(self, rate: _Rate) -> Price:
        return Price(
            kind=PriceKind.VARIED,
            amount=_money(rate.default_price, "varied.defaultPrice"),
            lowest=_money(rate.min_price, "varied.minPrice"),
            highest=_money(rate.max_price, "varied.maxPrice"),
            deposit=self._deposit(rate),
            may_pay_in_full=bool(rate.full_upfront_payment_allowed),
        )

    def _deposit(self, rate: _Rate) -> Money | None:
        asked = self.options is not None and self.options.deposit
        return _money(rate.deposit, "deposit") if asked else None


def _money(wire: WireMoney | None, field: str) -> Money | None:
    try:
        return wire.money() if wire else None
    except WixAnswerMalformed as error:
        raise error.under(field) from error
