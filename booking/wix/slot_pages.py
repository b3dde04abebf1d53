"""Lists of time slots come in pages, and each list has its own name for what tells of the next one."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from booking.domain.ids import ServiceId
from booking.wix.errors import WixAnswerMalformed
from booking.wix.lanes import Lane
from booking.wix.shapes import WirePaging
from booking.wix.slot_shapes import WireTimeSlot, read_each
from booking.wix.wire import Answer, Reader, Wire, log
from booking.wix.zones import wall_clock, zone_of

PAGE_SIZE = 1000
MOST_PAGES = 5
SEVERAL = "several services"
"""The topic of answers about more than one service: a booking in any of them makes those old."""


class _List(msgspec.Struct, rename="camel"):
    """``cursorPagingMetadata`` is what appointments have, ``pagingMetadata`` what classes have."""

    time_slots: list[WireTimeSlot] | None = None
    time_zone: str | None = None
    cursor_paging_metadata: WirePaging | None = None
    paging_metadata: WirePaging | None = None


class _One(msgspec.Struct, rename="camel"):
    time_slot: WireTimeSlot
    time_zone: str | None = None


_read_list, _read_one = Reader(_List), Reader(_One)


class Page[T](NamedTuple):
    """What one answer lists. ``zone`` is the one its clocks are of."""

    listed: tuple[T, ...]
    zone: str
    next_cursor: str | None


class Listed[T](NamedTuple):
    """What all pages list, in Wix's order, and when the oldest of them was asked for.

    ``cut`` says that there is more than we ask for.
    """

    listed: list[T]
    zone: str
    checked_at: datetime
    cut: bool = False


def page_of[T](body: bytes, zone: str, make: Callable[[WireTimeSlot, ZoneInfo], T]) -> Page[T]:
    """The slots of one answer. ``zone`` is what we asked for, should the answer not say its own."""
    page = _read_list.read(body)
    used = zone_of(page.time_zone or zone, "timeZone")
    listed = read_each("timeSlots", page.time_slots or (), lambda each: make(each, used))
    paging = page.cursor_paging_metadata or page.paging_metadata
    return Page(listed, used.key, paging.next_cursor if paging else None)


def one_of[T](answer: Answer, zone: str, make: Callable[[WireTimeSlot, ZoneInfo], T]) -> T:
    """The one slot of an answer. Raises: WixAnswerMalformed."""
    one = _read_one(answer)
    used = zone_of(one.time_zone or zone, "timeZone")
    try:
        return make(one.time_slot, used)
    except WixAnswerMalformed as error:
        raise error.under("timeSlot") from error


def window(starts: datetime, ends: datetime, zone: str) -> dict[str, Any]:
    """The part of a question that says when. Raises: ValueError for a zone there is not."""
    local = ZoneInfo(zone)
    return {
        "fromLocalDate": wall_clock(starts, local),
        "toLocalDate": wall_clock(ends, local),
        "timeZone": zone,
    }


def all_pages[T](
    wire: Wire,
    path: str,
    question: Mapping[str, Any],
    *,
    topic: str,
    zone: str,
    page_of: Callable[[bytes, str], Page[T]],
    limit: int | None = None,
) -> Listed[T]:
    """Ask page after page, up to ``limit`` slots or 5 pages of 1000.

    The limit of a page is always sent: Wix's documentation names two different ones of its own.
    """
    found: list[T] = []
    received: list[datetime] = []
    asked: Mapping[str, Any] = {
        **question,
        "cursorPaging": {"limit": min(limit or PAGE_SIZE, PAGE_SIZE)},
    }
    for _ in range(MOST_PAGES):
        read = partial(_page, zone=zone, page_of=page_of)
        answer = wire.read(path, asked, lane=Lane.BROWSE, topic=topic, check=read)
        page = read(answer)
        found += page.listed
        zone = page.zone
        received.append(answer.received_at)
        if page.next_cursor is None or (limit and len(found) >= limit):
            return Listed(found, zone, min(received))
        # With a cursor goes nothing else: Wix keeps the question in it.
        asked = {"cursorPaging": {"limit": PAGE_SIZE, "cursor": page.next_cursor}}
    log.warning("more than %d pages of slots; the rest is left out", MOST_PAGES)
    return Listed(found, zone, min(received), cut=True)


def _page[T](answer: Answer, zone: str, page_of: Callable[[bytes, str], Page[T]]) -> Page[T]:
    return page_of(answer.body, zone)


def topic_of(service_ids: Sequence[ServiceId]) -> str:
    """What answers about these are filed under."""
    return service_ids[0] if len(service_ids) == 1 else SEVERAL


def forget(wire: Wire, service_ids: Sequence[ServiceId]) -> None:
    """Answers about these services, alone and together with others, are out of date."""
    for topic in (*service_ids, SEVERAL):
        wire.forget(topic)
