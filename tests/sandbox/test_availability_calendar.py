"""The deprecated calendar tells the same times in its own words, and refuses what it refuses."""

from typing import Any

import pytest

from tests.in_process import Sandbox
from tests.sandbox.asking import SLOTS, Json, create, field

QUERY = "/availability-calendar/v1/availability/query"
PATHS = (
    QUERY,
    "/bookings/v1/availability/query",
    "/bookings/availability-calendar/v1/availability/query",
)
TUESDAY: Json = {"startDate": "2030-06-04T00:00:00Z", "endDate": "2030-06-05T00:00:00Z"}


def body(sandbox: Sandbox, slug: str = "haircut", **filters: Any) -> Json:
    service = {"serviceId": [sandbox.service(slug)["id"]]}
    return {"query": {"filter": {**service, **TUESDAY, **filters}}}


def entries(sandbox: Sandbox, asked: Json) -> list[Json]:
    answer = sandbox.call("POST", QUERY, asked)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["availabilityEntries"])


def times(found: list[Json]) -> list[str]:
    return [one["slot"]["startDate"][11:16] for one in found]


@pytest.mark.parametrize("path", PATHS)
def test_every_spelling_of_the_path_answers(two_chairs: Sandbox, path: str) -> None:
    assert two_chairs.call("POST", path, body(two_chairs)).json()["availabilityEntries"]


def test_each_person_who_is_free_makes_an_entry_of_its_own(two_chairs: Sandbox) -> None:
    first, second, third = entries(two_chairs, body(two_chairs))[:3]
    assert times([first, second, third]) == ["09:00", "09:00", "09:30"]
    assert {one["slot"]["resource"]["name"] for one in (first, second)} == {"Ana", "Bruno"}


def test_an_entry_is_told_as_it_always_was(two_chairs: Sandbox) -> None:
    entry = entries(two_chairs, body(two_chairs))[0]
    slot = entry["slot"]
    assert slot["startDate"] == "2030-06-04T09:00:00.000+01:00"
    assert slot["endDate"] == "2030-06-04T09:45:00.000+01:00"
    assert slot["timezone"] == "Europe/Lisbon"
    assert slot["location"]["locationType"] == "OWNER_BUSINESS"
    assert slot["sessionId"] is None
    assert "eventId" not in slot
    assert (entry["totalSpots"], entry["openSpots"], entry["locked"]) == (1, 1, False)
    assert entry["bookingPolicyViolations"] == {
        "tooEarlyToBook": False,
        "tooLateToBook": False,
        "bookOnlineDisabled": False,
    }


def test_a_slot_can_be_booked_as_it_was_told(two_chairs: Sandbox) -> None:
    slot = entries(two_chairs, body(two_chairs))[0]["slot"]
    contact = {"firstName": "Ada", "email": "ada@example.com"}
    booking = {"bookedEntity": {"slot": slot}, "totalParticipants": 1, "contactDetails": contact}
    made = create(two_chairs, {"booking": booking})
    two_chairs.confirm_or_decline(made["id"])
    left = entries(two_chairs, body(two_chairs))[0]["slot"]["resource"]["name"]
    assert left != slot["resource"]["name"]


def test_a_session_of_a_class_has_an_event_and_a_long_session_id(sandbox: Sandbox) -> None:
    week = {"startDate": "2030-07-01T00:00:00Z", "endDate": "2030-07-06T00:00:00Z"}
    (entry,) = entries(sandbox, body(sandbox, "sound-bath", **week))
    (told,) = sandbox.slots("sound-bath", "2030-07-01", "2030-07-06")
    assert entry["slot"]["eventId"] == told["eventInfo"]["eventId"]
    assert len(entry["slot"]["sessionId"]) == 330
    assert entry["waitingList"] == {"totalSpots": 10, "openSpots": 10}
    assert (entry["totalSpots"], entry["openSpots"]) == (10, 10)


def test_a_place_offered_to_the_waiting_list_is_locked_yet_bookable(sandbox: Sandbox) -> None:
    week = {"startDate": "2030-07-01T00:00:00Z", "endDate": "2030-07-06T00:00:00Z"}
    asked = body(sandbox, "sound-bath", **week)
    event = entries(sandbox, asked)[0]["slot"]["eventId"]
    sandbox.seed(sessionChanges={event: {"reserved": 10}})
    (entry,) = entries(sandbox, asked)
    assert (entry["bookable"], entry["locked"], entry["openSpots"]) == (True, True, 10)


def test_courses_are_not_told(sandbox: Sandbox) -> None:
    year = {"startDate": "2030-06-04T00:00:00Z", "endDate": "2031-06-04T00:00:00Z"}
    assert entries(sandbox, body(sandbox, "yoga-for-beginners", **year)) == []


def test_without_a_zone_dates_are_moments(two_chairs: Sandbox) -> None:
    found = entries(
        two_chairs,
        body(two_chairs, startDate="2030-06-04T12:00:00-04:00", endDate="2030-06-04T16:30:00Z"),
    )
    assert times(found) == ["17:00", "17:00"]


