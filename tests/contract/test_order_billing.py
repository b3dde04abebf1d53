"""Wix sends back the money that its own checkout has taken, and takes visits off plans."""

import pytest

from booking.domain.ids import PlanId, PlanOrderId
from booking.domain.order import OrderPayment, OrderStatus, PaymentState
from booking.sandbox.pricing_plans import FIRST_VISIT, TEN_CLASSES
from booking.wix import Wix
from booking.wix.errors import PlanRefused, RefundRefused
from tests.contract.shop import (
    NOWHERE,
    RITA,
    SOMEBODY_ELSE,
    a_payment,
    an_order,
    bought,
    covered_by_plan,
    euros,
    placed,
    sold_plan,
    state,
)
from tests.in_process import Sandbox

MASSAGE = "relaxing-massage"


def test_money_that_wix_has_taken_goes_back(wix: Wix, sandbox: Sandbox) -> None:
    booking_id = placed(sandbox, MASSAGE)
    order_id = bought(wix, sandbox, booking_id)
    assert order_id
    (payment,) = wix.order_transactions.list(order_id, "EUR").payments
    told = wix.order_billing.refund(order_id, payment.id, euros("65"), reason="cancelled")
    (refund,) = told.refunds
    assert (refund.amount, refund.outside, refund.status) == (euros("65"), False, "SUCCEEDED")
    assert told.payments[0].state is PaymentState.REFUNDED
    order = wix.orders.get(order_id)
    assert order
    assert (order.payment, order.refunded) == (OrderPayment.FULLY_REFUNDED, euros("65"))
    sandbox.settle()
    assert state(sandbox, booking_id) == ("CONFIRMED", "REFUNDED")


def test_asking_twice_for_a_part_sends_it_twice(wix: Wix, sandbox: Sandbox) -> None:
    order_id = bought(wix, sandbox, placed(sandbox, MASSAGE))
    assert order_id
    (payment,) = wix.order_transactions.list(order_id, "EUR").payments
    wix.order_billing.refund(order_id, payment.id, euros("30"))
    told = wix.order_billing.refund(order_id, payment.id, euros("30"))
    assert [refund.amount for refund in told.refunds] == [euros("30"), euros("30")]
    with pytest.raises(RefundRefused) as refused:
        wix.order_billing.refund(order_id, payment.id, euros("30"))
    assert refused.value.code == "INVALID_PAYMENT_REFUND_AMOUNT"


def test_wix_cannot_send_back_what_we_have_taken(wix: Wix) -> None:
    order = wix.orders.create(an_order())
    (payment,) = wix.order_transactions.add_payments(order.id, [a_payment()]).payments
    with pytest.raises(RefundRefused) as refused:
        wix.order_billing.refund(order.id, payment.id, euros("65"))
    assert (refused.value.status, refused.value.code) == (428, "EXTERNAL_REFUND_EXPECTED")
    assert wix.order_transactions.list(order.id, "EUR").refunds == ()


def test_one_of_two_payments_can_go_back(wix: Wix, sandbox: Sandbox) -> None:
    order_id = bought(wix, sandbox, placed(sandbox, MASSAGE), "pay-twice")
    assert order_id
    _, second = wix.order_transactions.list(order_id, "EUR").payments
    told = wix.order_billing.refund(order_id, second.id, euros("65"))
    assert [each.state for each in told.payments] == [PaymentState.APPROVED, PaymentState.REFUNDED]


def test_the_business_takes_a_visit_off_a_members_plan(wix: Wix, sandbox: Sandbox) -> None:
    covered_by_plan(sandbox, MASSAGE, PlanId(TEN_CLASSES))
    plan = sold_plan(sandbox, PlanId(TEN_CLASSES))
    order = wix.orders.create(an_order(placed(sandbox, MASSAGE, "MEMBERSHIP")))
    charged = wix.order_billing.charge_plans(
        order.id, RITA, {order.lines[0].id: plan}, currency="EUR"
    )
    assert [(each.by_plan, each.amount) for each in charged.payments] == [(True, euros("65"))]
    paid = wix.orders.get(order.id)
    assert paid
    assert (paid.status, paid.payment) == (OrderStatus.APPROVED, OrderPayment.PAID)


@pytest.mark.parametrize("case", ["another's", "another plan", "no plan"])
def test_a_plan_that_does_not_fit_pays_for_nothing(wix: Wix, sandbox: Sandbox, case: str) -> None:
    covered_by_plan(sandbox, MASSAGE, PlanId(TEN_CLASSES))
    plans = {
        "another's": sold_plan(sandbox, PlanId(TEN_CLASSES), SOMEBODY_ELSE),
        "another plan": sold_plan(sandbox, PlanId(FIRST_VISIT)),
        "no plan": PlanOrderId(NOWHERE),
    }
    order = wix.orders.create(an_order(placed(sandbox, MASSAGE, "MEMBERSHIP")))
    with pytest.raises(PlanRefused) as refused:
        wix.order_billing.charge_plans(
            order.id, RITA, {order.lines[0].id: plans[case]}, currency="EUR"
        )
    assert refused.value.code == "MEMBERSHIP_NOT_ELIGIBLE"
    assert wix.order_transactions.list(order.id, "EUR").payments == ()
