"""Anonymous booking actions: what a customer may do with a link and nothing else.

A token is a secret: it lets whoever has it look at one booking, cancel it and move it. It never
shows in a log line or an error. Source: Wix Bookings, "Anonymous Booking Actions" (a preview).
"""

from collections.abc import Callable
from dataclasses import replace

import msgspec

from booking.domain.ids import EventId, WixBookingId
from booking.domain.outcome import AllowedActions, WixBooking, WixStatus
from booking.wix.booking_shapes import WireBooking
from booking.wix.errors import StaleRevision, WixAnswerMalformed
from booking.wix.lanes import Lane
from booking.wix.new_booking import NewTime, slot_body
from booking.wix.paths import in_path
from booking.wix.wire import Body, Reader, Wire, need

BASE = "/_api/v1/anonymous-bookings"


class _Token(msgspec.Struct):
    token: str | None = None


class _Actions(msgspec.Struct):
    cancel: bool | None = None
    reschedule: bool | None = None


class _Answer(msgspec.Struct, rename="camel"):
    booking: WireBooking
    allowed_anonymous_actions: _Actions | None = None

    def read(self) -> WixBooking:
        told = self.allowed_anonymous_actions
        if told is None:
            return self.booking.booking()
        allowed = AllowedActions(cancel=bool(told.cancel), reschedule=bool(told.reschedule))
        return replace(self.booking.booking(), allowed=allowed)


_read_token, _read = Reader(_Token), Reader(_Answer)


class AnonymousBookings:
    """Single bookings by their tokens. The business's policy decides, and nothing overrides it."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def token(self, booking_id: WixBookingId) -> str:
        """The key to this booking, safe in an address. Raises: BookingNotFound, WixError."""
        path = f"{BASE}/{in_path(booking_id)}/token"
        answer = self._wire.read(path, method="GET", lane=Lane.SETTLE)
        return need(_read_token(answer).token, "token")

    def get(self, token: str) -> WixBooking:
        """The booking, with what its holder may do in ``allowed``.

        Raises: BookingNotFound for a token that is none; WixError.
        """
        path = f"{BASE}/{in_path(token)}"
        return _read(self._wire.read(path, method="GET", lane=Lane.SETTLE)).read()

    def cancel(self, token: str, revision: str) -> WixBooking:
        """Cancel by the policy. Raises: PolicyRefused, StaleRevision, BookingNotFound, WixError."""
        cancelled = WixStatus.CANCELED
        return self._change(token, "cancel", revision, {}, lambda now: now.status is cancelled)

    def reschedule(self, token: str, revision: str, to: NewTime | EventId) -> WixBooking:
        """Move by the policy; Wix always writes to the customer.

        Raises: SlotNotAvailable, PolicyRefused, StaleRevision, BookingNotFound, WixError.
        """
        if isinstance(to, NewTime):
            rest: Body = {"slot": slot_body(to)}
            return self._change(token, "reschedule", revision, rest, lambda _: False)
        rest = {"slot": {"eventId": to}}
        return self._change(token, "reschedule", revision, rest, lambda now: now.event_id == to)

    def _change(
        self,
        token: str,
        action: str,
        revision: str,
        rest: Body,
        done: Callable[[WixBooking], bool],
    ) -> WixBooking:
        """Change; after a stale revision look once and try once more, as ``Bookings`` does."""
        try:
            return self._write(token, action, {"revision": revision, **rest})
        except StaleRevision:
            current = self.get(token)
            if current.revision == revision:
                raise
            if done(current):
                return current
        return self._write(token, action, {"revision": current.revision, **rest})

    def _write(self, token: str, action: str, body: Body) -> WixBooking:
        answer = self._wire.write(f"{BASE}/{in_path(token)}/{action}", body)
        try:
            return _read(answer).read()
        except WixAnswerMalformed as error:
            error.maybe_done = True  # Wix said 200: it did it, only we cannot read what it says
            raise
