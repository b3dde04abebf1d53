"""What the site sells besides time: baskets on their way to an order, orders, codes, plans.

A basket is a Cart V2 or a Checkout V1: Wix gives both the same way to the same page.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from booking.sandbox.wire import Json

FIRST_ORDER = 10_001
# A coupon takes a share of the subtotal; the last member is the status that makes it usable.
COUPONS: dict[str, Json] = {
    "WELCOME10": {"id": "c0000000-0000-4000-8000-000000000010", "percent": 10, "is": "ACTIVE"},
    "ONTHEHOUSE": {"id": "c0000000-0000-4000-8000-000000000100", "percent": 100, "is": "ACTIVE"},
    "LASTYEAR": {"id": "c0000000-0000-4000-8000-000000000001", "percent": 10, "is": "EXPIRED"},
}
GIFT_CARDS = {"GIFT-2030-0020": "20.00", "GIFT-2030-0200": "200.00", "GIFT-2030-0000": "0.00"}


@dataclass(slots=True)
class Line:
    """One booking in a basket. ``membership`` is the plan order that is to pay for it, or ""."""

    id: str
    booking_id: str
    quantity: int = 1
    membership: str = ""


@dataclass(slots=True)
class Basket:
    """``kind`` is "cart" or "checkout". ``owner`` is empty while the first who comes may take it.

    ``callbacks`` are those of the redirect session through which the buyer came, if any.
    """

    id: str
    kind: str
    created: float
    made_by: Json
    owner: Json
    lines: list[Line]
    email: str = ""
    contact: Json = field(default_factory=dict)
    address: Json = field(default_factory=dict)
    given: Json = field(default_factory=dict)
    coupon: str = ""
    gift_card: str = ""
    revision: int = 1
    updated: float = 0.0
    order_id: str = ""
    is_ordered: bool = False
    callbacks: Json = field(default_factory=dict)


@dataclass(slots=True)
class Order:
    """``wire`` is what Wix shows of it; money that moved is kept beside it."""

    wire: Json
    strategy: str = "DEFAULT"
    payments: list[Json] = field(default_factory=list)
    refunds: list[Json] = field(default_factory=list)

    @property
    def id(self) -> str:
        return str(self.wire["id"])


@dataclass(order=True, slots=True)
class Due:
    """Something Wix does by itself a little later."""

    at: float
    number: int
    do: Callable[[], object] = field(compare=False)


@dataclass(slots=True)
class Shop:
    """All that is sold on one site. The app's lock guards it.

    ``credits`` is what is left on each plan order, None for as much as one likes. ``mails`` are
    those that Wix would have sent.
    """

    baskets: dict[str, Basket] = field(default_factory=dict)
    orders: dict[str, Order] = field(default_factory=dict)
    requests: dict[str, Json] = field(default_factory=dict)
    redirects: dict[str, Json] = field(default_factory=dict)
    plan_orders: dict[str, Json] = field(default_factory=dict)
    credits: dict[str, int | None] = field(default_factory=dict)
    mails: list[Json] = field(default_factory=list)
    gift_cards: dict[str, str] = field(default_factory=lambda: dict(GIFT_CARDS))
    due: list[Due] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(FIRST_ORDER))
    _steps: Iterator[int] = field(default_factory=itertools.count)

    def later(self, at: float, do: Callable[[], object]) -> None:
        """Let ``do`` happen once the sandbox's clock has reached ``at``."""
        self.due.append(Due(at, next(self._steps), do))

    @property
    def next_due(self) -> float | None:
        """When the next thing is due; None if there is none."""
        return min(self.due).at if self.due else None

    def settle(self, now: float) -> int:
        """Do what is due, the earliest first; how many things were done."""
        done = 0
        while self.due and (first := min(self.due)).at <= now:
            self.due.remove(first)
            first.do()
            done += 1
        return done
