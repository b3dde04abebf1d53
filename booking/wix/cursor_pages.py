"""Walking through the pages of a query whose next page is named by a cursor."""

from collections.abc import Iterator
from typing import Any

import msgspec

from booking.wix.shapes import WirePaging
from booking.wix.wire import Answer, Body, Check, Reader, Wire, log

PAGE_SIZE = 100
"""Wix's own bound for staff, resources, policies, categories and variants."""
MOST_PAGES = 10


class _Paged(msgspec.Struct, rename="camel"):
    paging_metadata: WirePaging | None = None


_read_paging = Reader(_Paged)


def pages(
    wire: Wire,
    path: str,
    query: Body | None = None,
    *,
    check: Check,
    beside: Body | None = None,
) -> Iterator[Answer]:
    """Every page's answer, at most ten. ``query`` is asked on the first page only: a cursor keeps it.

    ``beside`` goes next to the query each time. Raises: WixError.
    """
    asked: dict[str, Any] = {**(query or {}), "cursorPaging": {"limit": PAGE_SIZE}}
    for _ in range(MOST_PAGES):
        answer = wire.read(path, {"query": asked, **(beside or {})}, check=check)
        yield answer
        paging = _read_paging(answer).paging_metadata or WirePaging()
        if paging.next_cursor is None:
            return
        asked = {"cursorPaging": {"limit": PAGE_SIZE, "cursor": paging.next_cursor}}
    log.warning("more than %d pages of %s; the rest is left out", MOST_PAGES, path)
