"""A checkout at Wix: the bookings somebody is about to pay for, and what they come to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from booking.domain.ids import CheckoutId, OrderId, PlanOrderId, ServiceId, WixBookingId
from booking.domain.money import Money
from booking.domain.outcome import Customer


class LinePayment(StrEnum):
    """How a line is paid, as Wix derives it from the booking. Decide nothing on ``UNKNOWN``."""

    ONLINE = "FULL_PAYMENT_ONLINE"
    OFFLINE = "FULL_PAYMENT_OFFLINE"
    DEPOSIT = "DEPOSIT_ONLINE"
    PLAN = "MEMBERSHIP"
    PLAN_ON_SITE = "MEMBERSHIP_OFFLINE"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCheckout:
    """What is to be paid and who pays. Prices are Wix's own business: each follows its booking.

    ``country`` is ISO 3166-1, ``plans`` says which purchase of a plan pays for which booking.
    """

    booking_ids: tuple[WixBookingId, ...]
    customer: Customer
    country: str = ""
    note: str = ""
    coupon: str = ""
    gift_card: str = ""
    plans: Mapping[WixBookingId, PlanOrderId] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckoutLine:
    """One booking in a checkout. ``available`` is False once Wix will not sell it any more."""

    id: str
    name: str
    booking_id: WixBookingId
    price: Money
    payment: LinePayment = LinePayment.UNKNOWN
    service_id: ServiceId | None = None
    deposit: Money | None = None
    plan_order_id: PlanOrderId | None = None
    available: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkout:
    """``ordered`` says that it has become an order, ``order_id`` which; ``coupon_id`` removes it."""

    id: CheckoutId
    currency: str
    lines: tuple[CheckoutLine, ...] = ()
    email: str = ""
    coupon: str = ""
    coupon_id: str = ""
    gift_card_id: str = ""
    ordered: bool = False
    order_id: OrderId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What a checkout comes to, coupon, gift card and plans counted.

    ``now`` is due at Wix's page, ``later`` at the business. ``proof`` stands for these very prices
    when the order is placed, "" where Wix gives none; ``obstacles`` are codes of what keeps it from
    being placed.
    """

    subtotal: Money
    discount: Money
    total: Money
    now: Money
    later: Money
    gift_card: Money | None = None
    proof: str = ""
    obstacles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedOrder:
    """``completed`` says that nothing has to be paid at Wix's page any more."""

    id: OrderId
    completed: bool
