"""A cart and its totals on the wire. Source: Wix eCommerce, Cart V2, "Cart Object", "Calculate Cart"."""

from dataclasses import replace

import msgspec

from booking.domain.checkout import Checkout, CheckoutLine, Totals
from booking.domain.ids import CheckoutId, OrderId, PlanOrderId
from booking.wix.ecom_shapes import Amount, Reference, Words, line, sum_of
from booking.wix.wire import need


class _Source(msgspec.Struct, rename="camel"):
    catalog_reference: Reference | None = None
    root_catalog_item_id: str | None = None


class _Pricing(msgspec.Struct, rename="camel"):
    total_price: Amount | None = None


class _Membership(msgspec.Struct, rename="camel"):
    membership_id: str | None = None


class _PaymentConfig(msgspec.Struct, rename="camel"):
    payment_option: str | None = None
    deposit_amount: Amount | None = None
    membership: _Membership | None = None


class _Line(msgspec.Struct, rename="camel"):
    id: str | None = None
    name: Words | None = None
    pricing: _Pricing | None = None
    source: _Source | None = None
    payment_config: _PaymentConfig | None = None
    status: str | None = None

    def line(self, currency: str) -> CheckoutLine | None:
        source = self.source or _Source()
        payment = self.payment_config or _PaymentConfig()
        told = line(
            line_id=self.id,
            name=self.name,
            reference=source.catalog_reference,
            price=sum_of((self.pricing or _Pricing()).total_price, currency, "pricing.totalPrice"),
            payment=payment.payment_option,
            service_id=source.root_catalog_item_id,
            deposit=payment.deposit_amount.money(currency) if payment.deposit_amount else None,
            available=self.status in (None, "IN_STOCK"),
        )
        plan = (payment.membership or _Membership()).membership_id
        return replace(told, plan_order_id=PlanOrderId(plan)) if told and plan else told


class _Code(msgspec.Struct):
    id: str | None = None
    code: str | None = None


class _BusinessInfo(msgspec.Struct, rename="camel"):
    currency_code: str | None = None


class _CustomerInfo(msgspec.Struct):
    email: str | None = None


class _PaymentInfo(msgspec.Struct, rename="camel"):
    currency_code: str | None = None
    gift_cards: list[_Code] | None = None


class WireCart(msgspec.Struct, rename="camel"):
    id: str
    line_items: list[_Line] | None = None
    coupons: list[_Code] | None = None
    business_info: _BusinessInfo | None = None
    customer_info: _CustomerInfo | None = None
    payment_info: _PaymentInfo | None = None
    order_placed: bool | None = None
    order_id: str | None = None

    def currency(self, field: str) -> str:
        """Raises WixAnswerMalformed without one: no amount means anything then."""
        told = (self.business_info or _BusinessInfo()).currency_code
        return need(
            told or (self.payment_info or _PaymentInfo()).currency_code, f"{field}.currency"
        )

    def lines(self) -> tuple[CheckoutLine, ...]:
        """Those that sell bookings."""
        currency = self.currency("cart")
        told = (each.line(currency) for each in self.line_items or ())
        return tuple(each for each in told if each)

    def checkout(self, lines: tuple[CheckoutLine, ...]) -> Checkout:
        coupon = next(iter(self.coupons or ()), _Code())
        card = next(iter((self.payment_info or _PaymentInfo()).gift_cards or ()), _Code())
        return Checkout(
            id=CheckoutId(self.id),
            currency=self.currency("cart"),
            lines=lines,
            email=(self.customer_info or _CustomerInfo()).email or "",
            coupon=coupon.code or "",
            coupon_id=coupon.id or "",
            gift_card_id=card.id or "",
            ordered=bool(self.order_placed),
            order_id=OrderId(self.order_id) if self.order_id else None,
        )


class _Prices(msgspec.Struct):
    subtotal: Amount | None = None
    discount: Amount | None = None
    total: Amount | None = None


class _GiftCard(msgspec.Struct):
    amount: Amount | None = None


class _Payments(msgspec.Struct, rename="camel"):
    gift_cards: list[_GiftCard] | None = None
    pay_now: Amount | None = None
    pay_later: Amount | None = None


class WireViolation(msgspec.Struct):
    severity: str | None = None
    code: str | None = None


class WireSummary(msgspec.Struct, rename="camel"):
    """What ``calculate`` adds to a cart. Without a total it is useless."""

    price_summary: _Prices | None = None
    payment_summary: _Payments | None = None
    price_verification_token: str | None = None
    violations: list[WireViolation] | None = None

    def totals(self, currency: str) -> Totals:
        prices = need(self.price_summary, "summary.priceSummary")
        need(prices.total, "summary.priceSummary.total")
        payments = need(self.payment_summary, "summary.paymentSummary")
        need(payments.pay_now, "summary.paymentSummary.payNow")
        card = next(iter(payments.gift_cards or ()), _GiftCard()).amount
        return Totals(
            subtotal=sum_of(prices.subtotal, currency, "subtotal"),
            discount=sum_of(prices.discount, currency, "discount"),
            total=sum_of(prices.total, currency, "total"),
            now=sum_of(payments.pay_now, currency, "payNow"),
            later=sum_of(payments.pay_later, currency, "payLater"),
            gift_card=sum_of(card, currency, "giftCards") if card else None,
            proof=self.price_verification_token or "",
            obstacles=obstacles(self.violations),
        )


def obstacles(violations: list[WireViolation] | None) -> tuple[str, ...]:
    """The codes of what keeps an order from being placed; warnings do not."""
    return tuple(each.code or "" for each in violations or () if each.severity == "ERROR")
