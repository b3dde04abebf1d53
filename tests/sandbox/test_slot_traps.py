"""Traps of slot lists: they overlap, repeat, and tell of resources only when asked."""

from collections import Counter

from tests.in_process import STAFF_TYPE_ID, Sandbox
from tests.sandbox.asking import SLOTS, Json, day, starts

FRIDAY = "2030-06-07"


def staff_filter(*resource_ids: str) -> list[Json]:
    return [{"resourceTypeId": STAFF_TYPE_ID, "resourceIds": [*resource_ids]}]


def test_slots_overlap_on_the_grid(sandbox: Sandbox) -> None:
    times = day(sandbox, "haircut", FRIDAY)
    assert {"09:00", "09:30", "10:00"} <= set(times)


def test_one_time_comes_once_for_each_place(sandbox: Sandbox) -> None:
    hours = [
        {"days": ["FRIDAY"], "start": "09:00", "end": "12:00", "location": place}
        for place in ("chiado", "estrela")
    ]
    sandbox.seed(
        staff=[
            {"slug": slug, "workingHours": [rule]}
            for slug, rule in zip(("ana", "bruno"), hours, strict=True)
        ]
    )
    assert set(Counter(day(sandbox, "haircut", FRIDAY)).values()) == {2}
    place = sandbox.service("haircut")["locations"][0]["id"]
    assert set(Counter(day(sandbox, "haircut", FRIDAY, locations=[{"id": place}])).values()) == {1}


def test_resources_are_not_told_unless_asked_for(sandbox: Sandbox) -> None:
    slots = sandbox.slots("haircut", FRIDAY, "2030-06-08", includeResourceTypeIds=[])
    assert slots
    assert all(slot["availableResources"] == [] for slot in slots)


def test_asking_for_resources_filters_nothing_and_the_filter_does(sandbox: Sandbox) -> None:
    plain = day(sandbox, "haircut", FRIDAY, includeResourceTypeIds=[])
    told = day(sandbox, "haircut", FRIDAY, includeResourceTypeIds=[STAFF_TYPE_ID])
    ana = sandbox.service("haircut")["staffMemberIds"][0]
    filtered = day(sandbox, "haircut", FRIDAY, resourceTypes=staff_filter(ana))
    assert told == plain
    assert len(filtered) < len(plain)


def test_a_list_tells_ten_people_at_most_and_one_slot_tells_all(sandbox: Sandbox) -> None:
    crowd = [f"barber-{number}" for number in range(12)]
    sandbox.seed(staff=[{"slug": slug} for slug in crowd])
    sandbox.seed(services=[{"slug": "beard-trim", "staffMemberIds": crowd}])
    slot = sandbox.slots("beard-trim", f"{FRIDAY}T10:00", f"{FRIDAY}T10:01")[0]
    (listed,) = slot["availableResources"]
    assert (len(listed["resources"]), listed["hasMoreAvailableResources"]) == (10, True)
    asked = {name: slot[name] for name in ("serviceId", "localStartDate", "localEndDate")}
    asked["location"] = {"id": slot["location"]["id"]}
    told = sandbox.call("POST", f"{SLOTS}/get", asked).json()["timeSlot"]["availableResources"]
    assert (len(told[0]["resources"]), told[0]["hasMoreAvailableResources"]) == (12, False)


def test_hidden_services_have_slots_all_the_same(sandbox: Sandbox) -> None:
    assert day(sandbox, "team-haircut", FRIDAY, bookable=True)


def test_a_service_that_is_closed_online_tells_slots_that_cannot_be_booked(
    sandbox: Sandbox,
) -> None:
    slots = sandbox.slots("hair-extensions", FRIDAY, "2030-06-08")
    assert slots
    assert not any(slot["bookable"] for slot in slots)
    assert all(slot["bookingPolicyViolations"]["bookOnlineDisabled"] for slot in slots)
    assert starts(sandbox.slots("hair-extensions", FRIDAY, "2030-06-08", bookable=True)) == []


def test_an_appointment_is_for_one_however_large_the_party(sandbox: Sandbox) -> None:
    slots = sandbox.slots("haircut", FRIDAY, "2030-06-08")
    assert {slot["totalCapacity"] for slot in slots} == {1}
    assert sandbox.service("haircut")["defaultCapacity"] == 1
