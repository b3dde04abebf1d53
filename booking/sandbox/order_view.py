"""The wire shape of an order: made from a basket, or read from what Create Order was given.

Source: Wix eCommerce, Orders, "Order Object", "Create Order".
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from booking.sandbox.booked_items import ZERO, amount_text, item_of
from booking.sandbox.shop import Basket, Line
from booking.sandbox.times import stamp, utc_text
from booking.sandbox.totals import Totals
from booking.sandbox.wire import (
    BOOKINGS_APP_ID,
    Json,
    a_list,
    a_number,
    an_object,
    missing,
    refusal,
    violation,
)
from booking.sandbox.world import World

SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥"}
LARGEST = Decimal(1_000_000_000)
LONGEST_EXTERNAL_ID, LONGEST_NOTE, MOST_LINES = 100, 1000, 300


def price(amount: Decimal, currency: str) -> Json:
    """``{amount, formattedAmount}``."""
    text = amount_text(amount, currency)
    return {"amount": text, "formattedAmount": f"{SIGNS.get(currency, currency + ' ')}{text}"}


def order_of_basket(world: World, basket: Basket, totals: Totals, identity: Json) -> Json:
    """The order that Wix's checkout makes. ``checkoutId`` names the cart or checkout."""
    currency = world.site["paymentCurrency"]
    summary = {"subtotal": totals.subtotal, "discount": totals.discount, "total": totals.total}
    billing = {"address": basket.address or None, "contactDetails": basket.contact or None}
    buyer = {"email": basket.email or None, "contactId": world.contact_id(basket.email)}
    return _new(world, currency) | {
        "lineItems": [_line(world, line, currency) for line in basket.lines],
        "priceSummary": {name: price(value, currency) for name, value in summary.items()},
        "buyerInfo": {**buyer, **basket.owner},
        "billingInfo": billing,
        "channelInfo": {"type": basket.given.get("channelType", "WEB")},
        "buyerNote": basket.given.get("note"),
        "createdBy": identity,
        "checkoutId": basket.id,
        "taxIncludedInPrices": True,
    }


def _new(world: World, currency: str) -> Json:
    now = stamp(world.now())
    zero = {"amount": amount_text(ZERO, currency)}
    return {
        "id": world.next_id("order"),
        "number": str(next(world.shop.numbers)),
        "createdDate": now,
        "updatedDate": now,
        "purchasedDate": now,
        "status": "INITIALIZED",
        "paymentStatus": "NOT_PAID",
        "fulfillmentStatus": "NOT_FULFILLED",
        "currency": currency,
        "siteLanguage": world.site["language"],
        "buyerLanguage": world.site["language"],
        "balanceSummary": {"balance": zero, "paid": zero, "refunded": zero},
        "archived": False,
        "seenByAHuman": False,
    }


def _line(world: World, line: Line, currency: str) -> Json:
    item = item_of(world, line.booking_id)
    cost = price(item.price, currency)
    return {
        "id": line.id,
        "productName": {"original": item.service["name"], "translated": item.service["name"]},
        "catalogReference": {"appId": BOOKINGS_APP_ID, "catalogItemId": line.booking_id},
        "rootCatalogItemId": item.service["id"],
        "quantity": 1,
        "price": cost,
        "priceBeforeDiscounts": cost,
        "lineItemPrice": cost,
        "itemType": {"preset": "SERVICE"},
        "paymentOption": item.option,
        "depositAmount": price(item.deposit, currency) if item.deposit else None,
        "serviceProperties": {"scheduledDate": utc_text(item.booking.start)},
    }


