"""Pricing plans: what members may buy, what they have bought, what is left of it.

Source: Wix Pricing Plans, Plans V3, Orders V2 (member orders, management orders, checkout).
"""

from __future__ import annotations

from decimal import Decimal

from booking.sandbox.call import Call, For, Route
from booking.sandbox.paging import cursor_page
from booking.sandbox.times import DAY, stamp
from booking.sandbox.wire import Json, a_guid, a_number, guid, known, refusal
from booking.sandbox.world import World

MOST = 50
LONGEST_NUMBER = 12
STATUSES = ("DRAFT", "PENDING", "ACTIVE", "PAUSED", "ENDED", "CANCELED")
TEN_CLASSES = guid("plan", "ten-classes")
OPEN_MONTH = guid("plan", "open-month")
FIRST_VISIT = guid("plan", "first-visit")
# Each plan: name, what it says, price, credits (None is as many as one likes), days it is good for.
_SOLD: dict[str, tuple[str, str, str, int | None, int]] = {
    TEN_CLASSES: ("Ten classes", "Ten visits within half a year.", "120", 10, 182),
    OPEN_MONTH: ("Open month", "Every class for a month.", "79", None, 30),
    FIRST_VISIT: ("First visit", "One class to find out.", "0", 1, 30),
}
FIELDS = {name: name for name in ("id", "name", "slug", "status", "visibility", "buyable")}


def check_installed(world: World) -> None:
    """Raises: WixError 428 PRICING_PLANS_NOT_INSTALLED."""
    if not world.settings.pricing_plans_installed:
        raise refusal(428, "PRICING_PLANS_NOT_INSTALLED", "App not installed")


def query_plans(world: World, call: Call) -> Json:
    check_installed(world)
    plans = [_plan(world, plan_id) for plan_id in _SOLD]
    body = call.body or {"query": {}}
    page, metadata = cursor_page(plans, body, FIELDS, by=("name", "ASC"))
    return {"plans": page, "pagingMetadata": metadata}


def get_plan(world: World, call: Call) -> Json:
    check_installed(world)
    return {"plan": _plan(world, _known_plan(call.params["plan_id"]))}


def _known_plan(plan_id: object) -> str:
    if plan_id not in _SOLD:
        raise refusal(404, "PLAN_NOT_FOUND", "No such plan")
    return str(plan_id)


def _plan(world: World, plan_id: str) -> Json:
    name, words, price, _, days = _SOLD[plan_id]
    strategy = {"flatRate": {"amount": price}}
    terms = {"startType": "ON_PURCHASE", "billingCycle": {"period": "DAY", "count": days}}
    variant = {
        "id": guid("variant", plan_id),
        "name": name,
        "freeTrialDays": 0,
        "billingTerms": terms,
        "pricingStrategies": [strategy],
    }
    return {
        "id": plan_id,
        "name": name,
        "description": words,
        "slug": name.lower().replace(" ", "-"),
        "currency": world.site["paymentCurrency"],
        "visibility": "PUBLIC",
        "status": "ACTIVE",
        "buyable": True,
        "perks": [{"id": guid("perk", plan_id), "description": words}],
        "pricingVariants": [variant],
    }


def order_offline(world: World, call: Call) -> Json:
    """The owner sells a plan at the desk: active at once, paid or not."""
    check_installed(world)
    plan_id = _known_plan(a_guid(call.body.get("planId"), "planId"))
    member_id = a_guid(call.body.get("memberId"), "memberId")
    paid = "PAID" if call.body.get("paid") else "UNPAID"
    return {"order": _ordered(world, plan_id, member_id, "ACTIVE", paid)}


def order_online(world: World, call: Call) -> Json:
    """A member buys: DRAFT until it is paid, a plan for nothing at once."""
    check_installed(world)
    plan_id = _known_plan(a_guid(call.body.get("planId"), "planId"))
    free = not Decimal(_SOLD[plan_id][2])
    if not free and not world.settings.accepts_payments:
        raise refusal(428, "accept_payment_feature_missing", "The site accepts no payments")
    status = "ACTIVE" if free else "DRAFT"
    member_id = str(call.identity["memberId"])
    return {"order": _ordered(world, plan_id, member_id, status, "PAID" if free else "UNPAID")}


