"""Cart V2: a booking on its way to being paid. Totals are worked out when asked, never kept.

Source: Wix eCommerce, Cart V2.
"""

from __future__ import annotations

from booking.sandbox import baskets, ordering
from booking.sandbox.call import Call, Route
from booking.sandbox.cart_view import cart_summary, cart_view, price_token
from booking.sandbox.shop import COUPONS, Basket
from booking.sandbox.totals import totals_of
from booking.sandbox.wire import Json, a_list, an_object, missing, refusal, violation
from booking.sandbox.world import World

LONGEST_TOKEN, LONGEST_COUPON, LONGEST_URL = 3000, 50, 2048
SHORTEST_GIFT_CODE, LONGEST_GIFT_CODE = 8, 20


def create_cart(world: World, call: Call) -> Json:
    """One cart of bookings. Raises: WixError; then there is no cart."""
    body = call.body
    if a_list(body.get("customItems"), "customItems"):
        raise refusal(403, "PERMISSION_DENIED")  # a permission of its own, which nobody has here
    given = an_object(body.get("cart"), "cart")
    source = an_object(given.get("source"), "cart.source")
    channel = baskets.a_channel(source.get("channelType"), "cart.source.channelType")
    items = a_list(body.get("catalogItems"), "catalogItems")
    basket = baskets.new_basket(world, call, "cart", items)
    basket.given["channelType"] = channel
    _take_over(basket, given)
    for coupon in a_list(body.get("coupons"), "coupons", longest=1):
        baskets.use_coupon(basket, an_object(coupon, "coupons").get("code"))
    for card in a_list(body.get("giftCards"), "giftCards", longest=1):
        baskets.use_gift_card(world, basket, an_object(card, "giftCards").get("code"))
    _settings(basket, given)
    return {"cart": cart_view(world, baskets.keep(world, basket))}


def _settings(basket: Basket, given: Json) -> None:
    """Only at creation, like ``openAccess``."""
    chosen = an_object(given.get("settings"), "cart.settings")
    basket.given |= {name: bool(value) for name, value in chosen.items()}
    open_access = an_object(given.get("customerInfo"), "customerInfo").get("openAccess")
    if open_access is not None:
        basket.given["openAccess"] = bool(open_access)


def _take_over(basket: Basket, given: Json) -> None:
    """What may be written of a cart; ids of people are not."""
    customer = an_object(given.get("customerInfo"), "cart.customerInfo")
    if customer:
        basket.email = baskets.a_text(customer.get("email"), "cart.customerInfo.email", 320)
        basket.contact |= baskets.read_contact(customer, "cart.customerInfo")
    payment = an_object(given.get("paymentInfo"), "cart.paymentInfo")
    basket.address |= an_object(payment.get("billingAddress"), "billingAddress")
    basket.contact |= baskets.read_contact(payment.get("billingContact"), "billingContact")
    if "note" in given:
        note = baskets.a_text(given["note"], "cart.note", baskets.LONGEST_NOTE)
        basket.given["note"] = note
    if given.get("customCheckoutUrl"):
        own = baskets.a_text(given["customCheckoutUrl"], "cart.customCheckoutUrl", LONGEST_URL)
        basket.given["ownPage"] = own


def get_cart(world: World, call: Call) -> Json:
    return {"cart": cart_view(world, baskets.basket_for(world, call, "cart"))}


def update_cart(world: World, call: Call) -> Json:
    """Also answers ``refresh``, which here finds nothing new."""
    basket = _writable(world, call)
    _take_over(basket, an_object(call.body.get("cart"), "cart"))
    return _changed(world, basket)


def delete_cart(world: World, call: Call) -> Json:
    """A deleted cart cannot be paid any more. An ordered one stays."""
    basket = _writable(world, call)
    del world.shop.baskets[basket.id]
    return {}


def calculate_cart(world: World, call: Call) -> Json:
    """Answers ``estimate`` too."""
    basket = baskets.basket_for(world, call, "cart")
    return {"cart": cart_view(world, basket), "summary": cart_summary(world, basket)}


def get_checkout_url(world: World, call: Call) -> Json:
    basket = _writable(world, call)
    return {"checkoutUrl": baskets.checkout_url(world, basket, call.origin)}


def place_order(world: World, call: Call) -> Json:
    """Nothing due here: approved at once. Else INITIALIZED, to be paid on Wix's page."""
    basket = baskets.basket_for(world, call, "cart")
    token = call.body.get("priceVerificationToken")
    if token is not None:
        _check_token(world, basket, baskets.a_text(token, "priceVerificationToken", LONGEST_TOKEN))
    order = ordering.place(world, basket, call.identity)
    done = order.wire["status"] == "APPROVED"
    gateway = None if done else ordering.gateway_id(order)
    return {"orderId": order.id, "paymentGatewayOrderId": gateway, "completed": done}


