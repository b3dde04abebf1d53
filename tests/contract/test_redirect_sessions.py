"""A visitor is sent to a page of Wix's and comes back; that they come back proves nothing."""

import base64
import hashlib
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from booking.domain.ids import CheckoutId, PaymentRequestId, PlanId
from booking.sandbox.pricing_plans import TEN_CLASSES
from booking.wix import VisitorCredentials, Wix
from booking.wix.auth import Auth
from booking.wix.errors import CheckoutNotFound, OrderNotFound, WixForbidden
from booking.wix.redirect_sessions import LoginRequest, WaysBack
from tests.contract.conftest import LISBON, Client, the_service, the_slots
from tests.contract.shop import (
    NOWHERE,
    a_checkout,
    an_order,
    euros,
    placed,
    state,
    visitor,
)
from tests.in_process import Sandbox
from tests.sandbox.asking import session_as

BACK = WaysBack(thanks="https://book.example/done?b=417", after="https://book.example/back")
MASSAGE = "relaxing-massage"
VERIFIER = "a-verifier-that-nobody-guesses-0123456789"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode()


@pytest.fixture
def browser(sandbox: Sandbox) -> requests.Session:
    return session_as(sandbox, None)


@pytest.fixture
def mine(client: Client, sandbox: Sandbox) -> Wix:
    """A visitor's own client."""
    return client(visitor(sandbox))


def left_for(answer: requests.Response) -> tuple[str, dict[str, list[str]]]:
    """The address, without its query, that the browser is sent to, and the query."""
    parts = urlsplit(answer.headers["Location"])
    return parts._replace(query="").geturl(), parse_qs(parts.query)


def press(browser: requests.Session, url: str) -> requests.Response:
    return browser.post(url, allow_redirects=False)


def test_who_pays_comes_back_with_the_order(
    mine: Wix, wix: Wix, sandbox: Sandbox, browser: requests.Session
) -> None:
    booking_id = placed(sandbox, MASSAGE)
    cart = mine.carts.create(a_checkout(booking_id))
    page = browser.get(mine.redirect_sessions.ecom_checkout(cart.id, BACK))
    address, query = left_for(press(browser, f"{page.url}/pay"))
    (order,) = wix.orders.of_checkout(cart.id)
    assert address == "https://book.example/done"
    assert query == {"b": ["417"], "orderId": [order.id], "wixMemberLoggedIn": ["false"]}
    sandbox.settle()
    assert state(sandbox, booking_id) == ("CONFIRMED", "PAID")


def test_who_leaves_without_paying_comes_back_too(
    mine: Wix, sandbox: Sandbox, browser: requests.Session
) -> None:
    booking_id = placed(sandbox, MASSAGE)
    cart = mine.carts.create(a_checkout(booking_id))
    page = browser.get(mine.redirect_sessions.ecom_checkout(cart.id, BACK))
    address, query = left_for(press(browser, f"{page.url}/abandon"))
    assert (address, query) == ("https://book.example/back", {"wixMemberLoggedIn": ["false"]})
    sandbox.settle()
    assert state(sandbox, booking_id) == ("CREATED", "UNDEFINED")


def test_a_jump_works_once(mine: Wix, sandbox: Sandbox, browser: requests.Session) -> None:
    cart = mine.carts.create(a_checkout(placed(sandbox, MASSAGE)))
    url = mine.redirect_sessions.ecom_checkout(cart.id, BACK)
    assert browser.get(url).status_code == 200
    assert browser.get(url).status_code == 403


def test_an_app_makes_the_cart_and_the_visitor_takes_it(
    client: Client, app: Auth, mine: Wix, sandbox: Sandbox, browser: requests.Session
) -> None:
    cart = client(app).carts.create(a_checkout(placed(sandbox, MASSAGE)))
    assert browser.get(mine.redirect_sessions.ecom_checkout(cart.id, BACK)).status_code == 200
    with pytest.raises(WixForbidden):
        client(visitor(sandbox)).redirect_sessions.ecom_checkout(cart.id, BACK)


@pytest.mark.parametrize("who", ["app", "owner"])
def test_only_visitors_and_members_are_sent(
    client: Client, request: pytest.FixtureRequest, who: str
) -> None:
    with pytest.raises(WixForbidden) as refused:
        client(request.getfixturevalue(who)).redirect_sessions.login(BACK)
    assert (refused.value.status, refused.value.code) == (403, "PERMISSION_DENIED")


