"""Order transactions: a record of money that was taken or given back outside of Wix.

Nothing here moves money; see ``order_billing`` for what does.
Source: Wix eCommerce, Order Transactions V1, "Add Payments", "List Transactions For Single Order";
Order Billing V1, "Refund Payments" with ``externalRefund``.
"""

from collections.abc import Sequence

import msgspec

from booking.domain.ids import OrderId, PaymentId
from booking.domain.money import Money
from booking.domain.order import NewPayment, Transactions
from booking.wix.ecom_shapes import spelled
from booking.wix.errors import WixAnswerMalformed
from booking.wix.lanes import Lane
from booking.wix.order_shapes import WireTransactions
from booking.wix.paths import in_path
from booking.wix.wire import Answer, Body, Reader, Wire

PATH = "/ecom/v1/payments/orders"
REFUND_PATH = "/ecom/v1/order-billing/refund-payments"


class _Answer(msgspec.Struct, rename="camel"):
    order_transactions: WireTransactions


_read = Reader(_Answer)


class OrderTransactions:
    """What was paid for an order, and what was given back. Needs the permission to manage orders."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def list(self, order_id: OrderId, currency: str) -> Transactions:
        """All of them; amounts are in the order's ``currency``. Raises: OrderNotFound, WixError."""
        path = f"{PATH}/{in_path(order_id)}"
        return _transactions(self._wire.read(path, method="GET", lane=Lane.SETTLE), currency)

    def add_payments(self, order_id: OrderId, payments: Sequence[NewPayment]) -> Transactions:
        """Write down payments of one currency, at least one; Wix then approves the order.

        Not to be repeated blindly: look for the ``reference`` in ``list`` first.
        Raises: OrderNotFound, InvalidRequest, WixError.
        """
        path = f"{PATH}/{in_path(order_id)}/add-payment"
        body = {"payments": [_payment(each) for each in payments]}
        return self._write(path, body, payments[0].amount.currency)

    def record_refund(
        self, order_id: OrderId, payment_id: PaymentId, amount: Money, *, reason: str = ""
    ) -> Transactions:
        """Write down money that we have given back already; Wix sends none.

        Not to be repeated blindly: look at ``list`` first. Raises: RefundRefused, OrderNotFound,
        WixError.
        """
        return self._write(
            REFUND_PATH, refund(order_id, payment_id, amount, reason, outside=True), amount.currency
        )

    def _write(self, path: str, body: Body, currency: str) -> Transactions:
        return written(self._wire.write(path, body), currency)


def written(answer: Answer, currency: str) -> Transactions:
    """What a write answers; one that cannot be read was done all the same."""
    try:
        return _transactions(answer, currency)
    except WixAnswerMalformed as error:
        error.maybe_done = True
        raise


def refund(
    order_id: OrderId, payment_id: PaymentId, amount: Money, reason: str, *, outside: bool
) -> Body:
    """What "Refund Payments" is asked. ``outside`` True writes down, False moves money."""
    part = {"paymentId": payment_id, "amount": spelled(amount), "externalRefund": outside}
    told = {"customerReason": reason[:200]} if reason else {}
    return {"orderId": order_id, "paymentRefunds": [part], **told}


def _payment(new: NewPayment) -> Body:
    """The status at its new place and at the one that Wix is giving up."""
    return {
        "amount": spelled(new.amount),
        "status": new.state.value,
        "refundDisabled": False,
        "regularPaymentDetails": {
            "offlinePayment": new.on_site,
            "providerTransactionId": new.reference,
            "paymentMethod": new.method,
            "status": new.state.value,
        },
    }


def _transactions(answer: Answer, currency: str) -> Transactions:
    return _read(answer).order_transactions.transactions(currency)
