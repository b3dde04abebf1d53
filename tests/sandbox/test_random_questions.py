"""Whatever is asked, the sandbox answers as Wix would: 200 or one of Wix's refusals, never a crash."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import booking.sandbox
from booking.sandbox.app import RESOURCES
from booking.sandbox.call import Route
from tests.in_process import Sandbox
from tests.sandbox.asking import Json, chair, create

SOURCES = sorted(Path(booking.sandbox.__file__).parent.glob("*.py"))
WORDS = re.compile(r'"([a-z][A-Za-z_]{1,40})"')
ENUMS = re.compile(r'"([A-Z][A-Z_]{2,40})"')
ROUTES = {
    f"{route.method} {path}": route
    for resource in RESOURCES
    for route in resource.ROUTES
    for path in route.paths[:1]
}
NOBODY = "5e100000-0000-4000-8000-0000000000ff"
REFUSALS = {400, 401, 403, 404, 409, 428, 429}


def words(pattern: re.Pattern[str]) -> list[str]:
    """Every word of this kind that the sandbox's own source knows: members, enums."""
    texts = (path.read_text() for path in SOURCES)
    return sorted({word for text in texts for word in pattern.findall(text)})


MEMBERS = st.sampled_from(words(WORDS))
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=12)
    | st.sampled_from(words(ENUMS))
    | st.sampled_from(
        [
            NOBODY,
            "",
            "2030-06-04T10:00:00",
            "2030-06-04T10:00:00Z",
            "0001-01-01T00:00:00",
            "9999-12-31T23:59:59",
            "Europe/Lisbon",
            "../../etc",
            "10.00",
            "-1",
            "NaN",
        ]
    )
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(MEMBERS, inner, max_size=4),
    max_leaves=12,
)


@pytest.fixture(scope="module")
def fuzzed() -> Iterator[Sandbox]:
    """One sandbox for all: what was asked before must not matter."""
    sandbox = Sandbox.in_process("two-chairs")
    sandbox.reset("two-chairs", now="2030-06-03T09:00:00")
    yield sandbox
    sandbox.close()


def check(sandbox: Sandbox, method: str, path: str, body: Any) -> None:
    """A crash would be raised right here: the program runs in this process."""
    answer = sandbox.call(method, path, body)
    assert answer.status_code == 200 or answer.status_code in REFUSALS, answer.text
    if answer.content and "json" in answer.headers["Content-Type"]:
        told = answer.json()
        refused = answer.status_code != 200
        assert not refused or {"message", "details"} <= set(told) or "error" in told


def known(sandbox: Sandbox) -> list[str]:
    """Ids that there are, so that a call gets past its first look."""
    service = sandbox.service("haircut")
    booking = sandbox.bookings()[-1:] or [create(sandbox, chair(sandbox, "2030-06-04T10:00:00"))]
    return [service["id"], service["schedule"]["id"], booking[0]["id"], NOBODY]


def filled(path: str, ids: list[str], pick: int) -> str:
    return re.sub(r"<[^>]+>", lambda _: ids[pick % len(ids)], path)


@pytest.mark.parametrize("name", ROUTES)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(body=st.dictionaries(MEMBERS, JSON, max_size=6), pick=st.integers(0, 3))
def test_any_body_gets_an_answer_of_wixs(fuzzed: Sandbox, name: str, body: Json, pick: int) -> None:
    route: Route = ROUTES[name]
    path = filled(route.paths[0], known(fuzzed), pick)
    check(fuzzed, route.method, path, body if route.method != "GET" else None)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every value inside a body."""
    steps: Any = ()
    if isinstance(value, dict):
        steps = value.items()
    if isinstance(value, list):
        steps = enumerate(value)
    return [path, *(place for step, each in steps for place in places(each, (*path, step)))]


def with_other(value: Any, path: tuple[Any, ...], other: Any) -> Any:
    """A copy of a body with another value at ``path``."""
    copy = json.loads(json.dumps({"": value}))
    parent = copy
    *way, last = ("", *path)
    for step in way:
        parent = parent[step]
    parent[last] = other
    return copy[""]


def good_bodies(sandbox: Sandbox) -> dict[str, tuple[str, Json]]:
    """A body that passes, for the calls that look deepest."""
    service = sandbox.service("haircut")["id"]
    day = {"fromLocalDate": "2030-06-04T00:00:00", "toLocalDate": "2030-06-05T00:00:00"}
    query = {"filter": {"id": NOBODY}, "sort": [{"fieldName": "id", "order": "ASC"}]}
    asked = {"query": {**query, "cursorPaging": {"limit": 5}}}
    booking = chair(sandbox, "2030-06-04T12:00:00")
    booking |= {"flowControlSettings": {"skipBusinessConfirmation": True}}
    return {
        "create": ("/bookings/v2/bookings", booking),
        "slots": (
            "/_api/service-availability/v2/time-slots",
            {"serviceId": service, "timeZone": "Europe/Lisbon", "bookable": True, **day},
        ),
        "services": (
            "/bookings/v2/services/query",
            {"query": {**query, "paging": {"limit": 5, "offset": 0}}},
        ),
        "bookings": ("/bookings/bookings-reader/v2/extended-bookings/query", asked),
    }


@pytest.mark.parametrize("name", ["create", "slots", "services", "bookings"])
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_good_body_with_one_thing_changed_gets_an_answer_of_wixs(
    fuzzed: Sandbox, name: str, data: st.DataObject
) -> None:
    path, body = good_bodies(fuzzed)[name]
    place = data.draw(st.sampled_from(places(body)[1:]))
    check(fuzzed, "POST", path, with_other(body, place, data.draw(JSON)))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(noise=st.binary(max_size=60), name=st.sampled_from(sorted(ROUTES)))
def test_noise_is_a_refusal(fuzzed: Sandbox, noise: bytes, name: str) -> None:
    route = ROUTES[name]
    path = filled(route.paths[0], [NOBODY], 0)
    session = fuzzed._session
    headers = {"Authorization": fuzzed.credentials["apiKey"]}
    headers["wix-site-id"] = fuzzed.credentials["siteId"]
    answer = session.request(route.method, fuzzed.url + path, data=noise, headers=headers)
    assert answer.status_code == 200 or answer.status_code in REFUSALS


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(query=st.dictionaries(st.text(max_size=6) | MEMBERS, st.text(max_size=12), max_size=4))
def test_any_query_string_gets_an_answer_of_wixs(fuzzed: Sandbox, query: dict[str, str]) -> None:
    session, told = fuzzed._session, fuzzed.credentials
    headers = {"Authorization": told["apiKey"], "wix-site-id": told["siteId"]}
    for name in ("GET /site-properties/v4/properties", "GET /bookings/v2/services/<service_id>"):
        path = filled(name.removeprefix("GET "), [NOBODY], 0)
        answer = session.get(fuzzed.url + path, params=query, headers=headers)
        assert answer.status_code in {200, *REFUSALS}
