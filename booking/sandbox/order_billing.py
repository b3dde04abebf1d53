"""Order billing: what moves money, back to the buyer or off a member's plan.

With ``externalRefund`` a refund only writes down what somebody else has given back.
Source: Wix eCommerce, Order Billing V1, "Refund Payments", "Charge Memberships".
"""

from __future__ import annotations

from decimal import Decimal

from booking.sandbox.booked_items import PLANS_APP_ID, ZERO, amount_text, item_of
from booking.sandbox.call import Call, For, Route
from booking.sandbox.order_transactions import find_payment, transactions
from booking.sandbox.order_view import an_amount
from booking.sandbox.ordering import add_payment, settle_status
from booking.sandbox.orders import find_order
from booking.sandbox.pricing_plans import active_order, redeem
from booking.sandbox.shop import Order
from booking.sandbox.times import stamp
from booking.sandbox.wire import Json, a_guid, a_list, an_object, missing, refusal, violation
from booking.sandbox.world import World

MOST_REFUNDS, MOST_MEMBERSHIPS, LONGEST_REASON = 50, 100, 200
PAID_BACK_FROM = ("APPROVED", "PARTIALLY_REFUNDED")
REFUND_STATUSES = ("PENDING", "SCHEDULED", "STARTED", "SUCCEEDED", "FAILED")


def refund_payments(world: World, call: Call) -> Json:
    """All parts or none; there is no key against doing it twice. Raises: WixError 404, 428."""
    order = find_order(world, a_guid(call.body.get("orderId"), "orderId"))
    if len(str(call.body.get("customerReason") or "")) > LONGEST_REASON:
        raise violation("customerReason", "is too long", "MAX_LENGTH")
    asked = a_list(call.body.get("paymentRefunds"), "paymentRefunds", longest=MOST_REFUNDS)
    if not asked:
        raise missing("paymentRefunds")
    status = world.settings.refund_status
    parts = [
        _part(order, an_object(one, "paymentRefunds"), at, status) for at, one in enumerate(asked)
    ]
    refund = {
        "id": world.next_id("refund"),
        "createdDate": stamp(world.now()),
        "transactions": parts,
        "details": {"reason": call.body.get("customerReason")},
    }
    order.refunds.append(refund)
    for part in parts:
        _mark(order, part["paymentId"])
    settle_status(world, order)
    return {
        "orderTransactions": transactions(order),
        "refundId": refund["id"],
        "effectiveRefunds": parts,
    }


def go_on_with_refunds(world: World, status: str) -> None:
    """Those that were on their way get this ``status``."""
    for order in world.shop.orders.values():
        parts = [part for refund in order.refunds for part in refund["transactions"]]
        for part in parts:
            if part["refundStatus"] not in ("SUCCEEDED", "FAILED"):
                part["refundStatus"] = status
                _mark(order, part["paymentId"])
        if parts:
            settle_status(world, order)


def _part(order: Order, asked: Json, at: int, status: str) -> Json:
    field = f"paymentRefunds[{at}]"
    payment = find_payment(order, a_guid(asked.get("paymentId"), f"{field}.paymentId"))
    external = bool(asked.get("externalRefund"))
    left = refundable(order, payment)
    if left <= ZERO or payment.get("refundDisabled"):
        raise refusal(428, "PAYMENT_NOT_REFUNDABLE", f"The payment is {payment['status']}")
    amount = an_amount(asked["amount"], f"{field}.amount") if asked.get("amount") else left
    if not ZERO < amount <= left:
        raise refusal(428, "INVALID_PAYMENT_REFUND_AMOUNT", f"At most {left} can be refunded")
    if not external and not _collected_by_wix(payment):
        raise refusal(428, "EXTERNAL_REFUND_EXPECTED", "Wix did not collect this payment")
    return {
        "paymentId": payment["id"],
        "amount": {"amount": amount_text(amount, order.wire["currency"])},
        "refundStatus": "SUCCEEDED" if external else status,
        "externalRefund": external,
    }


