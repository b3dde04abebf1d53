"""The calendar tells masters, sessions and booked appointments, and refuses what Wix refuses."""

import pytest

from tests.in_process import Sandbox
from tests.sandbox.asking import Json, field

EVENTS = "/calendar/v3/events/query"
JULY: Json = {"fromLocalDate": "2030-07-01T00:00:00", "toLocalDate": "2030-07-08T00:00:00"}


def ask(sandbox: Sandbox, filter_: Json | None = None, **asked: object) -> list[Json]:
    answer = sandbox.call("POST", EVENTS, {**JULY, **asked, "query": {"filter": filter_ or {}}})
    assert answer.status_code == 200, answer.text
    return list(answer.json()["events"])


def refused(sandbox: Sandbox, body: Json) -> tuple[int, str]:
    return field(sandbox.call("POST", EVENTS, body))


@pytest.mark.parametrize("path", [EVENTS, f"/_api{EVENTS}"])
def test_both_spellings_of_the_path_answer(sandbox: Sandbox, path: str) -> None:
    assert sandbox.call("POST", path, {**JULY, "query": {}}).json()["events"]


def test_an_instance_follows_a_master_that_is_told_only_when_asked(sandbox: Sandbox) -> None:
    yoga = {"externalScheduleId": sandbox.service("vinyasa-yoga")["id"]}
    instances = ask(sandbox, yoga)
    masters = ask(sandbox, yoga, recurrenceType=["MASTER"], fromLocalDate="2030-05-01T00:00:00")
    assert {one["recurrenceType"] for one in instances} == {"INSTANCE"}
    assert {one["recurringEventId"] for one in instances} == {one["id"] for one in masters}
    assert [one["recurrenceRule"]["days"] for one in masters] == [["MONDAY"], ["WEDNESDAY"]]
    assert all(36 <= len(one["id"]) <= 250 for one in instances + masters)


def test_the_master_of_a_course_tells_what_remains(sandbox: Sandbox) -> None:
    course = sandbox.service("yoga-for-beginners")
    asked = {
        "recurrenceType": ["MASTER"],
        "query": {"filter": {"scheduleId": course["schedule"]["id"]}},
    }
    before = sandbox.call("POST", EVENTS, asked).json()["events"]
    sandbox.book("yoga-for-beginners", participants=2)
    after = sandbox.call("POST", EVENTS, asked).json()["events"]
    assert len(before) == 1
    assert after[0]["remainingCapacity"] == before[0]["remainingCapacity"] - 2
    assert after[0]["totalCapacity"] == 10
    assert after[0]["recurrenceRule"]["until"]["localDate"].startswith("2030-07-23")


def test_a_course_of_single_events_has_no_master(sandbox: Sandbox) -> None:
    course = {"scheduleId": sandbox.service("massage-for-couples")["schedule"]["id"]}
    assert ask(sandbox, course, recurrenceType=["MASTER"]) == []
    (meeting,) = ask(sandbox, course)
    assert (meeting["recurrenceType"], meeting["type"]) == ("NONE", "COURSE")


def test_a_changed_session_is_an_exception_and_cancelled_has_two_ls(sandbox: Sandbox) -> None:
    session = ask(sandbox, {"type": "CLASS"})[0]
    sandbox.seed(sessionChanges={session["id"]: {"cancelled": True}})
    again = ask(sandbox, {"type": "CLASS"})[0]
    assert (again["id"], again["status"]) == (session["id"], "CANCELLED")
    assert again["recurrenceType"] == "EXCEPTION"


def test_a_booked_appointment_stands_on_the_calendar(sandbox: Sandbox) -> None:
    booking = sandbox.book("haircut", "2030-07-02T15:00")
    event_id = booking["bookedEntity"]["slot"]["eventId"]
    (event,) = [one for one in ask(sandbox, {"type": "APPOINTMENT"}) if one["id"] == event_id]
    assert event["start"] == {
        "localDate": "2030-07-02T15:00:00",
        "utcDate": "2030-07-02T14:00:00Z",
        "timeZone": "Europe/Lisbon",
    }


