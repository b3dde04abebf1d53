"""An order of our own checkout is recorded at Wix, found again, paid, and called off."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from booking.domain.ids import CheckoutId, OrderId
from booking.domain.order import OrderPayment, OrderStatus
from booking.wix import Wix
from booking.wix.auth import Auth
from booking.wix.errors import OrderClosed, OrderNotFound, WixForbidden, WixRefused
from tests.contract.conftest import Client
from tests.contract.shop import (
    NOWHERE,
    a_checkout,
    a_payment,
    an_order,
    bought,
    euros,
    placed,
    state,
    visitor,
)
from tests.in_process import Sandbox

MASSAGE = "relaxing-massage"


def test_an_order_is_recorded_as_it_was_given(wix: Wix, sandbox: Sandbox) -> None:
    booking_id = placed(sandbox, MASSAGE)
    made = wix.orders.create(an_order(booking_id))
    assert (made.status, made.payment) == (OrderStatus.INITIALIZED, OrderPayment.NOT_PAID)
    assert (made.reference, made.email, made.total) == ("line-1", "jo@example.com", euros("65"))
    assert (made.booking_ids, made.lines[0].name) == ((booking_id,), "Relaxing massage")
    assert made.number == "10001"
    assert wix.orders.get(made.id) == made


def test_the_buyer_gets_no_second_mail(wix: Wix, sandbox: Sandbox) -> None:
    wix.orders.create(an_order())
    assert [mail["to"] for mail in sandbox.mails()] == ["ola@calma.example"]


def test_left_alone_wix_mails_the_buyer(sandbox: Sandbox) -> None:
    line = {"productName": {"original": "x"}, "itemType": {"preset": "SERVICE"}, "quantity": 1}
    order = {
        "channelInfo": {"type": "WEB"},
        "buyerInfo": {"email": "jo@example.com"},
        "lineItems": [{**line, "price": {"amount": "5"}}],
        "priceSummary": {"total": {"amount": "5"}},
    }
    assert sandbox.call("POST", "/ecom/v1/orders", {"order": order}).status_code == 200
    assert [mail["to"] for mail in sandbox.mails()] == ["jo@example.com", "ola@calma.example"]


def test_an_unpaid_order_is_never_found_only_got(wix: Wix) -> None:
    made = wix.orders.create(an_order())
    assert wix.orders.by_reference("line-1") == ()
    assert wix.orders.get(made.id)


def test_a_paid_order_is_found_by_all_that_leads_to_it(wix: Wix, sandbox: Sandbox) -> None:
    booking_id = placed(sandbox, MASSAGE)
    made = wix.orders.create(an_order(booking_id))
    wix.order_transactions.add_payments(made.id, [a_payment()])
    (found,) = wix.orders.by_reference("line-1")
    assert (found.id, found.status, found.payment) == (
        made.id,
        OrderStatus.APPROVED,
        OrderPayment.PAID,
    )
    assert [each.id for each in wix.orders.of_booking(booking_id)] == [made.id]
    assert wix.orders.by_reference("line-2") == ()
    assert wix.orders.of_checkout(CheckoutId(NOWHERE)) == ()


def test_an_order_over_nothing_is_approved_at_once(wix: Wix) -> None:
    made = wix.orders.create(an_order(total="0.00"))
    assert (made.status, made.payment) == (OrderStatus.APPROVED, OrderPayment.PAID)


def test_an_order_for_a_confirmed_booking_only_tells_what_was_paid(
    wix: Wix, sandbox: Sandbox
) -> None:
    booking_id = placed(sandbox, MASSAGE)
    sandbox.confirm_or_decline(booking_id, "NOT_PAID")
    made = wix.orders.create(an_order(booking_id))
    wix.order_transactions.add_payments(made.id, [a_payment()])
    sandbox.settle()
    assert state(sandbox, booking_id) == ("CONFIRMED", "PAID")


@pytest.mark.parametrize(
    ("button", "status", "payment"),
    [
        ("pending", OrderStatus.PENDING, OrderPayment.PENDING),
        ("decline", OrderStatus.REJECTED, OrderPayment.DECLINED),
    ],
)
def test_orders_that_search_hides_are_found_all_the_same(
    wix: Wix, sandbox: Sandbox, button: str, status: OrderStatus, payment: OrderPayment
) -> None:
    booking_id = placed(sandbox, MASSAGE)
    bought(wix, sandbox, booking_id, button)
    (order,) = wix.orders.of_booking(booking_id)
    assert (order.status, order.payment) == (status, payment)
    assert state(sandbox, booking_id)[0] == "CREATED"
    assert sandbox.call("POST", "/ecom/v1/orders/search", {"search": {}}).json()["orders"] == []


def test_calling_an_order_off_gives_no_money_back(wix: Wix, sandbox: Sandbox) -> None:
    booking_id = placed(sandbox, MASSAGE)
    order_id = bought(wix, sandbox, booking_id)
    assert order_id
    cancelled = wix.orders.cancel(order_id)
    assert (cancelled.status, cancelled.payment) == (OrderStatus.CANCELED, OrderPayment.PAID)
    assert cancelled.paid == euros("65")
    assert sandbox.mails() == []
    wix.orders.cancel(order_id, notify=True)
    assert [mail["about"] for mail in sandbox.mails()] == ["order cancelled"]


@pytest.mark.parametrize(
    ("button", "code"), [("pending", "ORDER_IS_PENDING"), ("decline", "ORDER_IS_REJECTED")]
)
def test_an_order_that_never_came_about_cannot_be_called_off(
    wix: Wix, sandbox: Sandbox, button: str, code: str
) -> None:
    order_id = bought(wix, sandbox, placed(sandbox, MASSAGE), button)
    assert order_id
    with pytest.raises(OrderClosed) as refused:
        wix.orders.cancel(order_id)
    assert (refused.value.status, refused.value.code) == (428, code)


def test_an_order_there_is_not(wix: Wix) -> None:
    assert wix.orders.get(OrderId(NOWHERE)) is None
    with pytest.raises(OrderNotFound) as refused:
        wix.orders.cancel(OrderId(NOWHERE))
    assert (refused.value.status, refused.value.code) == (404, "ORDER_NOT_FOUND")


def test_a_purchase_tomorrow_is_refused(wix: Wix) -> None:
    tomorrow = datetime(2030, 6, 4, tzinfo=UTC)
    with pytest.raises(WixRefused) as refused:
        wix.orders.create(replace(an_order(), purchased=tomorrow))
    assert refused.value.code == "PURCHASED_DATE_CANNOT_BE_IN_FUTURE"


def test_every_page_of_a_long_list_is_read(wix: Wix, sandbox: Sandbox) -> None:
    for _ in range(101):
        wix.orders.create(an_order(total="0.00"))
    sandbox.forget_requests()
    assert len(wix.orders.by_reference("line-1")) == 101
    assert len(sandbox.calls("/ecom/v1/orders/search")) == 2


def test_visitors_neither_read_nor_record_orders(client: Client, sandbox: Sandbox) -> None:
    theirs = client(visitor(sandbox))
    for call in (
        lambda: theirs.orders.create(an_order()),
        lambda: theirs.orders.by_reference("line-1"),
        lambda: theirs.orders.get(OrderId(NOWHERE)),
    ):
        with pytest.raises(WixForbidden) as refused:
            call()
        assert (refused.value.status, refused.value.code) == (403, "PERMISSION_DENIED")


def test_an_app_without_the_permission_is_told_so(
    client: Client, app: Auth, sandbox: Sandbox
) -> None:
    sandbox.settings(withoutPermissions=["SCOPE.DC-STORES.MANAGE-ORDERS"])
    with pytest.raises(WixForbidden):
        client(app).orders.create(an_order())


def test_a_visitors_cart_is_somebodys_order(client: Client, sandbox: Sandbox, wix: Wix) -> None:
    mine = client(visitor(sandbox))
    cart = mine.carts.create(a_checkout(placed(sandbox, MASSAGE)))
    sandbox.press(mine.carts.checkout_url(cart.id))
    (order,) = wix.orders.of_checkout(cart.id)
    assert order.email == "jo@example.com"
