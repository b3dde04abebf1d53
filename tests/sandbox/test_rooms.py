"""A service that needs a room has times only while one is free, whoever gives it."""

import pytest

from tests.in_process import Sandbox
from tests.sandbox.asking import Json, day

THURSDAY = "2030-06-06"
TUESDAY = "2030-06-04"
BATH = "aroma-bath"


@pytest.fixture
def spa(sandbox: Sandbox) -> Sandbox:
    """Bruno and Clara are both in Estrela on Thursday, from ten to six; there is one tub."""
    hours = [{"days": ["THURSDAY"], "start": "10:00", "end": "18:00", "location": "estrela"}]
    sandbox.seed(staff=[{"slug": slug, "workingHours": hours} for slug in ("bruno", "clara")])
    return sandbox


def room_type(sandbox: Sandbox) -> str:
    return str(sandbox.service(BATH)["serviceResources"][0]["resourceType"]["id"])


def test_the_second_person_has_no_tub(spa: Sandbox) -> None:
    assert "12:00" in day(spa, BATH, THURSDAY)
    spa.book(BATH, f"{THURSDAY}T12:00", staff="Bruno")
    times = day(spa, BATH, THURSDAY)
    assert {"11:30", "12:00", "12:30"}.isdisjoint(times)
    assert "13:00" in times


def test_a_second_tub_serves_the_second_person(spa: Sandbox) -> None:
    spa.seed(resources=[{"slug": "second-room"}])
    spa.book(BATH, f"{THURSDAY}T12:00", staff="Bruno")
    slots = spa.slots(BATH, f"{THURSDAY}T12:00", f"{THURSDAY}T12:01")
    people = [one["name"] for slot in slots for one in slot["availableResources"][0]["resources"]]
    assert people == ["Clara Nunes"]


def test_a_cancelled_booking_gives_the_tub_back(spa: Sandbox) -> None:
    before = day(spa, BATH, THURSDAY)
    booking = spa.book(BATH, f"{THURSDAY}T12:00", staff="Bruno")
    spa.change(booking, "cancel", flowControlSettings={"ignoreCancellationPolicy": True})
    assert day(spa, BATH, THURSDAY) == before


def test_of_two_who_race_for_the_tub_one_is_declined(spa: Sandbox) -> None:
    made = [
        spa.book(BATH, f"{THURSDAY}T12:00", staff=staff, confirm=False)
        for staff in ("Bruno", "Clara")
    ]
    settled = [spa.confirm_or_decline(booking["id"])["status"] for booking in made]
    assert settled == ["CONFIRMED", "DECLINED"]


def test_a_service_without_rooms_is_not_kept_from_the_same_person(spa: Sandbox) -> None:
    spa.book(BATH, f"{THURSDAY}T12:00", staff="Bruno")
    assert "12:00" in day(spa, "scalp-ritual", THURSDAY)


def test_a_room_in_another_place_is_no_help(spa: Sandbox) -> None:
    chiado = next(
        place["id"]
        for place in spa.service("haircut")["locations"]
        if place["business"]["name"] == "Chiado"
    )
    options: Json = {
        "availableInAllLocations": False,
        "specificLocationOptions": {"businessLocations": [{"locationId": chiado}]},
    }
    spa.seed(resources=[{"slug": "water-room", "locationOptions": options}])
    assert day(spa, BATH, THURSDAY) == []


def test_only_the_room_that_is_named_will_do(spa: Sandbox) -> None:
    needed = {
        "resourceType": {"id": room_type(spa)},
        "resourceIds": {"values": ["5e100000-0000-4000-8000-0000000000ff"]},
    }
    spa.seed(services=[{"slug": BATH, "serviceResources": [needed]}])
    assert day(spa, BATH, THURSDAY) == []


def test_free_rooms_are_listed_only_when_their_type_is_asked_for(spa: Sandbox) -> None:
    (slot,) = spa.slots(BATH, f"{THURSDAY}T12:00", f"{THURSDAY}T12:01", includeResourceTypeIds=[])
    assert slot["availableResources"] == []
    asked = [room_type(spa)]
    (slot,) = spa.slots(
        BATH, f"{THURSDAY}T12:00", f"{THURSDAY}T12:01", includeResourceTypeIds=asked
    )
    (group,) = slot["availableResources"]
    assert [one["name"] for one in group["resources"]] == ["Water room"]


def test_looked_at_again_a_slot_tells_people_and_rooms(spa: Sandbox) -> None:
    (slot,) = spa.slots(BATH, f"{THURSDAY}T12:00", f"{THURSDAY}T12:01")
    asked = {name: slot[name] for name in ("serviceId", "localStartDate", "localEndDate")}
    path = "/_api/service-availability/v2/time-slots/get"
    told = spa.call("POST", path, asked).json()["timeSlot"]["availableResources"]
    assert [len(group["resources"]) for group in told] == [2, 1]


def test_a_staff_members_own_id_names_no_resource(spa: Sandbox) -> None:
    asked = {"query": {"filter": {"name": "Clara Nunes"}}}
    (clara,) = spa.call("POST", "/bookings/v1/staff-members/query", asked).json()["staffMembers"]

    def times(one: str) -> list[str]:
        kind = "1cd44cf8-756f-41c3-bd90-3e2ffcaf1155"
        wanted = [{"resourceTypeId": kind, "resourceIds": [one]}]
        return day(spa, BATH, THURSDAY, resourceTypes=wanted)

    assert times(clara["resourceId"])
    assert times(clara["id"]) == []
