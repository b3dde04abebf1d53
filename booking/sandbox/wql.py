"""Wix's query language: filters, sorting and the two kinds of paging.

Source: Wix REST, "API Query Language". Only what an endpoint declares can be filtered or sorted by.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from booking.sandbox.wire import Json, a_list, a_number, an_object, known, missing, violation

type Matches = Callable[[Json], bool]

ANY: Mapping[str, Iterable[str]] = {}
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


def values_at(record: Any, path: str) -> list[Any]:
    """Every value at a dotted path; arrays on the way are walked through."""
    found = [record]
    for name in path.split("."):
        found = [item[name] for item in _flat(found) if isinstance(item, Mapping) and name in item]
    return [value for value in _flat(found) if value is not None]


def _flat(values: Iterable[Any]) -> list[Any]:
    flat: list[Any] = []
    for value in values:
        flat.extend(value) if isinstance(value, list) else flat.append(value)
    return flat


def _comparable(value: Any) -> Any:
    """Dates compare as instants however many fractions of a second they carry."""
    if isinstance(value, str) and _DATE.match(value):
        try:
            return datetime.fromisoformat(value).timestamp()
        except ValueError:
            return value
    return value


def _ordered(wanted: Any, holds: Callable[[Any, Any], bool]) -> Callable[[list[Any]], bool]:
    if not isinstance(wanted, str | int | float):
        raise violation("value", "must be something that comes before or after something")
    limit = _comparable(wanted)
    return lambda found: any(
        type(value) is type(limit) and holds(value, limit) for value in map(_comparable, found)
    )


def _equals(wanted: Any) -> Callable[[list[Any]], bool]:
    expected = _comparable(wanted)
    if wanted is None or wanted is False:
        # An absent boolean is false, an absent value is null.
        return lambda found: not found or expected in found
    return lambda found: expected in map(_comparable, found)


def _one_of(wanted: Any) -> Callable[[list[Any]], bool]:
    expected = [_comparable(value) for value in a_list(wanted, "value")]
    return lambda found: any(value in expected for value in map(_comparable, found))


def _all_of(wanted: Any) -> Callable[[list[Any]], bool]:
    expected = a_list(wanted, "value")
    return lambda found: all(value in found for value in expected)


def _starts_with(wanted: Any) -> Callable[[list[Any]], bool]:
    text = _text(wanted)
    return lambda found: any(str(value).lower().startswith(text) for value in found)


def _contains(wanted: Any) -> Callable[[list[Any]], bool]:
    text = _text(wanted)
    return lambda found: any(text in str(value).lower() for value in found)


def _text(wanted: Any) -> str:
    if not isinstance(wanted, str):
        raise violation("value", "must be string")
    return wanted.lower()


def _is_there(wanted: Any) -> bool:
    if not isinstance(wanted, bool):
        raise violation("value", "must be boolean")
    return wanted


def _exists(wanted: Any) -> Callable[[list[Any]], bool]:
    there = _is_there(wanted)
    return lambda found: bool(found) is there


def _empty(wanted: Any) -> Callable[[list[Any]], bool]:
    return _exists(not _is_there(wanted))


def _not(inner: Callable[[list[Any]], bool]) -> Callable[[list[Any]], bool]:
    return lambda found: not inner(found)


_OPERATORS: dict[str, Callable[[Any], Callable[[list[Any]], bool]]] = {
    "$eq": _equals,
    "$ne": lambda wanted: _not(_equals(wanted)),
    "$gt": lambda wanted: _ordered(wanted, lambda a, b: a > b),
    "$gte": lambda wanted: _ordered(wanted, lambda a, b: a >= b),
    "$lt": lambda wanted: _ordered(wanted, lambda a, b: a < b),
    "$lte": lambda wanted: _ordered(wanted, lambda a, b: a <= b),
    "$in": _one_of,
    "$nin": lambda wanted: _not(_one_of(wanted)),
    "$hasSome": _one_of,
    "$hasAll": _all_of,
    "$startsWith": _starts_with,
    "$contains": _contains,
    "$exists": _exists,
    "$isEmpty": _empty,
}


def compile_filter(
    expression: Any, fields: Mapping[str, str], operators: Mapping[str, Iterable[str]] = ANY
) -> Matches:
    """A predicate on records. ``fields`` maps each declared filter path to the record's path.

    ``operators`` lists those of a field that takes only some.
    Raises: WixError 400 naming a field that is not declared, or an operator it does not take.
    """
    parts = [
        _part(name, wanted, fields, operators)
        for name, wanted in an_object(expression, "query.filter").items()
    ]
    return lambda record: all(part(record) for part in parts)


def _part(
    name: str, wanted: Any, fields: Mapping[str, str], operators: Mapping[str, Iterable[str]]
) -> Matches:
    if name in ("$and", "$or"):
        inner = [compile_filter(item, fields, operators) for item in a_list(wanted, name)]
        combine = all if name == "$and" else any
        return lambda record: combine(matches(record) for matches in inner)
    if name == "$not":
        denied = [compile_filter(item, fields, operators) for item in _flat([wanted])]
        return lambda record: not any(matches(record) for matches in denied)
    if name not in fields:
        raise violation("value", f"Field '{name}' is not declared as filterable", "OTHER")
    return _field_test(fields[name], wanted, operators.get(name, _OPERATORS))


def _field_test(path: str, wanted: Any, taken: Iterable[str]) -> Matches:
    operators = wanted if isinstance(wanted, dict) else {"$eq": wanted}
    tests = []
    for operator, operand in operators.items():
        known(operator, f"query.filter.{path}", taken)
        tests.append(_OPERATORS[operator](operand))
    return lambda record: all(test(values_at(record, path)) for test in tests)


def sort_records(
    records: list[Json], sort: Any, fields: Mapping[str, str], *, by: tuple[str, str]
) -> list[Json]:
    """Records in the order asked for; ``by`` is the endpoint's own (path, ASC or DESC)."""
    wanted = a_list(sort, "query.sort", longest=50) or [{"fieldName": by[0], "order": by[1]}]
    for entry in reversed(wanted):
        name = str(an_object(entry, "query.sort").get("fieldName"))
        if name not in fields and name != by[0]:
            raise violation("query.sort", f"Field '{name}' is not declared as sortable", "OTHER")
        order = known(entry.get("order") or "ASC", "query.sort.order", ("ASC", "DESC"))
        records = sorted(records, key=_sort_key(fields.get(name, name)), reverse=order == "DESC")
    return records