def _ordered(world: World, plan_id: str, member_id: str, status: str, paid: str) -> Json:
    name, _, price, credit, days = _SOLD[plan_id]
    now = world.now()
    order_id = world.next_id("plan-order")
    order = {
        "id": order_id,
        "planId": plan_id,
        "subscriptionId": guid("subscription", order_id),
        "wixPayOrderId": guid("wix-pay", order_id) if status == "DRAFT" else None,
        "buyer": {"memberId": member_id, "contactId": guid("contact", member_id)},
        "type": "OFFLINE" if status == "ACTIVE" else "ONLINE",
        "status": status,
        "autoRenewCanceled": False,
        "lastPaymentStatus": paid,
        "startDate": stamp(now),
        "endDate": stamp(now + days * DAY),
        "planName": name,
        "planPrice": price,
        "createdDate": stamp(now),
    }
    world.shop.plan_orders[order_id] = order
    world.shop.credits[order_id] = credit
    return order


def activate(world: World, order_id: str) -> None:
    """A DRAFT order was paid."""
    order = world.shop.plan_orders[order_id]
    world.shop.plan_orders[order_id] = {**order, "status": "ACTIVE", "lastPaymentStatus": "PAID"}


def member_orders(world: World, call: Call) -> Json:
    """A member's own; nobody else may ask this."""
    check_installed(world)
    return _page(world, call, [str(call.identity["memberId"])])


def management_orders(world: World, call: Call) -> Json:
    """Anybody's, for an app or the owner."""
    check_installed(world)
    return _page(world, call, call.query.get("buyerIds", []))


def _page(world: World, call: Call, buyers: list[str]) -> Json:
    asked = call.query.get("orderStatuses", [])
    statuses = [known(one, "orderStatuses", STATUSES) for one in asked] or STATUSES
    now = stamp(world.now())
    orders = world.shop.plan_orders.values()
    found = [
        order
        for order in (_ended(one) if _is_over(one, now) else one for one in orders)
        if order["status"] in statuses and (not buyers or order["buyer"]["memberId"] in buyers)
    ]
    limit = a_number(_whole(call, "limit"), "limit", default=MOST, least=1, most=MOST)
    offset = a_number(_whole(call, "offset"), "offset", default=0, most=100_000)
    page = found[offset : offset + limit]
    metadata = {"count": len(page), "offset": offset, "total": len(found)}
    return {"orders": page, "pagingMetadata": metadata}


def _ended(order: Json) -> Json:
    return {**order, "status": "ENDED"}


def _whole(call: Call, name: str) -> object:
    text = next(iter(call.query.get(name, [])), None)
    return int(text) if text and text.isdecimal() and len(text) < LONGEST_NUMBER else text


def _is_over(order: Json, now: str) -> bool:
    return bool(order["status"] == "ACTIVE" and order["endDate"] <= now)


def active_order(world: World, order_id: str) -> Json | None:
    """The plan a member may pay with now: active, not over, with something left on it."""
    order = world.shop.plan_orders.get(order_id)
    left = world.shop.credits.get(order_id)
    if order is None or not world.settings.pricing_plans_installed or left == 0:
        return None
    usable = order["status"] == "ACTIVE" and not _is_over(order, stamp(world.now()))
    return order if usable else None


def redeem(world: World, order_id: str) -> None:
    """One visit less."""
    left = world.shop.credits.get(order_id)
    if left is not None:
        world.shop.credits[order_id] = left - 1


def restore(world: World, order_id: str) -> None:
    """One visit back."""
    left = world.shop.credits.get(order_id)
    if left is not None:
        world.shop.credits[order_id] = left + 1


ROUTES = (
    Route("POST", query_plans, ("/pricing-plans/v3/plans/query",)),
    Route("GET", query_plans, ("/pricing-plans/v3/plans/query",)),
    Route("GET", get_plan, ("/pricing-plans/v3/plans/<plan_id>",)),
    Route("GET", member_orders, ("/pricing-plans/v2/member/orders",), For.MEMBERS_ALONE),
    Route("GET", management_orders, ("/pricing-plans/v2/orders",), For.MANAGERS),
    Route("POST", order_online, ("/pricing-plans/v2/checkout/orders/online",), For.MEMBERS_ALONE),
    Route("POST", order_offline, ("/pricing-plans/v2/checkout/orders/offline",), For.MANAGERS),
)
