"""Bookings are read through the reader alone, by the fields it declares, and sometimes late."""

from typing import Any

import pytest

from tests.in_process import Sandbox
from tests.sandbox.asking import READER, Json, chair, create, field, visitor

TUESDAY = "2030-06-04"


def read(sandbox: Sandbox, path: str = READER, **filtered: Any) -> list[Json]:
    answer = sandbox.call("POST", path, {"query": {"filter": filtered}})
    assert answer.status_code == 200, answer.text
    return [one["booking"] for one in answer.json()["extendedBookings"]]


@pytest.mark.parametrize("path", [READER, "/_api/bookings-reader/v2/extended-bookings/query"])
def test_a_booking_is_found_by_its_id(two_chairs: Sandbox, path: str) -> None:
    booking = two_chairs.book("haircut", f"{TUESDAY}T10:00")
    assert read(two_chairs, path, id=booking["id"]) == [booking]


def test_a_booking_is_found_by_our_own_reference(two_chairs: Sandbox) -> None:
    two_chairs.book("haircut", f"{TUESDAY}T10:00")
    ours = two_chairs.book("haircut", f"{TUESDAY}T12:00", externalUserId="ref-7")
    assert read(two_chairs, externalUserId="ref-7") == [ours]


def test_filters_say_item_where_answers_do_not(two_chairs: Sandbox) -> None:
    booking = two_chairs.book("haircut", f"{TUESDAY}T10:00", staff="bruno")
    resource = booking["bookedEntity"]["slot"]["resource"]["id"]
    assert read(two_chairs, **{"bookedEntity.item.slot.resource.id": resource}) == [booking]


@pytest.mark.parametrize(
    "name", ["booking.id", "contactDetails.email", "bookedEntity.slot.eventId", "eventId"]
)
def test_an_undeclared_field_is_a_400_naming_it(two_chairs: Sandbox, name: str) -> None:
    answer = two_chairs.call("POST", READER, {"query": {"filter": {name: "x"}}})
    assert field(answer) == (400, "value")
    assert name in answer.json()["message"]


def test_dates_are_compared_as_instants(two_chairs: Sandbox) -> None:
    for start in ("10:00", "12:00", "14:00"):
        two_chairs.book("haircut", f"{TUESDAY}T{start}")
    between = [
        {"startDate": {"$gte": f"{TUESDAY}T11:00:00.000Z"}},
        {"startDate": {"$lt": f"{TUESDAY}T13:00:00Z"}},
    ]
    found = read(two_chairs, READER, **{"$and": between})
    assert [booking["startDate"] for booking in found] == [f"{TUESDAY}T11:00:00Z"]


def test_the_newest_come_first_in_pages_by_cursor(two_chairs: Sandbox) -> None:
    made = []
    for start in ("09:00", "11:00", "13:00"):
        two_chairs.advance(1)
        made.append(two_chairs.book("haircut", f"{TUESDAY}T{start}", staff="ana")["id"])
    first = two_chairs.call("POST", READER, {"query": {"cursorPaging": {"limit": 2}}}).json()
    cursor = first["pagingMetadata"]["cursors"]["next"]
    asked = {"query": {"cursorPaging": {"limit": 2, "cursor": cursor}}}
    second = two_chairs.call("POST", READER, asked).json()
    pages = first["extendedBookings"] + second["extendedBookings"]
    assert [one["booking"]["id"] for one in pages] == made[::-1]
    assert first["pagingMetadata"]["hasNext"] is True
    assert second["pagingMetadata"]["cursors"]["next"] is None


def test_a_cursor_comes_without_a_filter(two_chairs: Sandbox) -> None:
    two_chairs.book("haircut", f"{TUESDAY}T09:00")
    two_chairs.book("haircut", f"{TUESDAY}T11:00")
    first = two_chairs.call("POST", READER, {"query": {"cursorPaging": {"limit": 1}}}).json()
    paging = {"cursor": first["pagingMetadata"]["cursors"]["next"]}
    both = {"query": {"cursorPaging": paging, "filter": {"status": "CONFIRMED"}}}
    assert two_chairs.call("POST", READER, both).status_code == 400


def test_allowed_actions_come_when_asked_for(two_chairs: Sandbox) -> None:
    two_chairs.book("haircut", f"{TUESDAY}T10:00")
    body = {"query": {}, "withBookingAllowedActions": True}
    early = two_chairs.call("POST", READER, body).json()["extendedBookings"][0]
    two_chairs.clock(f"{TUESDAY}T09:00:00")
    late = two_chairs.call("POST", READER, body).json()["extendedBookings"][0]
    assert early["allowedActions"] == {"cancel": True, "reschedule": True}
    assert late["allowedActions"] == {"cancel": False, "reschedule": False}


def test_a_reader_that_lags_tells_what_was(two_chairs: Sandbox) -> None:
    two_chairs.settings(readerLagSeconds=5)
    booking = create(two_chairs, chair(two_chairs, f"{TUESDAY}T10:00:00"))
    assert read(two_chairs) == []
    two_chairs.advance(6)
    two_chairs.confirm_or_decline(booking["id"])
    assert [one["status"] for one in read(two_chairs)] == ["CREATED"]
    two_chairs.advance(6)
    assert [one["status"] for one in read(two_chairs)] == ["CONFIRMED"]


def test_visitors_read_no_bookings(two_chairs: Sandbox) -> None:
    assert visitor(two_chairs).post(two_chairs.url + READER, json={"query": {}}).status_code == 403


def test_the_studio_is_lived_in(sandbox: Sandbox) -> None:
    booked = read(sandbox, status="CONFIRMED")
    services = {one["bookedEntity"]["title"] for one in booked}
    assert len(booked) > 20
    assert {"Haircut", "Relaxing massage", "Vinyasa yoga"} <= services
