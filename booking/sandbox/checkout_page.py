"""The page that stands for Wix's own checkout: it shows what is due, and its buttons decide.

Every button is a form of its own, so that a browser without scripts and a test drive it alike.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from html import escape

from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from booking.sandbox import ordering, payment_requests
from booking.sandbox.booked_items import ZERO, amount_text, item_of
from booking.sandbox.checkout import memberships
from booking.sandbox.pages import html_page
from booking.sandbox.redirect_sessions import way_back
from booking.sandbox.shop import Basket, Order
from booking.sandbox.totals import totals_of
from booking.sandbox.wire import Json, WixError, guid
from booking.sandbox.world import World

BUTTONS = (
    ("pay", "Pay"),
    ("decline", "Pay with a card that is declined"),
    ("pay-twice", "Pay twice"),
    ("pending", "Pay by transfer (pending)"),
    ("plan", "Log in as Rita Vale and use her plan"),
    ("abandon", "Leave without paying"),
)
SEE_OTHER = 303
MEMBER_ID = guid("member", "rita")
"""Whom our stand-ins for Wix's pages log in."""


def show_checkout(world: World, basket_id: str) -> Response:
    """What is in the basket, and the buttons; of an ordered one, thanks."""
    basket = world.shop.baskets.get(basket_id)
    if basket is None or not (world.settings.published and world.settings.checkout_page):
        return _gone()
    if basket.is_ordered:
        order = world.shop.orders.get(basket.order_id)
        number = order.wire["number"] if order else ""
        return html_page("Thank you", f"<p data-outcome='paid'>Order {escape(number)}</p>")
    return html_page("Checkout", _lines(world, basket) + _buttons(f"/checkout/{basket.id}"))


def _gone() -> Response:
    page = html_page("Nothing here", "<p data-outcome='gone'>This checkout is gone.</p>")
    page.status_code = 404
    return page


def _lines(world: World, basket: Basket) -> str:
    totals, currency = totals_of(world, basket), world.site["paymentCurrency"]
    items = (item_of(world, line.booking_id) for line in basket.lines)
    rows = [(item.service["name"], item.price) for item in items]
    rows += [("Total", totals.total), ("Due now", totals.now), ("Due on site", totals.later)]
    cells = "".join(
        f"<tr><th>{escape(name)}</th><td>{amount_text(amount, currency)} {currency}</td></tr>"
        for name, amount in rows
    )
    return f"<table>{cells}</table>"


def _buttons(address: str) -> str:
    return "".join(
        f"<form method='post' action='{address}/{name}'><button>{words}</button></form>"
        for name, words in BUTTONS
    )


def press(world: World, basket_id: str, button: str) -> Response:
    """A button was pressed; then the browser goes where the redirect session wants it."""
    basket = world.shop.baskets.get(basket_id)
    act = ACTIONS.get(button)
    if basket is None or act is None:
        return _gone()
    try:
        return act(world, basket)
    except WixError as error:
        text = f"<p data-outcome='refused'>{escape(str(error))}</p>{_code(error)}"
        page = html_page("This could not be paid", text)
        page.status_code = error.status
        return page


def _code(error: WixError) -> str:
    found = error.body.get("details", {}).get("applicationError", {})
    return f"<p><code>{escape(str(found.get('code', '')))}</code></p>"


def _pay(world: World, basket: Basket) -> Response:
    order = _order(world, basket)
    _collect(world, basket, order, "APPROVED")
    basket.is_ordered = True
    ordering.settle_status(world, order)
    return _thanks(basket, order)


def _use_plan(world: World, basket: Basket) -> Response:
    """The member logs in, and each line is paid by the first plan of hers that pays for it."""
    basket.owner = {"memberId": MEMBER_ID}
    usable = memberships(world, basket)["eligibleMemberships"]
    for line in basket.lines:
        mine = [each["id"] for each in usable if line.id in each["lineItemIds"]]
        line.membership = mine[0] if mine else ""
    return _pay(world, basket)