def _sort_key(path: str) -> Callable[[Json], tuple[bool, float, str]]:
    """Numbers by size before texts by spelling; what is not there comes last."""

    def key(record: Json) -> tuple[bool, float, str]:
        found = [_comparable(value) for value in values_at(record, path)]
        first = found[0] if found else ""
        is_number = isinstance(first, int | float)
        return (not found, float(first) if is_number else 0.0, "" if is_number else str(first))

    return key


def query_of(body: Json) -> Json:
    """The ``query`` member, which must be there even when it is empty."""
    if body.get("query") is None:
        raise missing("query")
    query = an_object(body["query"], "query")
    if "paging" in query and "cursorPaging" in query:
        raise violation("query", "only one of paging, cursorPaging", "ONE_OF_ALIGNMENT")
    return query


def offset_page(records: list[Json], paging: Any, *, most: int) -> tuple[list[Json], Json]:
    """One page by offset, with ``pagingMetadata`` as Query Services tells it."""
    asked = an_object(paging, "query.paging")
    limit = a_number(asked.get("limit"), "query.paging.limit", default=most, most=most)
    offset = a_number(asked.get("offset"), "query.paging.offset", default=0, most=100_000)
    page = records[offset : offset + limit]
    total = len(records)
    return page, {"count": len(page), "offset": offset, "total": total, "tooManyToCount": False}


def cursor_text(state: Json) -> str:
    """An opaque cursor that carries its own query."""
    return base64.urlsafe_b64encode(json.dumps(state).encode()).decode().rstrip("=")


def cursor_state(cursor: Any) -> Json:
    """What ``cursor_text`` put in; 400 for anything else."""
    try:
        state = json.loads(base64.urlsafe_b64decode(str(cursor) + "=" * (-len(str(cursor)) % 4)))
    except (binascii.Error, ValueError, RecursionError) as error:
        raise violation("cursor", "is not a cursor of this query") from error
    return an_object(state, "cursor")
