"""Rows of services: told as one slot without a service, and refused as Wix refuses them."""

import pytest

from tests.in_process import STAFF_TYPE_ID, Sandbox
from tests.sandbox.asking import Json, code, field

ROWS = "/_api/service-availability/v2/multi-service-time-slots"


def question(sandbox: Sandbox, *slugs: str, **asked: object) -> Json:
    wanted = [{"serviceId": sandbox.service(slug)["id"]} for slug in slugs]
    return {
        "services": wanted,
        "location": {"id": sandbox.service(slugs[0])["locations"][0]["id"]},
        "fromLocalDate": "2030-06-04T00:00:00",
        "toLocalDate": "2030-06-05T00:00:00",
        "timeZone": "Europe/Lisbon",
        **asked,
    }


@pytest.mark.parametrize("path", [ROWS, ROWS.removeprefix("/_api")])
def test_a_row_is_one_slot_with_others_in_it(two_chairs: Sandbox, path: str) -> None:
    answer = two_chairs.call("POST", path, question(two_chairs, "haircut", "haircut")).json()
    row = answer["timeSlots"][0]
    assert "serviceId" not in row
    assert (row["localStartDate"], row["localEndDate"]) == (
        "2030-06-04T09:00:00",
        "2030-06-04T10:30:00",
    )
    assert [one["localStartDate"][11:16] for one in row["nestedTimeSlots"]] == ["09:00", "09:45"]
    assert row["nestedTimeSlots"][0]["availableResources"] == []
    assert answer["cursorPagingMetadata"]["hasNext"] is False


def test_people_are_told_only_for_the_types_asked(two_chairs: Sandbox) -> None:
    asked = question(two_chairs, "haircut", "haircut")
    asked["services"][1]["includeResourceTypeIds"] = [STAFF_TYPE_ID]
    row = two_chairs.call("POST", ROWS, asked).json()["timeSlots"][0]
    told = [one["availableResources"] for one in row["nestedTimeSlots"]]
    assert told[0] == []
    assert [one["name"] for one in told[1][0]["resources"]] == ["Ana", "Bruno"]


def test_rows_come_in_pages(two_chairs: Sandbox) -> None:
    asked = question(two_chairs, "haircut", "haircut")
    whole = two_chairs.call("POST", ROWS, asked).json()["timeSlots"]
    first = two_chairs.call("POST", ROWS, {**asked, "cursorPaging": {"limit": 4}}).json()
    cursor = first["cursorPagingMetadata"]["cursors"]["next"]
    rest = two_chairs.call("POST", ROWS, {"cursorPaging": {"cursor": cursor}}).json()
    assert first["timeSlots"] + rest["timeSlots"] == whole


def test_a_row_that_is_not_there_is_not_found(two_chairs: Sandbox) -> None:
    night = {"localStartDate": "2030-06-04T03:00:00", "localEndDate": "2030-06-04T04:30:00"}
    asked = question(two_chairs, "haircut", "haircut", **night)
    assert code(two_chairs.call("POST", f"{ROWS}/get", asked)) == (404, "SLOT_NOT_FOUND")


@pytest.mark.parametrize("count", [0, 1, 41])
def test_two_to_forty_services_make_a_row(two_chairs: Sandbox, count: int) -> None:
    asked = question(two_chairs, "haircut")
    asked["services"] = asked["services"] * count
    assert code(two_chairs.call("POST", ROWS, asked)) == (400, "INVALID_SERVICES_SIZE")


@pytest.mark.parametrize("absent", ["location", "timeZone", "fromLocalDate", "toLocalDate"])
def test_place_zone_and_window_are_needed(two_chairs: Sandbox, absent: str) -> None:
    asked = question(two_chairs, "haircut", "haircut")
    del asked[absent]
    assert field(two_chairs.call("POST", ROWS, asked)) == (400, absent)