def _pay_twice(world: World, basket: Basket) -> Response:
    """As from two windows: the money comes twice, for one order."""
    order = _order(world, basket)
    for _ in range(2):
        _collect(world, basket, order, "APPROVED")
    basket.is_ordered = True
    ordering.settle_status(world, order)
    return _thanks(basket, order)


def _pending(world: World, basket: Basket) -> Response:
    """The order waits for the money; ``update-payment-transaction-status`` brings it."""
    order = _order(world, basket)
    _collect(world, basket, order, "PENDING")
    basket.is_ordered = True
    order.wire = order.wire | {"status": "PENDING"}
    ordering.settle_status(world, order)
    return _thanks(basket, order)


def _decline(world: World, basket: Basket) -> Response:
    """The order is rejected; the basket stays, and may be paid with another card."""
    order = _order(world, basket)
    _collect(world, basket, order, "DECLINED")
    ordering.settle_status(world, order)
    order.wire = order.wire | {"status": "REJECTED"}
    basket.order_id = ""
    again = f"<p><a href='/checkout/{basket.id}'>Try again</a></p>"
    return html_page("Your card was declined", f"<p data-outcome='declined'></p>{again}")


def _abandon(_world: World, basket: Basket) -> Response:
    back = way_back(basket.callbacks, "postFlowUrl", wixMemberLoggedIn=_logged_in(basket))
    if back:
        return redirect(back, SEE_OTHER)
    return html_page("Goodbye", "<p data-outcome='abandoned'>Nothing was paid.</p>")


def _order(world: World, basket: Basket) -> Order:
    """The order of Place Order if there is one that waits, else a new one. Raises: WixError."""
    waiting = world.shop.orders.get(basket.order_id)
    if waiting and not basket.is_ordered:
        return waiting
    member_id = basket.owner.get("memberId")
    return ordering.place(world, basket, {"memberId": member_id} if member_id else {})


def _collect(world: World, basket: Basket, order: Order, status: str) -> None:
    due = totals_of(world, basket).now
    if due == ZERO:
        return
    details = {
        "offlinePayment": False,
        "paymentMethod": "CreditCard",
        "paymentOrderId": ordering.gateway_id(order),
        "gatewayTransactionId": world.next_id("transaction"),
        "status": status,
    }
    ordering.add_payment(world, order, due, status, {"regularPaymentDetails": details})


def _logged_in(basket: Basket) -> str:
    return "true" if basket.owner.get("memberId") else "false"


def _thanks(basket: Basket, order: Order) -> Response:
    told = {"orderId": order.id, "wixMemberLoggedIn": _logged_in(basket)}
    back = way_back(basket.callbacks, "thankYouPageUrl", **told)
    return redirect(back or f"/checkout/{basket.id}", SEE_OTHER)


ACTIONS: dict[str, Callable[[World, Basket], Response]] = {
    "pay": _pay,
    "plan": _use_plan,
    "pay-twice": _pay_twice,
    "pending": _pending,
    "decline": _decline,
    "abandon": _abandon,
}


def show_request(world: World, request_id: str) -> Response:
    """The page of an order payment request."""
    try:
        request = payment_requests.payment_request(world, request_id)
    except WixError:
        return _gone()
    return html_page(escape(request["title"]), _request(request))


def _request(request: Json) -> str:
    amount = Decimal(request["amount"]["amount"])
    told = f"<p data-outcome='{request['status'].lower()}'>{amount} {request['currency']}</p>"
    form = f"<form method='post' action='/pay/{request['id']}'><button>Pay</button></form>"
    return told + (form if request["status"] == "UNPAID" else "")


def press_request(world: World, request_id: str) -> Response:
    try:
        payment_requests.pay(world, request_id)
    except WixError as error:
        page = html_page("This could not be paid", _code(error))
        page.status_code = error.status
        return page
    return redirect(f"/pay/{request_id}", SEE_OTHER)


PAGES = (
    ("GET", "/checkout/<basket_id>", show_checkout),
    ("POST", "/checkout/<basket_id>/<button>", press),
    ("GET", "/pay/<request_id>", show_request),
    ("POST", "/pay/<request_id>", press_request),
)
