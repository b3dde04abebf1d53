"""Pricing plans: what members may buy, what they have bought, what that pays for."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from booking.domain.ids import MemberId, PlanId, PlanOrderId, ServiceId
from booking.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan on sale. ``price`` is for one billing period, None where Wix tells none."""

    id: PlanId
    name: str
    description: str = ""
    slug: str = ""
    price: Money | None = None
    trial_days: int = 0
    buyable: bool = True
    public: bool = True


class PlanStatus(StrEnum):
    """Where a purchase stands. ``UNKNOWN``: members Wix may add; it pays for nothing."""

    DRAFT = "DRAFT"
    PENDING = "PENDING"
    ACTIVE = "ACTIVE"
    PAUSED = "PAUSED"
    ENDED = "ENDED"
    CANCELED = "CANCELED"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOrder:
    """A member's purchase of a plan. ``starts`` and ``ends`` are UTC; ``ends`` None: it goes on."""

    id: PlanOrderId
    plan_id: PlanId
    status: PlanStatus
    plan_name: str = ""
    member_id: MemberId | None = None
    starts: datetime | None = None
    ends: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Benefit:
    """One purchase's share that would pay for a service. ``price`` in credits, as Wix says it."""

    pool_id: str
    key: str
    service_id: ServiceId
    price: str = ""
