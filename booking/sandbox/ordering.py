"""From a basket to an order, from money to its status, from an approved order to the booking.

Bookings listens to orders: a little after one is approved it confirms or declines what was bought.
Source: Wix eCommerce, Orders ("Order lifecycle"); Wix Bookings, "Bookings and eCommerce".
"""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from booking.sandbox import claims
from booking.sandbox.booked_items import ZERO, Item, amount_text, item_of
from booking.sandbox.bookings import confirm_or_decline
from booking.sandbox.call import Call, Caller
from booking.sandbox.order_view import order_of_basket
from booking.sandbox.pricing_plans import redeem
from booking.sandbox.shop import Basket, Order
from booking.sandbox.times import stamp, utc_text
from booking.sandbox.totals import Totals, totals_of, unpaid_memberships, violations_of
from booking.sandbox.wire import BOOKINGS_APP_ID, Json, guid, refusal
from booking.sandbox.world import World

SOONEST, SPREAD, STEPS = 0.2, 1.8, 19  # seconds until Bookings has heard of an order
BOOKED_AS = {
    "PAID": "PAID",
    "PARTIALLY_PAID": "PARTIALLY_PAID",
    "NOT_PAID": "NOT_PAID",
    "FULLY_REFUNDED": "REFUNDED",
    "PARTIALLY_REFUNDED": "PAID",
}
DONE = ("APPROVED", "REFUNDED", "PARTIALLY_REFUNDED")


def place(world: World, basket: Basket, identity: Json) -> Order:
    """An order of what is in the basket: INITIALIZED while money is due here, else APPROVED.

    Raises: WixError 428.
    """
    check_may_place(world, basket, identity)
    totals = totals_of(world, basket)
    order = Order(order_of_basket(world, basket, totals, identity))
    world.shop.orders[order.id] = order
    basket.order_id = order.id
    _pay_by_card_and_plan(world, basket, order, totals)
    if totals.now == ZERO:
        basket.is_ordered = True
        approve(world, order)
    return order


def check_may_place(world: World, basket: Basket, identity: Json) -> None:
    """Raises: WixError 428; even an order over nothing needs a site that accepts payments."""
    cart = basket.kind == "cart"
    if basket.is_ordered or basket.order_id:
        raise _ordered_before(basket)
    if not world.settings.accepts_payments:
        raise refusal(428, "SITE_NOT_ACCEPTING_PAYMENTS", "The site accepts no payments")
    if not basket.lines:
        raise refusal(428, "EMPTY_CART" if cart else "EMPTY_CHECKOUT")
    items = [item_of(world, line.booking_id) for line in basket.lines]
    if any(item.booking.wire["status"] != "CREATED" for item in items):
        raise refusal(428, "LINE_ITEMS_OUT_OF_STOCK" if cart else "FULL_OUT_OF_STOCK")
    if unpaid_memberships(world, basket):
        found = {"violations": violations_of(world, basket)}
        raise refusal(428, "VIOLATIONS_WITH_ERROR_SEVERITY", data=found)
    by_plan = any(line.membership for line in basket.lines)
    if by_plan and not (identity.get("memberId") or basket.owner.get("memberId")):
        code = "INVALID_MEMBERSHIP" if cart else "VIOLATIONS_WITH_ERROR_SEVERITY"
        raise refusal(428, code, "Only a member can pay with a membership")


def _ordered_before(basket: Basket) -> Exception:
    data = {"orderId": basket.order_id}
    if basket.kind == "cart":
        code = "CART_ALREADY_ORDERED" if basket.is_ordered else "PAYMENT_ALREADY_IN_PROGRESS"
        return refusal(428, code, "It has been ordered", data)
    done = basket.is_ordered
    code = "CHECKOUT_ALREADY_PAID" if done else "CHECKOUT_PAYMENT_ALREADY_IN_PROGRESS"
    return refusal(428, code, "It has been ordered", data)


def _pay_by_card_and_plan(world: World, basket: Basket, order: Order, totals: Totals) -> None:
    """What needs no payment page: gift card and memberships."""
    currency = world.site["paymentCurrency"]
    if totals.gift:
        left = Decimal(world.shop.gift_cards[basket.gift_card]) - totals.gift
        world.shop.gift_cards[basket.gift_card] = amount_text(left, currency)
        card = {"giftcardPaymentDetails": {"obfuscatedCode": f"****{basket.gift_card[-4:]}"}}
        add_payment(world, order, totals.gift, "APPROVED", card)
    for line in basket.lines:
        if line.membership:
            redeem(world, line.membership)
            paid = {"membershipId": line.membership, "lineItemId": line.id}
            price = item_of(world, line.booking_id).price
            add_payment(world, order, price, "APPROVED", {"membershipPaymentDetails": paid})
    settle_status(world, order)


def gateway_id(order: Order) -> str:
    """The id under which Wix's payment component would collect the money."""
    return guid("gateway", order.id)


