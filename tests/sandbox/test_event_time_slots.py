"""Classes are told session by session, with the places that are left."""

import pytest

from tests.in_process import Sandbox
from tests.sandbox.asking import BOOKINGS, CONTACT, SLOTS, Json, code, field

EVENTS = f"{SLOTS}/event"


def test_a_class_has_sessions_for_eight_weeks(sandbox: Sandbox) -> None:
    sessions = sandbox.slots("vinyasa-yoga", "2030-06-03", "2031-01-01")
    assert len(sessions) == 16
    assert sessions[-1]["localStartDate"] == "2030-07-24T18:30:00"
    sandbox.advance(7 * 86_400)
    assert len(sandbox.slots("vinyasa-yoga", "2030-06-10", "2031-01-01")) == 16


def test_a_session_tells_its_event_teacher_and_places(sandbox: Sandbox) -> None:
    session = sandbox.slots("vinyasa-yoga", "2030-07-01", "2030-07-02")[0]
    assert len(session["eventInfo"]["eventId"]) >= 36
    assert session["totalCapacity"] == session["bookableCapacity"] == 12
    assert session["availableResources"][0]["resources"][0]["name"] == "Duarte Melo"
    assert "scheduleId" not in session


def test_confirmed_places_are_gone_and_created_ones_are_not(sandbox: Sandbox) -> None:
    sandbox.book("vinyasa-yoga", "2030-07-01T18:30", participants=3)
    sandbox.book("vinyasa-yoga", "2030-07-01T18:30", participants=3, confirm=False)
    session = sandbox.slots("vinyasa-yoga", "2030-07-01", "2030-07-02")[0]
    assert session["remainingCapacity"] == 9


def test_a_full_session_is_told_unless_only_bookable_ones_are_wanted(sandbox: Sandbox) -> None:
    for _ in range(4):
        sandbox.book("vinyasa-yoga", "2030-07-01T18:30", participants=3)
    full = sandbox.slots("vinyasa-yoga", "2030-07-01", "2030-07-02")[0]
    assert full["bookable"] is False
    assert full["nonBookableReasons"]["noRemainingCapacity"] is True
    wanted = sandbox.slots("vinyasa-yoga", "2030-07-01", "2030-07-02", includeNonBookable=False)
    assert wanted == []


def test_a_party_sees_only_sessions_with_room_for_it(sandbox: Sandbox) -> None:
    sandbox.book("morning-pilates", "2030-07-02T08:00", participants=2)
    found = sandbox.slots("morning-pilates", "2030-07-01", "2030-07-06", minBookableCapacity=7)
    assert [one["localStartDate"] for one in found] == ["2030-07-04T08:00:00"]


def test_a_session_can_be_cancelled_by_seed(sandbox: Sandbox) -> None:
    session = sandbox.slots("park-yoga", "2030-07-06", "2030-07-07")[0]
    sandbox.seed(sessionChanges={session["eventInfo"]["eventId"]: {"cancelled": True}})
    again = sandbox.slots("park-yoga", "2030-07-06", "2030-07-07")[0]
    assert again["nonBookableReasons"]["eventCancelled"] is True
    assert again["location"]["locationType"] == "CUSTOM"


@pytest.mark.parametrize("base", [EVENTS, EVENTS.removeprefix("/_api")])
def test_one_session_is_found_by_its_event(sandbox: Sandbox, base: str) -> None:
    session = sandbox.slots("sound-bath", "2030-07-05", "2030-07-06")[0]
    found = sandbox.call("GET", f"{base}/{session['eventInfo']['eventId']}?timeZone=Europe/Paris")
    assert found.json()["timeZone"] == "Europe/Paris"
    assert found.json()["timeSlot"]["localStartDate"] == "2030-07-05T20:30:00"
    assert found.json()["timeSlot"]["eventInfo"]["waitingList"]["totalCapacity"] == 10


def test_an_unknown_event_is_not_found(sandbox: Sandbox) -> None:
    assert code(sandbox.call("GET", f"{EVENTS}/{'x' * 40}")) == (404, "EVENT_NOT_FOUND")