def refundable(order: Order, payment: Json) -> Decimal:
    """What is left of a payment after the refunds so far, one that is on its way included."""
    if payment["status"] not in PAID_BACK_FROM:
        return ZERO
    back = (
        Decimal(part["amount"]["amount"])
        for refund in order.refunds
        for part in refund["transactions"]
        if part["paymentId"] == payment["id"] and part["refundStatus"] != "FAILED"
    )
    return Decimal(payment["amount"]["amount"]) - sum(back, ZERO)


def _collected_by_wix(payment: Json) -> bool:
    """Only money that went through Wix's own checkout can be sent back by Wix."""
    return bool((payment.get("regularPaymentDetails") or {}).get("paymentOrderId"))


def _mark(order: Order, payment_id: str) -> None:
    """What has failed leaves the payment as it was; whatever is on its way counts."""
    payment = find_payment(order, payment_id)
    payment["status"] = "APPROVED"
    left = refundable(order, payment)
    if left < Decimal(payment["amount"]["amount"]):
        payment["status"] = "PARTIALLY_REFUNDED" if left else "REFUNDED"


def get_refundability(world: World, call: Call) -> Json:
    order = find_order(world, a_guid(call.body.get("orderId"), "orderId"))
    told = [_refundability(order, payment) for payment in order.payments]
    return {"refundability": {"orderId": order.id, "payments": told}}


def _refundability(order: Order, payment: Json) -> Json:
    left = refundable(order, payment)
    kind = "REFUNDABLE" if _collected_by_wix(payment) else "MANUAL"
    return {
        "paymentId": payment["id"],
        "availableRefundAmount": {"amount": amount_text(left, order.wire["currency"])},
        "refundability": kind if left else "NON_REFUNDABLE",
    }


def charge_memberships(world: World, call: Call) -> Json:
    """Pay lines of an order off a member's plan, as the business. Raises: WixError 428."""
    order = find_order(world, a_guid(call.body.get("orderId"), "orderId"))
    member_id = a_guid(call.body.get("memberId"), "memberId")
    asked = a_list(call.body.get("memberships"), "memberships", longest=MOST_MEMBERSHIPS)
    if not asked:
        raise missing("memberships")
    charges = [_charge(world, order, member_id, an_object(one, "memberships")) for one in asked]
    for price, details in charges:
        redeem(world, details["membershipId"])
        add_payment(world, order, price, "APPROVED", {"membershipPaymentDetails": details})
    settle_status(world, order)
    return {"orderTransactions": transactions(order)}


def _charge(world: World, order: Order, member_id: str, asked: Json) -> tuple[Decimal, Json]:
    identifier = an_object(asked.get("membershipIdentifier"), "membershipIdentifier")
    existing = an_object(identifier.get("existingMembership"), "existingMembership")
    membership = active_order(world, str(existing.get("membershipId")))
    line = next(
        (one for one in order.wire["lineItems"] if one["id"] == asked.get("lineItemId")), None
    )
    if line is None:
        raise refusal(404, "LINE_ITEM_NOT_FOUND", "No such line of this order")
    covered = membership is not None and _covers(world, membership, line)
    mine = membership is not None and membership["buyer"]["memberId"] == member_id
    if existing.get("appId") != PLANS_APP_ID or not covered or not mine:
        raise refusal(428, "MEMBERSHIP_NOT_ELIGIBLE", "This plan does not pay for this")
    details = {"membershipId": existing["membershipId"], "lineItemId": line["id"]}
    return Decimal(line["price"]["amount"]), details


def _covers(world: World, membership: Json, line: Json) -> bool:
    reference = line.get("catalogReference") or {}
    if reference.get("catalogItemId") not in world.bookings:
        return False
    service = item_of(world, reference["catalogItemId"]).service
    return membership["planId"] in service["payment"]["pricingPlanIds"]


_BASE = "/ecom/v1/order-billing"
ROUTES = (
    Route("POST", refund_payments, (f"{_BASE}/refund-payments",), For.MANAGERS),
    Route("POST", get_refundability, (f"{_BASE}/get-order-refundability",), For.MANAGERS),
    Route("POST", charge_memberships, (f"{_BASE}/charge-memberships",), For.MANAGERS),
)
