"""The page that stands for Wix's: its buttons make orders, and Bookings hears of them a little later."""

import threading
from collections.abc import Callable

import pytest

from tests.in_process import Sandbox
from tests.sandbox.asking import Json, session_as

BOOKINGS_APP = "13d21c63-b5ec-5912-8397-c3a5ddb27a97"
CARTS = "/ecom/v2/carts"


@pytest.fixture
def booking_id(sandbox: Sandbox) -> str:
    """A CREATED booking, to be paid online."""
    times = sandbox.slots("relaxing-massage", "2030-06-04", "2030-06-05")
    start = times[0]["localStartDate"]
    made = sandbox.book("relaxing-massage", start, confirm=False, selectedPaymentOption="ONLINE")
    return str(made["id"])


@pytest.fixture
def url(sandbox: Sandbox, booking_id: str) -> str:
    """The address of its checkout page."""
    reference = {"appId": BOOKINGS_APP, "catalogItemId": booking_id}
    items = [{"quantity": 1, "catalogReference": reference}]
    body = {"catalogItems": items, "cart": {"source": {"channelType": "WEB"}}}
    cart_id = sandbox.call("POST", CARTS, body).json()["cart"]["id"]
    told = sandbox.call("POST", f"{CARTS}/{cart_id}/get-checkout-url", {})
    return str(told.json()["checkoutUrl"])


def the_booking(sandbox: Sandbox, booking_id: str) -> Json:
    (found,) = [each for each in sandbox.bookings() if each["id"] == booking_id]
    return found


def test_the_page_says_what_is_due_and_has_a_form_for_each_button(
    sandbox: Sandbox, url: str
) -> None:
    page = session_as(sandbox, None).get(url)
    assert "65.00 EUR" in page.text
    for button in ("pay", "decline", "pay-twice", "pending", "abandon"):
        assert f"method='post' action='{url.removeprefix(sandbox.url)}/{button}'" in page.text


def test_a_look_at_the_page_changes_nothing(sandbox: Sandbox, url: str, booking_id: str) -> None:
    before = the_booking(sandbox, booking_id)
    session_as(sandbox, None).get(url)
    sandbox.settle()
    assert (sandbox.orders(), the_booking(sandbox, booking_id)) == ([], before)


def test_bookings_hears_of_an_order_between_two_tenths_and_two_seconds_later(
    sandbox: Sandbox, url: str, booking_id: str
) -> None:
    sandbox.press(url)
    sandbox.advance(0.19)
    assert the_booking(sandbox, booking_id)["status"] == "CREATED"
    sandbox.advance(1.82)
    assert the_booking(sandbox, booking_id)["status"] == "CONFIRMED"


def test_a_declined_card_leaves_the_booking_and_can_be_tried_again(
    sandbox: Sandbox, url: str, booking_id: str
) -> None:
    assert "declined" in sandbox.press(url, "decline").text
    sandbox.settle()
    assert the_booking(sandbox, booking_id)["status"] == "CREATED"
    sandbox.press(url)
    sandbox.settle()
    assert the_booking(sandbox, booking_id)["status"] == "CONFIRMED"
    assert [order["status"] for order in sandbox.orders()] == ["REJECTED", "APPROVED"]


def test_leaving_makes_no_order(sandbox: Sandbox, url: str, booking_id: str) -> None:
    assert "Nothing was paid" in sandbox.press(url, "abandon").text
    sandbox.settle()
    assert sandbox.orders() == []
    assert the_booking(sandbox, booking_id)["status"] == "CREATED"


def test_a_second_press_on_pay_makes_no_second_order(sandbox: Sandbox, url: str) -> None:
    assert sandbox.press(url).status_code == 303
    assert sandbox.press(url).status_code == 428
    assert len(sandbox.orders()) == 1
    assert "Thank you" in session_as(sandbox, None).get(url).text


def test_paying_twice_is_two_payments_and_one_booking(
    sandbox: Sandbox, url: str, booking_id: str
) -> None:
    sandbox.press(url, "pay-twice")
    sandbox.settle()
    (order,) = sandbox.orders()
    assert len(order["payments"]) == 2
    assert order["balanceSummary"]["balance"] == {"amount": "-65.00"}
    assert the_booking(sandbox, booking_id)["paymentStatus"] == "PAID"


def test_the_owner_may_call_the_booking_off_before_bookings_hears_of_the_order(
    sandbox: Sandbox, url: str, booking_id: str
) -> None:
    sandbox.press(url)
    sandbox.change(the_booking(sandbox, booking_id), "decline")
    sandbox.settle()
    found = the_booking(sandbox, booking_id)
    assert (found["status"], found["paymentStatus"]) == ("DECLINED", "PAID")


def test_nothing_is_at_an_address_that_nobody_made(sandbox: Sandbox, url: str) -> None:
    browser = session_as(sandbox, None)
    assert browser.get(f"{sandbox.url}/checkout/nothing").status_code == 404
    assert browser.post(f"{url}/steal").status_code == 404
    assert browser.get(f"{sandbox.url}/pay/nothing").status_code == 404
    assert browser.get(f"{sandbox.url}/redirect/nothing").status_code == 403
    assert browser.post(f"{sandbox.url}/redirect/nothing/book").status_code == 404


def test_a_site_that_accepts_no_payments_takes_none(sandbox: Sandbox, url: str) -> None:
    sandbox.settings(acceptsPayments=False)
    page = sandbox.press(url)
    assert page.status_code == 428
    assert "SITE_NOT_ACCEPTING_PAYMENTS" in page.text


def test_bookings_hears_of_an_order_also_if_nobody_asks(
    sandbox: Sandbox, url: str, booking_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[tuple[float, Callable[[], None]]] = []

    class Noted(threading.Timer):
        def start(self) -> None:
            started.append((self.interval, self.function))

    monkeypatch.setattr("booking.sandbox.meanwhile.Timer", Noted)
    sandbox.clock("2030-06-03T09:00:00", running=True)
    sandbox.press(url)
    ((seconds, wake),) = started
    assert 0.1 < seconds <= 2
    sandbox.clock("2030-06-03T09:00:05")
    wake()
    sandbox.clock("2030-06-03T08:00:00")  # so that the look below settles nothing
    assert the_booking(sandbox, booking_id)["status"] == "CONFIRMED"


def test_a_frozen_clock_wakes_nobody(
    sandbox: Sandbox, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("booking.sandbox.meanwhile.Timer", None)
    assert sandbox.press(url).status_code == 303
