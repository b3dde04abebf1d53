"""Wix's query language: what can be asked, and what is refused, by name."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from requests import Response

from booking.sandbox.wire import WixError
from booking.sandbox.wql import compile_filter, sort_records
from tests.in_process import Sandbox
from tests.sandbox.asking import READER, SERVICES, Json, code, field, owner

RECORDS: list[Json] = [
    {"id": "a", "name": "Anna", "age": 9, "at": "2030-06-03T08:00:00Z", "tags": ["x", "y"]},
    {"id": "b", "name": "Bo", "age": 10, "at": "2030-06-03T10:00:00.000+01:00", "tags": ["y"]},
    {"id": "c", "name": "annabel", "is": True, "tags": [], "in": {"name": "deep"}},
]
FIELDS = {name: name for name in ("id", "name", "age", "at", "tags", "is", "in.name")}


def found(expression: Any) -> str:
    matches = compile_filter(expression, FIELDS)
    return "".join(record["id"] for record in RECORDS if matches(record))


@pytest.mark.parametrize(
    ("expression", "ids"),
    [
        ({}, "abc"),
        (None, "abc"),
        ({"name": "Bo"}, "b"),
        ({"name": {"$eq": "Bo"}}, "b"),
        ({"name": {"$ne": "Bo"}}, "ac"),
        ({"age": {"$gt": 9}}, "b"),
        ({"age": {"$gte": 9}}, "ab"),
        ({"age": {"$lt": 10}}, "a"),
        ({"age": {"$lte": 10}}, "ab"),
        ({"age": {"$gt": 9, "$lt": 10}}, ""),
        ({"at": {"$gt": "2030-06-03T08:30:00Z"}}, "b"),
        ({"at": "2030-06-03T09:00:00.000Z"}, "b"),
        ({"name": {"$in": ["Anna", "Bo"]}}, "ab"),
        ({"name": {"$nin": ["Anna", "Bo"]}}, "c"),
        ({"name": {"$startsWith": "anna"}}, "ac"),
        ({"name": {"$contains": "NA"}}, "ac"),
        ({"age": {"$exists": True}}, "ab"),
        ({"age": {"$exists": False}}, "c"),
        ({"tags": {"$isEmpty": True}}, "c"),
        ({"tags": {"$isEmpty": False}}, "ab"),
        ({"tags": {"$hasSome": ["x", "z"]}}, "a"),
        ({"tags": {"$hasAll": ["x", "y"]}}, "a"),
        ({"tags": {"$hasAll": ["y"]}}, "ab"),
        ({"is": True}, "c"),
        ({"is": False}, "ab"),
        ({"in.name": "deep"}, "c"),
        ({"$and": [{"name": {"$startsWith": "a"}}, {"is": True}]}, "c"),
        ({"$or": [{"id": "a"}, {"id": "b"}]}, "ab"),
        ({"$not": {"id": "a"}}, "bc"),
        ({"$not": [{"id": "a"}, {"id": "b"}]}, "c"),
        ({"$or": [{"$not": {"tags": {"$exists": True}}}, {"id": "a"}]}, "ac"),
    ],
    ids=str,
)
def test_every_operator_finds_what_it_says(expression: Any, ids: str) -> None:
    assert found(expression) == ids


@pytest.mark.parametrize(
    "expression",
    [
        [],
        "name",
        {"name": {"$regex": "x"}},
        {"name": {"eq": "x"}},
        {"name": {"$in": "Bo"}},
        {"name": {"$hasAll": {}}},
        {"name": {"$startsWith": 7}},
        {"name": {"$contains": None}},
        {"age": {"$gt": {}}},
        {"age": {"$lt": None}},
        {"age": {"$exists": "yes"}},
        {"tags": {"$isEmpty": 1}},
        {"$and": {"id": "a"}},
        {"$nor": []},
    ],
    ids=str,
)
def test_what_is_no_filter_is_refused(expression: Any) -> None:
    with pytest.raises(WixError) as refused:
        compile_filter(expression, FIELDS)
    assert refused.value.status == 400


@pytest.mark.parametrize("name", ["surname", "in", "in.other", "name.first", "$where", ""])
def test_a_field_that_is_not_declared_is_named(name: str) -> None:
    with pytest.raises(WixError, match="not declared as filterable") as refused:
        compile_filter({"$and": [{name: "x"}]}, FIELDS)
    assert name in str(refused.value)


def test_numbers_are_sorted_by_size_and_dates_as_instants() -> None:
    def order(name: str, way: str) -> str:
        asked = [{"fieldName": name, "order": way}]
        return "".join(one["id"] for one in sort_records(RECORDS, asked, FIELDS, by=("id", "ASC")))

    assert order("age", "ASC") == "abc"
    assert order("age", "DESC") == "cba"
    assert order("at", "ASC") == "abc"
    assert order("name", "ASC") == "abc"


def ask(sandbox: Sandbox, query: Any, path: str = READER) -> Response:
    return sandbox.call("POST", path, query if query is None else {"query": query})


@pytest.mark.parametrize("path", [READER, SERVICES, "/bookings/v1/staff-members/query"])
def test_a_query_must_be_there_and_may_be_empty(sandbox: Sandbox, path: str) -> None:
    assert field(sandbox.call("POST", path, {})) == (400, "query")
    assert field(sandbox.call("POST", path, {"query": None})) == (400, "query")
    assert sandbox.call("POST", path, {"query": {}}).status_code == 200


def test_the_two_pagings_exclude_one_another(sandbox: Sandbox) -> None:
    both = {"paging": {"limit": 1}, "cursorPaging": {"limit": 1}}
    assert field(ask(sandbox, both)) == (400, "query")


@pytest.mark.parametrize("limit", [101, -1, "5", 1.5, True])
def test_a_page_has_its_limits(sandbox: Sandbox, limit: Any) -> None:
    assert ask(sandbox, {"cursorPaging": {"limit": limit}}).status_code == 400


def test_a_cursor_carries_its_query(sandbox: Sandbox) -> None:
    asked = {"filter": {"status": "CONFIRMED"}, "cursorPaging": {"limit": 1}}
    first = ask(sandbox, asked).json()
    assert (first["pagingMetadata"]["count"], first["pagingMetadata"]["hasNext"]) == (1, True)
    cursor = first["pagingMetadata"]["cursors"]["next"]
    second = ask(sandbox, {"cursorPaging": {"limit": 1, "cursor": cursor}}).json()
    assert second["extendedBookings"] != first["extendedBookings"]
    for also in ({"filter": {"status": "PENDING"}}, {"sort": [{"fieldName": "id"}]}):
        refused = ask(sandbox, {"cursorPaging": {"cursor": cursor}, **also})
        assert field(refused) == (400, "query.cursorPaging.cursor")


@pytest.mark.parametrize(
    "state",
    [None, [], 7, {}, {"at": -1}, {"at": "x"}, {"asked": 7}, {"asked": {"filter": {"x": 1}}}],
    ids=str,
)
def test_a_made_up_cursor_is_refused_or_is_the_first_page(sandbox: Sandbox, state: Any) -> None:
    cursor = base64.urlsafe_b64encode(json.dumps(state).encode()).decode()
    answer = ask(sandbox, {"cursorPaging": {"cursor": cursor}})
    assert answer.status_code in (200, 400)
    assert ask(sandbox, {"cursorPaging": {"cursor": "no cursor"}}).status_code == 400


@pytest.mark.parametrize(
    "sort", [[{"fieldName": "colour"}], [{}], [{"fieldName": "id", "order": "UP"}], {}, ["id"]]
)
def test_what_cannot_be_sorted_by_is_refused(sandbox: Sandbox, sort: Any) -> None:
    assert ask(sandbox, {"sort": sort}).status_code == 400


def test_unknown_members_are_ignored_silently(sandbox: Sandbox) -> None:
    body = {"query": {"filter": {}, "colour": 1}, "colour": 2}
    assert sandbox.call("POST", READER, body).status_code == 200


def test_ids_in_path_and_body_together_do_no_harm(sandbox: Sandbox) -> None:
    nobody = "5e100000-0000-4000-8000-0000000000ff"
    path = f"/bookings/v2/bookings/{nobody}/confirm"
    answer = sandbox.call("POST", path, {"bookingId": nobody, "revision": "1"})
    assert code(answer) == (404, "BOOKING_NOT_FOUND")


@pytest.mark.parametrize("depth", [400, 100_000])
def test_nesting_beyond_reason_is_a_400(sandbox: Sandbox, depth: int) -> None:
    body = b'{"query":{"filter":' + b'{"$not":' * depth + b'{"id":"x"}' + b"}" * (depth + 2)
    answer = owner(sandbox).post(sandbox.url + READER, data=body)
    assert answer.status_code == 400
