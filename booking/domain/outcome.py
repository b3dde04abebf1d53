"""What Wix knows of one booking, as far as our decisions need it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from booking.domain.ids import EventId, ScheduleId, ServiceId, StaffId, WixBookingId
from booking.domain.money import Money
from booking.domain.party import Group
from booking.domain.service import Kind, Location


class WixStatus(StrEnum):
    """A booking's status at Wix. ``UNKNOWN`` stands for members Wix may add; decide nothing on it."""

    CREATED = "CREATED"
    PENDING = "PENDING"
    CONFIRMED = "CONFIRMED"
    DECLINED = "DECLINED"
    CANCELED = "CANCELED"
    WAITING_LIST = "WAITING_LIST"
    UNKNOWN = "UNKNOWN"


class WixPayment(StrEnum):
    """A booking's payment status at Wix: UNDEFINED until an order or a confirmation sets it."""

    UNDEFINED = "UNDEFINED"
    NOT_PAID = "NOT_PAID"
    PAID = "PAID"
    PARTIALLY_PAID = "PARTIALLY_PAID"
    REFUNDED = "REFUNDED"
    EXEMPT = "EXEMPT"
    FAILED = "FAILED"
    UNKNOWN = "UNKNOWN"


class PaymentOption(StrEnum):
    """How the customer chose to pay: on site, online, or with a plan (here or on site)."""

    UNDEFINED = "UNDEFINED"
    OFFLINE = "OFFLINE"
    ONLINE = "ONLINE"
    MEMBERSHIP = "MEMBERSHIP"
    MEMBERSHIP_OFFLINE = "MEMBERSHIP_OFFLINE"
    UNKNOWN = "UNKNOWN"


class Paid(StrEnum):
    """What Wix is told about the money when a booking is confirmed outside its own checkout.

    Told PAID or PARTIALLY_PAID, Wix confirms even a lost race, as double booked.
    """

    EXEMPT = "EXEMPT"
    NOT_PAID = "NOT_PAID"
    PAID = "PAID"
    PARTIALLY_PAID = "PARTIALLY_PAID"
    REFUNDED = "REFUNDED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """Who books. ``phone`` in E.164 or ""; the other fields are trimmed, ``email`` is required."""

    first_name: str
    last_name: str
    email: str
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Who has booked, as Wix knows them; each member may be "". ``id`` is the contact's at Wix."""

    id: str = ""
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowedActions:
    """What may be done to a booking now without overriding the business's policy."""

    cancel: bool
    reschedule: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFacts:
    """The eCommerce order a booking was bought with. ``status`` and ``payment`` as Wix spells them."""

    id: str
    number: str = ""
    status: str = ""
    payment: str = ""
    total: Money | None = None
    balance: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WixBooking:
    """One booking as Wix keeps it. ``reference`` is our line's (``externalUserId``), "" if not ours.

    ``revision`` is a decimal number in a string, as on the wire. ``starts``/``ends`` are UTC; of a
    course, its first session's start and its last one's end. ``participants`` counts all ``groups``.
    ``zone`` is the one the customer booked in, "" if unknown. ``package_id`` is that of a booking of
    several services. ``allowed`` and ``order`` are there only where the reader was asked for them.
    """

    id: WixBookingId
    revision: str
    status: WixStatus
    reference: str = ""
    double_booked: bool = False
    kind: Kind = Kind.UNKNOWN
    title: str = ""
    service_id: ServiceId | None = None
    schedule_id: ScheduleId | None = None
    staff_id: StaffId | None = None
    staff_name: str = ""
    event_id: EventId | None = None
    location: Location | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    zone: str = ""
    created: datetime | None = None
    updated: datetime | None = None
    participants: int = 1
    groups: tuple[Group, ...] = ()
    payment: WixPayment = WixPayment.UNDEFINED
    payment_option: PaymentOption = PaymentOption.UNDEFINED
    contact: Contact | None = None
    form_id: str = ""
    submission_id: str = ""
    package_id: str = ""
    allowed: AllowedActions | None = None
    order: OrderFacts | None = None
