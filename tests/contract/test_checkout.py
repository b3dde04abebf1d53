"""Checkout V1 does what a cart does, its own way; the site's setting chooses between the two."""

import pytest

from booking.domain.checkout import LinePayment
from booking.domain.order import OrderPayment, OrderStatus
from booking.wix import Transport, Wix
from booking.wix.auth import Auth
from booking.wix.errors import (
    AlreadyOrdered,
    CheckoutNotFound,
    CodeRefused,
    ItemUnavailable,
    SiteCannotSell,
    WixRefused,
)
from booking.wix.hosted_checkout import checkout_api
from tests.contract.shop import a_checkout, euros, placed, state
from tests.in_process import Sandbox

MASSAGE = "relaxing-massage"


@pytest.fixture(params=["cart", "checkout"])
def either(request: pytest.FixtureRequest, sandbox: Sandbox, owner: Auth) -> Wix:
    """A client whose hosted checkout is one of the two APIs."""
    wire = Transport(sandbox.url, owner, adapter=sandbox.adapter)
    return Wix(wire, checkout=checkout_api(request.param))


def test_a_booking_is_sold_the_same_through_either(either: Wix, sandbox: Sandbox) -> None:
    booking_id = placed(sandbox, MASSAGE)
    made = either.hosted_checkout.create(a_checkout(booking_id, coupon="WELCOME10"))
    totals = either.hosted_checkout.totals(made.id)
    (line,) = either.hosted_checkout.get(made.id).lines
    assert (line.booking_id, line.payment, line.price) == (
        booking_id,
        LinePayment.ONLINE,
        euros("65"),
    )
    assert (totals.total, totals.now, totals.later) == (euros("58.5"), euros("58.5"), euros("0"))
    sandbox.press(either.hosted_checkout.checkout_url(made.id))
    sandbox.settle()
    (order,) = either.orders.of_checkout(made.id)
    assert (order.status, order.payment) == (OrderStatus.APPROVED, OrderPayment.PAID)
    assert state(sandbox, booking_id) == ("CONFIRMED", "PAID")
    assert either.hosted_checkout.get(made.id).ordered


def test_what_is_given_up_can_be_paid_through_neither(either: Wix, sandbox: Sandbox) -> None:
    booking_id = placed(sandbox, MASSAGE)
    made = either.hosted_checkout.create(a_checkout(booking_id))
    url = either.hosted_checkout.checkout_url(made.id)
    either.hosted_checkout.delete(made.id)
    assert sandbox.press(url).status_code in (404, 428)
    assert sandbox.orders() == []
    assert state(sandbox, booking_id)[0] == "CREATED"


def test_what_is_paid_on_site_is_ordered_through_either(either: Wix, sandbox: Sandbox) -> None:
    made = either.hosted_checkout.create(a_checkout(placed(sandbox, "haircut", "OFFLINE")))
    proof = either.hosted_checkout.totals(made.id).proof
    assert either.hosted_checkout.place_order(made.id, proof).completed
    with pytest.raises(AlreadyOrdered):
        either.hosted_checkout.place_order(made.id)


def test_the_setting_chooses_which_is_asked(either: Wix, sandbox: Sandbox) -> None:
    sandbox.forget_requests()
    either.hosted_checkout.create(a_checkout(placed(sandbox, MASSAGE)))
    paths = {"cart": "POST /ecom/v2/carts", "checkout": "POST /ecom/v1/checkouts"}
    used = "cart" if either.hosted_checkout is either.carts else "checkout"
    assert sandbox.calls() == [paths[used]]


def test_an_api_there_is_not_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="'basket' is none of cart, checkout"):
        checkout_api("basket")


def test_a_deposit_is_due_now(wix: Wix, sandbox: Sandbox) -> None:
    made = wix.checkouts.create(a_checkout(placed(sandbox, "colour-and-gloss")))
    totals = wix.checkouts.totals(made.id)
    assert (made.lines[0].payment, made.lines[0].deposit) == (LinePayment.DEPOSIT, euros("30"))
    assert (totals.now, totals.later) == (euros("30"), euros("65"))


def test_money_due_needs_a_billing_address_before_the_order(wix: Wix, sandbox: Sandbox) -> None:
    made = wix.checkouts.create(a_checkout(placed(sandbox, MASSAGE), country=""))
    with pytest.raises(WixRefused) as refused:
        wix.checkouts.place_order(made.id)
    assert (refused.value.status, refused.value.code) == (428, "CALCULATION_ERROR")
    made = wix.checkouts.create(a_checkout(placed(sandbox, MASSAGE)))
    assert not wix.checkouts.place_order(made.id).completed
    with pytest.raises(AlreadyOrdered) as again:
        wix.checkouts.place_order(made.id)
    assert again.value.code == "CHECKOUT_PAYMENT_ALREADY_IN_PROGRESS"


def test_a_site_that_accepts_no_payments_makes_no_checkout(wix: Wix, sandbox: Sandbox) -> None:
    sandbox.settings(acceptsPayments=False)
    with pytest.raises(SiteCannotSell) as refused:
        wix.checkouts.create(a_checkout(placed(sandbox, MASSAGE)))
    assert refused.value.code == "SITE_MUST_ACCEPT_PAYMENTS"


@pytest.mark.parametrize(
    ("switch", "code"),
    [("published", "SITE_NOT_PUBLISHED"), ("checkoutPage", "CHECKOUT_PAGE_NOT_FOUND")],
)
def test_an_address_needs_a_published_site_with_a_page(
    wix: Wix, sandbox: Sandbox, switch: str, code: str
) -> None:
    made = wix.checkouts.create(a_checkout(placed(sandbox, MASSAGE)))
    sandbox.settings(**{switch: False})
    with pytest.raises(SiteCannotSell) as refused:
        wix.checkouts.checkout_url(made.id)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"coupon": "NOSUCHCODE"}, 404, "ERROR_COUPON_DOES_NOT_EXIST"),
        ({"coupon": "LASTYEAR"}, 428, "ERROR_COUPON_HAS_EXPIRED"),
        ({"gift_card": "GIFT-0000-0000"}, 404, "GIFT_CARD_NOT_FOUND"),
        ({"gift_card": "GIFT-2030-0000"}, 428, "GIFT_CARD_IS_EMPTY"),
    ],
    ids=str,
)
def test_codes_are_refused_in_words_of_its_own(
    wix: Wix, sandbox: Sandbox, changes: dict[str, str], status: int, code: str
) -> None:
    with pytest.raises(CodeRefused) as refused:
        wix.checkouts.create(a_checkout(placed(sandbox, MASSAGE), **changes))
    assert (refused.value.status, refused.value.code) == (status, code)


def test_the_wrong_way_to_pay_is_noticed_here_too(wix: Wix, sandbox: Sandbox) -> None:
    with pytest.raises(ItemUnavailable):
        wix.checkouts.create(a_checkout(placed(sandbox, "haircut", "ONLINE")))


def test_a_carts_id_is_no_checkouts(wix: Wix, sandbox: Sandbox) -> None:
    cart = wix.carts.create(a_checkout(placed(sandbox, MASSAGE)))
    with pytest.raises(CheckoutNotFound) as refused:
        wix.checkouts.get(cart.id)
    assert (refused.value.status, refused.value.code) == (404, "CHECKOUT_NOT_FOUND")
