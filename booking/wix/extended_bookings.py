"""Extended Bookings: the only way to read a booking.

The reader lags behind the writer by seconds: a booking just made may be missing, a change not yet
seen. Source: Wix Bookings, Bookings Reader V2, "Query Extended Bookings".
"""

from datetime import UTC, datetime

import msgspec

from booking.domain.ids import WixBookingId
from booking.domain.outcome import WixBooking
from booking.wix.booking_shapes import WireBooking
from booking.wix.lanes import Lane
from booking.wix.shapes import WirePaging
from booking.wix.wire import Body, Reader, Wire

PATH = "/_api/bookings-reader/v2/extended-bookings/query"
PAGE_SIZE = 100
MOST_PAGES = 5
LONG_AGO = datetime.min.replace(tzinfo=UTC)


class _Extended(msgspec.Struct):
    booking: WireBooking


class _Answer(msgspec.Struct, rename="camel"):
    extended_bookings: list[_Extended] | None = None
    paging_metadata: WirePaging | None = None


_read = Reader(_Answer)


class ExtendedBookings:
    """The bookings of the site, as Wix's reader knows them. Never cached."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def by_id(self, booking_id: WixBookingId) -> WixBooking | None:
        """This booking; None if the reader does not know it (yet). Raises: WixError."""
        # Looked at again here, and below: a filter that Wix does not know would give any booking.
        found = self._query({"id": booking_id})
        return next((booking for booking in found if booking.id == booking_id), None)

    def by_reference(self, reference: str) -> tuple[WixBooking, ...]:
        """The bookings made with this ``reference``, the oldest first. Raises: WixError."""
        found = self._query({"externalUserId": reference})
        ours = (booking for booking in found if booking.reference == reference)
        return tuple(sorted(ours, key=lambda each: (each.created or LONG_AGO, each.id)))

    def _query(self, condition: Body) -> list[WixBooking]:
        found: list[WixBooking] = []
        query: Body = {"filter": condition, "cursorPaging": {"limit": PAGE_SIZE}}
        for _ in range(MOST_PAGES):
            answer = self._wire.read(PATH, {"query": query}, lane=Lane.SETTLE)
            page = _read(answer)
            found += [each.booking.booking() for each in page.extended_bookings or ()]
            cursor = page.paging_metadata.next_cursor if page.paging_metadata else None
            if cursor is None:
                break
            query = {"cursorPaging": {"limit": PAGE_SIZE, "cursor": cursor}}
        return found
