"""Order transactions: a record of money that moved somewhere else. Nothing is charged here.

Source: Wix eCommerce, Order Transactions V1, "Add Payments", "List Transactions".
"""

from __future__ import annotations

from booking.sandbox.call import Call, For, Route
from booking.sandbox.order_view import an_amount
from booking.sandbox.ordering import add_payment, settle_status
from booking.sandbox.orders import find_order
from booking.sandbox.shop import Order
from booking.sandbox.wire import Json, a_list, an_object, known, missing, refusal, violation
from booking.sandbox.world import World

MOST_PAYMENTS, MOST_ORDERS, LONGEST_ID = 50, 100, 100
STATUSES = (
    "APPROVED PENDING PENDING_MERCHANT CANCELED DECLINED REFUNDED PARTIALLY_REFUNDED AUTHORIZED "
    "VOIDED UNDEFINED"
).split()
DETAILS = ("regularPaymentDetails", "giftcardPaymentDetails", "membershipPaymentDetails")


def add_payments(world: World, call: Call) -> Json:
    """All of them or none. The order's payment status follows, and its approval."""
    order = find_order(world, call.params["order_id"])
    given = a_list(call.body.get("payments"), "payments", longest=MOST_PAYMENTS)
    if not given:
        raise missing("payments")
    read = [_payment(an_object(one, "payments"), f"payments[{at}]") for at, one in enumerate(given)]
    made = [
        add_payment(world, order, an_amount(one["amount"], "amount"), status, details)
        for one, status, details in read
    ]
    settle_status(world, order)
    ids = [payment["id"] for payment in made]
    return {"orderTransactions": transactions(order), "paymentsIds": ids}


def _payment(given: Json, field: str) -> tuple[Json, str, Json]:
    """Amount, status and details; the old place of the status counts too."""
    an_amount(an_object(given.get("amount"), f"{field}.amount"), f"{field}.amount")
    told = [name for name in DETAILS if given.get(name) is not None]
    if len(told) != 1:
        raise violation(field, f"needs one of {', '.join(DETAILS)}", "ONE_OF_ALIGNMENT")
    details = an_object(given[told[0]], f"{field}.{told[0]}")
    if len(str(details.get("providerTransactionId") or "")) > LONGEST_ID:
        raise violation(f"{field}.regularPaymentDetails", "id is too long", "MAX_LENGTH")
    status = given.get("status") or details.get("status") or "APPROVED"
    known(status, f"{field}.status", STATUSES)
    kept = {"refundDisabled": bool(given.get("refundDisabled"))}
    return given, str(status), {told[0]: details, **kept}


def list_for_order(world: World, call: Call) -> Json:
    order = find_order(world, call.params["order_id"])
    return {"orderTransactions": transactions(order)}


def list_by_ids(world: World, call: Call) -> Json:
    """Orders that there are not are left out."""
    ids = a_list(call.body.get("orderIds"), "orderIds", longest=MOST_ORDERS)
    if not ids:
        raise missing("orderIds")
    found = (world.shop.orders.get(str(order_id)) for order_id in ids)
    return {"orderTransactions": [transactions(order) for order in found if order]}


def update_status(world: World, call: Call) -> Json:
    """A waiting payment came in, or did not. Raises: WixError 428 STATUS_NOT_ALLOWED."""
    order = find_order(world, call.params["order_id"])
    status = known(call.body.get("status"), "status", STATUSES)
    payment = find_payment(order, call.params["payment_id"])
    if payment["status"] not in ("PENDING", "PENDING_MERCHANT", "AUTHORIZED"):
        raise refusal(428, "STATUS_NOT_ALLOWED", f"The payment is {payment['status']}")
    payment["status"] = status
    settle_status(world, order)
    return {"orderTransactions": transactions(order)}


def find_payment(order: Order, payment_id: object) -> Json:
    """Raises: WixError 404 PAYMENT_NOT_FOUND."""
    for payment in order.payments:
        if payment["id"] == payment_id:
            return payment
    raise refusal(404, "PAYMENT_NOT_FOUND", "No such payment of this order")


def transactions(order: Order) -> Json:
    return {"orderId": order.id, "payments": list(order.payments), "refunds": list(order.refunds)}


_BASES = ("/ecom/v1/payments", "/ecom/v1/ep-payments")


def _paths(rest: str) -> tuple[str, ...]:
    return tuple(base + rest for base in _BASES)


_STATUS = "/<payment_id>/orders/<order_id>/update-payment-transaction-status"
ROUTES = (
    Route("GET", list_for_order, _paths("/orders/<order_id>"), For.MANAGERS),
    Route("POST", list_by_ids, _paths("/list-by-ids"), For.MANAGERS),
    Route("POST", add_payments, _paths("/orders/<order_id>/add-payment"), For.MANAGERS),
    Route("POST", update_status, _paths(_STATUS), For.MANAGERS),
)
