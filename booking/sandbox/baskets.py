"""What carts and checkouts have in common: whose they are, their lines, codes and plans.

Source: Wix eCommerce, Cart V2 "About Carts" (open access), Checkout V1 "Create Checkout".
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from booking.sandbox.booked_items import PLANS_APP_ID, item_of, read_items, sellable_item
from booking.sandbox.call import Call
from booking.sandbox.pricing_plans import active_order
from booking.sandbox.shop import COUPONS, Basket, Line
from booking.sandbox.wire import Json, a_guid, an_object, guid, missing, refusal, violation
from booking.sandbox.world import World

LONGEST_NAME, LONGEST_NOTE = 100, 1000
CHANNELS = (
    "WEB POS BACKOFFICE_MERCHANT OTHER_PLATFORM WIX_APP_STORE WIX_INVOICES CLASS_PASS FACEBOOK "
    "TIKTOK EBAY AMAZON ETSY GOOGLE_SHOPPING WISH WALMART INVOICES"
).split()
NAMES = ("firstName", "lastName", "phone", "company")


def new_basket(world: World, call: Call, kind: str, items: list[Json]) -> Basket:
    """A basket of bookings that may be sold. Raises: WixError as ``sellable_item``."""
    if not items:
        raise missing("catalogItems" if kind == "cart" else "lineItems")
    basket = Basket(
        id=world.next_id(kind),
        kind=kind,
        created=world.now(),
        updated=world.now(),
        made_by=call.identity,
        owner=buyer_of(call),
        lines=[],
    )
    add_lines(world, call, basket, items)
    return basket


def keep(world: World, basket: Basket) -> Basket:
    world.shop.baskets[basket.id] = basket
    return basket


def buyer_of(call: Call) -> Json:
    """Whom a basket will belong to: a visitor or a member. An app and an owner buy nothing."""
    visitor = call.identity.get("anonymousVisitorId")
    if visitor:
        return {"visitorId": visitor}
    member = call.identity.get("memberId")
    return {"memberId": member} if member else {}


def basket_for(world: World, call: Call, kind: str) -> Basket:
    """The basket named in the path, if the caller may see it; the first visitor takes an open one.

    Raises: WixError 404, or 403 PERMISSION_DENIED for somebody else's.
    """
    basket = world.shop.baskets.get(call.params["basket_id"])
    if basket is None or basket.kind != kind:
        code = "CART_NOT_FOUND" if kind == "cart" else "CHECKOUT_NOT_FOUND"
        raise refusal(404, code, "No such cart or checkout")
    if call.caller.may_manage:
        return basket
    buyer = buyer_of(call)
    if not basket.owner and basket.given.get("openAccess", True):
        basket.owner = buyer
    if basket.owner != buyer:
        raise refusal(403, "PERMISSION_DENIED")
    return basket


def changed(world: World, basket: Basket) -> None:
    basket.revision += 1
    basket.updated = world.now()


def check_open(basket: Basket) -> None:
    """Raises: WixError 428 CART_ALREADY_ORDERED or CHECKOUT_IS_COMPLETE."""
    if basket.is_ordered:
        code = "CART_ALREADY_ORDERED" if basket.kind == "cart" else "CHECKOUT_IS_COMPLETE"
        raise refusal(428, code, "It has been ordered", {"orderId": basket.order_id})


def add_lines(world: World, call: Call, basket: Basket, items: Any) -> None:
    """Raises: WixError; then nothing is added."""
    field = "catalogItems" if basket.kind == "cart" else "lineItems"
    added: list[Line] = []
    for entry in read_items(items, field):
        number = len(basket.lines) + len(added) + 1
        line = Line(guid("line", number), str(entry["catalogReference"]["catalogItemId"]))
        line.id = f"00000000-0000-0000-0000-{number:012d}"
        sellable_item(world, line.booking_id)
        line.membership = _membership(world, call, line, entry)
        added.append(line)
    basket.lines += added


def _membership(world: World, call: Call, line: Line, entry: Json) -> str:
    """``membershipPayment``, or its deprecated form ``selectedMembership``; "" without one."""
    asked = an_object(entry.get("membershipPayment"), "membershipPayment")
    existing = an_object(asked.get("existingMembership"), "existingMembership")
    older = an_object(entry.get("selectedMembership"), "selectedMembership")
    membership_id = existing.get("membershipId") or older.get("id")
    if not membership_id:
        return ""
    check_membership(world, call, line, membership_id, existing.get("appId") or older.get("appId"))
    return str(membership_id)


def check_membership(
    world: World, call: Call, line: Line, membership_id: object, app_id: object
) -> None:
    """May this plan pay for this line, whoever asks? Raises: WixError 428."""
    item = item_of(world, line.booking_id)
    order = active_order(world, str(membership_id))
    covers = item.service["payment"]["pricingPlanIds"]
    if app_id != PLANS_APP_ID or order is None or order["planId"] not in covers:
        raise refusal(428, "INVALID_MEMBERSHIP", "No such membership for this item")
    if item.option != "MEMBERSHIP":
        raise refusal(428, "INVALID_MEMBERSHIP_PAYMENT_OPTION", "Not paid by a membership")
    if call.identity.get("memberId") not in (None, order["buyer"]["memberId"]):
        raise refusal(428, "INVALID_MEMBERSHIP", "Somebody else's membership")


def use_coupon(basket: Basket, code: object) -> None:
    """Raises: WixError 428 in a cart's words, or a checkout's (404 where there is none)."""
    cart = basket.kind == "cart"
    if basket.given.get("lockCouponCode"):
        raise refusal(428, "COUPON_LOCKED")
    if cart and basket.coupon:
        same = basket.coupon == code
        raise refusal(428, "COUPON_ALREADY_EXISTS" if same else "MAX_COUPONS_PER_CART_EXCEEDED")
    known = COUPONS.get(str(code))
    if known is None:
        missing_code = "INVALID_COUPON_CODE" if cart else "ERROR_COUPON_DOES_NOT_EXIST"
        raise refusal(428 if cart else 404, missing_code, "No such coupon")
    if known["is"] != "ACTIVE":
        raise refusal(428, "INVALID_COUPON_STATUS" if cart else "ERROR_COUPON_HAS_EXPIRED")
    basket.coupon = str(code)


def use_gift_card(world: World, basket: Basket, code: object) -> None:
    """Raises: WixError 428 in a cart's words, or a checkout's (404 where there is none)."""
    cart = basket.kind == "cart"
    if basket.given.get("lockGiftCard"):
        raise refusal(428, "GIFT_CARD_LOCKED")
    if cart and basket.gift_card:
        same = basket.gift_card == code
        raise refusal(
            428, "GIFT_CARD_ALREADY_EXISTS" if same else "MAX_GIFT_CARDS_PER_CART_EXCEEDED"
        )
    balance = world.shop.gift_cards.get(str(code))
    if balance is None:
        missing_code = "INVALID_GIFT_CARD_CODE" if cart else "GIFT_CARD_NOT_FOUND"
        raise refusal(428 if cart else 404, missing_code, "No such gift card")
    if not float(balance):
        raise refusal(428, "INVALID_GIFT_CARD_STATUS" if cart else "GIFT_CARD_IS_EMPTY")
    basket.gift_card = str(code)


def read_contact(given: Any, field: str) -> Json:
    """Names, phone and company, each within its length; everything else is passed over."""
    told = an_object(given, field)
    contact = {name: told[name] for name in NAMES if told.get(name)}
    for name, value in contact.items():
        a_text(value, f"{field}.{name}", LONGEST_NAME)
    return contact


def a_text(value: Any, field: str, longest: int) -> str:
    """``value`` as a text, absent as ""."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise violation(field, "must be string")
    if len(value) > longest:
        raise violation(field, f"must be at most {longest} characters", "MAX_LENGTH")
    return value


def a_channel(value: Any, field: str) -> str:
    """Raises: WixError 400 without one; UNSPECIFIED is none."""
    if not value:
        raise missing(field)
    if value not in CHANNELS:
        raise violation(field, f"has an unexpected value {value!r}", "INVALID_ENUM_VALUE")
    return str(value)


def checkout_url(world: World, basket: Basket, origin: str) -> str:
    """The page that stands for Wix's own. Raises: WixError 428."""
    if not world.settings.published:
        raise refusal(428, "SITE_NOT_PUBLISHED", "The site is not published")
    if not world.settings.checkout_page:
        raise refusal(428, "CHECKOUT_PAGE_NOT_FOUND", "The site has no checkout page")
    return str(basket.given.get("ownPage") or f"{origin}/checkout/{basket.id}")


def line_index(basket: Basket, line_id: Any) -> Line:
    """Raises: WixError 404 for a line there is not."""
    for line in basket.lines:
        if line.id == a_guid(line_id, "lineItemId"):
            return line
    raise refusal(HTTPStatus.NOT_FOUND, "LINE_ITEM_NOT_FOUND", "No such line")
