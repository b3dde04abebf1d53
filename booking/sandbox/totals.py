"""What a basket comes to: coupon first, then plans, then the gift card; now and later apart.

Source: Wix eCommerce, Cart V2, "Calculate Cart": ``priceSummary`` and ``paymentSummary``.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from booking.sandbox.booked_items import PLACES, ZERO, Item, item_of
from booking.sandbox.shop import COUPONS, Basket, Line
from booking.sandbox.wire import Json
from booking.sandbox.world import World


@dataclass(frozen=True, slots=True)
class Totals:
    """All in the site's currency. ``now`` and ``later`` add up to ``total`` less the gift card."""

    subtotal: Decimal
    discount: Decimal
    total: Decimal
    gift: Decimal
    now: Decimal
    later: Decimal

    @property
    def is_offline(self) -> bool:
        """Nothing is due here, but something on site."""
        return self.now == ZERO and self.later > ZERO


def totals_of(world: World, basket: Basket) -> Totals:
    items = [(line, item_of(world, line.booking_id)) for line in basket.lines]
    places = Decimal(1).scaleb(-PLACES.get(world.site["paymentCurrency"], 2))
    share = Decimal(COUPONS[basket.coupon]["percent"] if basket.coupon else 0) / 100
    subtotal = sum((item.price for _, item in items), ZERO)
    discount = (subtotal * share).quantize(places, ROUND_HALF_UP)
    total = subtotal - discount
    covered = sum((item.price for line, item in items if _is_covered(line, item)), ZERO)
    payable = max(ZERO, total - covered)
    due = sum((item.due_now for line, item in items if not _is_covered(line, item)), ZERO)
    now = min(payable, due)
    card = Decimal(world.shop.gift_cards[basket.gift_card]) if basket.gift_card else ZERO
    gift = min(now, card)
    return Totals(
        subtotal=subtotal,
        discount=discount,
        total=total,
        gift=gift,
        now=now - gift,
        later=payable - now,
    )


def _is_covered(line: Line, item: Item) -> bool:
    """Paid by a plan: chosen in the basket, for a booking that says so."""
    return bool(line.membership) and item.option == "MEMBERSHIP"


def unpaid_memberships(world: World, basket: Basket) -> list[Line]:
    """Lines of bookings that a plan should pay for, and none was chosen."""
    return [
        line
        for line in basket.lines
        if item_of(world, line.booking_id).option == "MEMBERSHIP" and not line.membership
    ]


def violations_of(world: World, basket: Basket) -> list[Json]:
    """What keeps a basket from becoming an order, as ``calculate`` tells it."""
    return [
        {
            "severity": "ERROR",
            "code": "MEMBERSHIP_REQUIRED",
            "scope": {"lineItem": {"id": line.id}},
            "description": "Choose the plan that pays for this booking",
        }
        for line in unpaid_memberships(world, basket)
    ]