def add_payment(world: World, order: Order, amount: Decimal, status: str, details: Json) -> Json:
    """A record of money; statuses follow with ``settle_status``."""
    payment = {
        "id": world.next_id("payment"),
        "createdDate": stamp(world.now()),
        "updatedDate": stamp(world.now()),
        "amount": {"amount": amount_text(amount, order.wire["currency"])},
        "status": status,
        "refundDisabled": False,
        **details,
    }
    order.payments.append(payment)
    return payment


def moved(order: Order, *statuses: str) -> Decimal:
    """The sum of the payments in these statuses."""
    amounts = (one["amount"]["amount"] for one in order.payments if one["status"] in statuses)
    return sum(map(Decimal, amounts), ZERO)


def refunded(order: Order) -> Decimal:
    return sum(
        (
            Decimal(part["amount"]["amount"])
            for refund in order.refunds
            for part in refund["transactions"]
            if part["refundStatus"] == "SUCCEEDED"
        ),
        ZERO,
    )


def settle_status(world: World, order: Order) -> None:
    """Bring payment status and balance up to the payments; approve what is paid for.

    With ``PAYMENT_METHOD_SAVED`` payment approves too: a payment saves its method.
    """
    currency = order.wire["currency"]
    paid, back = moved(order, *DONE), refunded(order)
    total = Decimal(order.wire["priceSummary"]["total"]["amount"])
    before = order.wire["paymentStatus"]
    order.wire = order.wire | {
        "paymentStatus": _payment_status(order, total, paid, back),
        "balanceSummary": {
            "balance": {"amount": amount_text(total - paid, currency)},
            "paid": {"amount": amount_text(paid, currency)},
            "refunded": {"amount": amount_text(back, currency)},
            "authorized": {"amount": amount_text(moved(order, "AUTHORIZED"), currency)},
            "pending": {"amount": amount_text(moved(order, "PENDING"), currency)},
        },
        "updatedDate": stamp(world.now()),
    }
    if order.wire["status"] in ("INITIALIZED", "PENDING") and paid:
        approve(world, order)
    elif order.wire["status"] == "APPROVED" and before != order.wire["paymentStatus"]:
        tell_bookings(world, order)


def _payment_status(order: Order, total: Decimal, paid: Decimal, back: Decimal) -> str:
    if back:
        return "FULLY_REFUNDED" if back >= paid else "PARTIALLY_REFUNDED"
    if paid >= total:
        return "PAID"
    if paid:
        return "PARTIALLY_PAID"
    if moved(order, "PENDING"):
        return "PENDING"
    refused = [one for one in order.payments if one["status"] == "DECLINED"]
    return "DECLINED" if refused and len(refused) == len(order.payments) else "NOT_PAID"


def approve(world: World, order: Order) -> None:
    """The moment after which Bookings acts by itself."""
    if order.wire["status"] == "APPROVED":
        return
    order.wire = order.wire | {"status": "APPROVED", "updatedDate": stamp(world.now())}
    tell_bookings(world, order)


def tell_bookings(world: World, order: Order) -> None:
    """Some time between 0.2 and 2 seconds from now, by the sandbox's clock."""
    step = int(guid("delay", order.id, len(order.payments), len(order.refunds))[:6], 16) % STEPS
    if not world.settings.bookings_hears:
        return
    delay = SOONEST + SPREAD * step / (STEPS - 1)
    world.shop.later(world.now() + delay, partial(_update_bookings, world, order))


def _update_bookings(world: World, order: Order) -> None:
    for line in order.wire["lineItems"]:
        reference = line.get("catalogReference") or {}
        booking = world.bookings.get(str(reference.get("catalogItemId")))
        if booking is None or reference.get("appId") != BOOKINGS_APP_ID:
            continue
        paid = _booked_as(order)
        if booking.wire["status"] == "CREATED" and order.wire["status"] == "APPROVED":
            _confirm(world, booking.id, paid)
        elif booking.wire["paymentStatus"] != paid:
            claims.move(world, booking, booking.wire["status"], paymentStatus=paid)


def _booked_as(order: Order) -> str:
    """The booking's own word for the order's payment status; over nothing it is EXEMPT."""
    if not Decimal(order.wire["priceSummary"]["total"]["amount"]):
        return "EXEMPT"
    return BOOKED_AS.get(order.wire["paymentStatus"], "NOT_PAID")


def _confirm(world: World, booking_id: str, paid: str) -> None:
    """What Confirm Or Decline does, done by Bookings itself."""
    params = {"booking_id": booking_id}
    confirm_or_decline(world, Call({"paymentStatus": paid}, {}, params, Caller.APP))


def service_properties(item: Item) -> Json:
    return {
        "scheduledDate": utc_text(item.booking.start),
        "numberOfParticipants": item.booking.participants,
    }
