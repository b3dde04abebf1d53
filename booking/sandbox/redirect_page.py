"""Where a redirect session leads: the checkout, a booking form, a plan, a login. Each works once.

Source: Wix Headless, Redirects V1; "There was an issue with booking this service" is Wix's own
text for a bookings checkout on a site without the Pricing Plans app.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from booking.sandbox import baskets, bookings, pricing_plans
from booking.sandbox.call import Call, Caller
from booking.sandbox.checkout_page import MEMBER_ID, SEE_OTHER
from booking.sandbox.pages import html_page
from booking.sandbox.redirect_sessions import way_back
from booking.sandbox.wire import BOOKINGS_APP_ID, Json, WixError
from booking.sandbox.world import World

GUEST = {"firstName": "Rita", "lastName": "Vale", "email": "rita@example.com"}


def follow(world: World, session_id: str) -> Response:
    """The jump itself. A second time there is nothing any more."""
    session = world.shop.redirects.get(session_id)
    if session is None or session["used"]:
        return _refused("This address was used before", 403)
    session["used"] = True
    return ARRIVALS[session["intent"]](world, session_id, session)


def _refused(text: str, status: int) -> Response:
    page = html_page(text, "<p data-outcome='refused'></p>")
    page.status_code = status
    return page


def _checkout(world: World, _session_id: str, session: Json) -> Response:
    basket = world.shop.baskets.get(session["given"]["checkoutId"])
    if basket is None:
        return _refused("This checkout is gone", 404)
    basket.callbacks = session["callbacks"]
    basket.owner = basket.owner or _buyer(session)
    return redirect(f"/checkout/{basket.id}", SEE_OTHER)


def _buyer(session: Json) -> Json:
    return baskets.buyer_of(Call({}, {}, {}, Caller.VISITOR, session["identity"]))


def _form(world: World, session_id: str, _session: Json) -> Response:
    if not world.settings.pricing_plans_installed:
        return _refused("There was an issue with booking this service", 200)
    return html_page("Your details", _button(session_id, "book", "Book as Rita Vale"))


def _plan(_world: World, session_id: str, _session: Json) -> Response:
    return html_page("Buy this plan", _button(session_id, "buy", "Log in as Rita Vale and buy"))


def _login(_world: World, session_id: str, _session: Json) -> Response:
    return html_page("Log in", _button(session_id, "login", "Log in as Rita Vale"))


def _payment_request(_world: World, _session_id: str, session: Json) -> Response:
    return redirect(f"/pay/{session['given']['paymentRequestId']}", SEE_OTHER)


def _back(_world: World, _session_id: str, session: Json) -> Response:
    return _leave(session, "postFlowUrl", logged_in=False)


def _button(session_id: str, action: str, words: str) -> str:
    address = f"/redirect/{session_id}/{action}"
    return f"<form method='post' action='{address}'><button>{words}</button></form>"


ARRIVALS: dict[str, Callable[[World, str, Json], Response]] = {
    "ecomCheckout": _checkout,
    "bookingsCheckout": _form,
    "bookingsBook": _back,
    "ecomOrderPaymentRequest": _payment_request,
    "paidPlansCheckout": _plan,
    "auth": _login,
    "login": _login,
    "logout": _back,
}


def act(world: World, session_id: str, action: str) -> Response:
    """A button on one of these pages."""
    session = world.shop.redirects.get(session_id)
    found = ACTIONS.get((session["intent"], action)) if session else None
    if session is None or found is None:
        return _refused("Nothing here", 404)
    try:
        return found(world, session)
    except WixError as error:
        return _refused(str(error), error.status)


def _book(world: World, session: Json) -> Response:
    """A visitor books the slot on Wix's own form and goes on to the checkout."""
    slot = session["given"]["slotAvailability"]["slot"]
    service = world.services[slot["serviceId"]]
    payment = "ONLINE" if service["payment"]["options"]["online"] else "OFFLINE"
    wanted = {
        "bookedEntity": {"slot": slot},
        "contactDetails": GUEST,
        "totalParticipants": 1,
        "selectedPaymentOption": payment,
    }
    call = Call({"booking": wanted}, {}, {}, Caller.VISITOR, session["identity"])
    booking = bookings.create_booking(world, call)["booking"]
    reference = {"appId": BOOKINGS_APP_ID, "catalogItemId": booking["id"]}
    items = [{"catalogReference": reference, "quantity": 1}]
    basket = baskets.keep(world, baskets.new_basket(world, call, "checkout", items))
    basket.given["channelType"], basket.email = "WEB", GUEST["email"]
    basket.callbacks = session["callbacks"]
    return redirect(f"/checkout/{basket.id}", SEE_OTHER)


def _buy(world: World, session: Json) -> Response:
    member_id = session["identity"].get("memberId") or MEMBER_ID
    plan = {"planId": session["given"]["planId"], "memberId": member_id, "paid": True}
    order = pricing_plans.order_offline(world, Call(plan, {}, {}, Caller.OWNER))["order"]
    return _leave(session, "thankYouPageUrl", logged_in=True, planOrderId=order["id"])


def _log_in(world: World, session: Json) -> Response:
    """With a code for the token endpoint, where a client asked for one."""
    request = session["given"].get("authRequest")
    if not request:
        return _leave(session, "postFlowUrl", logged_in=True)
    code = f"code.{world.next_id('code')}"
    world.tokens[code] = {**request, "kind": "code", "id": MEMBER_ID, "until": world.now()}
    query = urlencode({"code": code, "state": request.get("state") or ""})
    mark = "#" if request.get("responseMode") == "fragment" else "?"
    return redirect(f"{request['redirectUri']}{mark}{query}", SEE_OTHER)


def _leave(session: Json, name: str, *, logged_in: bool, **appended: str) -> Response:
    told = {**appended, "wixMemberLoggedIn": "true" if logged_in else "false"}
    back = way_back(session["callbacks"], name, **told)
    if not back:
        return html_page("Done", "<p data-outcome='done'></p>")
    return redirect(back, SEE_OTHER)


ACTIONS: dict[tuple[str, str], Callable[[World, Json], Response]] = {
    ("bookingsCheckout", "book"): _book,
    ("paidPlansCheckout", "buy"): _buy,
    ("auth", "login"): _log_in,
    ("login", "login"): _log_in,
}
PAGES = (
    ("GET", "/redirect/<session_id>", follow),
    ("POST", "/redirect/<session_id>/<action>", act),
)
