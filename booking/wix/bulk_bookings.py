"""Bookings Writer V2, many at once. Wix answers 200 even if nothing was done: look at each outcome.

Source: Wix Bookings, Bookings Writer V2, "Bulk Create Booking", "Bulk Confirm Or Decline Booking",
"Bulk Cancel Booking", "Bulk Calculate Allowed Actions".
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from booking.domain.ids import WixBookingId
from booking.domain.outcome import AllowedActions, Paid, WixBooking
from booking.wix.booking_shapes import WireBooking
from booking.wix.errors import WixAnswerMalformed, WixError
from booking.wix.lanes import Lane
from booking.wix.new_booking import AnyNewBooking, create_body, notice
from booking.wix.refusals import refused
from booking.wix.wire import Answer, Body, Reader, Wire

BASE = "/bookings/v2/bulk/bookings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one entry: the booking as it is now, or the ``error`` that kept it from that.

    ``index`` is the entry's place in what was asked, ``id`` the booking's, "" if none was made.
    """

    index: int
    id: WixBookingId
    booking: WixBooking | None = None
    error: WixError | None = None


class _Error(msgspec.Struct):
    code: str | None = None


class _Metadata(msgspec.Struct, rename="camel"):
    id: str | None = None
    original_index: int | None = None
    success: bool | None = None
    error: _Error | None = None


class _Result(msgspec.Struct, rename="camel"):
    item_metadata: _Metadata | None = None
    item: WireBooking | None = None

    def outcome(self, at: int) -> Outcome:
        told = self.item_metadata or _Metadata()
        failed = None if told.success else refused((told.error or _Error()).code or "")
        return Outcome(
            index=at if told.original_index is None else told.original_index,
            id=WixBookingId(told.id or (self.item.id if self.item else "")),
            booking=self.item.booking() if self.item and not failed else None,
            error=failed,
        )


class _Answer(msgspec.Struct):
    results: list[_Result] | None = None


class _Actions(msgspec.Struct):
    cancel: bool | None = None
    reschedule: bool | None = None


class _Allowed(msgspec.Struct, rename="camel"):
    item_metadata: _Metadata | None = None
    item: _Actions | None = None


class _AllowedAnswer(msgspec.Struct):
    results: list[_Allowed] | None = None


_read, _read_allowed = Reader(_Answer), Reader(_AllowedAnswer)


class BulkBookings:
    """Changes to several bookings in one call, and what may be done to them."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def bulk_create(self, new: Sequence[AnyNewBooking]) -> tuple[Outcome, ...]:
        """Make 1 to 40 bookings, not all or nothing. Raises: InvalidRequest (none made), WixError."""
        entries = [create_body(each) for each in new]
        return self._many("create", {"createBookingsInfo": entries, "returnFullEntity": True})

    def bulk_confirm_or_decline(self, decided: Mapping[WixBookingId, Paid]) -> tuple[Outcome, ...]:
        """Let Wix decide 1 to 300 CREATED bookings, as ``confirm_or_decline``. Raises: WixError."""
        details = [
            {"bookingId": booking_id, "paymentStatus": paid.value}
            for booking_id, paid in decided.items()
        ]
        return self._many("confirmOrDecline", {"details": details, "returnEntity": True})

    def bulk_cancel(
        self,
        bookings: Iterable[WixBooking],
        *,
        ignore_policy: bool = False,
        notify: bool = False,
        message: str = "",
    ) -> tuple[Outcome, ...]:
        """Cancel 1 to 100 bookings at the revisions they were read with. Raises: WixError."""
        entries = [
            {
                "bookingId": each.id,
                "revision": each.revision,
                "flowControlSettings": {"ignoreCancellationPolicy": ignore_policy},
                "participantNotification": notice(notify=notify, message=message),
            }
            for each in bookings
        ]
        body = {"bookings": {"bookingsInfo": entries}, "returnFullEntity": True}
        return self._many("cancel", body)

    def allowed_actions(
        self, booking_ids: Sequence[WixBookingId]
    ) -> dict[WixBookingId, AllowedActions]:
        """What may be done to these bookings without overriding a policy; unknown ones are left out.

        Raises: WixError.
        """
        path = f"{BASE}/calculate_allowed_actions"
        answer = self._wire.read(path, {"bookingIds": list(booking_ids)}, lane=Lane.SETTLE)
        found = {}
        for each in _read_allowed(answer).results or ():
            told, metadata = each.item, each.item_metadata or _Metadata()
            if told and metadata.id:
                allowed = AllowedActions(cancel=bool(told.cancel), reschedule=bool(told.reschedule))
                found[WixBookingId(metadata.id)] = allowed
        return found

    def _many(self, action: str, body: Body) -> tuple[Outcome, ...]:
        answer = self._wire.write(f"{BASE}/{action}", body)
        try:
            return _outcomes(answer)
        except WixAnswerMalformed as error:
            error.maybe_done = True  # Wix said 200: some of it is done, we cannot read which
            raise


def _outcomes(answer: Answer) -> tuple[Outcome, ...]:
    results = _read(answer).results or []
    outcomes = (each.outcome(at) for at, each in enumerate(results))
    return tuple(sorted(outcomes, key=lambda outcome: outcome.index))
