"""Pricing plans: what is on sale, and what members have bought.

Source: Wix Pricing Plans, Plans V3, "Query Plans"; Orders V2, "List Orders" for members and for the
business.
"""

from urllib.parse import urlencode

import msgspec

from booking.domain.ids import MemberId, PlanId, PlanOrderId
from booking.domain.plan import Plan, PlanOrder, PlanStatus
from booking.wix.ecom_shapes import Amount, Moment, sum_of, utc
from booking.wix.lanes import Lane
from booking.wix.shapes import WirePaging
from booking.wix.wire import Body, Reader, Wire, known

PLANS_PATH = "/pricing-plans/v3/plans/query"
MEMBER_PATH = "/pricing-plans/v2/member/orders"
ORDERS_PATH = "/pricing-plans/v2/orders"
STATUSES = {one.value: one for one in PlanStatus if one is not PlanStatus.UNKNOWN}
PAGE_SIZE, ORDERS_SIZE = 100, 50
MOST_PAGES = 10


class _FlatRate(msgspec.Struct):
    amount: str | None = None


class _Strategy(msgspec.Struct, rename="camel"):
    flat_rate: _FlatRate | None = None


class _Variant(msgspec.Struct, rename="camel"):
    free_trial_days: int | None = None
    pricing_strategies: list[_Strategy] | None = None


class _Plan(msgspec.Struct, rename="camel"):
    id: str
    name: str | None = None
    description: str | None = None
    slug: str | None = None
    currency: str | None = None
    visibility: str | None = None
    buyable: bool | None = None
    pricing_variants: list[_Variant] | None = None

    def plan(self) -> Plan:
        variant = next(iter(self.pricing_variants or ()), _Variant())
        rate = next(iter(variant.pricing_strategies or ()), _Strategy()).flat_rate
        told = Amount(rate.amount) if rate and rate.amount else None
        return Plan(
            id=PlanId(self.id),
            name=self.name or "",
            description=self.description or "",
            slug=self.slug or "",
            price=sum_of(told, self.currency, "price") if told and self.currency else None,
            trial_days=variant.free_trial_days or 0,
            buyable=self.buyable is not False,
            public=self.visibility in (None, "PUBLIC"),
        )


class _Buyer(msgspec.Struct, rename="camel"):
    member_id: str | None = None


class _Order(msgspec.Struct, rename="camel"):
    id: str
    plan_id: str
    status: str | None = None
    plan_name: str | None = None
    buyer: _Buyer | None = None
    start_date: Moment | None = None
    end_date: Moment | None = None

    def order(self) -> PlanOrder:
        member = (self.buyer or _Buyer()).member_id
        return PlanOrder(
            id=PlanOrderId(self.id),
            plan_id=PlanId(self.plan_id),
            status=known(STATUSES, self.status, PlanStatus.UNKNOWN, what="plan order status"),
            plan_name=self.plan_name or "",
            member_id=MemberId(member) if member else None,
            starts=utc(self.start_date),
            ends=utc(self.end_date),
        )


class _Plans(msgspec.Struct, rename="camel"):
    plans: list[_Plan] | None = None
    paging_metadata: WirePaging | None = None


class _Orders(msgspec.Struct):
    orders: list[_Order] | None = None


_read_plans, _read_orders = Reader(_Plans), Reader(_Orders)


class PricingPlans:
    """The site's plans. Without Wix Pricing Plans on the site every call raises AppMissing."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def query(self) -> tuple[Plan, ...]:
        """All plans, those too that are not on sale any more. Raises: AppMissing, WixError."""
        found: list[Plan] = []
        paging: Body = {"limit": PAGE_SIZE}
        for _ in range(MOST_PAGES):
            answer = self._wire.read(PLANS_PATH, {"query": {"cursorPaging": paging}})
            page = _read_plans(answer)
            found += (each.plan() for each in page.plans or ())
            cursor = page.paging_metadata.next_cursor if page.paging_metadata else None
            if cursor is None:
                break
            paging = {"limit": PAGE_SIZE, "cursor": cursor}
        return tuple(found)

    def my_orders(self) -> tuple[PlanOrder, ...]:
        """A member's own active purchases: only with that member's token.

        Raises: WixForbidden for anybody else; AppMissing; WixError.
        """
        return self._orders(MEMBER_PATH, {"orderStatuses": "ACTIVE"})

    def orders_of(self, member_id: MemberId) -> tuple[PlanOrder, ...]:
        """A member's active purchases, as the business sees them. Raises: AppMissing, WixError."""
        found = self._orders(ORDERS_PATH, {"buyerIds": member_id, "orderStatuses": "ACTIVE"})
        return tuple(order for order in found if order.member_id == member_id)

    def _orders(self, path: str, asked: dict[str, str]) -> tuple[PlanOrder, ...]:
        found: list[PlanOrder] = []
        for page in range(MOST_PAGES):
            paging = {"limit": str(ORDERS_SIZE), "offset": str(page * ORDERS_SIZE)}
            address = f"{path}?{urlencode(asked | paging)}"
            told = _read_orders(self._wire.read(address, method="GET", lane=Lane.SETTLE)).orders
            found += (each.order() for each in told or ())
            if len(told or ()) < ORDERS_SIZE:
                break
        return tuple(order for order in found if order.status is PlanStatus.ACTIVE)
