"""A Checkout V1 on the wire. Source: Wix eCommerce, Checkout V1, "Checkout Object"."""

from dataclasses import replace

import msgspec

from booking.domain.checkout import Checkout, CheckoutLine, Totals
from booking.domain.ids import CheckoutId, PlanOrderId
from booking.wix.cart_shapes import WireViolation, obstacles
from booking.wix.ecom_shapes import Amount, Reference, Words, line, sum_of
from booking.wix.wire import need


class _Availability(msgspec.Struct):
    status: str | None = None


class _Line(msgspec.Struct, rename="camel"):
    """``depositAmount`` is a bare decimal here."""

    id: str | None = None
    product_name: Words | None = None
    catalog_reference: Reference | None = None
    root_catalog_item_id: str | None = None
    price: Amount | None = None
    payment_option: str | None = None
    deposit_amount: str | None = None
    availability: _Availability | None = None

    def line(self, currency: str) -> CheckoutLine | None:
        told = (self.availability or _Availability()).status
        deposit = Amount(self.deposit_amount).money(currency) if self.deposit_amount else None
        return line(
            line_id=self.id,
            name=self.product_name,
            reference=self.catalog_reference,
            price=sum_of(self.price, currency, "price"),
            payment=self.payment_option,
            service_id=self.root_catalog_item_id,
            deposit=deposit,
            available=told in (None, "AVAILABLE", "PARTIALLY_AVAILABLE"),
        )


class _BuyerInfo(msgspec.Struct):
    email: str | None = None


class _Prices(msgspec.Struct):
    subtotal: Amount | None = None
    discount: Amount | None = None
    total: Amount | None = None


class _Coupon(msgspec.Struct):
    id: str | None = None
    code: str | None = None


class _Discount(msgspec.Struct):
    coupon: _Coupon | None = None


class _Membership(msgspec.Struct, rename="camel"):
    id: str | None = None
    line_item_ids: list[str] | None = None


class _Selected(msgspec.Struct):
    memberships: list[_Membership] | None = None


class _MembershipOptions(msgspec.Struct, rename="camel"):
    selected_memberships: _Selected | None = None


class WireCheckout(msgspec.Struct, rename="camel"):
    id: str
    currency: str | None = None
    line_items: list[_Line] | None = None
    buyer_info: _BuyerInfo | None = None
    price_summary: _Prices | None = None
    pay_now: _Prices | None = None
    pay_later: _Prices | None = None
    applied_discounts: list[_Discount] | None = None
    membership_options: _MembershipOptions | None = None
    violations: list[WireViolation] | None = None
    completed: bool | None = None

    def checkout(self) -> Checkout:
        discounts = (each.coupon for each in self.applied_discounts or ())
        coupon = next((each for each in discounts if each), _Coupon())
        return Checkout(
            id=CheckoutId(self.id),
            currency=need(self.currency, "checkout.currency"),
            lines=tuple(self._lines()),
            email=(self.buyer_info or _BuyerInfo()).email or "",
            coupon=coupon.code or "",
            coupon_id=coupon.id or "",
            ordered=bool(self.completed),
        )

    def _lines(self) -> list[CheckoutLine]:
        currency = need(self.currency, "checkout.currency")
        lines = (each.line(currency) for each in self.line_items or ())
        plans = self._plans()
        return [
            replace(each, plan_order_id=plans[each.id]) if each.id in plans else each
            for each in lines
            if each
        ]

    def _plans(self) -> dict[str, PlanOrderId]:
        """The purchases of plans chosen to pay, by line."""
        options = self.membership_options or _MembershipOptions()
        chosen = (options.selected_memberships or _Selected()).memberships or ()
        return {
            line_id: PlanOrderId(each.id)
            for each in chosen
            for line_id in each.line_item_ids or ()
            if each.id
        }

    def totals(self) -> Totals:
        currency = need(self.currency, "checkout.currency")
        prices = need(self.price_summary, "checkout.priceSummary")
        need(prices.total, "checkout.priceSummary.total")
        now = need(self.pay_now, "checkout.payNow")
        need(now.total, "checkout.payNow.total")
        return Totals(
            subtotal=sum_of(prices.subtotal, currency, "subtotal"),
            discount=sum_of(prices.discount, currency, "discount"),
            total=sum_of(prices.total, currency, "total"),
            now=sum_of(now.total, currency, "payNow"),
            later=sum_of((self.pay_later or _Prices()).total, currency, "payLater"),
            obstacles=obstacles(self.violations),
        )
