"""Benefit programs: which of a member's plans would pay for a service.

Source: Wix Benefit Programs, Pools V1, "Get Eligible Pools"; Balances V1.
"""

from __future__ import annotations

from booking.sandbox.call import Call, For, Route
from booking.sandbox.pricing_plans import active_order, check_installed
from booking.sandbox.wire import (
    BOOKINGS_APP_ID,
    Json,
    a_guid,
    a_number,
    an_object,
    guid,
    missing,
    refusal,
)
from booking.sandbox.world import World

NAMESPACE = "@wix/pricing-plans"


def eligible_pools(world: World, call: Call) -> Json:
    """A pool is what is left of one plan order; a member may ask only for themselves."""
    check_installed(world)
    if not call.body.get("namespace"):
        raise missing("namespace")
    service = _service(world, call)
    beneficiary = an_object(call.body.get("beneficiary"), "beneficiary")
    member_id = a_guid(beneficiary.get("memberId"), "beneficiary.memberId")
    if call.identity.get("memberId") not in (None, member_id):
        raise refusal(403, "PERMISSION_DENIED")
    count = a_number(call.body.get("count"), "count", default=1, least=1)
    if call.body["namespace"] != NAMESPACE:
        return {"eligibleBenefits": []}
    return {
        "eligibleBenefits": [
            _benefit(order, service)
            for order_id, left in world.shop.credits.items()
            if (order := active_order(world, order_id)) is not None
            and order["buyer"]["memberId"] == member_id
            and order["planId"] in service["payment"]["pricingPlanIds"]
            and (left is None or left >= count)
        ]
    }


def _service(world: World, call: Call) -> Json:
    reference = an_object(call.body.get("itemReference"), "itemReference")
    service = world.services.get(str(reference.get("externalId")))
    if service is None or reference.get("providerAppId") != BOOKINGS_APP_ID:
        raise refusal(428, "INVALID_ITEM_REFERENCE", "No such item")
    return service


def _benefit(order: Json, service: Json) -> Json:
    return {
        "poolId": pool_id(order["id"]),
        "benefitKey": guid("benefit", order["planId"]),
        "itemReference": {"externalId": service["id"], "providerAppId": BOOKINGS_APP_ID},
        "price": "1",
    }


def pool_id(order_id: str) -> str:
    return guid("pool", order_id)


def get_balance(world: World, call: Call) -> Json:
    """What is left on one plan order; without ``available`` there is no end to it."""
    check_installed(world)
    for order_id, left in world.shop.credits.items():
        if pool_id(order_id) == call.params["pool_id"]:
            balance = {"poolId": call.params["pool_id"], "available": _text(left)}
            return {"balance": balance}
    raise refusal(404, "POOL_NOT_FOUND", "No such pool")


def _text(left: int | None) -> str | None:
    return None if left is None else str(left)


ROUTES = (
    Route("POST", eligible_pools, ("/benefit-programs/v1/pools/eligible-pools",), For.MEMBERS),
    Route("GET", get_balance, ("/benefit-programs/v1/balances/<pool_id>",), For.MEMBERS),
)
