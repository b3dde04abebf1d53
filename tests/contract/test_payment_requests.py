"""Somebody is asked for money for an order that is there already, and pays it at Wix."""

from datetime import UTC, datetime, timedelta

import pytest

from booking.domain.ids import OrderId, PaymentRequestId
from booking.domain.order import OrderPayment, RequestStatus
from booking.wix import Wix
from booking.wix.errors import InvalidRequest, OrderClosed, OrderNotFound, SiteCannotSell
from tests.contract.shop import NOWHERE, an_order, euros
from tests.in_process import Sandbox
from tests.sandbox.asking import session_as


def test_a_request_is_paid_at_its_address(wix: Wix, sandbox: Sandbox) -> None:
    order = wix.orders.create(an_order())
    made = wix.payment_requests.create(order.id, euros("65"), title="Your massage")
    assert (made.status, made.order_id, made.amount) == (
        RequestStatus.UNPAID,
        order.id,
        euros("65"),
    )
    assert wix.payment_requests.url(made.id) == made.url
    assert session_as(sandbox, None).post(made.url).status_code == 200
    assert wix.payment_requests.get(made.id).status is RequestStatus.PAID
    paid = wix.orders.get(order.id)
    assert paid
    assert paid.payment is OrderPayment.PAID
    with pytest.raises(OrderClosed) as refused:
        wix.payment_requests.void(made.id)
    assert refused.value.code == "CANNOT_VOID_PAID_ORDER_PAYMENT_REQUEST"


def test_a_voided_request_cannot_be_paid(wix: Wix, sandbox: Sandbox) -> None:
    order = wix.orders.create(an_order())
    made = wix.payment_requests.create(order.id, euros("65"), title="Your massage")
    assert wix.payment_requests.void(made.id).status is RequestStatus.VOIDED
    assert session_as(sandbox, None).post(made.url).status_code == 428


def test_a_request_expires_by_the_clock(wix: Wix, sandbox: Sandbox) -> None:
    order = wix.orders.create(an_order())
    soon = datetime(2030, 6, 3, 8, tzinfo=UTC) + timedelta(hours=1)
    made = wix.payment_requests.create(order.id, euros("65"), title="Soon", expires=soon)
    sandbox.advance(3601)
    assert wix.payment_requests.get(made.id).status is RequestStatus.EXPIRED
    assert session_as(sandbox, None).post(made.url).status_code == 428
    with pytest.raises(OrderClosed) as refused:
        wix.payment_requests.void(made.id)
    assert refused.value.code == "CANNOT_VOID_EXPIRED_ORDER_PAYMENT_REQUEST"


@pytest.mark.parametrize(
    ("switch", "code"),
    [
        ("published", "SITE_NOT_PUBLISHED"),
        ("checkoutPage", "ORDER_PAYMENT_REQUEST_PAGE_NOT_FOUND"),
    ],
)
def test_a_site_nobody_can_open_asks_for_nothing(
    wix: Wix, sandbox: Sandbox, switch: str, code: str
) -> None:
    order = wix.orders.create(an_order())
    sandbox.settings(**{switch: False})
    with pytest.raises(SiteCannotSell) as refused:
        wix.payment_requests.create(order.id, euros("65"), title="Your massage")
    assert (refused.value.status, refused.value.code) == (428, code)


def test_what_is_missing_is_named(wix: Wix) -> None:
    order = wix.orders.create(an_order())
    with pytest.raises(OrderNotFound):
        wix.payment_requests.create(OrderId(NOWHERE), euros("1"), title="x")
    with pytest.raises(OrderNotFound) as refused:
        wix.payment_requests.get(PaymentRequestId(NOWHERE))
    assert refused.value.code == "ORDER_PAYMENT_REQUEST_NOT_FOUND"
    with pytest.raises(InvalidRequest) as wrong:
        wix.payment_requests.create(order.id, euros("1"), title="")
    assert wrong.value.violations[0].field == "orderPaymentRequest.title"
