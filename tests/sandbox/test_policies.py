"""A policy says from when and until when a time may be booked; its switches say whether it counts."""

import pytest

from tests.in_process import Sandbox
from tests.sandbox.asking import BOOKINGS, Json, chair, code

EARLY = {"limitEarlyBookingPolicy": {"enabled": True, "earliestBookingInMinutes": 10_080}}
LATE = {"limitLateBookingPolicy": {"enabled": True, "latestBookingInMinutes": 120}}


def with_policy(sandbox: Sandbox, **policy: Json) -> Sandbox:
    sandbox.seed(services=[{"slug": "haircut", "bookingPolicy": policy}])
    return sandbox


def slot_at(sandbox: Sandbox, start: str) -> Json:
    (slot,) = sandbox.slots("haircut", start, f"{start}:59")
    return slot


@pytest.mark.parametrize(
    ("start", "bookable"),
    [
        ("2030-06-03T10:30", False),
        ("2030-06-03T11:00", True),  # two hours ahead to the second
        ("2030-06-10T09:00", True),  # seven days ahead to the second
        ("2030-06-10T09:30", False),
    ],
)
def test_a_time_is_bookable_between_the_late_and_the_early_limit(
    two_chairs: Sandbox, start: str, *, bookable: bool
) -> None:
    with_policy(two_chairs, **EARLY, **LATE)
    slot = slot_at(two_chairs, start)
    answer = two_chairs.call("POST", BOOKINGS, chair(two_chairs, f"{start}:00", end=_end(slot)))
    assert slot["bookable"] is bookable
    assert answer.status_code == (200 if bookable else 403)


def _end(slot: Json) -> str:
    return str(slot["localEndDate"])


def test_a_slot_says_which_rule_it_breaks(two_chairs: Sandbox) -> None:
    with_policy(two_chairs, **EARLY, **LATE)
    late, early = slot_at(two_chairs, "2030-06-03T10:00"), slot_at(two_chairs, "2030-06-11T09:00")
    assert late["bookingPolicyViolations"]["tooLateToBook"] is True
    assert late["nonBookableReasons"]["violatesBookingPolicy"] is True
    assert early["bookingPolicyViolations"]["tooEarlyToBook"] is True
    assert early["bookingPolicyViolations"]["earliestBookingDate"] == "2030-06-04T08:00:00Z"


def test_a_limit_whose_switch_is_off_does_not_count(two_chairs: Sandbox) -> None:
    off = {name: rule | {"enabled": False} for name, rule in (EARLY | LATE).items()}
    with_policy(two_chairs, **off)
    assert slot_at(two_chairs, "2030-06-03T09:30")["bookable"] is True
    assert slot_at(two_chairs, "2030-12-02T09:30")["bookable"] is True


def test_what_has_begun_is_too_late_unless_the_policy_allows_it(two_chairs: Sandbox) -> None:
    two_chairs.clock("2030-06-03T12:10:00")
    assert slot_at(two_chairs, "2030-06-03T12:00")["bookable"] is False
    with_policy(two_chairs, bookAfterStartPolicy={"enabled": True})
    assert slot_at(two_chairs, "2030-06-03T12:00")["bookable"] is True


def test_a_service_closed_online_still_tells_times_that_nobody_can_book(
    two_chairs: Sandbox,
) -> None:
    two_chairs.seed(services=[{"slug": "haircut", "onlineBooking": {"enabled": False}}])
    slot = slot_at(two_chairs, "2030-06-04T10:00")
    assert slot["bookable"] is False
    assert slot["bookingPolicyViolations"]["bookOnlineDisabled"] is True


@pytest.mark.parametrize(
    ("filters", "count"),
    [({"bookable": True}, 13), ({"bookable": False}, 4), ({}, 17)],
    ids=str,
)
def test_times_can_be_asked_for_by_whether_they_are_bookable(
    two_chairs: Sandbox, filters: Json, count: int
) -> None:
    with_policy(two_chairs, **LATE)
    slots = two_chairs.slots("haircut", "2030-06-03", "2030-06-04", **filters)
    assert len(slots) == count


def test_times_can_be_asked_for_by_the_rule_they_break(two_chairs: Sandbox) -> None:
    with_policy(two_chairs, **LATE)
    late = two_chairs.slots(
        "haircut", "2030-06-03", "2030-06-04", bookingPolicyViolations={"tooLateToBook": True}
    )
    assert [slot["localStartDate"][11:16] for slot in late] == ["09:00", "09:30", "10:00", "10:30"]


def test_a_course_that_has_begun_is_measured_at_its_next_meeting(sandbox: Sandbox) -> None:
    sandbox.seed(services=[{"slug": "yoga-for-beginners", "bookingPolicy": LATE}])
    sandbox.clock("2030-06-20T09:00:00")
    assert sandbox.book("yoga-for-beginners")["status"] == "CONFIRMED"
    sandbox.clock("2030-06-25T17:30:00")  # the second Tuesday, an hour and a half before
    course = sandbox.service("yoga-for-beginners")
    schedule = {"scheduleId": course["schedule"]["id"], "serviceId": course["id"]}
    contact = {"firstName": "Ada", "email": "ada@example.com"}
    booking = {"bookedEntity": {"schedule": schedule}, "totalParticipants": 1}
    answer = sandbox.call("POST", BOOKINGS, {"booking": {**booking, "contactDetails": contact}})
    assert code(answer) == (403, "BOOKING_POLICY_VIOLATION")
