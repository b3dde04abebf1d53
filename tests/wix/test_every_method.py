"""Every method of the client gives a typed object or a WixError, whatever Wix's address answers."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from booking.wix import Wix
from booking.wix.errors import WixError
from booking.wix.wire import Reader
from tests.wix.samples import Call, answers, calls
from tests.wix.stand_in import StandIn, Told, a_transport

OLDER: dict[str, Any] = {"availability": "availability-calendar", "checkout": "checkout"}
type Case = tuple[Call, list[Reader[Any]], dict[str, Any]]
CALLS: dict[str, Case] = {name: (call, readers, {}) for name, call, readers in calls()} | {
    f"older {name}": (call, readers, OLDER)
    for name, call, readers in calls(**OLDER)
    if name.startswith(("time_slots.", "event_time_slots.", "hosted_checkout."))
}
STATUSES = st.sampled_from([200, 200, 200, 200, 400, 403, 404, 409, 428, 429, 500])


def is_given_typed(name: str, told: Told) -> bool:
    """False if JSON leaves the client as it came. Any error but a WixError fails the test."""
    call, _, generation = CALLS[name]
    found: object = None
    with suppress(WixError):
        found = call(Wix(a_transport(StandIn(told)), **generation))
    inside = found.values() if isinstance(found, dict) else [found]
    return not any(isinstance(each, dict | list | bytes) for each in inside)


@pytest.mark.parametrize("name", CALLS)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), status=STATUSES)
def test_any_answer_is_read_or_is_a_wix_error(name: str, data: st.DataObject, status: int) -> None:
    body = data.draw(answers(CALLS[name][1]))
    assert is_given_typed(name, Told(status, json.dumps(body).encode()))


@pytest.mark.parametrize("name", CALLS)
def test_what_is_no_answer_is_a_wix_error_or_nothing(name: str) -> None:
    for body in (b"", b"null", b"[]", b"{}", b"<html>", b'{"x":' * 50_000):
        assert is_given_typed(name, Told(200, body))
