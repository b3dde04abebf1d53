"""Checkout V1, which Wix removes on 2027-02-01: a basket whose totals are part of it.

Source: Wix eCommerce, Checkout V1.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from booking.sandbox import baskets, ordering
from booking.sandbox.booked_items import PLANS_APP_ID, ZERO, amount_text, item_of
from booking.sandbox.call import Call, Route
from booking.sandbox.order_view import price
from booking.sandbox.pricing_plans import active_order
from booking.sandbox.shop import Basket, Line
from booking.sandbox.times import stamp
from booking.sandbox.totals import Totals, totals_of, violations_of
from booking.sandbox.wire import BOOKINGS_APP_ID, Json, a_list, an_object, refusal
from booking.sandbox.world import World

LONGEST_URL = 1000


def create_checkout(world: World, call: Call) -> Json:
    """A site that accepts no payments is refused at once, unlike with a cart."""
    body = call.body
    channel = baskets.a_channel(body.get("channelType"), "channelType")
    if a_list(body.get("customLineItems"), "customLineItems"):
        raise refusal(403, "PERMISSION_DENIED")
    if not world.settings.accepts_payments:
        raise refusal(428, "SITE_MUST_ACCEPT_PAYMENTS", "The site accepts no payments")
    items = a_list(body.get("lineItems"), "lineItems")
    basket = baskets.new_basket(world, call, "checkout", items)
    basket.given["channelType"] = channel
    info = an_object(body.get("checkoutInfo"), "checkoutInfo")
    basket.given |= an_object(info.get("customSettings"), "checkoutInfo.customSettings")
    _take_over(world, call, basket, info)
    _use_codes(world, basket, body)
    return {"checkout": _view(world, baskets.keep(world, basket))}


def _take_over(world: World, call: Call, basket: Basket, info: Json) -> None:
    """Of the buyer only the e-mail address counts: ids of people are dropped without a word."""
    buyer = an_object(info.get("buyerInfo"), "checkoutInfo.buyerInfo")
    if buyer.get("email"):
        basket.email = baskets.a_text(buyer["email"], "checkoutInfo.buyerInfo.email", 320)
    billing = an_object(info.get("billingInfo"), "checkoutInfo.billingInfo")
    basket.address |= an_object(billing.get("address"), "billingInfo.address")
    contact = billing.get("contactDetails")
    basket.contact |= baskets.read_contact(contact, "billingInfo.contactDetails")
    if info.get("buyerNote"):
        note = baskets.a_text(info["buyerNote"], "buyerNote", baskets.LONGEST_NOTE)
        basket.given["note"] = note
    options = an_object(info.get("membershipOptions"), "membershipOptions")
    if "selectedMemberships" in options:
        _choose_memberships(world, call, basket, options["selectedMemberships"])


def _choose_memberships(world: World, call: Call, basket: Basket, selected: Any) -> None:
    chosen = a_list(an_object(selected, "selectedMemberships").get("memberships"), "memberships")
    for entry in chosen:
        membership = an_object(entry, "memberships")
        for line_id in a_list(membership.get("lineItemIds"), "lineItemIds"):
            line = baskets.line_index(basket, line_id)
            asked = (membership.get("id"), membership.get("appId"))
            baskets.check_membership(world, call, line, *asked)
            line.membership = str(membership["id"])


def _use_codes(world: World, basket: Basket, body: Json) -> None:
    if body.get("couponCode"):
        baskets.use_coupon(basket, body["couponCode"])
    if body.get("giftCardCode"):
        baskets.use_gift_card(world, basket, body["giftCardCode"])
    if body.get("overrideCheckoutUrl"):
        own = baskets.a_text(body["overrideCheckoutUrl"], "overrideCheckoutUrl", LONGEST_URL)
        basket.given["ownPage"] = own


def get_checkout(world: World, call: Call) -> Json:
    return {"checkout": _view(world, baskets.basket_for(world, call, "checkout"))}


def get_checkout_url(world: World, call: Call) -> Json:
    basket = baskets.basket_for(world, call, "checkout")
    return {"checkoutUrl": baskets.checkout_url(world, basket, call.origin)}


def update_checkout(world: World, call: Call) -> Json:
    basket = _writable(world, call)
    _take_over(world, call, basket, an_object(call.body.get("checkout"), "checkout"))
    _use_codes(world, basket, call.body)
    return _changed(world, basket)


def add_to_checkout(world: World, call: Call) -> Json:
    basket = _writable(world, call)
    items = a_list(call.body.get("lineItems"), "lineItems")
    baskets.add_lines(world, call, basket, items)
    return _changed(world, basket)


def remove_line_items(world: World, call: Call) -> Json:
    basket = _writable(world, call)
    gone = [baskets.line_index(basket, one) for one in a_list(call.body.get("lineItemIds"), "ids")]
    basket.lines = [line for line in basket.lines if line not in gone]
    return _changed(world, basket)


def remove_coupon(world: World, call: Call) -> Json:
    basket = _writable(world, call)
    basket.coupon = ""
    return _changed(world, basket)


def remove_gift_card(world: World, call: Call) -> Json:
    basket = _writable(world, call)
    basket.gift_card = ""
    return _changed(world, basket)


def create_order(world: World, call: Call) -> Json:
    """A total above nothing needs a billing address first."""
    basket = baskets.basket_for(world, call, "checkout")
    total = totals_of(world, basket).total
    if total > ZERO and not basket.address and not basket.order_id:
        data = {"calculationErrors": {"generalShippingCalculationError": "billing address missing"}}
        raise refusal(428, "CALCULATION_ERROR", "billingInfo.address is missing", data)
    order = ordering.place(world, basket, call.identity)
    done = order.wire["status"] == "APPROVED"
    gateway = None if done else ordering.gateway_id(order)
    return {"orderId": order.id, "paymentGatewayOrderId": gateway}


def mark_as_completed(world: World, call: Call) -> Json:
    """For what was paid elsewhere: no order is made."""
    _writable(world, call).is_ordered = True
    return {}


def _writable(world: World, call: Call) -> Basket:
    basket = baskets.basket_for(world, call, "checkout")
    baskets.check_open(basket)
    return basket


def _changed(world: World, basket: Basket) -> Json:
    baskets.changed(world, basket)
    return {"checkout": _view(world, basket)}


def _view(world: World, basket: Basket) -> Json:
    currency = world.site["paymentCurrency"]
    totals = totals_of(world, basket)
    return {
        "id": basket.id,
        "lineItems": [_line(world, line) for line in basket.lines],
        "billingInfo": {
            "address": basket.address or None,
            "contactDetails": basket.contact or None,
        },
        "buyerInfo": {"email": basket.email or None, **basket.owner},
        "currency": currency,
        "conversionCurrency": currency,
        "paymentCurrency": currency,
        "channelType": basket.given["channelType"],
        "siteLanguage": world.site["language"],
        "buyerLanguage": world.site["language"],
        "priceSummary": _prices(totals.total, totals, currency),
        "payNow": _prices(totals.now, totals, currency),
        "payLater": _prices(totals.later, totals, currency),
        "appliedDiscounts": [{"coupon": {"code": basket.coupon}}] if basket.coupon else [],
        "giftCard": {"obfuscatedCode": f"****{basket.gift_card[-4:]}"}
        if basket.gift_card
        else None,
        "membershipOptions": memberships(world, basket),
        "violations": violations_of(world, basket),
        "taxIncludedInPrice": True,
        "buyerNote": basket.given.get("note"),
        "completed": basket.is_ordered,
        "createdBy": basket.made_by,
        "createdDate": stamp(basket.created),
        "updatedDate": stamp(basket.updated),
    }


def _prices(total: Decimal, totals: Totals, currency: str) -> Json:
    """All sums at once; of ``payNow`` and ``payLater`` only ``total`` is their own."""
    return {
        "subtotal": _price(totals.subtotal, currency),
        "discount": _price(totals.discount, currency),
        "shipping": _price(ZERO, currency),
        "tax": _price(ZERO, currency),
        "additionalFees": _price(ZERO, currency),
        "total": _price(total, currency),
    }


def _price(amount: Decimal, currency: str) -> Json:
    told = price(amount, currency)
    converted = {"convertedAmount": told["amount"]}
    return {**told, **converted, "formattedConvertedAmount": told["formattedAmount"]}


def _line(world: World, line: Line) -> Json:
    item = item_of(world, line.booking_id)
    cost = _price(item.price, world.site["paymentCurrency"])
    sold = item.booking.wire["status"] == "CREATED"
    return {
        "id": line.id,
        "quantity": 1,
        "catalogReference": {"appId": BOOKINGS_APP_ID, "catalogItemId": line.booking_id},
        "rootCatalogItemId": item.service["id"],
        "productName": {"original": item.service["name"], "translated": item.service["name"]},
        "price": cost,
        "lineItemPrice": cost,
        "fullPrice": cost,
        "priceBeforeDiscounts": cost,
        "availability": {
            "status": "AVAILABLE" if sold else "NOT_AVAILABLE",
            "quantityAvailable": int(sold),
        },
        "itemType": {"preset": "SERVICE"},
        "paymentOption": item.option,
        "depositAmount": amount_text(item.deposit, world.site["paymentCurrency"])
        if item.option == "DEPOSIT_ONLINE"
        else None,
        "serviceProperties": ordering.service_properties(item),
    }


def memberships(world: World, basket: Basket) -> Json:
    """What the member whose checkout it is could pay with, and has chosen."""
    member_id = basket.owner.get("memberId")
    usable = [
        {
            "id": order_id,
            "appId": PLANS_APP_ID,
            "name": {"original": order["planName"]},
            "lineItemIds": lines,
            "credits": {"remaining": left} if left is not None else None,
            "expirationDate": order["endDate"],
        }
        for order_id, left in world.shop.credits.items()
        if (order := active_order(world, order_id)) is not None
        and order["buyer"]["memberId"] == member_id
        and (lines := _covered(world, basket, order["planId"]))
    ]
    chosen = [
        {"id": line.membership, "appId": PLANS_APP_ID, "lineItemIds": [line.id]}
        for line in basket.lines
        if line.membership
    ]
    return {"eligibleMemberships": usable, "selectedMemberships": {"memberships": chosen}}


def _covered(world: World, basket: Basket, plan_id: str) -> list[str]:
    return [
        line.id
        for line in basket.lines
        if plan_id in item_of(world, line.booking_id).service["payment"]["pricingPlanIds"]
    ]


_BASE = "/ecom/v1/checkouts"
_ONE = f"{_BASE}/<basket_id>"
ROUTES = (
    Route("POST", create_checkout, (_BASE,)),
    Route("GET", get_checkout, (_ONE,)),
    Route("PATCH", update_checkout, (_ONE,)),
    Route("GET", get_checkout_url, (f"{_ONE}/checkout-url",)),
    Route("POST", add_to_checkout, (f"{_ONE}/add-to-checkout",)),
    Route("POST", remove_line_items, (f"{_ONE}/remove-line-items",)),
    Route("POST", remove_coupon, (f"{_ONE}/remove-coupon",)),
    Route("POST", remove_gift_card, (f"{_ONE}/remove-gift-card",)),
    Route("POST", create_order, (f"{_ONE}/create-order",)),
    Route("POST", mark_as_completed, (f"{_ONE}/mark-as-completed",)),
)
