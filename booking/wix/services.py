"""Services V2: what the business offers.

Source: Wix Bookings, Services V2, "Query Services", "Service Object".
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import msgspec

from booking.domain.service import Service
from booking.wix.errors import WixAnswerMalformed
from booking.wix.lanes import Lane
from booking.wix.service_shapes import WireService
from booking.wix.shapes import WirePaging
from booking.wix.wire import Answer, Body, Reader, Wire, log

PATH = "/bookings/v2/services/query"
BOOKINGS_APP = "13d21c63-b5ec-5912-8397-c3a5ddb27a97"
"""The id of the app Wix Bookings: other Wix apps keep services here too."""
PAGE_SIZE = 100
MOST_PAGES = 20


class _Answer(msgspec.Struct, rename="camel"):
    services: list[msgspec.Raw] | None = None
    paging_metadata: WirePaging | None = None


_read, _read_service = Reader(_Answer), Reader(WireService)


class Services:
    """The services of the site's Wix Bookings app."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def query(self) -> tuple[Service, ...]:
        """All of them, hidden ones too, in Wix's order. Raises: WixError.

        A service that cannot be read is left out and logged: one broken record must not take the
        whole catalogue with it.
        """
        found: list[Service] = []
        for page in range(MOST_PAGES):
            told = self._ask({"appId": BOOKINGS_APP}, offset=page * PAGE_SIZE)
            found += told.services
            if told.records < PAGE_SIZE:
                break
        return tuple(found)

    def by_slug(self, slug: str) -> Service | None:
        """The service that has this slug, or had it before; None if none has.

        Asked when a time is pressed: through the cache it is at most a second or two old.
        Raises: WixError.
        """
        for field, condition in (
            ("mainSlug.name", slug),
            ("supportedSlugs.name", {"$hasSome": [slug]}),
        ):
            # Looked at again here: a filter that Wix does not know would give any service.
            for service in self._ask(
                {"appId": BOOKINGS_APP, field: condition}, lane=Lane.HOLD
            ).services:
                if slug == service.slug or slug in service.older_slugs:
                    return service
        return None

    def _ask(self, condition: Body, *, offset: int = 0, lane: Lane = Lane.BROWSE) -> "_Page":
        question = {
            "query": {"filter": condition, "paging": {"limit": PAGE_SIZE, "offset": offset}},
            "conditionalFields": ["STAFF_MEMBER_DETAILS"],
        }
        return _page(self._wire.read(PATH, question, lane=lane, check=_page))


class _Page(NamedTuple):
    """``records`` also counts the records that could not be read."""

    services: tuple[Service, ...]
    records: int


def _page(answer: Answer) -> _Page:
    return _page_of(answer.body)


# A cached answer is the same bytes for every visitor: comparing them costs a fraction of reading.
@lru_cache(maxsize=8)
def _page_of(body: bytes) -> _Page:
    records = _read.read(body).services or []
    return _Page(tuple(_readable(records)), len(records))


def _readable(records: Iterable[msgspec.Raw]) -> Iterable[Service]:
    for at, record in enumerate(records):
        try:
            yield _read_service.read(record).service()
        except WixAnswerMalformed as error:
            log.error("a service is left out: %s", error.under(f"services[{at}]"))
