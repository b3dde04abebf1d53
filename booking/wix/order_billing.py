"""Order billing: these calls move money. None of them knows a key against doing it twice.

Source: Wix eCommerce, Order Billing V1, "Refund Payments", "Charge Memberships".
"""

from collections.abc import Mapping

from booking.domain.ids import MemberId, OrderId, PaymentId, PlanOrderId
from booking.domain.money import Money
from booking.domain.order import Transactions
from booking.wix.cart import membership
from booking.wix.order_transactions import REFUND_PATH, refund, written
from booking.wix.wire import Wire

MEMBERSHIPS_PATH = "/ecom/v1/order-billing/charge-memberships"


class OrderBilling:
    """Money of orders, sent back or taken off a plan. Needs the permission to manage orders."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def refund(
        self, order_id: OrderId, payment_id: PaymentId, amount: Money, *, reason: str = ""
    ) -> Transactions:
        """Let Wix send money back to the buyer that its own checkout has taken.

        It may be on its way for days, and may fail yet: ``refunds`` say so. After a lost answer look at
        the order's transactions before anything else: a second call is a second refund, if that much
        is left. Raises: RefundRefused, OrderNotFound, WixError.
        """
        body = refund(order_id, payment_id, amount, reason, outside=False)
        return written(self._wire.write(REFUND_PATH, body), amount.currency)

    def charge_plans(
        self,
        order_id: OrderId,
        member_id: MemberId,
        plans: Mapping[str, PlanOrderId],
        *,
        currency: str,
    ) -> Transactions:
        """Let purchases of plans pay for lines of an order, by the lines' ids.

        As the business, for a member whom we know by a proof of our own: an app's checkout cannot.
        Raises: PlanRefused, OrderNotFound, WixError.
        """
        charges = [
            {"lineItemId": line_id, "membershipIdentifier": membership(plan)}
            for line_id, plan in plans.items()
        ]
        body = {"orderId": order_id, "memberId": member_id, "memberships": charges}
        return written(self._wire.write(MEMBERSHIPS_PATH, body), currency)
