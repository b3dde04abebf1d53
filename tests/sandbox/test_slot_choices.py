"""A longer choice needs a longer gap, and a length that forgets its add-ons is refused."""

from datetime import datetime

import pytest
from requests import Response

from tests.in_process import Sandbox
from tests.sandbox.asking import SLOTS, Json, code, day, field

FRIDAY = "2030-06-07"
RITUAL = "scalp-ritual"


def add_ons(sandbox: Sandbox, *names: str) -> list[str]:
    path = "/bookings/v2/services/add-on-groups/list-add-on-groups-by-service-id"
    body = {"serviceId": sandbox.service(RITUAL)["id"]}
    groups = sandbox.call("POST", path, body).json()["addOnGroupsDetails"]
    ids = {one["name"]: one["addOnId"] for group in groups for one in group["addOns"]}
    return [ids[name] for name in names]


def ask(sandbox: Sandbox, slug: str, choices: Json) -> Response:
    body = {
        "serviceId": sandbox.service(slug)["id"],
        "fromLocalDate": f"{FRIDAY}T00:00:00",
        "toLocalDate": f"{FRIDAY}T23:59:59",
        "customerChoices": choices,
    }
    return sandbox.call("POST", SLOTS, body)


def minutes(slot: Json) -> float:
    starts, ends = (
        datetime.fromisoformat(slot[name]) for name in ("localStartDate", "localEndDate")
    )
    return (ends - starts).total_seconds() / 60


@pytest.mark.parametrize(
    ("chosen", "length"),
    [
        ([], 50),
        (["Neck massage"], 70),
        (["Neck massage", "Hot towels"], 80),
        (["Hair oil, 50 ml"], 50),
    ],
    ids=str,
)
def test_add_ons_that_take_time_make_the_slot_longer(
    sandbox: Sandbox, chosen: list[str], length: int
) -> None:
    slots = ask(sandbox, RITUAL, {"addOnIds": add_ons(sandbox, *chosen)}).json()["timeSlots"]
    assert {minutes(slot) for slot in slots} == {length}


def test_a_longer_slot_ends_before_the_day_does(sandbox: Sandbox) -> None:
    plain = day(sandbox, RITUAL, FRIDAY)
    chosen = {"addOnIds": add_ons(sandbox, "Neck massage", "Hot towels")}
    longer = day(sandbox, RITUAL, FRIDAY, customerChoices=chosen)
    assert longer == plain[: len(longer)]
    assert len(longer) < len(plain)


@pytest.mark.parametrize(("told", "status"), [(50, 400), (20, 400), (70, 200)])
def test_a_length_beside_add_ons_must_count_them_in(
    sandbox: Sandbox, told: int, status: int
) -> None:
    chosen = {"addOnIds": add_ons(sandbox, "Neck massage"), "durationInMinutes": told}
    answer = ask(sandbox, RITUAL, chosen)
    assert answer.status_code == status


def test_a_length_that_is_not_offered_is_named(sandbox: Sandbox) -> None:
    answer = ask(sandbox, "facial", {"durationInMinutes": 45})
    assert field(answer) == (400, "customerChoices.durationInMinutes")


def test_an_add_on_of_another_service_is_refused(sandbox: Sandbox) -> None:
    answer = ask(sandbox, "haircut", {"addOnIds": add_ons(sandbox, "Hot towels")})
    assert code(answer) == (428, "ADD_ON_NOT_FOUND")


@pytest.mark.parametrize(("ends", "status"), [("10:50", 200), ("11:00", 200), ("11:05", 404)])
def test_a_slot_looked_at_again_may_be_as_long_as_add_ons_make_it(
    sandbox: Sandbox, ends: str, status: int
) -> None:
    body = {
        "serviceId": sandbox.service(RITUAL)["id"],
        "localStartDate": f"{FRIDAY}T10:00:00",
        "localEndDate": f"{FRIDAY}T{ends}:00",
    }
    assert sandbox.call("POST", f"{SLOTS}/get", body).status_code == status


def test_a_group_of_another_service_is_not_found(sandbox: Sandbox) -> None:
    path = "/bookings/v2/services/add-on-groups/list-add-on-groups-by-service-id"
    group = sandbox.service(RITUAL)["addOnGroups"][0]["id"]
    body = {"serviceId": sandbox.service("haircut")["id"], "groupIds": [group]}
    assert code(sandbox.call("POST", path, body)) == (404, "ADD_ON_GROUP_NOT_FOUND")
