"""A member pays for a booking with a plan; nobody else can, and an app says so only by a proof."""

from decimal import Decimal

import pytest

from booking.domain.checkout import LinePayment
from booking.domain.ids import PlanId
from booking.domain.plan import PlanStatus
from booking.sandbox.pricing_plans import FIRST_VISIT, OPEN_MONTH, TEN_CLASSES
from booking.wix import Wix
from booking.wix.errors import AppMissing, PlanRefused, WixForbidden, WixRefused
from tests.contract.conftest import Client
from tests.contract.shop import (
    RITA,
    SOMEBODY_ELSE,
    a_checkout,
    covered_by_plan,
    euros,
    member,
    placed,
    sold_plan,
    state,
    visitor,
)
from tests.in_process import Sandbox

MASSAGE, TEN, ONE = "relaxing-massage", PlanId(TEN_CLASSES), PlanId(FIRST_VISIT)


def test_plans_are_told_with_their_prices(wix: Wix) -> None:
    plans = {plan.name: plan for plan in wix.pricing_plans.query()}
    assert set(plans) == {"Ten classes", "Open month", "First visit"}
    assert plans["Ten classes"].price == euros("120")
    assert plans["First visit"].price
    assert plans["First visit"].price.amount == Decimal(0)
    assert plans["Open month"].buyable


def test_a_member_sees_their_own_purchases_alone(
    client: Client, wix: Wix, sandbox: Sandbox
) -> None:
    mine = sold_plan(sandbox, TEN)
    sold_plan(sandbox, PlanId(OPEN_MONTH), SOMEBODY_ELSE)
    (order,) = member(client, sandbox).pricing_plans.my_orders()
    assert (order.id, order.plan_id, order.member_id) == (mine, TEN, RITA)
    assert (order.status, order.plan_name) == (PlanStatus.ACTIVE, "Ten classes")
    assert wix.pricing_plans.orders_of(RITA) == (order,)


def test_only_members_have_purchases_of_their_own(
    client: Client, wix: Wix, sandbox: Sandbox
) -> None:
    for other in (wix, client(visitor(sandbox))):
        with pytest.raises(WixForbidden) as refused:
            other.pricing_plans.my_orders()
        assert refused.value.status == 403
    with pytest.raises(WixForbidden):
        member(client, sandbox).pricing_plans.orders_of(RITA)


def test_a_purchase_that_is_over_is_not_active(wix: Wix, sandbox: Sandbox) -> None:
    sold_plan(sandbox, PlanId(OPEN_MONTH))
    assert len(wix.pricing_plans.orders_of(RITA)) == 1
    sandbox.advance(31 * 86_400)
    assert wix.pricing_plans.orders_of(RITA) == ()


def test_a_member_pays_with_a_plan_and_the_booking_confirms_itself(
    client: Client, sandbox: Sandbox
) -> None:
    covered_by_plan(sandbox, MASSAGE, ONE)
    plan = sold_plan(sandbox, ONE)
    mine = member(client, sandbox)
    booking_id = placed(sandbox, MASSAGE, "MEMBERSHIP")
    cart = mine.carts.create(a_checkout(booking_id, plans={booking_id: plan}))
    assert (cart.lines[0].payment, cart.lines[0].plan_order_id) == (LinePayment.PLAN, plan)
    totals = mine.carts.totals(cart.id)
    assert (totals.now, totals.later, totals.obstacles) == (euros("0"), euros("0"), ())
    assert mine.carts.place_order(cart.id, totals.proof).completed
    sandbox.settle()
    assert state(sandbox, booking_id) == ("CONFIRMED", "PAID")
    again = placed(sandbox, MASSAGE, "MEMBERSHIP", at=4)
    with pytest.raises(PlanRefused):
        mine.carts.create(a_checkout(again, plans={again: plan}))


def test_the_older_checkout_takes_a_plan_in_a_second_step(client: Client, sandbox: Sandbox) -> None:
    covered_by_plan(sandbox, MASSAGE, TEN)
    plan = sold_plan(sandbox, TEN)
    mine = member(client, sandbox)
    booking_id = placed(sandbox, MASSAGE, "MEMBERSHIP")
    made = mine.checkouts.create(a_checkout(booking_id, plans={booking_id: plan}))
    assert made.lines[0].plan_order_id == plan
    assert mine.checkouts.totals(made.id).now == euros("0")
    assert mine.checkouts.place_order(made.id).completed
    sandbox.settle()
    assert state(sandbox, booking_id) == ("CONFIRMED", "PAID")


def test_an_app_cannot_pay_with_a_members_plan(wix: Wix, sandbox: Sandbox) -> None:
    covered_by_plan(sandbox, MASSAGE, TEN)
    plan = sold_plan(sandbox, TEN)
    booking_id = placed(sandbox, MASSAGE, "MEMBERSHIP")
    cart = wix.carts.create(a_checkout(booking_id, plans={booking_id: plan}))
    with pytest.raises(PlanRefused) as refused:
        wix.carts.place_order(cart.id)
    assert refused.value.code == "INVALID_MEMBERSHIP"
    assert state(sandbox, booking_id)[0] == "CREATED"


@pytest.mark.parametrize("case", ["another member's", "another plan"])
def test_a_plan_that_does_not_fit_makes_no_cart(
    client: Client, sandbox: Sandbox, case: str
) -> None:
    covered_by_plan(sandbox, MASSAGE, TEN)
    plans = {
        "another member's": sold_plan(sandbox, TEN, SOMEBODY_ELSE),
        "another plan": sold_plan(sandbox, ONE),
    }
    booking_id = placed(sandbox, MASSAGE, "MEMBERSHIP")
    with pytest.raises(PlanRefused) as refused:
        member(client, sandbox).carts.create(
            a_checkout(booking_id, plans={booking_id: plans[case]})
        )
    assert (refused.value.status, refused.value.code) == (428, "INVALID_MEMBERSHIP")


def test_a_booking_that_wants_a_plan_is_not_ordered_without_one(
    client: Client, sandbox: Sandbox
) -> None:
    covered_by_plan(sandbox, MASSAGE, TEN)
    mine = member(client, sandbox)
    cart = mine.carts.create(a_checkout(placed(sandbox, MASSAGE, "MEMBERSHIP")))
    assert mine.carts.totals(cart.id).obstacles
    with pytest.raises(WixRefused) as refused:
        mine.carts.place_order(cart.id)
    assert refused.value.code == "VIOLATIONS_WITH_ERROR_SEVERITY"


def test_a_class_of_the_studio_can_be_paid_with_a_plan(client: Client, sandbox: Sandbox) -> None:
    plan = sold_plan(sandbox, TEN)
    mine = member(client, sandbox)
    booking_id = placed(sandbox, "vinyasa-yoga", "MEMBERSHIP")
    cart = mine.carts.create(a_checkout(booking_id, plans={booking_id: plan}))
    mine.carts.place_order(cart.id)
    sandbox.settle()
    assert state(sandbox, booking_id) == ("CONFIRMED", "PAID")


def test_a_site_without_plans_says_so(wix: Wix, sandbox: Sandbox) -> None:
    sandbox.settings(pricingPlansInstalled=False)
    for call in (wix.pricing_plans.query, lambda: wix.pricing_plans.orders_of(RITA)):
        with pytest.raises(AppMissing) as refused:
            call()
        assert (refused.value.status, refused.value.code) == (428, "PRICING_PLANS_NOT_INSTALLED")
