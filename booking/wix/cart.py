"""Cart V2: bookings on their way to being paid. Totals are asked for; a cart keeps none.

None of the writes may be repeated blindly: Wix knows no idempotency keys here.
Source: Wix eCommerce, Cart V2, "Create Cart", "Calculate Cart", "Get Checkout URL", "Place Order".
"""

import msgspec

from booking.domain.checkout import Checkout, CheckoutLine, NewCheckout, PlacedOrder, Totals
from booking.domain.ids import CheckoutId, OrderId, PlanOrderId, WixBookingId
from booking.wix.cart_shapes import WireCart, WireSummary
from booking.wix.ecom_shapes import PLANS_APP, item, names, page_address
from booking.wix.errors import WixAnswerMalformed
from booking.wix.lanes import Lane
from booking.wix.paths import in_path
from booking.wix.wire import Answer, Body, Reader, Wire, need

PATH = "/ecom/v2/carts"


class _Cart(msgspec.Struct):
    cart: WireCart


class _Calculated(msgspec.Struct):
    cart: WireCart
    summary: WireSummary


class _Url(msgspec.Struct, rename="camel"):
    checkout_url: str | None = None


class _Placed(msgspec.Struct, rename="camel"):
    order_id: str | None = None
    completed: bool | None = None


_read_cart, _read_totals = Reader(_Cart), Reader(_Calculated)
_read_url, _read_placed = Reader(_Url), Reader(_Placed)


class Carts:
    """Carts of bookings. The first visitor who opens one that an app has made becomes its owner."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def create(self, new: NewCheckout) -> Checkout:
        """A cart of these bookings, each to be paid the way it was booked.

        Raises: ItemUnavailable if one of them cannot be sold so; CodeRefused; PlanRefused; WixError.
        """
        cart = {
            "source": {"channelType": "WEB"},
            "customerInfo": {**names(new.customer), "email": new.customer.email},
            "paymentInfo": _billing(new),
        }
        body = {
            "catalogItems": [_item(new, booking_id) for booking_id in new.booking_ids],
            "cart": cart | ({"note": new.note} if new.note else {}),
            "coupons": [{"code": new.coupon}] if new.coupon else [],
            "giftCards": [{"code": new.gift_card}] if new.gift_card else [],
        }
        return self._write(PATH, body)

    def get(self, checkout_id: CheckoutId) -> Checkout:
        """Raises: CheckoutNotFound, WixError."""
        return _checkout(self._wire.read(_path(checkout_id), method="GET", lane=Lane.SETTLE))

    def totals(self, checkout_id: CheckoutId) -> Totals:
        """What it comes to at this moment. Raises: CheckoutNotFound, WixError."""
        path = f"{_path(checkout_id)}/calculate"
        told = _read_totals(self._wire.read(path, {}, lane=Lane.SETTLE))
        currency = told.cart.currency("cart")
        return told.summary.totals(currency)

    def checkout_url(self, checkout_id: CheckoutId) -> str:
        """Wix's own page where it is paid. Nothing leads back to us from there.

        Raises: SiteCannotSell, AlreadyOrdered, CheckoutNotFound, WixError.
        """
        path = f"{_path(checkout_id)}/get-checkout-url"
        told = _read_url(self._wire.read(path, {}, lane=Lane.SETTLE))
        return page_address(told.checkout_url, "checkoutUrl")

    def place_order(self, checkout_id: CheckoutId, proof: str = "") -> PlacedOrder:
        """Order what needs no payment at Wix's page; else it waits, INITIALIZED, to be paid there.

        With the ``proof`` of the totals that were shown other prices are refused.
        Raises: PricesChanged, AlreadyOrdered, ItemUnavailable, SiteCannotSell, PlanRefused, WixError.
        """
        body = {"priceVerificationToken": proof} if proof else {}
        answer = self._wire.write(f"{_path(checkout_id)}/place-order", body)
        try:
            told = _read_placed(answer)
            order_id = OrderId(need(told.order_id, "orderId"))
        except WixAnswerMalformed as error:
            error.maybe_done = True
            raise
        return PlacedOrder(id=order_id, completed=bool(told.completed))

    def add_coupon(self, checkout_id: CheckoutId, code: str) -> Checkout:
        """One coupon at most. Raises: CodeRefused, AlreadyOrdered, WixError."""
        return self._write(f"{_path(checkout_id)}/add-coupon", {"coupon": {"code": code}})

    def remove_coupon(self, checkout_id: CheckoutId, coupon_id: str) -> Checkout:
        """Raises: CodeRefused if it is not in the cart; AlreadyOrdered; WixError."""
        return self._write(f"{_path(checkout_id)}/remove-coupon", {"couponId": coupon_id})

    def add_gift_card(self, checkout_id: CheckoutId, code: str) -> Checkout:
        """One gift card at most, of 8 to 20 characters. Raises: as ``add_coupon``."""
        return self._write(f"{_path(checkout_id)}/add-gift-card", {"giftCard": {"code": code}})

    def remove_gift_card(self, checkout_id: CheckoutId, gift_card_id: str) -> Checkout:
        """Raises: as ``remove_coupon``."""
        return self._write(f"{_path(checkout_id)}/remove-gift-card", {"giftCardId": gift_card_id})

    def delete(self, checkout_id: CheckoutId) -> None:
        """So that nobody can pay it any more. Raises: AlreadyOrdered, CheckoutNotFound, WixError."""
        self._wire.write(_path(checkout_id), {}, method="DELETE")

    def _write(self, path: str, body: Body) -> Checkout:
        answer = self._wire.write(path, body)
        try:
            return _checkout(answer)
        except WixAnswerMalformed as error:
            error.maybe_done = True
            raise


def _item(new: NewCheckout, booking_id: WixBookingId) -> Body:
    plan = new.plans.get(booking_id)
    return {**item(booking_id), **({"membershipPayment": membership(plan)} if plan else {})}


def membership(plan_order_id: PlanOrderId) -> Body:
    """A purchase of a plan as what pays for a line."""
    return {"existingMembership": {"appId": PLANS_APP, "membershipId": plan_order_id}}


def _billing(new: NewCheckout) -> Body:
    billing: dict[str, Body] = {"billingContact": names(new.customer)}
    if new.country:
        billing["billingAddress"] = {"country": new.country}
    return billing


def _checkout(answer: Answer) -> Checkout:
    cart = _read_cart(answer).cart
    lines: tuple[CheckoutLine, ...] = cart.lines()
    return cart.checkout(lines)


def _path(checkout_id: CheckoutId) -> str:
    return f"{PATH}/{in_path(checkout_id)}"
