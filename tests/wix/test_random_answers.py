"""Whatever comes back from Wix's address, a caller sees typed objects or a WixError: nothing else."""

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booking.domain.ids import ServiceId, WixBookingId
from booking.domain.outcome import Paid
from booking.wix import Wix
from booking.wix.booking_filter import BookingFilter
from booking.wix.errors import WixError
from tests.wix import examples, time_calls
from tests.wix.stand_in import StandIn, Told, a_transport

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
B00 = WixBookingId("b00")


def list_slots(wix: Wix) -> object:
    return wix.time_slots.list(
        ServiceId("s"), starts=NOW, ends=NOW + timedelta(days=1), zone="Europe/Zurich"
    )


def get_slot(wix: Wix) -> object:
    return wix.time_slots.get(
        ServiceId("s"),
        starts=NOW,
        ends=NOW + timedelta(hours=1),
        zone="Europe/Zurich",
        location=examples.STUDIO,
    )


CALLS: dict[str, tuple[Callable[[Wix], object], Any]] = {
    "site properties": (
        lambda wix: wix.site_properties.get(),
        {"properties": {"timeZone": "Asia/Tokyo", "paymentCurrency": "JPY", "address": {}}},
    ),
    "services": (
        lambda wix: wix.services.query(),
        examples.services(examples.a_service()),
    ),
    "slug": (lambda wix: wix.services.by_slug("x"), examples.services(examples.a_service())),
    "staff": (
        lambda wix: wix.staff_members.query(),
        {"staffMembers": [{"id": "1", "resourceId": "r", "mainMedia": {"image": {"id": "x"}}}]},
    ),
    "slots": (list_slots, examples.time_slots(examples.a_time_slot())),
    "slot": (get_slot, {"timeSlot": examples.a_time_slot(), "timeZone": "Europe/Zurich"}),
    "confirm": (
        lambda wix: wix.bookings.confirm_or_decline(B00, Paid.EXEMPT),
        {"booking": examples.a_booking()},
    ),
    "bookings": (
        lambda wix: wix.extended_bookings.by_id(B00),
        examples.extended(examples.a_booking()),
    ),
    "bookings with all beside them": (
        lambda wix: wix.extended_bookings.query(BookingFilter()),
        examples.extended_in_full(),
    ),
    "count": (lambda wix: wix.extended_bookings.count(BookingFilter()), {"count": 3}),
    "bulk": (
        lambda wix: wix.bookings.bulk_confirm_or_decline({B00: Paid.EXEMPT}),
        examples.bulk(examples.a_booking()),
    ),
    "allowed actions": (
        lambda wix: wix.bookings.allowed_actions([B00]),
        {"results": [{"itemMetadata": {"id": "b00", "success": True}, "item": {"cancel": True}}]},
    ),
    "link": (lambda wix: wix.anonymous_bookings.token(B00), {"token": "t"}),
    "booking by link": (
        lambda wix: wix.anonymous_bookings.get("t"),
        {"booking": examples.a_booking(), "allowedAnonymousActions": {"cancel": True}},
    ),
    "visit": (
        lambda wix: wix.multi_service_bookings.get("m01"),
        {
            "multiServiceBooking": {
                "id": "m01",
                "bookings": [{"bookingId": "b00", "booking": examples.a_booking()}],
            }
        },
    ),
    **time_calls.CALLS,
}

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=12)
    | st.sampled_from(
        ["0001-01-01T00:00:00", "9999-12-31T23:59:59", "0001-01-01T00:00:00+14:00", "NaN", "1e999"]
    )
)
JSON = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every value inside an answer."""
    steps: Iterable[tuple[Any, Any]] = ()
    if isinstance(value, dict):
        steps = value.items()
    if isinstance(value, list):
        steps = enumerate(value)
    return [path, *(place for step, each in steps for place in _places(each, (*path, step)))]


def _with(value: Any, path: tuple[Any, ...], other: Any) -> Any:
    """A copy of an answer with another value at ``path``."""
    copy = json.loads(json.dumps({"": value}))
    parent = copy
    *way, last = ("", *path)
    for step in way:
        parent = parent[step]
    parent[last] = other
    return copy[""]


def _survives(call: Callable[[Wix], object], body: bytes, status: int = 200) -> None:
    wix = Wix(a_transport(StandIn(Told(status, body))))
    with suppress(WixError):  # anything else fails the test
        call(wix)


each_call = pytest.mark.parametrize("name", CALLS)


@each_call
@settings(max_examples=40, deadline=None)
@given(body=st.binary(max_size=60), status=st.sampled_from([200, 200, 201, 400, 404, 428, 500]))
def test_noise_is_only_ever_a_wix_error(name: str, body: bytes, status: int) -> None:
    _survives(CALLS[name][0], body, status)


@each_call
@settings(max_examples=40, deadline=None)
@given(value=JSON)
def test_any_json_is_read_or_is_a_wix_error(name: str, value: Any) -> None:
    _survives(CALLS[name][0], json.dumps(value).encode())


@each_call
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_an_answer_with_any_one_field_changed_is_read_or_is_a_wix_error(
    name: str, data: st.DataObject
) -> None:
    call, answer = CALLS[name]
    path = data.draw(st.sampled_from(_places(answer)))
    changed = _with(answer, path, data.draw(JSON))
    _survives(call, json.dumps(changed).encode())


@each_call
def test_nesting_beyond_reason_is_a_wix_error(name: str) -> None:
    _survives(CALLS[name][0], b'{"x":' * 100_000)
