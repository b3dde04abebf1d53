"""What Wix refuses of orders, payments, redirects and plans, field by field."""

import pytest

from booking.sandbox.pricing_plans import FIRST_VISIT, TEN_CLASSES
from tests.in_process import Sandbox
from tests.sandbox.asking import Json, code, field, visitor

BOOKINGS_APP = "13d21c63-b5ec-5912-8397-c3a5ddb27a97"
NOWHERE = "5e100000-0000-4000-8000-0000000000ff"
ORDERS = "/ecom/v1/orders"
REDIRECTS = (
    "/headless/v1/redirect-session",
    "/_api/redirects-api/v1/redirect-session",
    "/redirect-session/v1/redirect-session",
)
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


def test_an_order_that_waits_for_its_payment_is_never_found(sandbox: Sandbox) -> None:
    made = sandbox.call("POST", ORDERS, {"order": ORDER}).json()["order"]
    assert made["status"] == "INITIALIZED"
    searches: tuple[Json, ...] = ({}, {"filter": {"status": "INITIALIZED"}})
    for search in searches:
        found = sandbox.call("POST", f"{ORDERS}/search", {"search": search}).json()
        assert found["orders"] == []
    assert sandbox.call("GET", f"{ORDERS}/{made['id']}").json()["order"] == made


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
    bodies: tuple[Json, ...] = ({}, {"login": {}, "logout": {}})
    for body in bodies:
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
