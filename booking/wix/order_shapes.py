"""Orders, payments and refunds on the wire.

Source: Wix eCommerce, Orders V1, "Order Object"; Order Transactions V1, "Order Transactions Object".
"""

import msgspec

from booking.domain.ids import CheckoutId, OrderId, PaymentId
from booking.domain.order import (
    Order,
    OrderLine,
    OrderPayment,
    OrderStatus,
    Payment,
    PaymentState,
    Refund,
    Transactions,
)
from booking.wix.ecom_shapes import Amount, Moment, Reference, Words, sum_of, utc
from booking.wix.wire import known, need

STATUSES = {one.value: one for one in OrderStatus if one is not OrderStatus.UNKNOWN}
PAYMENTS = {one.value: one for one in OrderPayment if one is not OrderPayment.UNKNOWN}
STATES = {one.value: one for one in PaymentState if one is not PaymentState.UNKNOWN}


class _Line(msgspec.Struct, rename="camel"):
    id: str | None = None
    product_name: Words | None = None
    catalog_reference: Reference | None = None
    quantity: int | None = None
    price: Amount | None = None

    def line(self, currency: str) -> OrderLine:
        return OrderLine(
            id=self.id or "",
            name=self.product_name.text if self.product_name else "",
            price=sum_of(self.price, currency, "lineItems.price"),
            booking_id=self.catalog_reference.booking_id if self.catalog_reference else None,
            quantity=1 if self.quantity is None else self.quantity,
        )


class _Prices(msgspec.Struct):
    total: Amount | None = None


class _Balance(msgspec.Struct):
    balance: Amount | None = None
    paid: Amount | None = None
    refunded: Amount | None = None


class _Buyer(msgspec.Struct):
    email: str | None = None


class _Channel(msgspec.Struct, rename="camel"):
    external_order_id: str | None = None


class WireOrder(msgspec.Struct, rename="camel"):
    id: str
    number: str | int | None = None
    status: str | None = None
    payment_status: str | None = None
    currency: str | None = None
    line_items: list[_Line] | None = None
    price_summary: _Prices | None = None
    balance_summary: _Balance | None = None
    buyer_info: _Buyer | None = None
    channel_info: _Channel | None = None
    checkout_id: str | None = None
    created_date: Moment | None = None

    def order(self) -> Order:
        """Raises WixAnswerMalformed without a currency or a total."""
        currency = need(self.currency, "order.currency")
        total = need(
            need(self.price_summary, "order.priceSummary").total, "order.priceSummary.total"
        )
        money = self.balance_summary or _Balance()
        return Order(
            id=OrderId(self.id),
            number="" if self.number is None else str(self.number),
            status=known(STATUSES, self.status, OrderStatus.UNKNOWN, what="order status"),
            payment=known(
                PAYMENTS, self.payment_status, OrderPayment.UNKNOWN, what="paymentStatus"
            ),
            total=sum_of(total, currency, "order.priceSummary.total"),
            lines=tuple(each.line(currency) for each in self.line_items or ()),
            balance=money.balance.money(currency) if money.balance else None,
            paid=money.paid.money(currency) if money.paid else None,
            refunded=money.refunded.money(currency) if money.refunded else None,
            email=(self.buyer_info or _Buyer()).email or "",
            reference=(self.channel_info or _Channel()).external_order_id or "",
            checkout_id=CheckoutId(self.checkout_id) if self.checkout_id else None,
            created=utc(self.created_date),
        )


class _Regular(msgspec.Struct, rename="camel"):
    offline_payment: bool | None = None
    provider_transaction_id: str | None = None
    status: str | None = None


class _ByPlan(msgspec.Struct, rename="camel"):
    membership_id: str | None = None


class _ByGiftCard(msgspec.Struct):
    """That it is there is all we need."""


class _Payment(msgspec.Struct, rename="camel"):
    """The status stands beside the details, in older answers inside of them."""

    id: str | None = None
    amount: Amount | None = None
    status: str | None = None
    regular_payment_details: _Regular | None = None
    membership_payment_details: _ByPlan | None = None
    giftcard_payment_details: _ByGiftCard | None = None
    created_date: Moment | None = None

    def payment(self, currency: str) -> Payment:
        details = self.regular_payment_details or _Regular()
        state = self.status or details.status
        return Payment(
            id=PaymentId(need(self.id, "payments.id")),
            amount=sum_of(self.amount, currency, "payments.amount"),
            state=known(STATES, state, PaymentState.UNKNOWN, what="payment status"),
            reference=details.provider_transaction_id or "",
            on_site=bool(details.offline_payment),
            by_plan=self.membership_payment_details is not None,
            by_gift_card=self.giftcard_payment_details is not None,
            created=utc(self.created_date),
        )


class _Part(msgspec.Struct, rename="camel"):
    payment_id: str | None = None
    amount: Amount | None = None
    refund_status: str | None = None
    external_refund: bool | None = None


class _Refund(msgspec.Struct):
    id: str | None = None
    transactions: list[_Part] | None = None


class WireTransactions(msgspec.Struct, rename="camel"):
    """Amounts are in the order's currency, which is not told here."""

    order_id: str | None = None
    payments: list[_Payment] | None = None
    refunds: list[_Refund] | None = None

    def transactions(self, currency: str) -> Transactions:
        return Transactions(
            order_id=OrderId(need(self.order_id, "orderTransactions.orderId")),
            payments=tuple(each.payment(currency) for each in self.payments or ()),
            refunds=tuple(self._refunds(currency)),
        )

    def _refunds(self, currency: str) -> list[Refund]:
        return [
            Refund(
                id=refund.id or "",
                payment_id=PaymentId(part.payment_id or ""),
                amount=sum_of(part.amount, currency, "refunds.amount"),
                status=part.refund_status or "",
                outside=bool(part.external_refund),
            )
            for refund in self.refunds or ()
            for part in refund.transactions or ()
        ]
