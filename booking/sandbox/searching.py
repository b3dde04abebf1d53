"""Search: as Query, with words to look for, and cursors that carry the whole question.

Source: Wix REST, "About Search". Here words are looked for in names alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from booking.sandbox.wire import Json, a_list, a_number, an_object, known, violation
from booking.sandbox.wql import compile_filter, cursor_state, cursor_text, sort_records

MOST = 100
MOST_SORTS = 10
MODES = {"AND": all, "OR": any}


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what a search finds, with its ``pagingMetadata``."""

    records: list[Json]
    metadata: Json


def search(
    records: list[Json],
    body: Json,
    fields: Mapping[str, str],
    *,
    by: tuple[str, str],
    default: int = MOST,
) -> Found:
    """Raises: WixError 400, also for a cursor with a filter or a sort beside it."""
    asked = an_object(body.get("search"), "search")
    paging = an_object(asked.get("cursorPaging"), "search.cursorPaging")
    limit = a_number(paging.get("limit"), "search.cursorPaging.limit", default=default, most=MOST)
    at = 0
    if paging.get("cursor"):
        if asked.get("filter") or asked.get("sort") or asked.get("search"):
            raise violation("search.cursorPaging.cursor", "comes alone", "OTHER")
        state = cursor_state(paging["cursor"])
        asked = an_object(state.get("search"), "cursor")
        at = a_number(state.get("at"), "cursor", default=0, most=100_000)
    found = _matching(records, asked, fields, by)
    return Found(found[at : at + limit], _metadata(asked, at, limit, len(found)))


def _matching(
    records: list[Json], asked: Json, fields: Mapping[str, str], by: tuple[str, str]
) -> list[Json]:
    a_list(asked.get("sort"), "search.sort", longest=MOST_SORTS)
    matches = compile_filter(asked.get("filter"), fields)
    text = an_object(asked.get("search"), "search.search")
    words = str(text.get("expression") or "").lower().split()
    every = MODES[known(text.get("mode") or "OR", "search.search.mode", MODES)] if words else all
    found = [
        record
        for record in records
        if matches(record) and every(word in record["name"].lower() for word in words)
    ]
    return sort_records(found, asked.get("sort"), fields, by=by)


def _metadata(asked: Json, at: int, limit: int, total: int) -> Json:
    more = at + limit < total
    following = cursor_text({"search": asked, "at": at + limit}) if more else None
    before = cursor_text({"search": asked, "at": max(0, at - limit)}) if at else None
    count = max(0, min(limit, total - at))
    return {"count": count, "cursors": {"next": following, "prev": before}, "hasNext": more}
