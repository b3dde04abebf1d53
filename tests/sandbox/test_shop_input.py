"""What Wix refuses of carts, checkouts, orders, payments and plans, field by field."""

import pytest

from booking.sandbox.pricing_plans import FIRST_VISIT, TEN_CLASSES
from tests.in_process import Sandbox
from tests.sandbox.asking import Json, code, field, visitor

BOOKINGS_APP = "13d21c63-b5ec-5912-8397-c3a5ddb27a97"
NOWHERE = "5e100000-0000-4000-8000-0000000000ff"
CARTS, CHECKOUTS, ORDERS = "/ecom/v2/carts", "/ecom/v1/checkouts", "/ecom/v1/orders"
REDIRECTS = (
    "/headless/v1/redirect-session",
    "/_api/redirects-api/v1/redirect-session",
    "/redirect-session/v1/redirect-session",
)


@pytest.fixture
def booking_id(sandbox: Sandbox) -> str:
    """A CREATED booking, to be paid online."""
    times = sandbox.slots("relaxing-massage", "2030-06-04", "2030-06-05")
    start, option = times[0]["localStartDate"], {"selectedPaymentOption": "ONLINE"}
    return str(sandbox.book("relaxing-massage", start, confirm=False, **option)["id"])


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


ORDER: Json = {
    "channelInfo": {"type": "WEB"},
    "lineItems": [
        {
            "productName": {"original": "Massage"},
            "itemType": {"preset": "SERVICE"},
            "quantity": 1,
            "price": {"amount": "65.00"},
        }
    ],
    "priceSummary": {"total": {"amount": "65.00"}},
}


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"channelInfo": {}}, "order.channelInfo.type"),
        (
            {"channelInfo": {"type": "WEB", "externalOrderId": "x" * 101}},
            "order.channelInfo.externalOrderId",
        ),
        ({"lineItems": []}, "order.lineItems"),
        ({"lineItems": [{}]}, "order.lineItems[0].productName.original"),
        ({"priceSummary": None}, "order.priceSummary"),
        ({"priceSummary": {"total": {"amount": 65}}}, "order.priceSummary.total.amount"),
        ({"priceSummary": {"total": {"amount": "1e99999"}}}, "order.priceSummary.total.amount"),
        ({"priceSummary": {"total": {"amount": "-1"}}}, "order.priceSummary.total.amount"),
        ({"purchasedDate": "yesterday"}, "order.purchasedDate"),
    ],
    ids=str,
)
def test_an_order_of_another_shape_is_refused_by_field(
    sandbox: Sandbox, changes: Json, named: str
) -> None:
    answer = sandbox.call("POST", ORDERS, {"order": ORDER | changes})
    assert field(answer) == (400, named)
    assert sandbox.orders() == []


def test_a_strategy_there_is_not_is_refused(sandbox: Sandbox) -> None:
    body = {"order": ORDER, "settings": {"orderApprovalStrategy": "ALWAYS"}}
    assert field(sandbox.call("POST", ORDERS, body))[1] == "settings.orderApprovalStrategy"


def test_orders_answer_at_both_spellings_and_have_no_query(sandbox: Sandbox) -> None:
    for base in (ORDERS, "/ecom/v1/ep-orders"):
        assert sandbox.call("POST", base, {"order": ORDER}).status_code == 200
        assert sandbox.call("POST", f"{base}/search", {"search": {}}).status_code == 200
    assert sandbox.call("POST", f"{ORDERS}/query", {"query": {}}).status_code == 404


def test_a_search_by_a_field_it_does_not_know_is_refused(sandbox: Sandbox) -> None:
    search = {"search": {"filter": {"buyerInfo.firstName": "Ada"}}}
    answer = sandbox.call("POST", f"{ORDERS}/search", search)
    assert field(answer)[0] == 400
    assert "buyerInfo.firstName" in answer.json()["message"]


@pytest.mark.parametrize(
    ("payment", "named"),
    [
        ({}, "payments[0].amount.amount"),
        ({"amount": {"amount": "5"}}, "payments[0]"),
        (
            {
                "amount": {"amount": "5"},
                "regularPaymentDetails": {},
                "giftcardPaymentDetails": {},
            },
            "payments[0]",
        ),
        (
            {"amount": {"amount": "5"}, "regularPaymentDetails": {}, "status": "DONE"},
            "payments[0].status",
        ),
    ],
    ids=["nothing", "no details", "two kinds of details", "no such status"],
)
def test_a_payment_of_another_shape_is_refused_and_none_is_kept(
    sandbox: Sandbox, payment: Json, named: str
) -> None:
    order_id = sandbox.call("POST", ORDERS, {"order": ORDER}).json()["order"]["id"]
    good = {"amount": {"amount": "5"}, "regularPaymentDetails": {}}
    path = f"/ecom/v1/payments/orders/{order_id}"
    answer = sandbox.call("POST", f"{path}/add-payment", {"payments": [payment, good]})
    assert field(answer) == (400, named)
    assert sandbox.call("GET", path).json()["orderTransactions"]["payments"] == []


