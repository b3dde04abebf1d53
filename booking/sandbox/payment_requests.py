"""Order payment requests: an address where somebody can pay an order that is there already.

Source: Wix eCommerce, Order Payment Requests V1.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from booking.sandbox.baskets import a_text
from booking.sandbox.booked_items import ZERO, amount_text
from booking.sandbox.call import Call, For, Route
from booking.sandbox.order_view import an_amount
from booking.sandbox.ordering import add_payment, gateway_id, settle_status
from booking.sandbox.orders import find_order
from booking.sandbox.times import stamp
from booking.sandbox.wire import Json, a_guid, an_object, missing, refusal, violation
from booking.sandbox.world import World

LONGEST_TITLE, LONGEST_DESCRIPTION = 200, 300


def create_payment_request(world: World, call: Call) -> Json:
    """Raises: WixError 404 for an order there is not, 428 for a site nobody can open."""
    given = an_object(call.body.get("orderPaymentRequest"), "orderPaymentRequest")
    order = find_order(world, a_guid(given.get("orderId"), "orderPaymentRequest.orderId"))
    title = a_text(given.get("title"), "orderPaymentRequest.title", LONGEST_TITLE)
    if not title:
        raise missing("orderPaymentRequest.title")
    words = a_text(given.get("description"), "orderPaymentRequest.description", LONGEST_DESCRIPTION)
    _check_open(world)
    amount = an_object(given.get("amount"), "orderPaymentRequest.amount")
    due = an_amount(amount, "orderPaymentRequest.amount")
    request_id = world.next_id("payment-request")
    world.shop.requests[request_id] = {
        "id": request_id,
        "orderId": order.id,
        "amount": {"amount": amount_text(due, order.wire["currency"])},
        "currency": order.wire["currency"],
        "title": title,
        "description": words or None,
        "expirationDate": _moment(given.get("expirationDate")),
        "status": "UNPAID",
        "createdDate": stamp(world.now()),
    }
    told = payment_request(world, request_id)
    return {"orderPaymentRequest": told, "orderPaymentRequestUrl": _url(call, request_id)}


def _check_open(world: World) -> None:
    if not world.settings.published:
        raise refusal(428, "SITE_NOT_PUBLISHED", "The site is not published")
    if not world.settings.checkout_page:
        raise refusal(428, "ORDER_PAYMENT_REQUEST_PAGE_NOT_FOUND", "The site has no such page")


def _moment(given: object) -> str | None:
    if given is None:
        return None
    try:
        moment = datetime.fromisoformat(str(given))
    except ValueError as error:
        raise violation("orderPaymentRequest.expirationDate", "must be a date-time") from error
    if moment.tzinfo is None:
        raise violation("orderPaymentRequest.expirationDate", "must have a zone")
    return stamp(moment.timestamp())


def payment_request(world: World, request_id: object) -> Json:
    """As of now: an unpaid one expires by the clock. Raises: WixError 404."""
    request = world.shop.requests.get(str(request_id))
    if request is None:
        raise refusal(404, "ORDER_PAYMENT_REQUEST_NOT_FOUND", "No such payment request")
    ends = request["expirationDate"]
    if request["status"] == "UNPAID" and ends and ends <= stamp(world.now()):
        return {**request, "status": "EXPIRED"}
    return request


def get_payment_request(world: World, call: Call) -> Json:
    return {"orderPaymentRequest": payment_request(world, call.params["request_id"])}


def get_url(world: World, call: Call) -> Json:
    """The id is in the body here."""
    request = payment_request(world, a_guid(call.body.get("orderPaymentRequestId"), "id"))
    _check_open(world)
    return {"orderPaymentRequestUrl": _url(call, request["id"])}


def void_payment_request(world: World, call: Call) -> Json:
    """The id is in the body here. Raises: WixError 428 for a paid or an expired one."""
    request = payment_request(world, a_guid(call.body.get("orderPaymentRequestId"), "id"))
    if request["status"] in ("PAID", "EXPIRED"):
        raise refusal(428, f"CANNOT_VOID_{request['status']}_ORDER_PAYMENT_REQUEST")
    world.shop.requests[request["id"]] = {**request, "status": "VOIDED"}
    return {"orderPaymentRequest": payment_request(world, request["id"])}


def _url(call: Call, request_id: str) -> str:
    return f"{call.origin}/pay/{request_id}"


def pay(world: World, request_id: str) -> Json:
    """Somebody pays on the page. Raises: WixError 428 unless it waits to be paid."""
    request = payment_request(world, request_id)
    if request["status"] != "UNPAID":
        raise refusal(428, f"ORDER_PAYMENT_REQUEST_{request['status']}")
    order = find_order(world, request["orderId"])
    amount = Decimal(request["amount"]["amount"])
    details = {"regularPaymentDetails": {"paymentOrderId": gateway_id(order)}}
    if amount > ZERO:
        add_payment(world, order, amount, "APPROVED", details)
    settle_status(world, order)
    world.shop.requests[request_id] = {**request, "status": "PAID"}
    return world.shop.requests[request_id]


_BASE = "/ecom/v1/order-payment-requests"
ROUTES = (
    Route("POST", create_payment_request, (_BASE,), For.MANAGERS),
    Route("GET", get_payment_request, (f"{_BASE}/<request_id>",), For.MANAGERS),
    Route("POST", get_url, (f"{_BASE}/url",), For.MANAGERS),
    Route("POST", void_payment_request, (f"{_BASE}/void",), For.MANAGERS),
)
