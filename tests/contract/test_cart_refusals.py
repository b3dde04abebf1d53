"""What keeps a booking from being sold: its way to pay, its status, its codes, its site."""

from collections.abc import Callable

import pytest

from booking.domain.ids import WixBookingId
from booking.wix import Wix
from booking.wix.errors import (
    AlreadyOrdered,
    CodeRefused,
    InvalidRequest,
    ItemUnavailable,
    PricesChanged,
    SiteCannotSell,
)
from tests.contract.shop import NOWHERE, a_checkout, placed
from tests.in_process import Sandbox

MASSAGE = "relaxing-massage"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"coupon": "NOSUCHCODE"}, "INVALID_COUPON_CODE"),
        ({"coupon": "LASTYEAR"}, "INVALID_COUPON_STATUS"),
        ({"gift_card": "GIFT-0000-0000"}, "INVALID_GIFT_CARD_CODE"),
        ({"gift_card": "GIFT-2030-0000"}, "INVALID_GIFT_CARD_STATUS"),
    ],
    ids=str,
)
def test_a_code_that_does_not_work_makes_no_cart(
    wix: Wix, sandbox: Sandbox, changes: dict[str, str], code: str
) -> None:
    with pytest.raises(CodeRefused) as refused:
        wix.carts.create(a_checkout(placed(sandbox, MASSAGE), **changes))
    assert (refused.value.status, refused.value.code) == (428, code)


def test_one_coupon_and_one_gift_card_at_most(wix: Wix, sandbox: Sandbox) -> None:
    cart = wix.carts.create(a_checkout(placed(sandbox, MASSAGE), coupon="WELCOME10"))
    wix.carts.add_gift_card(cart.id, "GIFT-2030-0020")
    cases: tuple[tuple[Callable[[], object], str], ...] = (
        (lambda: wix.carts.add_coupon(cart.id, "WELCOME10"), "COUPON_ALREADY_EXISTS"),
        (lambda: wix.carts.add_coupon(cart.id, "ONTHEHOUSE"), "MAX_COUPONS_PER_CART_EXCEEDED"),
        (lambda: wix.carts.add_gift_card(cart.id, "GIFT-2030-0020"), "GIFT_CARD_ALREADY_EXISTS"),
        (lambda: wix.carts.remove_coupon(cart.id, NOWHERE), "COUPON_NOT_FOUND_IN_CART"),
        (lambda: wix.carts.remove_gift_card(cart.id, "x"), "GIFT_CARD_NOT_FOUND_IN_CART"),
    )
    for add, code in cases:
        with pytest.raises(CodeRefused) as refused:
            add()
        assert refused.value.code == code
    with pytest.raises(InvalidRequest):
        wix.carts.add_gift_card(cart.id, "short")


@pytest.mark.parametrize(
    ("slug", "option"),
    [("haircut", "ONLINE"), ("free-consultation", "ONLINE")],
    ids=["paid at the desk", "free"],
)
def test_the_wrong_way_to_pay_is_noticed_only_in_the_cart(
    wix: Wix, sandbox: Sandbox, slug: str, option: str
) -> None:
    booking_id = placed(sandbox, slug, option)
    with pytest.raises(ItemUnavailable) as refused:
        wix.carts.create(a_checkout(booking_id))
    assert (refused.value.status, refused.value.code) == (428, "INSUFFICIENT_INVENTORY")


def test_a_booking_there_is_not_is_not_in_the_catalog(wix: Wix) -> None:
    with pytest.raises(ItemUnavailable) as refused:
        wix.carts.create(a_checkout(WixBookingId(NOWHERE)))
    assert refused.value.code == "ITEM_NOT_FOUND_IN_CATALOG"


def test_a_service_is_no_item_only_its_booking_is(wix: Wix, sandbox: Sandbox) -> None:
    with pytest.raises(ItemUnavailable) as refused:
        wix.carts.create(a_checkout(WixBookingId(sandbox.service(MASSAGE)["id"])))
    assert refused.value.code == "ITEM_NOT_FOUND_IN_CATALOG"


