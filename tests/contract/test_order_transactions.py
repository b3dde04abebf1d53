"""Money taken and given back outside of Wix is written down there, and moves nothing."""

from collections.abc import Callable

import pytest

from booking.domain.ids import OrderId, PaymentId
from booking.domain.order import OrderPayment, OrderStatus, PaymentState
from booking.wix import Wix
from booking.wix.errors import InvalidRequest, OrderNotFound, RefundRefused
from tests.contract.shop import (
    NOWHERE,
    a_payment,
    an_order,
    bought,
    euros,
    placed,
    state,
)
from tests.in_process import Sandbox


def status(wix: Wix, order_id: OrderId) -> tuple[OrderStatus, OrderPayment]:
    order = wix.orders.get(order_id)
    assert order
    return order.status, order.payment


def test_a_payment_is_written_down_and_approves_the_order(wix: Wix) -> None:
    order = wix.orders.create(an_order())
    made = wix.order_transactions.add_payments(order.id, [a_payment()])
    (payment,) = made.payments
    assert (payment.amount, payment.reference) == (euros("65"), "pi_1")
    assert (payment.state, payment.on_site) == (PaymentState.APPROVED, False)
    assert status(wix, order.id) == (OrderStatus.APPROVED, OrderPayment.PAID)
    assert wix.order_transactions.list(order.id, "EUR") == made


def test_a_part_of_the_money_is_a_part_paid(wix: Wix) -> None:
    order = wix.orders.create(an_order())
    wix.order_transactions.add_payments(order.id, [a_payment("20.00")])
    assert status(wix, order.id) == (OrderStatus.APPROVED, OrderPayment.PARTIALLY_PAID)
    wix.order_transactions.add_payments(order.id, [a_payment("45.00", "pi_2")])
    assert status(wix, order.id) == (OrderStatus.APPROVED, OrderPayment.PAID)


def test_the_same_payment_twice_is_two_payments(wix: Wix) -> None:
    order = wix.orders.create(an_order())
    for _ in range(2):
        wix.order_transactions.add_payments(order.id, [a_payment()])
    again = wix.orders.get(order.id)
    assert again
    assert (again.paid, again.balance) == (euros("130"), euros("-65"))


def test_a_refund_of_ours_is_written_down(wix: Wix, sandbox: Sandbox) -> None:
    booking_id = placed(sandbox, "relaxing-massage")
    sandbox.confirm_or_decline(booking_id, "NOT_PAID")
    order = wix.orders.create(an_order(booking_id))
    (payment,) = wix.order_transactions.add_payments(order.id, [a_payment()]).payments
    part = wix.order_transactions.record_refund(order.id, payment.id, euros("15"))
    assert [(each.amount, each.outside) for each in part.refunds] == [(euros("15"), True)]
    assert status(wix, order.id)[1] is OrderPayment.PARTIALLY_REFUNDED
    wix.order_transactions.record_refund(order.id, payment.id, euros("50"), reason="cancelled")
    assert status(wix, order.id)[1] is OrderPayment.FULLY_REFUNDED
    sandbox.settle()
    assert state(sandbox, booking_id) == ("CONFIRMED", "REFUNDED")


def test_no_more_can_be_given_back_than_was_paid(wix: Wix) -> None:
    order = wix.orders.create(an_order())
    (payment,) = wix.order_transactions.add_payments(order.id, [a_payment()]).payments
    with pytest.raises(RefundRefused) as refused:
        wix.order_transactions.record_refund(order.id, payment.id, euros("65.01"))
    assert (refused.value.status, refused.value.code) == (428, "INVALID_PAYMENT_REFUND_AMOUNT")
    wix.order_transactions.record_refund(order.id, payment.id, euros("65"))
    with pytest.raises(RefundRefused) as refused:
        wix.order_transactions.record_refund(order.id, payment.id, euros("1"))
    assert refused.value.code == "PAYMENT_NOT_REFUNDABLE"


def test_what_is_not_there_is_not_found(wix: Wix) -> None:
    order = wix.orders.create(an_order())
    cases: tuple[tuple[Callable[[], object], str], ...] = (
        (lambda: wix.order_transactions.list(OrderId(NOWHERE), "EUR"), "ORDER_NOT_FOUND"),
        (
            lambda: wix.order_transactions.add_payments(OrderId(NOWHERE), [a_payment()]),
            "ORDER_NOT_FOUND",
        ),
        (
            lambda: wix.order_transactions.record_refund(order.id, PaymentId(NOWHERE), euros("1")),
            "PAYMENT_NOT_FOUND",
        ),
    )
    for call, code in cases:
        with pytest.raises(OrderNotFound) as refused:
            call()
        assert (refused.value.status, refused.value.code) == (404, code)


def test_a_reference_is_a_hundred_characters_at_most(wix: Wix) -> None:
    order = wix.orders.create(an_order())
    with pytest.raises(InvalidRequest):
        wix.order_transactions.add_payments(order.id, [a_payment(reference="x" * 101)])
    assert wix.order_transactions.list(order.id, "EUR").payments == ()


def test_who_pays_twice_at_wix_has_two_payments_on_one_order(wix: Wix, sandbox: Sandbox) -> None:
    order_id = bought(wix, sandbox, placed(sandbox, "relaxing-massage"), "pay-twice")
    assert order_id
    told = wix.order_transactions.list(order_id, "EUR")
    assert [payment.amount for payment in told.payments] == [euros("65"), euros("65")]


def test_a_transfer_that_comes_in_approves_the_order(wix: Wix, sandbox: Sandbox) -> None:
    booking_id = placed(sandbox, "relaxing-massage")
    order_id = bought(wix, sandbox, booking_id, "pending")
    assert order_id
    (payment,) = wix.order_transactions.list(order_id, "EUR").payments
    assert payment.state is PaymentState.PENDING
    path = f"/ecom/v1/payments/{payment.id}/orders/{order_id}/update-payment-transaction-status"
    assert sandbox.call("POST", path, {"status": "APPROVED"}).status_code == 200
    sandbox.settle()
    assert status(wix, order_id) == (OrderStatus.APPROVED, OrderPayment.PAID)
    assert state(sandbox, booking_id) == ("CONFIRMED", "PAID")
    assert sandbox.call("POST", path, {"status": "APPROVED"}).status_code == 428
