"""Redirect sessions: one jump of a visitor to a page of Wix's, and the way back.

Source: Wix Headless, Redirects V1, "Create Redirect Session".
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from booking.sandbox.baskets import a_text, buyer_of
from booking.sandbox.call import Call, Route
from booking.sandbox.payment_requests import payment_request
from booking.sandbox.wire import Json, a_guid, an_object, known, missing, refusal, violation
from booking.sandbox.world import World

INTENTS = (
    "ecomCheckout",
    "bookingsCheckout",
    "bookingsBook",
    "ecomOrderPaymentRequest",
    "paidPlansCheckout",
    "auth",
    "login",
    "logout",
)
CALLBACKS = (
    "thankYouPageUrl",
    "postFlowUrl",
    "bookingsServiceListUrl",
    "cartPageUrl",
    "loginUrl",
    "planListUrl",
)
LONGEST_URL, LONGEST_ZONE = 2048, 40


def create_redirect_session(world: World, call: Call) -> Json:
    """For a visitor's or member's own token: the address carries who they are. It works once."""
    if call.caller.may_manage:
        raise refusal(403, "PERMISSION_DENIED")
    asked = [name for name in INTENTS if call.body.get(name) is not None]
    if len(asked) != 1:
        raise violation("intent", f"needs one of {', '.join(INTENTS)}", "ONE_OF_ALIGNMENT")
    intent = asked[0]
    given = an_object(call.body[intent], intent)
    _check(world, call, intent, given)
    session_id = world.next_id("redirect")
    world.shop.redirects[session_id] = {
        "intent": intent,
        "given": given,
        "callbacks": _callbacks(call.body.get("callbacks")),
        "identity": call.identity,
        "used": False,
    }
    return {"redirectSession": _view(call, session_id)}


def _check(world: World, call: Call, intent: str, given: Json) -> None:
    """What each intent needs. Raises: WixError 400, 404."""
    match intent:
        case "ecomCheckout":
            _check_checkout(world, call, given)
        case "bookingsCheckout":
            _check_slot(world, given)
        case "paidPlansCheckout":
            a_guid(given.get("planId"), "paidPlansCheckout.planId")
        case "ecomOrderPaymentRequest":
            payment_request(world, given.get("paymentRequestId"))
        case "auth":
            _check_login(given)


def _check_checkout(world: World, call: Call, given: Json) -> None:
    """A Cart V2's id is as good as a Checkout V1's."""
    checkout_id = a_guid(given.get("checkoutId"), "ecomCheckout.checkoutId")
    basket = world.shop.baskets.get(checkout_id)
    if basket is None:
        raise refusal(404, "CHECKOUT_NOT_FOUND", "No such checkout")
    if basket.owner and basket.owner != buyer_of(call):
        raise refusal(403, "PERMISSION_DENIED")


def _check_slot(world: World, given: Json) -> None:
    """The old calendar's slot: one of Time Slots V2 has no member ``slot`` and is refused."""
    availability = an_object(given.get("slotAvailability"), "bookingsCheckout.slotAvailability")
    slot = an_object(availability.get("slot"), "bookingsCheckout.slotAvailability.slot")
    if not slot.get("serviceId"):
        raise missing("bookingsCheckout.slotAvailability.slot.serviceId")
    if slot["serviceId"] not in world.services:
        raise refusal(404, "SERVICE_NOT_FOUND", "No such service")
    a_text(given.get("timezone"), "bookingsCheckout.timezone", LONGEST_ZONE)


def _check_login(given: Json) -> None:
    request = an_object(given.get("authRequest"), "auth.authRequest")
    for name in ("clientId", "redirectUri", "codeChallenge"):
        if not request.get(name):
            raise missing(f"auth.authRequest.{name}")
    known(request.get("responseType"), "auth.authRequest.responseType", ("code",))
    known(request.get("codeChallengeMethod"), "auth.authRequest.codeChallengeMethod", ("S256",))


def _callbacks(given: Any) -> Json:
    told = an_object(given, "callbacks")
    return {
        name: a_text(told[name], f"callbacks.{name}", LONGEST_URL)
        for name in CALLBACKS
        if told.get(name)
    }


def _view(call: Call, session_id: str) -> Json:
    address = f"{call.origin}/redirect/{session_id}"
    return {
        "id": session_id,
        "fullUrl": address,
        "shortUrl": address,
        "urlDetails": {"endpoint": address, "searchParams": {}},
    }


def way_back(callbacks: Json, name: str, **appended: str) -> str:
    """A callback's address with what Wix appends to it; "" if there is no such callback."""
    address = str(callbacks.get(name) or "")
    if not address:
        return ""
    parts = urlsplit(address)
    query = parse_qsl(parts.query, keep_blank_values=True) + list(appended.items())
    return urlunsplit(parts._replace(query=urlencode(query)))


ROUTES = (
    Route(
        "POST",
        create_redirect_session,
        (
            "/headless/v1/redirect-session",
            "/_api/redirects-api/v1/redirect-session",
            "/redirect-session/v1/redirect-session",
        ),
    ),
)