def test_beside_a_zone_only_the_clock_of_a_date_counts(two_chairs: Sandbox) -> None:
    asked = body(
        two_chairs, startDate="2030-06-04T12:00:00+09:00", endDate="2030-06-04T12:30:00-11:00"
    )
    found = entries(two_chairs, {**asked, "timezone": "America/New_York"})
    assert {one["slot"]["startDate"] for one in found} == {"2030-06-04T12:00:00.000-04:00"}


def test_a_zone_spelled_as_time_slots_spell_it_is_passed_over(two_chairs: Sandbox) -> None:
    found = entries(two_chairs, {**body(two_chairs), "timeZone": "America/New_York"})
    assert found[0]["slot"]["timezone"] == "Europe/Lisbon"


def test_so_many_a_day_counts_each_person_apart(two_chairs: Sandbox) -> None:
    found = entries(two_chairs, {**body(two_chairs), "slotsPerDay": 3})
    assert times(found) == ["09:00", "09:00", "09:30"]


def test_bookable_ones_stand_first_within_one_start(two_chairs: Sandbox) -> None:
    late = {"limitLateBookingPolicy": {"enabled": True, "latestBookingInMinutes": 26 * 60}}
    two_chairs.seed(services=[{"slug": "haircut", "bookingPolicy": late}])
    found = entries(two_chairs, body(two_chairs))
    assert found[0]["bookable"] is False
    assert found[0]["bookingPolicyViolations"]["tooLateToBook"] is True
    assert times(entries(two_chairs, body(two_chairs, bookable=True)))[0] == "11:00"
    violated: Json = {"bookingPolicyViolations.tooLateToBook": True}
    assert times(entries(two_chairs, body(two_chairs, **violated)))[-1] == "10:30"


def test_people_places_schedules_and_spots_narrow(sandbox: Sandbox) -> None:
    service = sandbox.service("haircut")
    ana, there = service["staffMemberIds"][0], service["locations"][0]["id"]
    by_ana = entries(sandbox, body(sandbox, resourceId=[ana]))
    assert {one["slot"]["resource"]["id"] for one in by_ana} == {ana}
    place: Json = {"location.businessLocation.id": [there]}
    at_home = entries(sandbox, body(sandbox, **place))
    assert {one["slot"]["location"]["id"] for one in at_home} == {there}
    assert entries(sandbox, body(sandbox, scheduleId=["another"])) == []
    assert entries(sandbox, body(sandbox, openSpots={"$gte": 2})) == []


def test_the_latest_may_come_first(two_chairs: Sandbox) -> None:
    asked = body(two_chairs)
    asked["query"]["sort"] = [{"fieldName": "startDate", "order": "DESC"}]
    assert times(entries(two_chairs, asked))[0] == "17:00"


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        pytest.param({"serviceId": []}, "query.filter.serviceId", id="no service"),
        pytest.param({"startDate": None}, "query.filter.startDate", id="no start"),
        pytest.param({"endDate": "2030-06-05"}, "query.filter.endDate", id="a date alone"),
        pytest.param(
            {"startDate": "2030-06-04T00:00:00"}, "query.filter.startDate", id="no offset"
        ),
        pytest.param({"endDate": "2030-06-03T00:00:00Z"}, "query.filter.endDate", id="backwards"),
        pytest.param({"resourceId": {"$in": []}}, "query.filter.resourceId", id="an operator"),
        pytest.param({"openSpots": {"$gt": 1}}, "query.filter.openSpots", id="another operator"),
        pytest.param({"eventId": "x"}, "value", id="a field that is no filter"),
    ],
)
def test_what_the_calendar_does_not_take_is_refused(
    two_chairs: Sandbox, changes: Json, name: str
) -> None:
    answer = two_chairs.call("POST", QUERY, body(two_chairs, **changes))
    assert field(answer) == (400, name)


def test_an_empty_body_or_an_unknown_zone_is_refused(two_chairs: Sandbox) -> None:
    assert field(two_chairs.call("POST", QUERY, {})) == (400, "query")
    asked = {**body(two_chairs), "timezone": "Mars/Olympus"}
    assert field(two_chairs.call("POST", QUERY, asked)) == (400, "timezone")


def test_time_slots_read_a_zone_spelled_as_here_as_none(two_chairs: Sandbox) -> None:
    asked = {
        "serviceId": two_chairs.service("haircut")["id"],
        "fromLocalDate": "2030-06-04T00:00:00",
        "toLocalDate": "2030-06-05T00:00:00",
        "timezone": "America/New_York",
        "resourceIds": ["a key of long ago"],
    }
    told = two_chairs.call("POST", SLOTS, asked).json()
    assert told["timeZone"] == "Europe/Lisbon"
    assert len(told["timeSlots"]) == 17
