"""What Wix refuses of carts and checkouts, field by field."""

import pytest

from tests.in_process import Sandbox
from tests.sandbox.asking import Json, code, field

BOOKINGS_APP = "13d21c63-b5ec-5912-8397-c3a5ddb27a97"
NOWHERE = "5e100000-0000-4000-8000-0000000000ff"
CARTS, CHECKOUTS = "/ecom/v2/carts", "/ecom/v1/checkouts"


@pytest.fixture
def booking_id(sandbox: Sandbox) -> str:
    """A CREATED booking, to be paid online."""
    times = sandbox.slots("relaxing-massage", "2030-06-04", "2030-06-05")
    start = times[0]["localStartDate"]
    made = sandbox.book("relaxing-massage", start, confirm=False, selectedPaymentOption="ONLINE")
    return str(made["id"])


def item(item_id: object, **changes: object) -> Json:
    reference = {"appId": BOOKINGS_APP, "catalogItemId": item_id}
    return {"quantity": 1, "catalogReference": reference, **changes}


def cart(*items: Json, **changes: object) -> Json:
    source = {"source": {"channelType": "WEB"}}
    return {"catalogItems": list(items), "cart": source, **changes}


def made(sandbox: Sandbox, booking_id: str) -> str:
    """The address of a new cart."""
    answer = sandbox.call("POST", CARTS, cart(item(booking_id)))
    return f"{CARTS}/{answer.json()['cart']['id']}"


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"cart": {}}, "cart.source.channelType"),
        ({"cart": {"source": {"channelType": "UNSPECIFIED"}}}, "cart.source.channelType"),
        ({"catalogItems": []}, "catalogItems"),
        ({"catalogItems": [{"quantity": 1}]}, "catalogItems[0].catalogReference.catalogItemId"),
        ({"catalogItems": [item("x" * 37)]}, "catalogItems[0].catalogReference.catalogItemId"),
        ({"catalogItems": [item(NOWHERE, quantity=None)]}, "catalogItems[0].quantity"),
        ({"catalogItems": [item(NOWHERE, quantity=0)]}, "catalogItems[0].quantity"),
        ({"catalogItems": [item(NOWHERE)] * 301}, "catalogItems"),
    ],
    ids=str,
)
def test_a_cart_of_another_shape_is_refused_by_field(
    sandbox: Sandbox, changes: Json, named: str
) -> None:
    answer = sandbox.call("POST", CARTS, cart(item(NOWHERE)) | changes)
    assert field(answer) == (400, named)


@pytest.mark.parametrize(
    ("path", "customer"),
    [("customerInfo", {"firstName": "x" * 101}), ("customerInfo", {"email": 7})],
    ids=["a name too long", "no text"],
)
def test_who_buys_is_checked(sandbox: Sandbox, booking_id: str, path: str, customer: Json) -> None:
    body = cart(item(booking_id))
    body["cart"] |= {path: customer}
    assert field(sandbox.call("POST", CARTS, body))[0] == 400


def test_two_coupons_or_two_gift_cards_are_one_too_many(sandbox: Sandbox, booking_id: str) -> None:
    for name, codes in (("coupons", ["A", "B"]), ("giftCards", ["A", "B"])):
        several = {name: [{"code": one} for one in codes]}
        assert field(sandbox.call("POST", CARTS, cart(item(booking_id), **several)))[1] == name


def test_items_of_another_app_are_in_no_catalog(sandbox: Sandbox, booking_id: str) -> None:
    other = {"appId": "215238eb-22a5-4c36-9e7b-e7c08025e04e", "catalogItemId": booking_id}
    answer = sandbox.call("POST", CARTS, cart({"quantity": 1, "catalogReference": other}))
    assert code(answer) == (404, "ITEM_NOT_FOUND_IN_CATALOG")


def test_a_booking_is_one_item(sandbox: Sandbox, booking_id: str) -> None:
    answer = sandbox.call("POST", CARTS, cart(item(booking_id, quantity=2)))
    assert code(answer) == (428, "FIXED_QUANTITY_ITEM")


def test_custom_items_need_a_permission_that_nobody_has(sandbox: Sandbox, booking_id: str) -> None:
    body = cart(item(booking_id), customItems=[{"quantity": 1, "price": "5"}])
    assert code(sandbox.call("POST", CARTS, body)) == (403, "PERMISSION_DENIED")