def _check_token(world: World, basket: Basket, token: str) -> None:
    if not token.startswith("pv."):
        raise refusal(428, "INVALID_PRICE_VERIFICATION_TOKEN", "No token of ours")
    if token != price_token(basket, totals_of(world, basket)):
        raise refusal(428, "CART_PRICES_OUT_OF_SYNC", "Prices have changed: calculate again")


def add_line_items(world: World, call: Call) -> Json:
    basket = _writable(world, call)
    items = a_list(call.body.get("catalogItems"), "catalogItems")
    if not items:
        raise refusal(428, "NO_LINE_ITEMS_TO_ADD")
    baskets.add_lines(world, call, basket, items)
    return _changed(world, basket)


def remove_line_items(world: World, call: Call) -> Json:
    basket = _writable(world, call)
    gone = [baskets.line_index(basket, one) for one in a_list(call.body.get("lineItemIds"), "ids")]
    basket.lines = [line for line in basket.lines if line not in gone]
    return _changed(world, basket)


def add_coupon(world: World, call: Call) -> Json:
    basket = _writable(world, call)
    code = an_object(call.body.get("coupon"), "coupon").get("code")
    if not code:
        raise missing("coupon.code")
    baskets.use_coupon(basket, baskets.a_text(code, "coupon.code", LONGEST_COUPON))
    return _changed(world, basket)


def remove_coupon(world: World, call: Call) -> Json:
    basket = _writable(world, call)
    if not basket.coupon or COUPONS[basket.coupon]["id"] != call.body.get("couponId"):
        raise refusal(428, "COUPON_NOT_FOUND_IN_CART")
    basket.coupon = ""
    return _changed(world, basket)


def add_gift_card(world: World, call: Call) -> Json:
    basket = _writable(world, call)
    code = an_object(call.body.get("giftCard"), "giftCard").get("code")
    if not isinstance(code, str) or not SHORTEST_GIFT_CODE <= len(code) <= LONGEST_GIFT_CODE:
        raise violation("giftCard.code", "must have 8 to 20 characters", "MIN_LENGTH")
    baskets.use_gift_card(world, basket, code)
    return _changed(world, basket)


def remove_gift_card(world: World, call: Call) -> Json:
    basket = _writable(world, call)
    if not basket.gift_card or basket.gift_card != call.body.get("giftCardId"):
        raise refusal(428, "GIFT_CARD_NOT_FOUND_IN_CART")
    basket.gift_card = ""
    return _changed(world, basket)


def mark_cart_as_completed(world: World, call: Call) -> Json:
    """For what was paid elsewhere: no order is made."""
    basket = _writable(world, call)
    basket.is_ordered = True
    return _changed(world, basket)


def _writable(world: World, call: Call) -> Basket:
    basket = baskets.basket_for(world, call, "cart")
    baskets.check_open(basket)
    return basket


def _changed(world: World, basket: Basket) -> Json:
    baskets.changed(world, basket)
    return {"cart": cart_view(world, basket)}


_BASE = "/ecom/v2/carts"
_ONE = f"{_BASE}/<basket_id>"
ROUTES = (
    Route("POST", create_cart, (_BASE,)),
    Route("GET", get_cart, (_ONE,)),
    Route("PATCH", update_cart, (_ONE,)),
    Route("DELETE", delete_cart, (_ONE,)),
    Route("POST", update_cart, (f"{_ONE}/refresh",)),
    Route("POST", calculate_cart, (f"{_ONE}/calculate", f"{_ONE}/estimate")),
    Route("POST", get_checkout_url, (f"{_ONE}/get-checkout-url",)),
    Route("POST", place_order, (f"{_ONE}/place-order",)),
    Route("POST", add_line_items, (f"{_ONE}/add-line-items",)),
    Route("POST", remove_line_items, (f"{_ONE}/remove-line-items",)),
    Route("POST", add_coupon, (f"{_ONE}/add-coupon",)),
    Route("POST", remove_coupon, (f"{_ONE}/remove-coupon",)),
    Route("POST", add_gift_card, (f"{_ONE}/add-gift-card",)),
    Route("POST", remove_gift_card, (f"{_ONE}/remove-gift-card",)),
    Route("POST", mark_cart_as_completed, (f"{_ONE}/mark-cart-as-completed",)),
)