def order_as_given(world: World, given: Json, identity: Json) -> Json:
    """An order of our own making. Raises: WixError 400 naming what is missing or malformed."""
    currency = given.get("currency") or world.site["paymentCurrency"]
    channel = an_object(given.get("channelInfo"), "order.channelInfo")
    if not channel.get("type"):
        raise missing("order.channelInfo.type")
    external = channel.get("externalOrderId")
    if external is not None and len(str(external)) > LONGEST_EXTERNAL_ID:
        raise violation("order.channelInfo.externalOrderId", "is too long", "MAX_LENGTH")
    order = _new(world, str(currency))
    order |= {
        "purchasedDate": _purchased(world, given.get("purchasedDate")) or order["createdDate"],
        "lineItems": _given_lines(given.get("lineItems"), str(currency)),
        "priceSummary": _given_summary(given.get("priceSummary"), str(currency)),
        "buyerInfo": _given_buyer(world, given),
        "billingInfo": an_object(given.get("billingInfo"), "order.billingInfo") or None,
        "channelInfo": channel,
        "buyerNote": given.get("buyerNote"),
        "createdBy": identity,
        "taxIncludedInPrices": bool(given.get("taxIncludedInPrices")),
    }
    return order


def _purchased(world: World, given: Any) -> str | None:
    if not given:
        return None
    try:
        moment = datetime.fromisoformat(str(given))
    except ValueError as error:
        raise violation("order.purchasedDate", "must be a date-time") from error
    if moment.tzinfo is None:
        raise violation("order.purchasedDate", "must have a zone")
    if moment.timestamp() > world.now():
        raise refusal(428, "PURCHASED_DATE_CANNOT_BE_IN_FUTURE")
    return stamp(moment.timestamp())


def _given_buyer(world: World, given: Json) -> Json:
    """Unlike in a checkout, ``memberId`` counts here."""
    buyer = an_object(given.get("buyerInfo"), "order.buyerInfo")
    email = buyer.get("email")
    contact_id = buyer.get("contactId") or (world.contact_id(email) if email else None)
    return {**buyer, "contactId": contact_id}


def _given_lines(given: Any, currency: str) -> list[Json]:
    lines = a_list(given, "order.lineItems", longest=MOST_LINES)
    if not lines:
        raise missing("order.lineItems")
    return [_given_line(an_object(one, "lineItems"), at, currency) for at, one in enumerate(lines)]


def _given_line(line: Json, at: int, currency: str) -> Json:
    field = f"order.lineItems[{at}]"
    name = an_object(line.get("productName"), f"{field}.productName")
    if not name.get("original"):
        raise missing(f"{field}.productName.original")
    if not an_object(line.get("itemType"), f"{field}.itemType"):
        raise missing(f"{field}.itemType")
    if line.get("quantity") is None:
        raise missing(f"{field}.quantity")
    a_number(line["quantity"], f"{field}.quantity", default=1, least=1, most=100_000)
    cost = an_amount(an_object(line.get("price"), f"{field}.price"), f"{field}.price")
    reference = line.get("catalogReference")
    if reference is not None and not an_object(reference, field).get("catalogItemId"):
        raise missing(f"{field}.catalogReference.catalogItemId")
    line_id = f"00000000-0000-0000-0000-{at + 1:012d}"
    return {**line, "id": line_id, "price": price(cost, currency)}


def _given_summary(given: Any, currency: str) -> Json:
    if not given:
        raise missing("order.priceSummary")
    told = an_object(given, "order.priceSummary")
    names = ("subtotal", "shipping", "tax", "discount", "total", "totalAdditionalFees")
    summary = {
        name: price(an_amount(told[name], f"order.priceSummary.{name}"), currency)
        for name in names
        if told.get(name)
    }
    if "total" not in summary:
        raise missing("order.priceSummary.total")
    return summary


def an_amount(given: Any, field: str) -> Decimal:
    """``{"amount": "70.00"}`` as a number. Raises: WixError 400 for anything else."""
    told = an_object(given, field).get("amount")
    if told in (None, ""):
        raise missing(f"{field}.amount")
    try:
        amount = Decimal(told) if isinstance(told, str) else Decimal("NaN")
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite():
        raise violation(f"{field}.amount", "must be a decimal in a string", "FORMAT")
    if amount > LARGEST:
        raise violation(f"{field}.amount", f"must be at most {LARGEST}", "DECIMAL_LTE")
    if amount < 0:
        raise violation(f"{field}.amount", "must not be negative", "DECIMAL_GTE")
    return amount
