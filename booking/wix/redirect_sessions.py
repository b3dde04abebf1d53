"""Redirect sessions: one jump of a visitor to a page of Wix's, and the way back to ours.

They carry who the visitor is, so they are made with a visitor's or a member's own token (see
``VisitorCredentials``), and each works once: make one when a button is pressed, not on a page.
That somebody comes back proves nothing: ask for the order or the booking.
Source: Wix Headless, Redirects V1, "Create Redirect Session".
"""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from booking.domain.ids import CheckoutId, PaymentRequestId, PlanId
from booking.domain.slot import Slot
from booking.wix.ecom_shapes import page_address
from booking.wix.new_booking import LOCATION_TYPES
from booking.wix.wire import Body, Reader, Wire
from booking.wix.zones import wall_clock

PATH = "/headless/v1/redirect-session"


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysBack:
    """Addresses of ours, of at most 2048 characters, on domains that the site's client allows.

    ``thanks`` gets ``orderId`` (or ``planOrderId``) appended, ``after`` nothing that tells success;
    each also gets ``wixMemberLoggedIn``. "" leaves it to Wix.
    """

    thanks: str = ""
    after: str = ""
    services: str = ""
    cart: str = ""
    login: str = ""
    plans: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginRequest:
    """OAuth 2 with PKCE: ``challenge`` is the S256 of our verifier, ``redirect`` listed exactly."""

    client_id: str
    redirect: str
    challenge: str
    state: str


class _Session(msgspec.Struct, rename="camel"):
    full_url: str | None = None


class _Answer(msgspec.Struct, rename="camel"):
    redirect_session: _Session


_read = Reader(_Answer)


class RedirectSessions:
    """Jumps to pages of Wix. Every method gives the address to send the browser's top window to."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def ecom_checkout(self, checkout_id: CheckoutId, back: WaysBack) -> str:
        """To Wix's checkout; a cart's id is as good as a checkout's.

        Raises: CheckoutNotFound, WixForbidden, WixError.
        """
        return self._create({"ecomCheckout": {"checkoutId": checkout_id}}, back)

    def bookings_checkout(self, slot: Slot, zone: str, back: WaysBack) -> str:
        """To Wix's own booking form and then its checkout. ``zone`` is the business's.

        The page works only on a site with Wix Pricing Plans; Wix says nothing of that here.
        Raises: ServiceGone, WixForbidden, WixError.
        """
        intent = {"slotAvailability": _availability(slot, ZoneInfo(zone)), "timezone": zone}
        return self._create({"bookingsCheckout": intent}, back)

    def paid_plans_checkout(self, plan_id: PlanId, back: WaysBack) -> str:
        """To buy a plan; Wix logs the member in. Raises: WixForbidden, WixError."""
        return self._create({"paidPlansCheckout": {"planId": plan_id}}, back)

    def payment_request(self, request_id: PaymentRequestId, back: WaysBack) -> str:
        """To pay an order's payment request. Raises: OrderNotFound, WixForbidden, WixError."""
        return self._create({"ecomOrderPaymentRequest": {"paymentRequestId": request_id}}, back)

    def auth(self, login: LoginRequest, back: WaysBack) -> str:
        """To log a member in and get a code for a token back. Raises: WixForbidden, WixError."""
        request = {
            "clientId": login.client_id,
            "responseType": "code",
            "redirectUri": login.redirect,
            "scope": "offline_access",
            "state": login.state,
            "responseMode": "query",
            "codeChallenge": login.challenge,
            "codeChallengeMethod": "S256",
        }
        return self._create({"auth": {"authRequest": request}}, back)

    def login(self, back: WaysBack) -> str:
        """To Wix's login alone. Raises: WixForbidden, WixError."""
        return self._create({"login": {}}, back)

    def logout(self, client_id: str, back: WaysBack) -> str:
        """To end a member's session at Wix. Raises: WixForbidden, WixError."""
        return self._create({"logout": {"clientId": client_id}}, back)

    def _create(self, intent: Body, back: WaysBack) -> str:
        told = _read(self._wire.write(PATH, {**intent, "callbacks": _callbacks(back)}))
        return page_address(told.redirect_session.full_url, "redirectSession.fullUrl")


def _callbacks(back: WaysBack) -> Body:
    told = {
        "thankYouPageUrl": back.thanks,
        "postFlowUrl": back.after,
        "bookingsServiceListUrl": back.services,
        "cartPageUrl": back.cart,
        "loginUrl": back.login,
        "planListUrl": back.plans,
    }
    return {name: address for name, address in told.items() if address}


def _availability(slot: Slot, zone: ZoneInfo) -> Body:
    """A slot as the old calendar spelled it: the only shape that this call takes."""
    place = slot.location
    location: dict[str, Any] = {"locationType": LOCATION_TYPES.get(place.kind, "UNDEFINED")}
    if place.id:
        location["id"] = place.id
    if place.place:
        location["formattedAddress"] = place.place.text
    told: dict[str, Any] = {
        "serviceId": slot.service_id,
        "scheduleId": slot.schedule_id,
        "startDate": wall_clock(slot.starts, zone),
        "endDate": wall_clock(slot.ends, zone),
        "timezone": zone.key,
        "location": location,
    }
    if slot.staff:
        told["resource"] = {"id": slot.staff[0].id, "name": slot.staff[0].name}
    return {"slot": told, "bookable": slot.bookable, "openSpots": slot.open_spots}