def test_all_classes_come_in_order_and_in_pages(sandbox: Sandbox) -> None:
    window: Json = {"fromLocalDate": "2030-07-01T00:00:00", "toLocalDate": "2030-07-08T00:00:00"}
    whole = sandbox.call("POST", EVENTS, window).json()["timeSlots"]
    first = sandbox.call("POST", EVENTS, {**window, "cursorPaging": {"limit": 4}}).json()
    paging = {"limit": 4, "cursor": first["pagingMetadata"]["cursors"]["next"]}
    second = sandbox.call("POST", EVENTS, {"cursorPaging": paging}).json()
    assert first["timeSlots"] + second["timeSlots"] == whole
    assert second["pagingMetadata"]["hasNext"] is False
    assert [one["localStartDate"] for one in whole] == sorted(
        one["localStartDate"] for one in whole
    )


def test_a_date_alone_is_refused(sandbox: Sandbox) -> None:
    answer = sandbox.call("POST", EVENTS, {"fromLocalDate": "2030-07-01"})
    assert field(answer) == (400, "fromLocalDate")


def test_without_a_limit_only_fifty_come(sandbox: Sandbox) -> None:
    window: Json = {"fromLocalDate": "2030-05-20T00:00:00", "toLocalDate": "2030-12-01T00:00:00"}
    told = sandbox.call("POST", EVENTS, window).json()
    assert len(told["timeSlots"]) == 50
    assert told["pagingMetadata"]["hasNext"] is True
    assert "cursorPagingMetadata" not in told


def test_one_service_named_as_for_appointments_is_passed_over(sandbox: Sandbox) -> None:
    window: Json = {"fromLocalDate": "2030-07-01T00:00:00", "toLocalDate": "2030-07-08T00:00:00"}
    yoga = sandbox.service("vinyasa-yoga")["id"]
    told = sandbox.call("POST", EVENTS, {**window, "serviceId": yoga}).json()["timeSlots"]
    assert len({one["serviceId"] for one in told}) > 1


def test_places_kept_for_the_waiting_list_remain_but_cannot_be_booked(sandbox: Sandbox) -> None:
    session = sandbox.slots("sound-bath", "2030-07-05", "2030-07-06")[0]
    event = session["eventInfo"]["eventId"]
    sandbox.seed(sessionChanges={event: {"reserved": 10, "waiting": 3}})
    told = sandbox.slots("sound-bath", "2030-07-05", "2030-07-06")[0]
    assert (told["remainingCapacity"], told["bookableCapacity"]) == (10, 0)
    assert told["nonBookableReasons"]["reservedForWaitingList"] is True
    assert told["nonBookableReasons"]["noRemainingCapacity"] is False
    assert told["eventInfo"]["waitingList"] == {"totalCapacity": 10, "remainingCapacity": 7}


def test_a_hidden_class_still_has_sessions(sandbox: Sandbox) -> None:
    sandbox.seed(services=[{"slug": "vinyasa-yoga", "hidden": True}])
    assert sandbox.slots("vinyasa-yoga", "2030-07-01", "2030-07-02")


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        pytest.param({"minBookableCapacity": 0}, "minBookableCapacity", id="a party of nobody"),
        pytest.param({"cursorPaging": {"limit": 1001}}, "cursorPaging.limit", id="too many"),
        pytest.param({"eventFilter": {"start": "2030"}}, "value", id="a date in the filter"),
        pytest.param({"maxSlotsPerDay": 1}, "toLocalDate", id="a cap for more than a month"),
        pytest.param({"timeZone": "Mars/Olympus"}, "timeZone", id="no zone"),
        pytest.param({"toLocalDate": "2030-06-01T00:00:00"}, "toLocalDate", id="backwards"),
        pytest.param({"fromLocalDate": "2030-07-01T00:00:00Z"}, "fromLocalDate", id="a Z"),
    ],
)
def test_what_event_slots_do_not_take_is_refused(sandbox: Sandbox, asked: Json, name: str) -> None:
    window = {"fromLocalDate": "2030-07-01T00:00:00", "toLocalDate": "2030-08-08T00:00:00"}
    assert field(sandbox.call("POST", EVENTS, {**window, **asked})) == (400, name)


def test_a_place_kept_for_the_waiting_list_is_refused_to_others(sandbox: Sandbox) -> None:
    session = sandbox.slots("sound-bath", "2030-07-05", "2030-07-06")[0]
    event = session["eventInfo"]["eventId"]
    sandbox.seed(sessionChanges={event: {"reserved": 10}})
    slot = {"serviceId": session["serviceId"], "eventId": event}
    booking = {"bookedEntity": {"slot": slot}, "totalParticipants": 1, "contactDetails": CONTACT}
    answer = sandbox.call("POST", BOOKINGS, {"booking": booking})
    assert code(answer) == (428, "SESSION_CAPACITY_EXCEEDED")
