"""Multi-service bookings: several appointments in one visit, booked and changed as a whole.

Source: Wix Bookings, Bookings Writer V2, "Create Multi Service Booking" and the pages of the other
multi-service methods (a preview).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from booking.domain.ids import WixBookingId
from booking.domain.outcome import Paid, WixBooking
from booking.wix.booking_shapes import WireBooking
from booking.wix.errors import StaleRevision, WixAnswerMalformed
from booking.wix.lanes import Lane
from booking.wix.new_booking import (
    NewBooking,
    NewTime,
    booking_body,
    create_body,
    notice,
    slot_body,
)
from booking.wix.paths import in_path
from booking.wix.wire import Answer, Body, Reader, Wire

BASE = "/_api/bookings-service/v2/multi_service_bookings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """Bookings that belong together, in the order of the visit."""

    id: str
    bookings: tuple[WixBooking, ...]


class _Part(msgspec.Struct):
    booking: WireBooking


class _Package(msgspec.Struct):
    id: str
    bookings: list[_Part] | None = None


class _Answer(msgspec.Struct, rename="camel"):
    multi_service_booking: _Package


class _Availability(msgspec.Struct):
    bookable: bool | None = None


_read, _read_availability = Reader(_Answer), Reader(_Availability)


class MultiServiceBookings:
    """Visits of several services. Everything is done to all of their bookings or to none."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def create(self, parts: Sequence[NewBooking]) -> Package:
        """Book 2 to 8 appointments, each beginning where the one before ends, at one place.

        Customer, answers, notices and overrides are those of the first part.
        Raises: SlotNotAvailable, PolicyRefused, InvalidRequest, WixError.
        """
        beside = {name: value for name, value in create_body(parts[0]).items() if name != "booking"}
        body = {
            "bookings": [booking_body(each) for each in parts],
            "multiServiceBookingType": "SEQUENTIAL_BOOKINGS",
            "returnFullEntity": True,
            **beside,
        }
        return self._write("", body)

    def get(self, package_id: str) -> Package:
        """The bookings as they are now. Raises: BookingNotFound, WixError."""
        path = f"{BASE}/{in_path(package_id)}"
        return _package(self._wire.read(path, method="GET", lane=Lane.SETTLE))

    def is_available(self, package_id: str) -> bool:
        """True if the business could still do all of it. Raises: BookingNotFound, WixError."""
        path = f"{BASE}/{in_path(package_id)}/get_availability"
        return bool(_read_availability(self._wire.read(path, {}, lane=Lane.SETTLE)).bookable)

    def confirm(self, package: Package, paid: Paid, *, check: bool = False) -> Package:
        """Confirm all; with ``check`` a time that is taken is refused.

        Raises: SlotNotAvailable, WrongStatus, StaleRevision, BookingNotFound, WixError.
        """
        flags = {"flowControlSettings": {"checkAvailabilityValidation": check}}
        return self._pay(package, "confirm", "confirmBookingsInfo", paid, flags)

    def decline(self, package: Package, *, notify: bool = False) -> Package:
        """Turn all down. Raises: as ``confirm``."""
        told = {"participantNotification": notice(notify=notify)}
        return self._pay(package, "decline", "declineBookingsInfo", None, told)

    def mark_as_pending(self, package: Package, paid: Paid | None = None) -> Package:
        """Let all wait for the owner. Raises: as ``confirm``."""
        return self._pay(package, "mark_as_pending", "markAsPendingBookingsInfo", paid, {})

    def cancel(
        self, package_id: str, *, ignore_policy: bool = False, notify: bool = False
    ) -> Package:
        """Cancel what is not cancelled yet; Wix wants no revisions here.

        Raises: PolicyRefused, InvalidRequest if nothing is left, BookingNotFound, WixError.
        """
        body = {
            "flowControlSettings": {"ignoreCancellationPolicy": ignore_policy},
            "participantNotification": notice(notify=notify),
        }
        return self._write(f"/{in_path(package_id)}/cancel", body)

    def reschedule(
        self, package: Package, to: Mapping[WixBookingId, NewTime], *, ignore_policy: bool = False
    ) -> Package:
        """Move all; ``to`` names a new time for each booking. Raises: as ``confirm``, PolicyRefused."""
        flags = {"flowControlSettings": {"ignoreReschedulePolicy": ignore_policy}}

        def body(current: Package) -> Body:
            infos = [
                {"bookingId": each.id, "revision": each.revision, "slot": slot_body(to[each.id])}
                for each in current.bookings
            ]
            return {"rescheduleBookingsInfo": infos, **flags}

        return self._change(package, "reschedule", body)

    def _pay(
        self, package: Package, action: str, name: str, paid: Paid | None, rest: Body
    ) -> Package:
        payment = {} if paid is None else {"paymentStatus": paid.value}

        def body(current: Package) -> Body:
            infos: list[dict[str, Any]] = [
                {"bookingId": each.id, "revision": each.revision, **payment}
                for each in current.bookings
            ]
            return {name: infos, **rest}

        return self._change(package, action, body)

    def _change(self, package: Package, action: str, body: Callable[[Package], Body]) -> Package:
        """Change; after stale revisions look once and try once more with those of now."""
        path = f"/{in_path(package.id)}/{action}"
        try:
            return self._write(path, body(package))
        except StaleRevision:
            current = self.get(package.id)
            if current.bookings == package.bookings:
                raise
        return self._write(path, body(current))

    def _write(self, path: str, body: Body) -> Package:
        answer = self._wire.write(f"{BASE}{path}", body)
        try:
            return _package(answer)
        except WixAnswerMalformed as error:
            error.maybe_done = True  # Wix said 200: it did it, only we cannot read what it says
            raise


def _package(answer: Answer) -> Package:
    told = _read(answer).multi_service_booking
    bookings = tuple(each.booking.booking() for each in told.bookings or ())
    return Package(id=told.id, bookings=bookings)
