"""A cart as Wix shows it, and what it comes to. Source: Wix eCommerce, Cart V2, "Cart Object"."""

from __future__ import annotations

import hashlib
from decimal import Decimal

from booking.sandbox import ordering
from booking.sandbox.booked_items import PLANS_APP_ID, amount_text, item_of
from booking.sandbox.shop import COUPONS, Basket, Line
from booking.sandbox.times import stamp
from booking.sandbox.totals import Totals, totals_of, violations_of
from booking.sandbox.wire import BOOKINGS_APP_ID, Json
from booking.sandbox.world import World


def cart_view(world: World, basket: Basket) -> Json:
    currency = world.site["paymentCurrency"]
    coupon = {"id": COUPONS[basket.coupon]["id"], "code": basket.coupon} if basket.coupon else None
    card = {"id": basket.gift_card, "obfuscatedCode": f"****{basket.gift_card[-4:]}"}
    return {
        "id": basket.id,
        "revision": str(basket.revision),
        "createdDate": stamp(basket.created),
        "updatedDate": stamp(basket.updated),
        "lineItems": [_line(world, line) for line in basket.lines],
        "subtotal": _money(world, totals_of(world, basket).subtotal),
        "coupons": [coupon] if coupon else [],
        "source": {"channelType": basket.given["channelType"], "createdBy": basket.made_by},
        "businessInfo": {"currencyCode": currency, "languageCode": world.site["language"]},
        "customerInfo": {
            "email": basket.email or None,
            **basket.contact,
            **basket.owner,
            "openAccess": not basket.owner and basket.given.get("openAccess", True),
        },
        "paymentInfo": {
            "currencyCode": currency,
            "giftCards": [card] if basket.gift_card else [],
            "billingAddress": basket.address or None,
            "billingContact": basket.contact or None,
        },
        "note": basket.given.get("note"),
        "taxInfo": {"pricesIncludeTax": True},
        "orderPlaced": basket.is_ordered,
        "orderId": basket.order_id if basket.is_ordered else None,
    }


def _line(world: World, line: Line) -> Json:
    item = item_of(world, line.booking_id)
    price = _money(world, item.price)
    plan = {"appId": PLANS_APP_ID, "membershipId": line.membership} if line.membership else None
    sold = item.booking.wire["status"] == "CREATED"
    deposit = item.option == "DEPOSIT_ONLINE"
    return {
        "id": line.id,
        "name": {"original": item.service["name"], "translated": item.service["name"]},
        "quantityInfo": {
            "confirmedQuantity": 1,
            "requestedQuantity": 1,
            "availableQuantity": 1,
            "fixedQuantity": True,
        },
        "pricing": {"unitPrice": price, "totalPrice": price},
        "source": {
            "catalogReference": {"appId": BOOKINGS_APP_ID, "catalogItemId": line.booking_id},
            "rootCatalogItemId": item.service["id"],
        },
        "attributes": {
            "itemType": {"preset": "SERVICE"},
            "serviceProperties": ordering.service_properties(item),
        },
        "paymentConfig": {
            "paymentOption": item.option,
            "depositAmount": _money(world, item.deposit) if deposit else None,
            "membership": plan,
        },
        "status": "IN_STOCK" if sold else "OUT_OF_STOCK",
    }


def cart_summary(world: World, basket: Basket) -> Json:
    totals = totals_of(world, basket)
    zero = _money(world, Decimal(0))
    return {
        "cartId": basket.id,
        "cartRevision": str(basket.revision),
        "lineItems": [_line(world, line) for line in basket.lines],
        "priceSummary": {
            "subtotal": _money(world, totals.subtotal),
            "discount": _money(world, totals.discount),
            "delivery": zero,
            "additionalFees": zero,
            "tax": zero,
            "total": _money(world, totals.total),
        },
        "paymentSummary": {
            "giftCards": [{"amount": _money(world, totals.gift)}] if totals.gift else [],
            "memberships": _memberships(basket),
            "requiresPaymentAfterGiftCard": totals.now > 0,
            "totalAfterGiftCards": _money(world, totals.now + totals.later),
            "payNow": _money(world, totals.now),
            "payLater": _money(world, totals.later),
        },
        "priceVerificationToken": price_token(basket, totals),
        "violations": violations_of(world, basket),
    }


def _memberships(basket: Basket) -> list[Json]:
    return [
        {"id": line.membership, "appId": PLANS_APP_ID, "lineItemIds": [line.id]}
        for line in basket.lines
        if line.membership
    ]


def _money(world: World, amount: Decimal) -> Json:
    text = amount_text(amount, world.site["paymentCurrency"])
    return {"amount": text, "convertedAmount": text}


def price_token(basket: Basket, totals: Totals) -> str:
    """It stands for the prices seen: other prices, another token."""
    seen = f"{basket.id} {totals.total} {totals.now} {totals.later}"
    return "pv." + hashlib.sha256(seen.encode()).hexdigest()
