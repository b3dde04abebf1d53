"""Checkout V1, which Wix removes on 2027-02-01: the same as a cart, with totals that are part of it.

None of the writes may be repeated blindly: Wix knows no idempotency keys here.
Source: Wix eCommerce, Checkout V1, "Create Checkout", "Get Checkout URL", "Create Order".
"""

from typing import Any

import msgspec

from booking.domain.checkout import Checkout, NewCheckout, PlacedOrder, Totals
from booking.domain.ids import CheckoutId, OrderId, PlanOrderId
from booking.wix.checkout_shapes import WireCheckout
from booking.wix.ecom_shapes import PLANS_APP, item, names, page_address
from booking.wix.errors import WixAnswerMalformed
from booking.wix.lanes import Lane
from booking.wix.paths import in_path
from booking.wix.wire import Body, Reader, Wire, need

PATH = "/ecom/v1/checkouts"


class _Checkout(msgspec.Struct):
    checkout: WireCheckout


class _Url(msgspec.Struct, rename="camel"):
    checkout_url: str | None = None


class _Placed(msgspec.Struct, rename="camel"):
    order_id: str | None = None
    payment_gateway_order_id: str | None = None


_read, _read_url, _read_placed = Reader(_Checkout), Reader(_Url), Reader(_Placed)


class Checkouts:
    """Checkouts of bookings."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def create(self, new: NewCheckout) -> Checkout:
        """A checkout of these bookings, each to be paid the way it was booked.

        ``plans`` are chosen in a second call: only then are the lines' ids known.
        Raises: SiteCannotSell, ItemUnavailable, CodeRefused, PlanRefused, WixError.
        """
        body: dict[str, Any] = {
            "channelType": "WEB",
            "lineItems": [item(booking_id) for booking_id in new.booking_ids],
            "checkoutInfo": _info(new),
        }
        if new.coupon:
            body["couponCode"] = new.coupon
        if new.gift_card:
            body["giftCardCode"] = new.gift_card
        made = self._write(PATH, body)
        return self._with_plans(made, new) if new.plans else made

    def _with_plans(self, made: Checkout, new: NewCheckout) -> Checkout:
        chosen = {line.id: new.plans.get(line.booking_id) for line in made.lines}
        plans = {line_id: plan for line_id, plan in chosen.items() if plan}
        return self.choose_plans(made.id, plans)

    def choose_plans(self, checkout_id: CheckoutId, plans: dict[str, PlanOrderId]) -> Checkout:
        """Let purchases of plans pay for lines, by the lines' ids. Only a member's own token can.

        Raises: PlanRefused, AlreadyOrdered, WixError.
        """
        memberships = [
            {"id": plan, "appId": PLANS_APP, "lineItemIds": [line_id]}
            for line_id, plan in plans.items()
        ]
        options = {"selectedMemberships": {"memberships": memberships}}
        checkout = {"id": checkout_id, "membershipOptions": options}
        return self._write(_path(checkout_id), {"checkout": checkout}, method="PATCH")

    def get(self, checkout_id: CheckoutId) -> Checkout:
        """Raises: CheckoutNotFound, WixError."""
        return self._look(checkout_id).checkout()

    def totals(self, checkout_id: CheckoutId) -> Totals:
        """What it comes to; without a ``proof``, as this API has none. Raises: as ``get``."""
        return self._look(checkout_id).totals()

    def checkout_url(self, checkout_id: CheckoutId) -> str:
        """Wix's own page where it is paid. Nothing leads back to us from there.

        Raises: SiteCannotSell, CheckoutNotFound, WixError.
        """
        path = f"{_path(checkout_id)}/checkout-url"
        told = _read_url(self._wire.read(path, method="GET", lane=Lane.SETTLE))
        return page_address(told.checkout_url, "checkoutUrl")

    def place_order(self, checkout_id: CheckoutId, proof: str = "") -> PlacedOrder:  # noqa: ARG002 - a cart's; this API has nothing to compare it with
        """Order what needs no payment at Wix's page; else it waits, INITIALIZED, to be paid there.

        A total above nothing needs a billing address: name the ``country`` when creating.
        Raises: AlreadyOrdered, ItemUnavailable, SiteCannotSell, WixError.
        """
        answer = self._wire.write(f"{_path(checkout_id)}/create-order", {})
        try:
            told = _read_placed(answer)
            order_id = OrderId(need(told.order_id, "orderId"))
        except WixAnswerMalformed as error:
            error.maybe_done = True
            raise
        return PlacedOrder(id=order_id, completed=not told.payment_gateway_order_id)

    def delete(self, checkout_id: CheckoutId) -> None:
        """A checkout cannot be deleted: emptied, it cannot be paid either.

        Raises: AlreadyOrdered, CheckoutNotFound, WixError.
        """
        lines = [line.id for line in self.get(checkout_id).lines]
        if lines:
            self._write(f"{_path(checkout_id)}/remove-line-items", {"lineItemIds": lines})

    def _look(self, checkout_id: CheckoutId) -> WireCheckout:
        answer = self._wire.read(_path(checkout_id), method="GET", lane=Lane.SETTLE)
        return _read(answer).checkout

    def _write(self, path: str, body: Body, *, method: str = "POST") -> Checkout:
        answer = self._wire.write(path, body, method=method)
        try:
            return _read(answer).checkout.checkout()
        except WixAnswerMalformed as error:
            error.maybe_done = True
            raise


def _info(new: NewCheckout) -> Body:
    """Of the buyer only the address for mail can be written; a member is known by the token."""
    billing: dict[str, Body] = {"contactDetails": names(new.customer)}
    if new.country:
        billing["address"] = {"country": new.country}
    info: dict[str, Any] = {"buyerInfo": {"email": new.customer.email}, "billingInfo": billing}
    return info | ({"buyerNote": new.note} if new.note else {})


def _path(checkout_id: CheckoutId) -> str:
    return f"{PATH}/{in_path(checkout_id)}"