def test_unknown_members_and_ids_of_people_are_ignored(sandbox: Sandbox, booking_id: str) -> None:
    body = cart(item(booking_id), options={"x": 1})
    body["cart"] |= {"customerInfo": {"memberId": NOWHERE, "email": "a@example.com"}}
    told = sandbox.call("POST", CARTS, body).json()["cart"]["customerInfo"]
    assert told == {"email": "a@example.com", "openAccess": True}
    body = {"channelType": "WEB", "lineItems": [item(booking_id)]}
    body["checkoutInfo"] = {"buyerInfo": {"memberId": NOWHERE, "email": "a@example.com"}}
    told = sandbox.call("POST", CHECKOUTS, body).json()["checkout"]["buyerInfo"]
    assert told == {"email": "a@example.com"}


def test_a_cart_carries_no_totals(sandbox: Sandbox, booking_id: str) -> None:
    address = made(sandbox, booking_id)
    plain = sandbox.call("GET", address).json()["cart"]
    calculated = sandbox.call("POST", f"{address}/calculate", {}).json()
    assert not {"priceSummary", "paymentSummary", "total"} & set(plain)
    assert calculated["summary"]["priceSummary"]["total"]["amount"] == "65.00"


def test_the_address_to_pay_at_is_asked_for_differently(sandbox: Sandbox, booking_id: str) -> None:
    address = made(sandbox, booking_id)
    assert sandbox.call("POST", f"{address}/get-checkout-url", {}).status_code == 200
    assert sandbox.call("GET", f"{address}/checkout-url").status_code == 404
    body = {"channelType": "WEB", "lineItems": [item(booking_id)]}
    checkout = sandbox.call("POST", CHECKOUTS, body).json()["checkout"]
    assert "checkoutUrl" not in checkout
    older = f"{CHECKOUTS}/{checkout['id']}"
    assert sandbox.call("GET", f"{older}/checkout-url").status_code == 200
    assert sandbox.call("POST", f"{older}/getCheckoutUrl", {}).status_code == 404


def test_lines_come_and_go(sandbox: Sandbox, booking_id: str) -> None:
    address = made(sandbox, booking_id)
    line = sandbox.call("GET", address).json()["cart"]["lineItems"][0]["id"]
    removed = sandbox.call("POST", f"{address}/remove-line-items", {"lineItemIds": [line]})
    assert removed.json()["cart"]["lineItems"] == []
    assert code(sandbox.call("POST", f"{address}/place-order", {})) == (428, "EMPTY_CART")
    assert code(sandbox.call("POST", f"{address}/add-line-items", {})) == (
        428,
        "NO_LINE_ITEMS_TO_ADD",
    )
    added = sandbox.call("POST", f"{address}/add-line-items", {"catalogItems": [item(booking_id)]})
    assert len(added.json()["cart"]["lineItems"]) == 1
    assert added.json()["cart"]["revision"] == "3"


def test_a_cart_is_changed_by_an_id_in_path_and_body(sandbox: Sandbox, booking_id: str) -> None:
    address = made(sandbox, booking_id)
    change = {"id": address.rpartition("/")[2], "note": "ring twice", "_id": "x"}
    told = sandbox.call("PATCH", address, {"cart": change}).json()["cart"]
    assert told["note"] == "ring twice"
    too_long = {"cart": {"note": "x" * 1001}}
    assert field(sandbox.call("PATCH", address, too_long)) == (400, "cart.note")


def test_locked_codes_cannot_be_added(sandbox: Sandbox, booking_id: str) -> None:
    body = cart(item(booking_id))
    body["cart"] |= {"settings": {"lockCouponCode": True, "lockGiftCard": True}}
    address = f"{CARTS}/{sandbox.call('POST', CARTS, body).json()['cart']['id']}"
    coupon = sandbox.call("POST", f"{address}/add-coupon", {"coupon": {"code": "WELCOME10"}})
    card = {"giftCard": {"code": "GIFT-2030-0020"}}
    assert code(coupon) == (428, "COUPON_LOCKED")
    assert code(sandbox.call("POST", f"{address}/add-gift-card", card)) == (428, "GIFT_CARD_LOCKED")


def test_a_cart_completed_elsewhere_makes_no_order(sandbox: Sandbox, booking_id: str) -> None:
    address = made(sandbox, booking_id)
    told = sandbox.call("POST", f"{address}/mark-cart-as-completed", {}).json()["cart"]
    assert told["orderPlaced"] is True
    assert sandbox.orders() == []
