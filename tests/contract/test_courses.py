"""A course's meetings come from the calendar; its places from there too, or from its bookings."""

from datetime import UTC, datetime, timedelta

import pytest

from booking.domain.course import JoinBarrier, Places, Run, join_barrier
from booking.domain.policy import Policy
from booking.domain.service import LocationKind, Service
from booking.wix import Wix
from booking.wix.errors import WixForbidden, WixUnreachable
from tests.contract.conftest import LISBON, the_service
from tests.in_process import Sandbox

NOW = datetime(2030, 6, 3, 8, tzinfo=UTC)
EVENTS = "/calendar/v3/events/query"
READER = "/extended-bookings/query"


@pytest.fixture
def yoga(wix: Wix) -> Service:
    """Six Tuesdays, made as one recurring event: the calendar tells what remains."""
    return the_service(wix, "yoga-for-beginners")


@pytest.fixture
def massage(wix: Wix) -> Service:
    """Four evenings, made one by one: nothing but the bookings tells what remains."""
    return the_service(wix, "massage-for-couples")


def test_a_course_meets_when_the_calendar_says(wix: Wix, yoga: Service) -> None:
    meetings = wix.courses.meetings(yoga, now=NOW, zone=LISBON)
    assert [each.starts for each in meetings] == [
        datetime(2030, 6, 18, 18, tzinfo=UTC) + timedelta(weeks=week) for week in range(6)
    ]
    first = meetings[0]
    assert first.ends - first.starts == timedelta(minutes=75)
    assert [each.name for each in first.teachers] == ["Duarte Melo"]
    assert first.location is not None
    assert first.location.kind is LocationKind.BUSINESS


def test_single_events_are_meetings_too(wix: Wix, massage: Service) -> None:
    assert len(wix.courses.meetings(massage, now=NOW, zone=LISBON)) == 4


def test_a_cancelled_meeting_is_told_as_cancelled(
    wix: Wix, yoga: Service, sandbox: Sandbox
) -> None:
    second = wix.courses.meetings(yoga, now=NOW, zone=LISBON)[1]
    sandbox.seed(sessionChanges={second.event_id: {"cancelled": True}})
    meetings = wix.courses.meetings(yoga, now=NOW, zone=LISBON)
    assert [each.cancelled for each in meetings] == [False, True, False, False, False, False]


def test_many_meetings_come_in_pages(wix: Wix, sandbox: Sandbox, yoga: Service) -> None:
    plan = {"day": "TUESDAY", "time": "19:00", "minutes": 60, "staff": "duarte", "inWeeks": 1}
    sandbox.seed(services=[{"slug": yoga.slug, "meetings": {**plan, "count": 60}}])
    assert len(wix.courses.meetings(yoga, now=NOW, zone=LISBON)) == 60
    assert len(sandbox.calls(EVENTS)) == 2


def test_the_calendar_tells_what_remains_of_a_recurring_course(
    wix: Wix, yoga: Service, sandbox: Sandbox
) -> None:
    before = wix.courses.places(yoga)
    sandbox.book("yoga-for-beginners", participants=2)
    after = wix.courses.places(yoga)
    assert (before.total, after.left) == (10, before.left - 2)
    assert not after.counted
    assert sandbox.calls(READER) == []


def test_of_any_other_course_the_bookings_are_counted_over_all_pages(
    wix: Wix, massage: Service, sandbox: Sandbox
) -> None:
    big = {"participantsPolicy": {"maxParticipantsPerBooking": 3}}
    sandbox.seed(services=[{"slug": massage.slug, "defaultCapacity": 500, "bookingPolicy": big}])
    service = the_service(wix, massage.slug)
    already = wix.courses.places(service).left
    for _ in range(101):
        sandbox.book(massage.slug, participants=3)
    sandbox.book(massage.slug, participants=2, confirm=False)  # CREATED takes no place
    sandbox.change(sandbox.book(massage.slug), "cancel")
    sandbox.book("yoga-for-beginners", participants=2)
    sandbox.forget_requests()
    places = wix.courses.places(service)
    assert (places.total, places.left, places.counted) == (500, already - 303, True)
    assert len(sandbox.calls(READER)) == 2


def test_without_the_right_to_the_calendar_the_bookings_are_counted(
    wix: Wix, yoga: Service, sandbox: Sandbox
) -> None:
    told = wix.courses.places(yoga)
    sandbox.fault("*/calendar/v3/*", status=403, times=1)
    counted = wix.courses.places(yoga)
    assert (counted.left, counted.counted) == (told.left, True)


def test_a_calendar_that_fails_is_no_reason_to_count(
    wix: Wix, yoga: Service, sandbox: Sandbox
) -> None:
    sandbox.fault("*/calendar/v3/*", status=503)
    with pytest.raises(WixUnreachable):
        wix.courses.places(yoga)
    assert sandbox.calls(READER) == []


def test_who_may_read_neither_is_refused(wix: Wix, yoga: Service, sandbox: Sandbox) -> None:
    sandbox.fault("*/calendar/v3/*", status=403)
    sandbox.fault("*/extended-bookings/query", status=403)
    with pytest.raises(WixForbidden):
        wix.courses.places(yoga)


def test_a_course_is_joined_until_it_is_full(wix: Wix, yoga: Service, sandbox: Sandbox) -> None:
    run = Run.of(wix.courses.meetings(yoga, now=NOW, zone=LISBON))
    left = wix.courses.places(yoga).left
    for _ in range(left):
        assert join_barrier(run, yoga.policy, wix.courses.places(yoga), NOW) is None
        sandbox.book("yoga-for-beginners")
    assert join_barrier(run, yoga.policy, wix.courses.places(yoga), NOW) is JoinBarrier.FULL


def test_a_course_without_events_is_not_scheduled(
    wix: Wix, yoga: Service, sandbox: Sandbox
) -> None:
    sandbox.seed(services=[{"slug": yoga.slug, "meetings": None}])
    run = Run.of(wix.courses.meetings(yoga, now=NOW, zone=LISBON))
    places = wix.courses.places(yoga)
    assert join_barrier(run, Policy(), places, NOW) is JoinBarrier.UNSCHEDULED
    assert places == Places(total=10, left=places.left, checked_at=places.checked_at, counted=True)
