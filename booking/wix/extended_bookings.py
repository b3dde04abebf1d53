"""Extended Bookings: the only way to read a booking.

The reader lags behind the writer by seconds: a booking just made may be missing, a change not yet
seen. Source: Wix Bookings, Bookings Reader V2, "Query Extended Bookings".
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import msgspec

from booking.domain.ids import WixBookingId
from booking.domain.outcome import AllowedActions, WixBooking
from booking.wix.booking_filter import BookingFilter, Order
from booking.wix.booking_order_shapes import WireOrder
from booking.wix.booking_shapes import WireBooking
from booking.wix.errors import WixAnswerMalformed
from booking.wix.lanes import Lane
from booking.wix.shapes import WirePaging
from booking.wix.wire import Body, Reader, Wire, need

PATH = "/_api/bookings-reader/v2/extended-bookings/query"
COUNT_PATH = "/_api/bookings-reader/v2/extended-bookings/count"
PAGE_SIZE = 100
MOST_PAGES = 5
EVERY_PAGE = 200  # the end of a reading that must be complete: 20,000 bookings
LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingPage:
    """Some of the bookings asked for, and the cursor of the next page; None on the last one."""

    bookings: tuple[WixBooking, ...]
    cursor: str | None


class _Actions(msgspec.Struct):
    cancel: bool | None = None
    reschedule: bool | None = None


class _Extended(msgspec.Struct, rename="camel"):
    booking: WireBooking
    allowed_actions: _Actions | None = None
    order: WireOrder | None = None

    def extended(self) -> WixBooking:
        told = self.allowed_actions
        allowed = (
            AllowedActions(cancel=bool(told.cancel), reschedule=bool(told.reschedule))
            if told
            else None
        )
        order = self.order.facts() if self.order else None
        return replace(self.booking.booking(), allowed=allowed, order=order)


class _Answer(msgspec.Struct, rename="camel"):
    extended_bookings: list[_Extended] | None = None
    paging_metadata: WirePaging | None = None


class _Count(msgspec.Struct):
    count: int | None = None


_read, _read_count = Reader(_Answer), Reader(_Count)


class ExtendedBookings:
    """The bookings of the site, as Wix's reader knows them. Never cached."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def by_id(
        self, booking_id: WixBookingId, *, actions: bool = False, order: bool = False
    ) -> WixBooking | None:
        """This booking; None if the reader does not know it (yet). Raises: WixError.

        With ``actions`` it also says what may be done to it now, with ``order`` what it was bought
        with; the latter needs the permission to read orders.
        """
        # Looked at again here, and below: a filter that Wix does not know would give any booking.
        found = self._all({"filter": {"id": booking_id}}, _extras(actions=actions, order=order))
        return next((booking for booking in found if booking.id == booking_id), None)

    def by_reference(self, reference: str) -> tuple[WixBooking, ...]:
        """The bookings made with this ``reference``, the oldest first. Raises: WixError."""
        found = self._all({"filter": {"externalUserId": reference}})
        ours = (booking for booking in found if booking.reference == reference)
        return tuple(sorted(ours, key=lambda each: (each.created or LONG_AGO, each.id)))

    def query(
        self,
        where: BookingFilter,
        *,
        sort: Order = Order.NEWEST,
        actions: bool = False,
        order: bool = False,
        limit: int = PAGE_SIZE,
        cursor: str = "",
    ) -> BookingPage:
        """One page of bookings. ``cursor`` carries on where a page ended, whatever else is said.

        ``limit`` is 1 to 100. Raises: InvalidRequest for a cursor that is none; WixError.
        """
        paging: dict[str, Any] = {"limit": limit, **({"cursor": cursor} if cursor else {})}
        query: dict[str, Any] = {"cursorPaging": paging}
        if not cursor:  # beside a cursor Wix wants neither: it carries both
            query |= {"filter": where.body(), "sort": sort.body()}
        return self._page(query, _extras(actions=actions, order=order))

    def query_all(
        self, where: BookingFilter, *, sort: Order = Order.NEWEST
    ) -> tuple[WixBooking, ...]:
        """Every booking that fits, over all pages. Raises: WixError.

        WixAnswerMalformed if there is no end to them: a part is never given for the whole.
        """
        query = {"filter": where.body(), "sort": sort.body()}
        return tuple(self._all(query, most_pages=EVERY_PAGE, complete=True))

    def count(self, where: BookingFilter) -> int:
        """How many bookings fit. Raises: WixError."""
        answer = self._wire.read(COUNT_PATH, {"filter": where.body()}, lane=Lane.SETTLE)
        return need(_read_count(answer).count, "count")

    def _all(
        self,
        query: Body,
        extras: Body | None = None,
        *,
        most_pages: int = MOST_PAGES,
        complete: bool = False,
    ) -> Iterator[WixBooking]:
        asked: Body = {**query, "cursorPaging": {"limit": PAGE_SIZE}}
        for _ in range(most_pages):
            page = self._page(asked, extras or {})
            yield from page.bookings
            if page.cursor is None:
                return
            asked = {"cursorPaging": {"limit": PAGE_SIZE, "cursor": page.cursor}}
        if complete:
            raise WixAnswerMalformed("pagingMetadata.cursors", f"no end after {most_pages} pages")

    def _page(self, query: Body, extras: Body) -> BookingPage:
        answer = self._wire.read(PATH, {"query": query, **extras}, lane=Lane.SETTLE)
        told = _read(answer)
        cursor = told.paging_metadata.next_cursor if told.paging_metadata else None
        bookings = tuple(each.extended() for each in told.extended_bookings or ())
        return BookingPage(bookings=bookings, cursor=cursor)


def _extras(*, actions: bool, order: bool) -> Body:
    """The flags of what comes along with a booking; each costs Wix a look elsewhere."""
    flags = {"withBookingAllowedActions": actions, "withEcomOrder": order}
    return {name: True for name, wanted in flags.items() if wanted}
