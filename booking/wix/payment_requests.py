"""Order payment requests: an address at Wix where an order that is there already can be paid.

Source: Wix eCommerce, Order Payment Requests V1.
"""

from datetime import UTC, datetime
from typing import Any

import msgspec

from booking.domain.ids import OrderId, PaymentRequestId
from booking.domain.money import Money
from booking.domain.order import PaymentRequest, RequestStatus
from booking.wix.ecom_shapes import Amount, page_address, spelled
from booking.wix.errors import WixAnswerMalformed
from booking.wix.lanes import Lane
from booking.wix.paths import in_path
from booking.wix.wire import Answer, Body, Reader, Wire, known, need

PATH = "/ecom/v1/order-payment-requests"
STATUSES = {one.value: one for one in RequestStatus if one is not RequestStatus.UNKNOWN}


class _Request(msgspec.Struct, rename="camel"):
    id: str
    order_id: str | None = None
    status: str | None = None
    title: str | None = None
    amount: Amount | None = None
    currency: str | None = None

    def request(self, url: str) -> PaymentRequest:
        told = self.amount.money(self.currency) if self.amount and self.currency else None
        return PaymentRequest(
            id=PaymentRequestId(self.id),
            order_id=OrderId(need(self.order_id, "orderPaymentRequest.orderId")),
            status=known(STATUSES, self.status, RequestStatus.UNKNOWN, what="payment request"),
            title=self.title or "",
            amount=told,
            url=url,
        )


class _Answer(msgspec.Struct, rename="camel"):
    order_payment_request: _Request
    order_payment_request_url: str | None = None


class _Url(msgspec.Struct, rename="camel"):
    order_payment_request_url: str | None = None


_read, _read_url = Reader(_Answer), Reader(_Url)


class PaymentRequests:
    """Requests to pay orders. Needs the permission to manage orders."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def create(
        self, order_id: OrderId, amount: Money, *, title: str, expires: datetime | None = None
    ) -> PaymentRequest:
        """Ask for money; ``title`` has 1 to 200 characters, ``expires`` a zone.

        Raises: SiteCannotSell, OrderNotFound, InvalidRequest, WixError.
        """
        request: dict[str, Any] = {"orderId": order_id, "amount": spelled(amount), "title": title}
        if expires:
            told = expires.astimezone(UTC).replace(tzinfo=None)
            request["expirationDate"] = told.isoformat(timespec="milliseconds") + "Z"
        return self._write(PATH, {"orderPaymentRequest": request})

    def get(self, request_id: PaymentRequestId) -> PaymentRequest:
        """Raises: OrderNotFound, WixError."""
        path = f"{PATH}/{in_path(request_id)}"
        return _request(self._wire.read(path, method="GET", lane=Lane.SETTLE))

    def url(self, request_id: PaymentRequestId) -> str:
        """Where to pay it. Raises: SiteCannotSell, OrderNotFound, WixError."""
        body = {"orderPaymentRequestId": request_id}
        told = _read_url(self._wire.read(f"{PATH}/url", body, lane=Lane.SETTLE))
        return page_address(told.order_payment_request_url, "orderPaymentRequestUrl")

    def void(self, request_id: PaymentRequestId) -> PaymentRequest:
        """So that nobody can pay it any more. Raises: OrderClosed if it is paid or over; WixError."""
        return self._write(f"{PATH}/void", {"orderPaymentRequestId": request_id})

    def _write(self, path: str, body: Body) -> PaymentRequest:
        answer = self._wire.write(path, body)
        try:
            return _request(answer)
        except WixAnswerMalformed as error:
            error.maybe_done = True
            raise


def _request(answer: Answer) -> PaymentRequest:
    told = _read(answer)
    url = told.order_payment_request_url
    return told.order_payment_request.request(page_address(url, "url") if url else "")
