"""Bookings Writer V2: making bookings, deciding about them, moving and cancelling them.

None of these calls may be repeated blindly: Wix knows no idempotency keys. After an error with
``maybe_done`` look the booking up by its reference before anything else.
Source: Wix Bookings, Bookings Writer V2, "Create Booking", "Confirm Or Decline Booking", and the
page of each method's own name.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from booking.domain.ids import EventId, WixBookingId
from booking.domain.outcome import Paid, WixBooking, WixStatus
from booking.domain.party import Group
from booking.wix.booking_shapes import WireBooking
from booking.wix.bulk_bookings import BulkBookings
from booking.wix.errors import StaleRevision, WixAnswerMalformed
from booking.wix.extended_bookings import ExtendedBookings
from booking.wix.new_booking import (
    AnyNewBooking,
    NewBooking,
    NewTime,
    create_body,
    notice,
    party_body,
    slot_body,
)
from booking.wix.paths import in_path
from booking.wix.wire import Body, Reader, Wire

__all__ = ["Bookings", "Moved", "NewBooking", "Waive"]

CREATE_PATH = "/bookings/v2/bookings"
CONFIRMATION_PATH = "/bookings/v2/confirmation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """How a booking is moved, beside where to: what Wix leaves out, and what it tells the customer.

    ``ignore_policy`` and ``skip_availability`` need permissions of their own; ``skip_approval``
    keeps a confirmed booking of a service with approval from going back to PENDING.
    """

    ignore_policy: bool = False
    skip_availability: bool = False
    skip_approval: bool = False
    notify: bool = False
    message: str = ""

    def body(self) -> Body:
        flags = {
            "ignoreReschedulePolicy": self.ignore_policy,
            "skipAvailabilityValidation": self.skip_availability,
            "skipBusinessConfirmation": self.skip_approval,
        }
        return {
            "participantNotification": notice(notify=self.notify, message=self.message),
            "flowControlSettings": {name: True for name, wanted in flags.items() if wanted},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Waive:
    """What the business gives up when a booking is cancelled.

    ``plan_session`` gives a pricing plan's session back (no other money moves by it), ``fee`` is
    the cancellation fee, ``charges`` also cancels what is still owed of an order that holds nothing
    but bookings.
    """

    plan_session: bool = False
    fee: bool = False
    charges: bool = False

    def flags(self) -> Body:
        told = {"withRefund": self.plan_session, "waiveCancellationFee": self.fee}
        return {name: True for name, wanted in told.items() if wanted}


class _Answer(msgspec.Struct):
    booking: WireBooking


_read = Reader(_Answer)


class Bookings(BulkBookings):
    """Changes to the site's bookings, one at a time; those of many at once come from the base."""

    def __init__(self, wire: Wire, reader: ExtendedBookings) -> None:
        super().__init__(wire)
        self._reader = reader

    def create(self, new: AnyNewBooking) -> WixBooking:
        """Make a booking; it is CREATED and takes no place until it is confirmed.

        The customer goes as ``contactDetails`` unless the form's answers are given. Those need the
        field names of the service's own form: one missing or misnamed and Wix refuses the whole.
        Raises: SlotNotAvailable, PolicyRefused, InvalidRequest, WixForbidden, WixError.
        """
        return self._write(CREATE_PATH, create_body(new))

    def confirm_or_decline(self, booking_id: WixBookingId, paid: Paid) -> WixBooking:
        """Let Wix decide a CREATED booking: CONFIRMED, PENDING (the owner decides) or DECLINED.

        A lost race is DECLINED, or double booked if anything was paid.
        Raises: WrongStatus if it is already decided; BookingNotFound; WixError.
        """
        path = f"{CONFIRMATION_PATH}/{in_path(booking_id)}:confirmOrDecline"
        return self._write(path, {"paymentStatus": paid.value})

    def confirm(
        self,
        booking_id: WixBookingId,
        revision: str,
        paid: Paid,
        *,
        check: bool = False,
        notify: bool = False,
    ) -> WixBooking:
        """Confirm, as the owner would: past approval, and without a look whether the time is free.

        With ``check`` Wix looks, and refuses a taken time.
        Raises: SlotNotAvailable (with ``check``), StaleRevision, WrongStatus, BookingNotFound, WixError.
        """
        rest = {
            "paymentStatus": paid.value,
            **({"participantNotification": notice(notify=True)} if notify else {}),
            **({"flowControlSettings": {"checkAvailabilityValidation": True}} if check else {}),
        }
        return self._change(booking_id, "confirm", revision, rest, _is(WixStatus.CONFIRMED))

    def decline(
        self, booking_id: WixBookingId, revision: str, *, notify: bool = False, message: str = ""
    ) -> WixBooking:
        """Turn a CREATED or PENDING booking down. Raises: as ``confirm``."""
        rest = {"participantNotification": notice(notify=notify, message=message)}
        return self._change(booking_id, "decline", revision, rest, _is(WixStatus.DECLINED))

    def mark_as_pending(
        self,
        booking_id: WixBookingId,
        revision: str,
        paid: Paid | None = None,
        *,
        check: bool = False,
        any_service: bool = False,
    ) -> WixBooking:
        """Let a CREATED booking wait for the owner; from then on it takes its place.

        Only services with approval have such bookings, unless ``any_service`` says to pass over
        that. With ``check`` a taken time is told as ``double_booked``, not refused.
        Raises: WrongStatus, SlotNotAvailable, StaleRevision, BookingNotFound, WixError.
        """
        flags = {
            "checkAvailabilityValidation": check,
            "skipPendingApprovalServiceValidation": any_service,
        }
        rest: dict[str, Any] = {"flowControlSettings": flags}
        if paid is not None:
            rest["paymentStatus"] = paid.value
        path = "mark_booking_as_pending"
        return self._change(booking_id, path, revision, rest, _is(WixStatus.PENDING))

    def cancel(
        self,
        booking_id: WixBookingId,
        revision: str,
        *,
        ignore_policy: bool = False,
        notify: bool = False,
        message: str = "",
        waive: Waive | None = None,
    ) -> WixBooking:
        """Cancel; Wix applies the policy of booking time unless told not to, whoever we are.

        Raises: PolicyRefused; else as ``confirm``.
        """
        given_up = waive or Waive()
        rest = {
            "participantNotification": notice(notify=notify, message=message),
            "flowControlSettings": {"ignoreCancellationPolicy": ignore_policy, **given_up.flags()},
            **({"waiveCharges": True} if given_up.charges else {}),
        }
        return self._change(booking_id, "cancel", revision, rest, _is(WixStatus.CANCELED))

    def reschedule(
        self,
        booking_id: WixBookingId,
        revision: str,
        to: NewTime | EventId,
        how: Moved | None = None,
    ) -> WixBooking:
        """Move an appointment to another time, a class booking to another session of its class.

        A booking of a service with approval is PENDING again. A course cannot be moved.
        Raises: SlotNotAvailable, PolicyRefused; else as ``confirm``.
        """
        slot = slot_body(to) if isinstance(to, NewTime) else {"eventId": to}
        rest = {"slot": slot, **(how or Moved()).body()}
        return self._change(booking_id, "reschedule", revision, rest, _is_at(to))

    def update_number_of_participants(
        self,
        booking_id: WixBookingId,
        revision: str,
        participants: int,
        groups: tuple[Group, ...] = (),
    ) -> WixBooking:
        """Change how many come, of a class or a course. ``groups`` replace the number.

        Raises: SlotNotAvailable if they do not fit; else as ``confirm``.
        """
        path = "update_number_of_participants"
        rest = party_body(participants, groups)
        return self._change(booking_id, path, revision, rest, _comes_to(participants, groups))

    def set_submission_id(self, booking_id: WixBookingId, submission_id: str) -> WixBooking:
        """Tie a form submission made on its own to a booking. Raises: BookingNotFound, WixError."""
        path = f"{_path(booking_id)}/set-booking-submission-id"
        return self._write(path, {"submissionId": submission_id})

    def update_extended_fields(
        self, booking_id: WixBookingId, namespace: str, fields: Mapping[str, str | int | bool]
    ) -> None:
        """Keep an app's own ``fields`` with a booking, under its ``namespace`` ("@account/app").

        The booking's revision grows. Raises: BookingNotFound, WixError.
        """
        body = {"namespace": namespace, "namespaceData": fields}
        self._wire.write(f"{_path(booking_id)}/update_extended_fields", body)

    def _change(
        self,
        booking_id: WixBookingId,
        action: str,
        revision: str,
        rest: Body,
        done: "_Done",
    ) -> WixBooking:
        """Change; if the booking has moved on meanwhile, look once and try once more.

        Wix moves revisions by itself shortly after a booking is made. If the look shows that the
        booking already is what we want, that is the answer.
        """
        path = f"{_path(booking_id)}/{action}"
        try:
            return self._write(path, {"revision": revision, **rest})
        except StaleRevision:
            current = self._reader.by_id(booking_id)
            if current is None or current.revision == revision:
                raise  # the reader lags; the caller comes back later
            if done(current):
                return current
        return self._write(path, {"revision": current.revision, **rest})

    def _write(self, path: str, body: Body) -> WixBooking:
        answer = self._wire.write(path, body)
        try:
            return _read(answer).booking.booking()
        except WixAnswerMalformed as error:
            error.maybe_done = True  # Wix said 200: it did it, only we cannot read what it says
            raise


_Done = Callable[[WixBooking], bool]


def _is(status: WixStatus) -> _Done:
    return lambda booking: booking.status is status


def _is_at(to: NewTime | EventId) -> _Done:
    if isinstance(to, NewTime):
        wanted = (to.starts, to.ends, to.staff_id)
        return lambda booking: (booking.starts, booking.ends, booking.staff_id) == wanted
    return lambda booking: booking.event_id == to


def _comes_to(participants: int, groups: Iterable[Group]) -> _Done:
    wanted = tuple(groups)
    return lambda booking: (
        booking.groups == wanted if wanted else booking.participants == participants
    )


def _path(booking_id: WixBookingId) -> str:
    return f"{CREATE_PATH}/{in_path(booking_id)}"
