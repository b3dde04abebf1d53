"""Bookings Writer V2: making, confirming, declining and cancelling bookings.

None of these calls may be repeated blindly: Wix knows no idempotency keys. After an error with
``maybe_done`` look the booking up by its reference before anything else.
Source: Wix Bookings, Bookings Writer V2, "Create Booking", "Confirm Or Decline Booking".
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import msgspec

from booking.domain.ids import ScheduleId, ServiceId, StaffId, WixBookingId
from booking.domain.outcome import Customer, Paid, WixBooking, WixStatus
from booking.domain.service import Location, LocationKind
from booking.wix.booking_shapes import WireBooking
from booking.wix.errors import StaleRevision, WixAnswerMalformed
from booking.wix.extended_bookings import ExtendedBookings
from booking.wix.wire import Body, Reader, Wire
from booking.wix.zones import wall_clock

CREATE_PATH = "/bookings/v2/bookings"
CONFIRMATION_PATH = "/bookings/v2/confirmation"
LOCATION_TYPES = {
    LocationKind.BUSINESS: "OWNER_BUSINESS",
    LocationKind.CUSTOM: "OWNER_CUSTOM",
    LocationKind.CUSTOMER: "CUSTOM",
}
"""How the writer spells what slots and services call BUSINESS, CUSTOM and CUSTOMER."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBooking:
    """An appointment to be booked. The slot's facts are those of the chosen slot, unchanged.

    ``zone`` is the zone the slot was asked for in. ``staff_id`` must be a named person: without one
    Wix checks nothing when it makes the booking. ``reference`` is ours and finds the booking again.
    """

    service_id: ServiceId
    starts: datetime
    ends: datetime
    zone: str
    schedule_id: ScheduleId | None
    location: Location
    staff_id: StaffId
    customer: Customer
    reference: str
    participants: int = 1
    payment: str = "OFFLINE"
    notify: bool = False


class _Answer(msgspec.Struct):
    booking: WireBooking


_read = Reader(_Answer)


class Bookings:
    """Changes to the site's bookings."""

    def __init__(self, wire: Wire, reader: ExtendedBookings) -> None:
        self._wire = wire
        self._reader = reader

    def create(self, new: NewBooking) -> WixBooking:
        """Make a booking; it is CREATED and takes no place until it is confirmed.

        The customer goes as ``contactDetails``. ``formSubmission`` would need the field names of
        each service's own form and is refused as a whole for one that is missing or misnamed.
        Raises: SlotNotAvailable, PolicyRefused, InvalidRequest, WixError.
        """
        return self._write(
            CREATE_PATH,
            {
                "booking": {
                    "bookedEntity": {"slot": _slot(new)},
                    "contactDetails": _contact(new.customer),
                    "totalParticipants": new.participants,
                    "selectedPaymentOption": new.payment,
                    "externalUserId": new.reference,
                },
                "participantNotification": {"notifyParticipants": new.notify},
                # Left out, Wix would send reminders of its own.
                "sendSmsReminder": new.notify,
            },
        )

    def confirm_or_decline(self, booking_id: WixBookingId, paid: Paid) -> WixBooking:
        """Let Wix decide a CREATED booking: CONFIRMED, PENDING (the owner decides) or DECLINED.

        Raises: WrongStatus if it is already decided; BookingNotFound; WixError.
        """
        path = f"{CONFIRMATION_PATH}/{_in_path(booking_id)}:confirmOrDecline"
        return self._write(path, {"paymentStatus": paid.value})

    def confirm(self, booking_id: WixBookingId, revision: str, paid: Paid) -> WixBooking:
        """Confirm, as the owner would: nothing is checked, so a place may be taken twice.

        Raises: StaleRevision, WrongStatus, BookingNotFound, WixError.
        """
        return self._write(
            f"{_path(booking_id)}/confirm", {"revision": revision, "paymentStatus": paid.value}
        )

    def decline(
        self, booking_id: WixBookingId, revision: str, *, notify: bool = False
    ) -> WixBooking:
        """Turn a CREATED or PENDING booking down. Raises: as ``confirm``."""
        return self._with_revision(
            booking_id,
            revision,
            WixStatus.DECLINED,
            lambda current: self._write(
                f"{_path(booking_id)}/decline", {"revision": current, **_notice(notify=notify)}
            ),
        )

    def cancel(
        self,
        booking_id: WixBookingId,
        revision: str,
        *,
        ignore_policy: bool = False,
        notify: bool = False,
    ) -> WixBooking:
        """Cancel; Wix applies the business's policy unless told not to, whoever we are.

        Raises: PolicyRefused; else as ``confirm``.
        """
        rest = {
            **_notice(notify=notify),
            "flowControlSettings": {"ignoreCancellationPolicy": ignore_policy},
        }
        return self._with_revision(
            booking_id,
            revision,
            WixStatus.CANCELED,
            lambda current: self._write(
                f"{_path(booking_id)}/cancel", {"revision": current, **rest}
            ),
        )

    def _with_revision(
        self,
        booking_id: WixBookingId,
        revision: str,
        wanted: WixStatus,
        change: Callable[[str], WixBooking],
    ) -> WixBooking:
        """Change; if the booking has moved on meanwhile, look once and try once more.

        Wix moves revisions by itself shortly after a booking is made. If the look shows that the
        booking already is what we want, that is the answer.
        """
        try:
            return change(revision)
        except StaleRevision:
            current = self._reader.by_id(booking_id)
            if current is None or current.revision == revision:
                raise  # the reader lags; the caller comes back later
            if current.status is wanted:
                return current
        return change(current.revision)

    def _write(self, path: str, body: Body) -> WixBooking:
        answer = self._wire.write(path, body)
        try:
            return _read(answer).booking.booking()
        except WixAnswerMalformed as error:
            error.maybe_done = True  # Wix said 200: it did it, only we cannot read what it says
            raise


def _slot(new: NewBooking) -> Body:
    zone = ZoneInfo(new.zone)
    slot: dict[str, Any] = {
        "serviceId": new.service_id,
        "startDate": wall_clock(new.starts, zone),
        "endDate": wall_clock(new.ends, zone),
        "timezone": new.zone,  # a small z here, unlike Time Slots
        "resource": {"id": new.staff_id},
        "location": _location(new.location),
    }
    if new.schedule_id:
        slot["scheduleId"] = new.schedule_id
    return slot


def _location(location: Location) -> Body:
    """Where, as the writer wants it: an id only for a place of the business."""
    spelled = {"locationType": LOCATION_TYPES.get(location.kind, "UNDEFINED")}
    if location.kind is LocationKind.BUSINESS and location.id:
        spelled["id"] = location.id
    elif location.place:
        spelled["formattedAddress"] = location.place.text
    return spelled


def _contact(customer: Customer) -> Body:
    contact = {
        "firstName": customer.first_name,
        "lastName": customer.last_name,
        "email": customer.email,
        "phone": customer.phone,
    }
    return {field: value for field, value in contact.items() if value}


def _notice(*, notify: bool) -> Body:
    return {"participantNotification": {"notifyParticipants": notify}}


def _path(booking_id: WixBookingId) -> str:
    return f"{CREATE_PATH}/{_in_path(booking_id)}"


def _in_path(booking_id: WixBookingId) -> str:
    return quote(booking_id, safe="")
