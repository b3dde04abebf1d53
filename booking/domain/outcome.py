"""What Wix knows of one booking, as far as our decisions need it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from booking.domain.ids import EventId, ServiceId, StaffId, WixBookingId


class WixStatus(StrEnum):
    """A booking's status at Wix. ``UNKNOWN`` stands for members Wix may add; decide nothing on it."""

    CREATED = "CREATED"
    PENDING = "PENDING"
    CONFIRMED = "CONFIRMED"
    DECLINED = "DECLINED"
    CANCELED = "CANCELED"
    WAITING_LIST = "WAITING_LIST"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True, kw_only=True)
class WixBooking:
    """One booking as Wix keeps it. ``reference`` is our line's (``externalUserId``), "" if not ours.

    ``revision`` is a decimal number in a string, as on the wire. ``starts``/``ends`` are UTC.
    """

    id: WixBookingId
    revision: str
    status: WixStatus
    reference: str = ""
    double_booked: bool = False
    service_id: ServiceId | None = None
    staff_id: StaffId | None = None
    staff_name: str = ""
    event_id: EventId | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    created: datetime | None = None


class Paid(StrEnum):
    """What Wix is told about the money when a booking is confirmed outside its own checkout."""

    EXEMPT = "EXEMPT"
    NOT_PAID = "NOT_PAID"


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """Who books. ``phone`` in E.164 or ""; the other fields are trimmed, ``email`` is required."""

    first_name: str
    last_name: str
    email: str
    phone: str = ""
