"""Routes that a site rarely asks: they answer in Wix's shapes, at both spellings."""

from __future__ import annotations

import pytest

from tests.in_process import Sandbox
from tests.sandbox.asking import Json, code, owner, session_as, visitor
from tests.sandbox.test_access import member

NOBODY = "5e100000-0000-4000-8000-0000000000ff"


def test_the_keys_of_wixs_logins_are_for_everybody(sandbox: Sandbox) -> None:
    answer = session_as(sandbox, None).get(f"{sandbox.url}/oauth2/jwks")
    assert (answer.status_code, answer.json()) == (200, {"keys": []})


def test_categories_are_counted_and_found_by_id(sandbox: Sandbox) -> None:
    found = sandbox.call("POST", "/bookings/v2/categories/query", {"query": {}}).json()
    for method in ("GET", "POST"):
        counted = owner(sandbox).request(method, f"{sandbox.url}/bookings/v2/categories/count")
        assert counted.json()["count"] == len(found["categories"]) > 0
    one = found["categories"][0]
    told = sandbox.call("GET", f"/bookings/v2/categories/{one['id']}").json()
    assert told["category"] == one


@pytest.mark.parametrize(
    ("path", "member"),
    [
        ("/bookings/v2/services/policies/query", "bookingPolicies"),
        ("/bookings/v2/services/booking-forms/query", "bookingForms"),
    ],
)
def test_what_services_share_is_listed(sandbox: Sandbox, path: str, member: str) -> None:
    body: Json = {"query": {}}
    for spelled in (path, f"/_api{path}"):
        answer = sandbox.call("POST", spelled, body)
        assert answer.json()[member]
    assert sandbox.call("POST", path, {}).status_code == 400


def test_add_ons_are_listed_by_either_method_and_found_by_id(sandbox: Sandbox) -> None:
    path = "/addons/v1/add-ons"
    listed = sandbox.call("POST", f"{path}/query", {"query": {}}).json()["addOns"]
    assert owner(sandbox).get(f"{sandbox.url}{path}/query").json()["addOns"] == listed
    one = sandbox.call("GET", f"{path}/{listed[0]['id']}").json()
    assert one["addOn"] == listed[0]
    assert sandbox.call("GET", f"{path}/{NOBODY}").status_code == 404


def test_a_service_has_a_page_of_its_own(sandbox: Sandbox) -> None:
    answer = session_as(sandbox, None).get(f"{sandbox.url}/service-page/haircut")
    assert answer.status_code == 200
    assert "Estúdio Calma" in answer.text


def test_an_order_says_what_of_it_can_be_given_back(sandbox: Sandbox) -> None:
    price = {"amount": "20.00"}
    line = {"productName": {"original": "Cut"}, "quantity": 1, "price": price}
    line |= {"catalogReference": None, "itemType": {"preset": "SERVICE"}}
    order = {
        "lineItems": [line],
        "priceSummary": {"subtotal": price, "total": price},
        "buyerInfo": {"email": "ada@example.com"},
        "channelInfo": {"type": "OTHER_PLATFORM", "externalOrderId": "line-1"},
    }
    made = sandbox.call("POST", "/ecom/v1/orders", {"order": order})
    assert made.status_code == 200, made.text
    path = "/ecom/v1/order-billing/get-order-refundability"
    asked = {"orderId": made.json()["order"]["id"]}
    told = sandbox.call("POST", path, asked).json()["refundability"]
    assert (told["orderId"], told["payments"]) == (asked["orderId"], [])
    assert sandbox.call("POST", path, {"orderId": NOBODY}).status_code == 404


def test_a_member_orders_a_plan_and_a_visitor_cannot(sandbox: Sandbox) -> None:
    plans = sandbox.call("POST", "/pricing-plans/v3/plans/query", {"query": {}}).json()["plans"]
    path = "/pricing-plans/v2/checkout/orders"
    sold = sandbox.call(
        "POST", f"{path}/offline", {"planId": plans[0]["id"], "memberId": NOBODY, "paid": True}
    )
    assert sold.json()["order"]["status"] == "ACTIVE"
    session = member(sandbox, NOBODY)
    bought = session.post(f"{sandbox.url}{path}/online", json={"planId": plans[0]["id"]})
    assert bought.json()["order"]["status"] in ("DRAFT", "ACTIVE")
    refused = visitor(sandbox).post(f"{sandbox.url}{path}/online", json={})
    assert code(refused) == (403, "PERMISSION_DENIED")