def test_wixs_own_booking_form_books_and_sells(
    mine: Wix, wix: Wix, sandbox: Sandbox, browser: requests.Session
) -> None:
    slot = the_slots(wix, the_service(wix, MASSAGE).id).slots[0]
    url = mine.redirect_sessions.bookings_checkout(slot, LISBON, BACK)
    assert browser.get(url).status_code == 200
    paying = press(browser, f"{url}/book").headers["Location"]
    address, query = left_for(press(browser, f"{sandbox.url}{paying}/pay"))
    sandbox.settle()
    made = sandbox.bookings()[-1]
    assert address == "https://book.example/done"
    assert query["orderId"] == [sandbox.orders()[-1]["id"]]
    assert (made["status"], made["paymentStatus"]) == ("CONFIRMED", "PAID")
    assert made["contactDetails"]["firstName"] == "Rita"


def test_wixs_own_booking_form_needs_the_plans_app(
    mine: Wix, wix: Wix, sandbox: Sandbox, browser: requests.Session
) -> None:
    sandbox.settings(pricingPlansInstalled=False)
    slot = the_slots(wix, the_service(wix, MASSAGE).id).slots[0]
    url = mine.redirect_sessions.bookings_checkout(slot, LISBON, BACK)
    assert "There was an issue with booking this service" in browser.get(url).text


def test_a_plan_is_bought_at_wix(
    mine: Wix, wix: Wix, sandbox: Sandbox, browser: requests.Session
) -> None:
    url = mine.redirect_sessions.paid_plans_checkout(PlanId(TEN_CLASSES), BACK)
    browser.get(url)
    address, query = left_for(press(browser, f"{url}/buy"))
    assert address == "https://book.example/done"
    assert query["wixMemberLoggedIn"] == ["true"]
    assert query["planOrderId"]


def test_a_member_logs_in_and_is_known_by_the_code(
    mine: Wix, client: Client, sandbox: Sandbox, browser: requests.Session
) -> None:
    client_id = sandbox.credentials["clientId"]
    login = LoginRequest(
        client_id=client_id,
        redirect="https://book.example/login",
        challenge=CHALLENGE.rstrip("="),
        state="s-1",
    )
    url = mine.redirect_sessions.auth(login, BACK)
    browser.get(url)
    address, query = left_for(press(browser, f"{url}/login"))
    assert (address, query["state"]) == ("https://book.example/login", ["s-1"])
    exchange = {
        "clientId": client_id,
        "grantType": "authorization_code",
        "redirectUri": "https://book.example/login",
        "code": query["code"][0],
        "codeVerifier": VERIFIER,
    }
    told = sandbox.call("POST", "/oauth2/token", exchange).json()
    theirs = client(VisitorCredentials(client_id, told["refresh_token"]))
    assert theirs.pricing_plans.my_orders() == ()
    assert sandbox.call("POST", "/oauth2/token", exchange).status_code == 400


def test_a_code_is_worth_nothing_without_its_verifier(
    mine: Wix, sandbox: Sandbox, browser: requests.Session
) -> None:
    client_id = sandbox.credentials["clientId"]
    login = LoginRequest(
        client_id=client_id, redirect="https://book.example/x", challenge="abc", state=""
    )
    url = mine.redirect_sessions.auth(login, BACK)
    browser.get(url)
    _, query = left_for(press(browser, f"{url}/login"))
    exchange = {
        "clientId": client_id,
        "grantType": "authorization_code",
        "redirectUri": "https://book.example/x",
        "code": query["code"][0],
        "codeVerifier": "guessed",
    }
    answer = sandbox.call("POST", "/oauth2/token", exchange)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")


def test_login_and_logout_come_back(mine: Wix, sandbox: Sandbox, browser: requests.Session) -> None:
    url = mine.redirect_sessions.login(BACK)
    browser.get(url)
    _, query = left_for(press(browser, f"{url}/login"))
    assert query == {"wixMemberLoggedIn": ["true"]}
    away = mine.redirect_sessions.logout(sandbox.credentials["clientId"], BACK)
    _, query = left_for(browser.get(away, allow_redirects=False))
    assert query == {"wixMemberLoggedIn": ["false"]}


def test_a_payment_request_is_reached_by_a_jump(
    mine: Wix, wix: Wix, browser: requests.Session
) -> None:
    order = wix.orders.create(an_order())
    request = wix.payment_requests.create(order.id, euros("65"), title="Your massage")
    page = browser.get(mine.redirect_sessions.payment_request(request.id, BACK))
    assert page.url == request.url


def test_nobody_is_sent_to_what_is_not_there(mine: Wix) -> None:
    with pytest.raises(CheckoutNotFound):
        mine.redirect_sessions.ecom_checkout(CheckoutId(NOWHERE), BACK)
    with pytest.raises(OrderNotFound):
        mine.redirect_sessions.payment_request(PaymentRequestId(NOWHERE), BACK)