def test_transactions_of_several_orders_come_at_once(sandbox: Sandbox) -> None:
    ids = [sandbox.call("POST", ORDERS, {"order": ORDER}).json()["order"]["id"] for _ in range(2)]
    answer = sandbox.call("POST", "/ecom/v1/payments/list-by-ids", {"orderIds": [*ids, NOWHERE]})
    assert [one["orderId"] for one in answer.json()["orderTransactions"]] == ids


def test_what_can_be_given_back_is_told_by_payment(sandbox: Sandbox) -> None:
    order_id = sandbox.call("POST", ORDERS, {"order": ORDER}).json()["order"]["id"]
    payments = {"payments": [{"amount": {"amount": "65"}, "regularPaymentDetails": {}}]}
    sandbox.call("POST", f"/ecom/v1/payments/orders/{order_id}/add-payment", payments)
    path = "/ecom/v1/order-billing/get-order-refundability"
    (told,) = sandbox.call("POST", path, {"orderId": order_id}).json()["refundability"]["payments"]
    assert told["refundability"] == "MANUAL"
    assert told["availableRefundAmount"] == {"amount": "65.00"}


@pytest.mark.parametrize("path", REDIRECTS)
def test_a_redirect_has_exactly_one_intent(sandbox: Sandbox, path: str) -> None:
    somebody = visitor(sandbox)
    for body in ({}, {"login": {}, "logout": {}}):
        assert field(somebody.post(sandbox.url + path, json=body)) == (400, "intent")
    assert somebody.post(sandbox.url + path, json={"login": {}}).status_code == 200


def test_wixs_booking_form_takes_the_old_calendars_slot_alone(sandbox: Sandbox) -> None:
    slot = sandbox.slots("relaxing-massage", "2030-06-04", "2030-06-05")[0]
    body = {"bookingsCheckout": {"slotAvailability": slot}}
    answer = visitor(sandbox).post(sandbox.url + REDIRECTS[0], json=body)
    assert field(answer) == (400, "bookingsCheckout.slotAvailability.slot.serviceId")


def test_a_login_names_its_client_its_way_back_and_its_challenge(sandbox: Sandbox) -> None:
    body = {"auth": {"authRequest": {"clientId": "x", "redirectUri": "https://a.example"}}}
    answer = visitor(sandbox).post(sandbox.url + REDIRECTS[0], json=body)
    assert field(answer) == (400, "auth.authRequest.codeChallenge")


def a_member(sandbox: Sandbox) -> str:
    """The token of a member."""
    token = visitor(sandbox).headers["Authorization"]
    proofs = f"{token!s},{sandbox.credentials['apiKey']}"
    asked = {"grant_type": "authorized_client", "scope": "offline_access", "member_id": NOWHERE}
    answer = visitor(sandbox).post(
        f"{sandbox.url}/oauth2/token", json=asked, headers={"Authorization": proofs}
    )
    return str(answer.json()["access_token"])


def test_a_plan_is_a_draft_until_it_is_paid_and_one_for_nothing_is_not(sandbox: Sandbox) -> None:
    session, path = visitor(sandbox), "/pricing-plans/v2/checkout/orders/online"
    session.headers["Authorization"] = a_member(sandbox)
    told = [
        session.post(sandbox.url + path, json={"planId": plan}).json()["order"]["status"]
        for plan in (TEN_CLASSES, FIRST_VISIT)
    ]
    assert told == ["DRAFT", "ACTIVE"]
    sandbox.settings(acceptsPayments=False)
    answer = session.post(sandbox.url + path, json={"planId": TEN_CLASSES})
    assert code(answer) == (428, "accept_payment_feature_missing")


def test_a_plan_and_its_balance_are_told_one_by_one(sandbox: Sandbox) -> None:
    plan = sandbox.call("GET", f"/pricing-plans/v3/plans/{TEN_CLASSES}").json()["plan"]
    assert (plan["name"], plan["currency"]) == ("Ten classes", "EUR")
    assert code(sandbox.call("GET", f"/pricing-plans/v3/plans/{NOWHERE}"))[0] == 404
    payment = {"options": {"pricingPlan": True}, "pricingPlanIds": [TEN_CLASSES]}
    sandbox.seed(services=[{"slug": "relaxing-massage", "payment": payment}])
    asked = {"planId": TEN_CLASSES, "memberId": NOWHERE, "paid": True}
    sandbox.call("POST", "/pricing-plans/v2/checkout/orders/offline", asked)
    service_id = sandbox.service("relaxing-massage")["id"]
    pools = sandbox.call(
        "POST",
        "/benefit-programs/v1/pools/eligible-pools",
        {
            "namespace": "@wix/pricing-plans",
            "itemReference": {"externalId": service_id, "providerAppId": BOOKINGS_APP},
            "beneficiary": {"memberId": NOWHERE},
        },
    ).json()["eligibleBenefits"]
    balance = sandbox.call("GET", f"/benefit-programs/v1/balances/{pools[0]['poolId']}").json()
    assert balance["balance"]["available"] == "10"


def test_a_page_of_plan_orders_has_fifty_at_most(sandbox: Sandbox) -> None:
    answer = sandbox.call("GET", "/pricing-plans/v2/orders?limit=many")
    assert field(answer) == (400, "limit")
    assert field(sandbox.call("GET", "/pricing-plans/v2/orders?limit=51")) == (400, "limit")
