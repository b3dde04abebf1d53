"""What Wix tells us by itself: something at the business has changed.

A notice is a hint to look again, never the truth: notices come twice, late and in any order.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from booking.domain.outcome import WixBooking, WixStatus


class BookingChange(StrEnum):
    """What happened to a booking. One confirmation is told as CONFIRMED and as UPDATED."""

    CREATED = "created"
    UPDATED = "updated"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    CANCELED = "canceled"
    RESCHEDULED = "rescheduled"
    MARKED_AS_PENDING = "markedAsPending"
    PARTICIPANTS_CHANGED = "number_of_participants_updated"


class OrderChange(StrEnum):
    """What happened to an order. TRANSACTIONS: a payment or a refund was added or changed."""

    CREATED = "created"
    UPDATED = "updated"
    APPROVED = "approved"
    PAYMENT_STATUS = "payment_status_updated"
    CANCELED = "canceled"
    TRANSACTIONS = "transactions_updated"


class ServiceChange(StrEnum):
    """What happened to a service."""

    CREATED = "created"
    UPDATED = "updated"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What all notices say.

    ``id`` is the same for every delivery of one notice. ``instance_id`` names the site it is about.
    ``entity_id`` is "" and ``sequence`` None where Wix gives none; ``sequence`` grows per entity.
    ``happened_at`` is UTC.
    """

    id: str
    event_type: str
    instance_id: str
    entity_id: str = ""
    sequence: int | None = None
    happened_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingNotice(Notice):
    """``booking`` is as it was then, None if it could not be read; ask Wix for what it is now."""

    change: BookingChange
    booking: WixBooking | None = None
    previous_status: WixStatus | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderNotice(Notice):
    """``entity_id`` is the order's, also for its transactions."""

    change: OrderChange


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceNotice(Notice):
    """What is kept about services is out of date."""

    change: ServiceChange


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueNotice(Notice):
    """Staff, rules, prices, extras or categories have changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessNotice(Notice):
    """The business's name, zone, currency or address has changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InstallNotice(Notice):
    """The owner has installed our app on a site, or has removed it."""

    installed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownNotice(Notice):
    """Signed by Wix, and of a kind that we do nothing about."""
