"""Orders: what a settled checkout leaves behind, or what somebody records who was paid elsewhere.

Source: Wix eCommerce, Orders V1.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from booking.sandbox.call import Call, For, Route
from booking.sandbox.order_view import order_as_given
from booking.sandbox.ordering import approve, moved, settle_status
from booking.sandbox.paging import cursor_page
from booking.sandbox.shop import Order
from booking.sandbox.times import stamp
from booking.sandbox.wire import Json, an_object, known, missing, refusal
from booking.sandbox.world import World

STRATEGIES = ("DEFAULT", "PAYMENT_RECEIVED", "PAYMENT_METHOD_SAVED")
HIDDEN = ("PENDING", "REJECTED")
FIELDS = {
    name: name
    for name in (
        "id number createdDate updatedDate purchasedDate status paymentStatus fulfillmentStatus "
        "buyerInfo.email buyerInfo.contactId buyerInfo.memberId buyerInfo.visitorId checkoutId "
        "channelInfo.type channelInfo.externalOrderId archived currency "
        "lineItems.catalogReference.catalogItemId"
    ).split()
}


def create_order(world: World, call: Call) -> Json:
    """Both mails are sent unless told not to."""
    if not call.body.get("order"):
        raise missing("order")
    settings = an_object(call.body.get("settings"), "settings")
    strategy = known(
        settings.get("orderApprovalStrategy") or "DEFAULT",
        "settings.orderApprovalStrategy",
        STRATEGIES,
    )
    given = an_object(call.body["order"], "order")
    order = Order(order_as_given(world, given, call.identity), strategy)
    world.shop.orders[order.id] = order
    _mail(world, order, an_object(settings.get("notifications"), "settings.notifications"))
    settle_status(world, order)
    if not Decimal(order.wire["priceSummary"]["total"]["amount"]) and strategy == "DEFAULT":
        approve(world, order)
    return {"order": order.wire}


def _mail(world: World, order: Order, notifications: Json) -> None:
    buyer = order.wire["buyerInfo"].get("email")
    for name, to in (
        ("sendNotificationToBuyer", buyer),
        ("sendNotificationsToBusiness", world.site["email"]),
    ):
        if to and notifications.get(name, True):
            about = {"orderId": order.id, "number": order.wire["number"]}
            world.shop.mails.append({"to": to, "about": "order placed", **about})


def get_order(world: World, call: Call) -> Json:
    """Also one that search never shows."""
    return {"order": find_order(world, call.params["order_id"]).wire}


def find_order(world: World, order_id: object) -> Order:
    """Raises: WixError 404 ORDER_NOT_FOUND."""
    order = world.shop.orders.get(order_id) if isinstance(order_id, str) else None
    if order is None:
        raise refusal(404, "ORDER_NOT_FOUND", "No such order")
    return order


def search_orders(world: World, call: Call) -> Json:
    """INITIALIZED is never shown; PENDING and REJECTED only to who filters by status."""
    search = an_object(call.body.get("search"), "search")
    orders = [order.wire for order in world.shop.orders.values()]
    shown = [order for order in orders if order["status"] != "INITIALIZED"]
    paging = an_object(search.get("cursorPaging"), "search.cursorPaging")
    if not _asks_status(search.get("filter")) and not paging.get("cursor"):
        # Into the filter, so that the cursor to the next page carries it along.
        usual = {"status": {"$nin": list(HIDDEN)}}
        search = {**search, "filter": {"$and": [search.get("filter") or {}, usual]}}
    query = {"query": {**search, "cursorPaging": {"limit": 100, **paging}}}
    page, metadata = cursor_page(shown, query, FIELDS, by=("createdDate", "DESC"))
    return {"orders": page, "metadata": metadata}


def _asks_status(filtered: Any) -> bool:
    """Does the filter say anything about the status, at any depth?"""
    if isinstance(filtered, list):
        return any(map(_asks_status, filtered))
    if not isinstance(filtered, dict):
        return False
    return "status" in filtered or any(map(_asks_status, filtered.values()))


def update_order(world: World, call: Call) -> Json:
    """Who bought, what is noted; never prices or statuses."""
    order = find_order(world, call.params["order_id"])
    given = an_object(call.body.get("order"), "order")
    order.wire = order.wire | {
        name: given[name] for name in ("archived", "billingInfo") if name in given
    }
    email = an_object(given.get("buyerInfo"), "order.buyerInfo").get("email")
    if email:
        order.wire = order.wire | {"buyerInfo": {**order.wire["buyerInfo"], "email": email}}
    order.wire = order.wire | {"updatedDate": stamp(world.now())}
    return {"order": order.wire}


def cancel_order(world: World, call: Call) -> Json:
    """No money goes back by this. Cancelling again changes nothing."""
    order = find_order(world, call.params["order_id"])
    if moved(order, "AUTHORIZED"):
        raise refusal(428, "ORDER_HAS_AUTHORIZED_TRANSACTION")
    if order.wire["status"] in HIDDEN:
        raise refusal(428, f"ORDER_IS_{order.wire['status']}")
    order.wire = order.wire | {"status": "CANCELED", "updatedDate": stamp(world.now())}
    if call.body.get("sendOrderCanceledEmail") and order.wire["buyerInfo"].get("email"):
        to = order.wire["buyerInfo"]["email"]
        world.shop.mails.append({"to": to, "about": "order cancelled", "orderId": order.id})
    return {"order": order.wire}


_BASES = ("/ecom/v1/orders", "/ecom/v1/ep-orders")


def _paths(rest: str) -> tuple[str, ...]:
    return tuple(base + rest for base in _BASES)


ROUTES = (
    Route("POST", create_order, _paths(""), For.MANAGERS),
    Route("POST", search_orders, _paths("/search"), For.MANAGERS),
    Route("GET", get_order, _paths("/<order_id>"), For.MANAGERS),
    Route("PATCH", update_order, _paths("/<order_id>"), For.MANAGERS),
    Route("POST", cancel_order, _paths("/<order_id>/cancel"), For.MANAGERS),
)
