"""Orders: what Wix's checkout leaves behind, and the record of what was paid to us.

Source: Wix eCommerce, Orders V1, "Create Order", "Search Orders", "Cancel Order".
"""

from datetime import UTC, datetime
from typing import Any

import msgspec

from booking.domain.ids import CheckoutId, OrderId, WixBookingId
from booking.domain.order import NewOrder, Order, OrderLine, OrderStatus
from booking.wix.ecom_shapes import item, spelled
from booking.wix.errors import OrderNotFound, WixAnswerMalformed
from booking.wix.lanes import Lane
from booking.wix.order_shapes import WireOrder
from booking.wix.paths import in_path
from booking.wix.shapes import WirePaging
from booking.wix.wire import Body, Reader, Wire

PATH = "/ecom/v1/orders"
PAGE_SIZE = 100
MOST_PAGES = 10
LONG_AGO = datetime.min.replace(tzinfo=UTC)
VISIBLE = (
    OrderStatus.APPROVED,
    OrderStatus.CANCELED,
    OrderStatus.PENDING,
    OrderStatus.REJECTED,
)
"""What search shows when asked for; an INITIALIZED order it never shows."""


class _One(msgspec.Struct):
    order: WireOrder


class _Found(msgspec.Struct):
    orders: list[WireOrder] | None = None
    metadata: WirePaging | None = None


_read, _read_found = Reader(_One), Reader(_Found)


class Orders:
    """The site's orders. Needs the permissions to read and to manage orders."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def create(self, new: NewOrder) -> Order:
        """Record an order of our own checkout. Nobody is charged; a payment is added afterwards.

        Left alone Wix would mail the buyer: here it does so only if ``notify_buyer`` says it. Not
        to be repeated blindly: look for the ``reference`` first. Raises: InvalidRequest, WixError.
        """
        notifications = {
            "sendNotificationToBuyer": new.notify_buyer,
            "sendNotificationsToBusiness": new.notify_business,
        }
        return self._write(PATH, {"order": _spelled(new), "settings": _settings(notifications)})

    def get(self, order_id: OrderId) -> Order | None:
        """This order, one that search never shows too; None if there is none. Raises: WixError."""
        path = f"{PATH}/{in_path(order_id)}"
        try:
            return _read(self._wire.read(path, method="GET", lane=Lane.SETTLE)).order.order()
        except OrderNotFound:
            return None

    def by_reference(self, reference: str) -> tuple[Order, ...]:
        """Orders recorded with this ``reference``, the oldest first. Raises: WixError.

        One that nobody has paid yet is INITIALIZED, and search never shows such an order.
        """
        # Looked at again here, and below: a filter that Wix does not know would give any order.
        found = self._search({"channelInfo.externalOrderId": reference})
        return tuple(order for order in found if order.reference == reference)

    def of_checkout(self, checkout_id: CheckoutId) -> tuple[Order, ...]:
        """What a cart or checkout has become, the oldest first. Raises: as ``by_reference``."""
        found = self._search({"checkoutId": checkout_id})
        return tuple(order for order in found if order.checkout_id == checkout_id)

    def of_booking(self, booking_id: WixBookingId) -> tuple[Order, ...]:
        """The orders in which this booking was sold, the oldest first. Raises: as above."""
        found = self._search({"lineItems.catalogReference.catalogItemId": booking_id})
        return tuple(order for order in found if booking_id in order.booking_ids)

    def cancel(self, order_id: OrderId, *, notify: bool = False) -> Order:
        """Call it off; no money goes back by this. Raises: OrderClosed, OrderNotFound, WixError."""
        path = f"{PATH}/{in_path(order_id)}/cancel"
        return self._write(path, {"sendOrderCanceledEmail": notify, "restockAllItems": True})

    def _search(self, condition: Body) -> list[Order]:
        """With the hidden statuses too, which Wix leaves out unless they are asked for."""
        found: list[Order] = []
        search: Body = {
            "filter": {**condition, "status": {"$in": [one.value for one in VISIBLE]}},
            "cursorPaging": {"limit": PAGE_SIZE},
        }
        for _ in range(MOST_PAGES):
            answer = self._wire.read(f"{PATH}/search", {"search": search}, lane=Lane.SETTLE)
            page = _read_found(answer)
            found += (wire.order() for wire in page.orders or ())
            cursor = page.metadata.next_cursor if page.metadata else None
            if cursor is None:
                break
            search = {"cursorPaging": {"limit": PAGE_SIZE, "cursor": cursor}}
        return sorted(found, key=lambda each: (each.created or LONG_AGO, each.id))

    def _write(self, path: str, body: Body) -> Order:
        answer = self._wire.write(path, body)
        try:
            return _read(answer).order.order()
        except WixAnswerMalformed as error:
            error.maybe_done = True
            raise


def _settings(notifications: Body) -> Body:
    return {"orderApprovalStrategy": "DEFAULT", "notifications": notifications}


def _spelled(new: NewOrder) -> Body:
    total = spelled(new.total)
    buyer = {"email": new.email}
    order: dict[str, Any] = {
        "channelInfo": {"type": "OTHER_PLATFORM", "externalOrderId": new.reference},
        "currency": new.total.currency,
        "buyerInfo": buyer | ({"memberId": new.member_id} if new.member_id else {}),
        "priceSummary": {"subtotal": total, "total": total},
        "lineItems": [_line(line) for line in new.lines],
    }
    if new.purchased:
        told = new.purchased.astimezone(UTC).replace(tzinfo=None)
        order["purchasedDate"] = told.isoformat(timespec="milliseconds") + "Z"
    return order


def _line(line: OrderLine) -> Body:
    told: dict[str, Any] = {
        "productName": {"original": line.name},
        "itemType": {"preset": "SERVICE"},
        "quantity": line.quantity,
        "price": spelled(line.price),
    }
    if line.booking_id:
        told["catalogReference"] = item(line.booking_id)["catalogReference"]
    return told
