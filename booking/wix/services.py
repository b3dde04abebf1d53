"""Services V2: what the business offers.

Source: Wix Bookings, Services V2, "Query Services", "Search Services", "Get Service", "Count
Services", "Service Object".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from booking.domain.ids import ServiceId
from booking.domain.service import Service
from booking.wix.errors import WixAnswerMalformed
from booking.wix.lanes import Lane
from booking.wix.paths import in_path
from booking.wix.service_filter import BOOKINGS_APP, EVERY, Order, ServiceFilter
from booking.wix.service_shapes import WireService
from booking.wix.shapes import WirePaging
from booking.wix.wire import Answer, Body, Reader, Wire, log

__all__ = ["BOOKINGS_APP", "PATH", "ServicePage", "Services"]

BASE = "/bookings/v2/services"
PATH = f"{BASE}/query"
SEARCH_PATH = f"{BASE}/search"
COUNT_PATH = f"{BASE}/count"
STAFF = "STAFF_MEMBER_DETAILS"
"""The conditional field without which a service names nobody who gives it."""
PAGE_SIZE = 100
"""Wix's own bound, of a query and of a search."""
MOST_PAGES = 20


class _Answer(msgspec.Struct, rename="camel"):
    services: list[msgspec.Raw] | None = None
    paging_metadata: WirePaging | None = None


class _One(msgspec.Struct):
    service: WireService


class _Count(msgspec.Struct):
    count: int


_read, _read_service = Reader(_Answer), Reader(WireService)
_read_one, _read_count = Reader(_One), Reader(_Count)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePage:
    """One page. ``total`` counts all that are found, None if Wix does not tell.

    ``next_offset`` goes with ``query_page``, ``next_cursor`` with ``search``; None on the last page.
    """

    services: tuple[Service, ...]
    total: int | None = None
    next_offset: int | None = None
    next_cursor: str | None = None


class Services:
    """The services of the site's Wix Bookings app.

    A service that cannot be read is left out of lists and logged: one broken record must not take
    the whole catalogue with it.
    """

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def query(
        self, where: ServiceFilter = EVERY, *, order: Sequence[Order] = ()
    ) -> tuple[Service, ...]:
        """All that fit, hidden ones too unless ``where`` says otherwise. Raises: WixError.

        Without an ``order`` they come in Wix's: by when they were made.
        """
        found: list[Service] = []
        offset: int | None = 0
        for _ in range(MOST_PAGES):
            page = self.query_page(where, order=order, offset=offset or 0)
            found += page.services
            offset = page.next_offset
            if offset is None:
                break
        return tuple(found)

    def query_page(
        self,
        where: ServiceFilter = EVERY,
        *,
        order: Sequence[Order] = (),
        offset: int = 0,
        limit: int = PAGE_SIZE,
    ) -> ServicePage:
        """``limit`` services (at most 100) from ``offset`` on. Raises: WixError."""
        told = self._ask(where.body(), order=order, offset=offset, limit=limit)
        # A short page is the last one. Wix counts only so far, so the total does not tell.
        following = offset + told.records if told.records >= limit else None
        return ServicePage(services=told.services, total=told.total, next_offset=following)

    def search(
        self,
        words: str = "",
        where: ServiceFilter = EVERY,
        *,
        order: Sequence[Order] = (),
        cursor: str | None = None,
        limit: int = PAGE_SIZE,
    ) -> ServicePage:
        """Services whose name has all the ``words``. They come without their staff.

        A ``cursor`` carries words, filter and order of the page it came from; with one the others
        are not asked again. Raises: WixError.
        """
        asked: dict[str, Any] = {"cursorPaging": {"limit": limit}}
        if cursor:
            asked["cursorPaging"]["cursor"] = cursor
        else:
            asked["filter"] = where.body()
            asked |= {"sort": [each.body() for each in order]} if order else {}
            asked |= {"search": {"expression": words, "mode": "AND"}} if words else {}
        told = _page(self._wire.read(SEARCH_PATH, {"search": asked}, check=_page))
        return ServicePage(services=told.services, total=told.total, next_cursor=told.next_cursor)

    def get(self, service_id: ServiceId) -> Service:
        """One service as it is now, with its staff. Raises: ServiceGone, WixError."""
        path = f"{BASE}/{in_path(service_id)}?conditionalFields={STAFF}"
        return _one(self._wire.read(path, method="GET", check=_one))

    def count(self, where: ServiceFilter = EVERY) -> int:
        """How many services fit. Raises: WixError."""
        return _counted(self._wire.read(COUNT_PATH, {"filter": where.body()}, check=_counted))

    def by_slug(self, slug: str) -> Service | None:
        """The service that has this slug, or had it before; None if none has.

        Asked when a time is pressed: through the cache it is at most a second or two old.
        Raises: WixError.
        """
        for where in (ServiceFilter(slug=slug), ServiceFilter(older_slug=slug)):
            # Looked at again here: a filter that Wix does not know would give any service.
            for service in self._ask(where.body(), lane=Lane.HOLD).services:
                if slug == service.slug or slug in service.older_slugs:
                    return service
        return None

    def _ask(
        self,
        condition: Body,
        *,
        order: Sequence[Order] = (),
        offset: int = 0,
        limit: int = PAGE_SIZE,
        lane: Lane = Lane.BROWSE,
    ) -> "_Page":
        query: dict[str, Any] = {"filter": condition, "paging": {"limit": limit, "offset": offset}}
        if order:
            query["sort"] = [each.body() for each in order]
        question = {"query": query, "conditionalFields": [STAFF]}
        return _page(self._wire.read(PATH, question, lane=lane, check=_page))


class _Page(NamedTuple):
    """``records`` also counts the records that could not be read."""

    services: tuple[Service, ...]
    records: int
    total: int | None
    next_cursor: str | None


def _page(answer: Answer) -> _Page:
    return _page_of(answer.body)


# A cached answer is the same bytes for every visitor: comparing them costs a fraction of reading.
@lru_cache(maxsize=8)
def _page_of(body: bytes) -> _Page:
    told = _read.read(body)
    records, paging = told.services or [], told.paging_metadata or WirePaging()
    return _Page(tuple(_readable(records)), len(records), paging.total, paging.next_cursor)


def _readable(records: Iterable[msgspec.Raw]) -> Iterable[Service]:
    for at, record in enumerate(records):
        try:
            yield _read_service.read(record).service()
        except WixAnswerMalformed as error:
            log.error("a service is left out: %s", error.under(f"services[{at}]"))


def _one(answer: Answer) -> Service:
    wire = _read_one(answer).service
    try:
        return wire.service()
    except WixAnswerMalformed as error:
        raise error.under("service") from error


def _counted(answer: Answer) -> int:
    return _read_count(answer).count