def test_events_that_reach_into_the_window_are_in_it(sandbox: Sandbox) -> None:
    half_way = {"fromLocalDate": "2030-07-01T19:00:00", "toLocalDate": "2030-07-01T19:01:00"}
    (event,) = ask(sandbox, {"type": "CLASS"}, **half_way)
    assert event["start"]["localDate"] == "2030-07-01T18:30:00"


def test_the_window_is_read_in_the_zone_that_is_named(sandbox: Sandbox) -> None:
    hour = {"fromLocalDate": "2030-07-01T13:30:00", "toLocalDate": "2030-07-01T14:30:00"}
    assert len(ask(sandbox, {"type": "CLASS"}, **hour, timeZone="America/New_York")) == 1
    assert ask(sandbox, {"type": "CLASS"}, **hour) == []


def test_capacity_and_resources_narrow(sandbox: Sandbox) -> None:
    duarte = ask(sandbox, {"type": "CLASS"})[0]["resources"][0]["id"]
    assert ask(sandbox, {"resources.id": {"$hasSome": [duarte]}, "totalCapacity": {"$gt": 12}})
    assert ask(sandbox, {"totalCapacity": {"$gt": 100}}) == []


@pytest.mark.parametrize(
    "filter_",
    [
        pytest.param({"start": {"$gte": "2030-07-01T00:00:00"}}, id="a date"),
        pytest.param({"serviceId": "x"}, id="a field of another API"),
    ],
)
def test_a_filter_that_is_not_declared_is_refused(sandbox: Sandbox, filter_: Json) -> None:
    answer = sandbox.call("POST", EVENTS, {**JULY, "query": {"filter": filter_}})
    assert answer.status_code == 400
    assert next(iter(filter_)) in answer.json()["message"]


@pytest.mark.parametrize(
    "filter_",
    [
        pytest.param({"scheduleId": {"$ne": "x"}}, id="not equal"),
        pytest.param({"resources.id": "x"}, id="equality on a list"),
        pytest.param({"type": {"$hasSome": ["CLASS"]}}, id="a list's operator"),
    ],
)
def test_an_operator_that_a_field_does_not_take_is_refused(sandbox: Sandbox, filter_: Json) -> None:
    answer = sandbox.call("POST", EVENTS, {**JULY, "query": {"filter": filter_}})
    assert answer.status_code == 400


def test_occurrences_need_a_window_and_masters_do_not(sandbox: Sandbox) -> None:
    assert refused(sandbox, {"query": {}}) == (400, "fromLocalDate")
    assert sandbox.call("POST", EVENTS, {"recurrenceType": ["MASTER"]}).status_code == 200


def test_a_date_with_a_zone_or_alone_is_refused(sandbox: Sandbox) -> None:
    assert refused(sandbox, {**JULY, "fromLocalDate": "2030-07-01"}) == (400, "fromLocalDate")
    assert refused(sandbox, {**JULY, "toLocalDate": "2030-07-08T00:00:00Z"}) == (400, "toLocalDate")


def test_a_kind_of_recurrence_there_is_not_is_refused(sandbox: Sandbox) -> None:
    assert refused(sandbox, {**JULY, "recurrenceType": ["WEEKLY"]}) == (400, "recurrenceType")


def test_events_come_by_start_in_pages_of_fifty_at_most(sandbox: Sandbox) -> None:
    asked = {"fromLocalDate": "2030-06-01T00:00:00", "toLocalDate": "2030-12-01T00:00:00"}
    first = sandbox.call("POST", EVENTS, {**asked, "query": {}}).json()
    paging = {"cursor": first["pagingMetadata"]["cursors"]["next"]}
    second = sandbox.call("POST", EVENTS, {"query": {"cursorPaging": paging}}).json()
    starts = [one["start"]["utcDate"] for one in first["events"] + second["events"]]
    assert len(first["events"]) == 50
    assert first["pagingMetadata"]["hasNext"] is True
    assert starts == sorted(starts)
    mixed = {"query": {"cursorPaging": paging, "filter": {"type": "CLASS"}}}
    assert refused(sandbox, mixed) == (400, "query.cursorPaging.cursor")