def test_a_booking_that_was_called_off_cannot_be_paid_any_more(wix: Wix, sandbox: Sandbox) -> None:
    booking_id = placed(sandbox, MASSAGE)
    cart = wix.carts.create(a_checkout(booking_id))
    url = wix.carts.checkout_url(cart.id)
    wix.bookings.cancel(booking_id, "1", ignore_policy=True)
    page = sandbox.press(url)
    assert page.status_code == 428
    assert "LINE_ITEMS_OUT_OF_STOCK" in page.text
    assert not wix.carts.get(cart.id).lines[0].available
    with pytest.raises(ItemUnavailable):
        wix.carts.create(a_checkout(booking_id))
    assert sandbox.orders() == []


@pytest.mark.parametrize(
    ("switch", "code"),
    [("published", "SITE_NOT_PUBLISHED"), ("checkoutPage", "CHECKOUT_PAGE_NOT_FOUND")],
)
def test_an_address_to_pay_at_needs_a_page_that_is_there(
    wix: Wix, sandbox: Sandbox, switch: str, code: str
) -> None:
    cart = wix.carts.create(a_checkout(placed(sandbox, MASSAGE)))
    sandbox.settings(**{switch: False})
    with pytest.raises(SiteCannotSell) as refused:
        wix.carts.checkout_url(cart.id)
    assert (refused.value.status, refused.value.code) == (428, code)


@pytest.mark.parametrize(("slug", "option"), [(MASSAGE, "ONLINE"), ("haircut", "OFFLINE")])
def test_no_order_at_all_on_a_site_that_accepts_no_payments(
    wix: Wix, sandbox: Sandbox, slug: str, option: str
) -> None:
    cart = wix.carts.create(a_checkout(placed(sandbox, slug, option)))
    sandbox.settings(acceptsPayments=False)
    with pytest.raises(SiteCannotSell) as refused:
        wix.carts.place_order(cart.id)
    assert refused.value.code == "SITE_NOT_ACCEPTING_PAYMENTS"


def test_prices_other_than_those_shown_are_refused(wix: Wix, sandbox: Sandbox) -> None:
    cart = wix.carts.create(a_checkout(placed(sandbox, "haircut", "OFFLINE")))
    proof = wix.carts.totals(cart.id).proof
    price = {"value": "39", "currency": "EUR"}
    sandbox.seed(services=[{"slug": "haircut", "payment": {"fixed": {"price": price}}}])
    with pytest.raises(PricesChanged) as refused:
        wix.carts.place_order(cart.id, proof)
    assert refused.value.code == "CART_PRICES_OUT_OF_SYNC"
    with pytest.raises(PricesChanged) as refused:
        wix.carts.place_order(cart.id, "made up")
    assert refused.value.code == "INVALID_PRICE_VERIFICATION_TOKEN"
    assert wix.carts.place_order(cart.id, wix.carts.totals(cart.id).proof).completed


def test_an_ordered_cart_changes_no_more(wix: Wix, sandbox: Sandbox) -> None:
    cart = wix.carts.create(a_checkout(placed(sandbox, "haircut", "OFFLINE")))
    wix.carts.place_order(cart.id)
    changes: tuple[Callable[[], object], ...] = (
        lambda: wix.carts.place_order(cart.id),
        lambda: wix.carts.add_coupon(cart.id, "WELCOME10"),
        lambda: wix.carts.checkout_url(cart.id),
        lambda: wix.carts.delete(cart.id),
    )
    for change in changes:
        with pytest.raises(AlreadyOrdered) as refused:
            change()
        assert (refused.value.status, refused.value.code) == (428, "CART_ALREADY_ORDERED")
    assert wix.carts.get(cart.id).ordered
