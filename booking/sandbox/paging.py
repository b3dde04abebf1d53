"""Cursor paging of a filtered and sorted query: the cursor carries the query it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from booking.sandbox.wire import Json, a_number, an_object, violation
from booking.sandbox.wql import (
    ANY,
    compile_filter,
    cursor_state,
    cursor_text,
    query_of,
    sort_records,
)

DEFAULT, MOST = 50, 100


def cursor_page(
    records: list[Json],
    body: Json,
    fields: Mapping[str, str],
    *,
    by: tuple[str, str],
    default: int = DEFAULT,
    operators: Mapping[str, Iterable[str]] = ANY,
) -> tuple[list[Json], Json]:
    """The page asked for and its ``pagingMetadata``; ``by`` and ``default`` are the endpoint's own.

    Offset paging is answered too, as Query Extended Bookings allows both.
    """
    query = query_of(body)
    paging = an_object(query.get("cursorPaging") or query.get("paging"), "query.cursorPaging")
    limit = a_number(paging.get("limit"), "query.cursorPaging.limit", default=default, most=MOST)
    at = a_number(paging.get("offset"), "query.paging.offset", default=0, most=100_000)
    asked = {"filter": query.get("filter"), "sort": query.get("sort")}
    if paging.get("cursor"):
        if asked["filter"] or asked["sort"]:
            raise violation("query.cursorPaging.cursor", "comes without filter and sort", "OTHER")
        state = cursor_state(paging["cursor"])
        asked = an_object(state.get("asked"), "cursor")
        at = a_number(state.get("at"), "cursor", default=0, most=1_000_000)
    matches = compile_filter(asked.get("filter"), fields, operators)
    found = sort_records([one for one in records if matches(one)], asked.get("sort"), fields, by=by)
    return found[at : at + limit], _metadata(asked, at, limit, len(found))


def _metadata(asked: Json, at: int, limit: int, total: int) -> Json:
    has_next = at + limit < total
    following = cursor_text({"asked": asked, "at": at + limit}) if has_next else None
    before = cursor_text({"asked": asked, "at": max(0, at - limit)}) if at else None
    count = max(0, min(limit, total - at))
    return {"count": count, "cursors": {"next": following, "prev": before}, "hasNext": has_next}
