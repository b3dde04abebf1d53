"""An order at Wix: what a settled checkout leaves behind, or what we record of our own checkout."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from booking.domain.ids import (
    CheckoutId,
    OrderId,
    PaymentId,
    PaymentRequestId,
    WixBookingId,
)
from booking.domain.money import Money


class OrderStatus(StrEnum):
    """``INITIALIZED`` waits for its payment at Wix. ``UNKNOWN``: members Wix may add."""

    INITIALIZED = "INITIALIZED"
    APPROVED = "APPROVED"
    CANCELED = "CANCELED"
    PENDING = "PENDING"
    REJECTED = "REJECTED"
    UNKNOWN = "UNKNOWN"


class OrderPayment(StrEnum):
    """Where an order's money stands. ``UNKNOWN``: members Wix may add; decide nothing on it."""

    NOT_PAID = "NOT_PAID"
    PENDING = "PENDING"
    PENDING_MERCHANT = "PENDING_MERCHANT"
    PARTIALLY_PAID = "PARTIALLY_PAID"
    PAID = "PAID"
    PARTIALLY_REFUNDED = "PARTIALLY_REFUNDED"
    FULLY_REFUNDED = "FULLY_REFUNDED"
    CANCELED = "CANCELED"
    DECLINED = "DECLINED"
    UNKNOWN = "UNKNOWN"


class PaymentState(StrEnum):
    """Where one payment stands. ``UNKNOWN``: members Wix may add; decide nothing on it."""

    APPROVED = "APPROVED"
    PENDING = "PENDING"
    PENDING_MERCHANT = "PENDING_MERCHANT"
    AUTHORIZED = "AUTHORIZED"
    CANCELED = "CANCELED"
    DECLINED = "DECLINED"
    VOIDED = "VOIDED"
    REFUNDED = "REFUNDED"
    PARTIALLY_REFUNDED = "PARTIALLY_REFUNDED"
    UNKNOWN = "UNKNOWN"


MOVED = frozenset({PaymentState.APPROVED, PaymentState.PARTIALLY_REFUNDED, PaymentState.REFUNDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine:
    """What was ordered. ``price`` is for one; ``id`` is "" until Wix has given it."""

    name: str
    price: Money
    booking_id: WixBookingId | None = None
    quantity: int = 1
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOrder:
    """An order to record of a checkout of our own. All money is in ``total``'s currency.

    ``reference`` is ours, at most 100 characters, and finds the order again.
    """

    reference: str
    lines: tuple[OrderLine, ...]
    total: Money
    email: str
    member_id: str = ""
    purchased: datetime | None = None
    notify_buyer: bool = False
    notify_business: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """``balance`` is still due, negative if too much was paid; ``created`` is UTC."""

    id: OrderId
    number: str
    status: OrderStatus
    payment: OrderPayment
    total: Money
    lines: tuple[OrderLine, ...] = ()
    balance: Money | None = None
    paid: Money | None = None
    refunded: Money | None = None
    email: str = ""
    reference: str = ""
    checkout_id: CheckoutId | None = None
    created: datetime | None = None

    @property
    def booking_ids(self) -> tuple[WixBookingId, ...]:
        return tuple(line.booking_id for line in self.lines if line.booking_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPayment:
    """Money that we have taken already. ``reference`` is the provider's, at most 100 characters."""

    amount: Money
    reference: str
    method: str = "CreditCard"
    on_site: bool = False
    state: PaymentState = PaymentState.APPROVED


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """One payment of an order. ``reference`` is the provider's, "" if Wix took the money.

    ``on_site`` is what the business has taken itself, and written down at Wix.
    """

    id: PaymentId
    amount: Money
    state: PaymentState
    reference: str = ""
    on_site: bool = False
    by_plan: bool = False
    by_gift_card: bool = False
    created: datetime | None = None

    @property
    def has_moved(self) -> bool:
        """True if money came in by it, whatever went back since; a plan moves none."""
        return self.state in MOVED and not self.by_plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """Money given back from one payment. ``outside`` says that it went back outside of Wix.

    ``status`` as Wix spells it; what is neither done nor failed is still on its way.
    """

    id: str
    payment_id: PaymentId
    amount: Money
    status: str
    outside: bool

    @property
    def has_failed(self) -> bool:
        return self.status == "FAILED"

    @property
    def is_open(self) -> bool:
        return not self.outside and self.status not in ("SUCCEEDED", "FAILED")


@dataclass(frozen=True, slots=True, kw_only=True)
class Transactions:
    """All money that has moved for one order, in the order Wix tells it."""

    order_id: OrderId
    payments: tuple[Payment, ...] = ()
    refunds: tuple[Refund, ...] = ()

    @property
    def moved(self) -> tuple[Payment, ...]:
        """The payments by which money came in."""
        return tuple(each for each in self.payments if each.has_moved)

    @property
    def kept(self) -> Decimal:
        """What came in and has not gone back, or is on its way back."""
        paid = sum((each.amount.amount for each in self.moved), Decimal(0))
        return paid - sum((e.amount.amount for e in self.refunds if not e.has_failed), Decimal(0))

    @property
    def online(self) -> Decimal:
        """The same of what Wix has collected: only that can Wix send back."""
        return sum((self.left_of(each) for each in self.moved if not each.on_site), Decimal(0))

    def left_of(self, payment: Payment) -> Decimal:
        """What is kept of one payment."""
        back = (e for e in self.refunds if e.payment_id == payment.id and not e.has_failed)
        paid = payment.amount.amount if payment.has_moved else Decimal(0)
        return paid - sum((each.amount.amount for each in back), Decimal(0))


class RequestStatus(StrEnum):
    """Where a payment request stands. ``UNKNOWN``: members Wix may add."""

    UNPAID = "UNPAID"
    PAID = "PAID"
    EXPIRED = "EXPIRED"
    VOIDED = "VOIDED"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRequest:
    """An address at Wix where an order can be paid. ``url`` is "" where Wix does not tell it."""

    id: PaymentRequestId
    order_id: OrderId
    status: RequestStatus
    title: str = ""
    amount: Money | None = None
    url: str = ""
