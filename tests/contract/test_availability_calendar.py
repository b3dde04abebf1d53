"""Both of Wix's availability APIs give the same slots and sessions; callers cannot tell which it was."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from booking.domain.ids import EventId, ServiceId
from booking.domain.service import Kind
from booking.domain.session import Barrier, Session
from booking.domain.slot import Choices, PolicyFilter
from booking.wix import ApiKey, RetryRule, Transport, Wix
from booking.wix.errors import InvalidRequest
from booking.wix.limits import Time
from tests.contract.conftest import LISBON, MONDAY, TODAY, the_booking, the_service, the_slots
from tests.in_process import Sandbox

QUERY = "/availability/query"
DAY = timedelta(days=1)
JULY = datetime(2030, 7, 1, tzinfo=UTC)


@pytest.fixture
def older(sandbox: Sandbox) -> Wix:
    """A client that asks the deprecated calendar."""
    told = sandbox.credentials
    return Wix(
        Transport(
            sandbox.url,
            ApiKey(told["apiKey"], told["siteId"]),
            media_url=f"{sandbox.url}/media",
            adapter=sandbox.adapter,
            retry=RetryRule(jitter=lambda: 0.0),
            time=Time(sleep=lambda _: None),
        ),
        availability="availability-calendar",
    )


def untitled(session: Session | None) -> Session | None:
    """The older calendar names no session."""
    return replace(session, title="") if session else None


@pytest.mark.parametrize(
    "narrow",
    [
        pytest.param(lambda _: {}, id="all that can be booked"),
        pytest.param(lambda _: {"bookable": None}, id="all"),
        pytest.param(lambda _: {"bookable": False}, id="what the policy forbids"),
        pytest.param(
            lambda _: {"bookable": None, "policy": PolicyFilter(too_late=True)}, id="too late"
        ),
        pytest.param(lambda service: {"staff_id": service.staff[0].id}, id="one person"),
        pytest.param(lambda service: {"location": service.locations[0]}, id="one place"),
        pytest.param(lambda _: {"limit": 5}, id="the first five"),
        pytest.param(lambda _: {"per_day": 1}, id="one a day"),
    ],
)
@pytest.mark.parametrize("slug", ["haircut", "deep-tissue-massage", "private-yoga"])
def test_both_give_the_same_slots(
    wix: Wix, older: Wix, slug: str, narrow: Callable[..., dict[str, Any]]
) -> None:
    service = the_service(wix, slug)
    window: dict[str, Any] = {"starts": TODAY, "ends": TODAY + 5 * DAY, "zone": LISBON}
    told = wix.time_slots.list(service.id, **window, **narrow(service))
    assert older.time_slots.list(service.id, **window, **narrow(service)).slots == told.slots


def test_both_look_again_at_one_slot(wix: Wix, older: Wix) -> None:
    haircut = the_service(wix, "haircut")
    for slot in the_slots(wix, haircut.id).slots[:6]:
        asked: dict[str, Any] = {
            "starts": slot.starts,
            "ends": slot.ends,
            "zone": LISBON,
            "location": slot.location,
        }
        assert older.time_slots.get(haircut.id, **asked) == wix.time_slots.get(haircut.id, **asked)
        asked["ends"] += timedelta(minutes=5)
        assert older.time_slots.get(haircut.id, **asked) is None


def test_a_person_who_is_not_free_is_not_there_when_looked_at_again(
    older: Wix, sandbox: Sandbox
) -> None:
    sandbox.reset("two-chairs", now=MONDAY)
    (haircut,) = older.services.query()
    slot = the_slots(older, haircut.id).slots[0]
    sandbox.book("haircut", "2030-06-04T09:00", staff="ana")
    asked: dict[str, Any] = {
        "starts": slot.starts,
        "ends": slot.ends,
        "zone": LISBON,
        "location": slot.location,
    }
    left = older.time_slots.get(haircut.id, **asked)
    assert left
    assert [each.name for each in left.staff] == ["Bruno"]
    ana = next(each.id for each in haircut.staff if each.name == "Ana")
    assert older.time_slots.get(haircut.id, **asked, staff_id=ana) is None


def test_people_who_are_free_at_one_time_are_one_slot(older: Wix, sandbox: Sandbox) -> None:
    sandbox.reset("two-chairs", now=MONDAY)
    (haircut,) = older.services.query()
    slots = the_slots(older, haircut.id).slots
    assert len({slot.starts for slot in slots}) == len(slots) == 17
    assert all(len(slot.staff) == 2 for slot in slots)


def test_a_slot_of_the_older_calendar_can_be_booked(older: Wix) -> None:
    slot = the_slots(older, the_service(older, "haircut").id).slots[0]
    assert older.bookings.create(the_booking(slot)).starts == slot.starts


@pytest.mark.parametrize(
    ("day", "clock"),
    [("2030-10-27", "2030-10-20T09:00:00"), ("2030-03-31", "2030-03-20T09:00:00")],
    ids=["an hour twice", "an hour missing"],
)
@pytest.mark.parametrize("zone", [LISBON, "America/New_York", "Asia/Kathmandu"])
def test_both_agree_on_days_on_which_the_clocks_change(
    wix: Wix, older: Wix, sandbox: Sandbox, day: str, clock: str, zone: str
) -> None:
    sandbox.reset("two-chairs", now=clock)
    every_night = [{"days": ["SUNDAY"], "start": "00:00", "end": "04:00"}]
    sandbox.seed(staff=[{"slug": name, "workingHours": every_night} for name in ("ana", "bruno")])
    (haircut,) = wix.services.query()
    starts = datetime.fromisoformat(day).replace(tzinfo=UTC)
    window: dict[str, Any] = {"starts": starts - DAY, "ends": starts + 2 * DAY, "zone": zone}
    told = wix.time_slots.list(haircut.id, **window).slots
    assert told
    assert older.time_slots.list(haircut.id, **window).slots == told


def test_a_long_window_is_asked_in_parts_until_enough_is_found(
    older: Wix, sandbox: Sandbox
) -> None:
    sandbox.reset("faraway", now=MONDAY)
    (service,) = older.services.query()
    window: dict[str, Any] = {"starts": TODAY, "ends": TODAY + 730 * DAY, "zone": LISBON}
    first = older.time_slots.list(service.id, **window, limit=1)
    assert first.slots[0].starts > TODAY + 50 * DAY
    assert len(sandbox.calls(QUERY)) <= 2
    sandbox.seed(staff=[{"slug": "vera", "workingHours": []}])
    sandbox.forget_requests()
    assert older.time_slots.list(service.id, **window, limit=1).slots == ()
    assert len(sandbox.calls(QUERY)) == 4  # 62, 124, 248 and the rest


def test_lengths_that_a_customer_chooses_are_beyond_it(older: Wix) -> None:
    haircut = the_service(older, "haircut")
    with pytest.raises(InvalidRequest):
        older.time_slots.list(
            haircut.id, starts=TODAY, ends=TODAY + DAY, zone=LISBON, choices=Choices(minutes=90)
        )


def test_a_service_that_is_not_there_has_no_times(older: Wix) -> None:
    assert the_slots(older, ServiceId("5e100000-0000-4000-8000-000000000001")).slots == ()


@pytest.mark.parametrize(
    "narrow",
    [
        pytest.param({}, id="all"),
        pytest.param({"party": 9}, id="a large party"),
        pytest.param({"only_bookable": True}, id="what can be booked"),
        pytest.param({"per_day": 1}, id="one a day"),
        pytest.param({"limit": 3}, id="the first three"),
        pytest.param({"policy": PolicyFilter(too_late=False)}, id="in time"),
    ],
)
def test_both_give_the_same_sessions(wix: Wix, older: Wix, narrow: dict[str, Any]) -> None:
    classes = [each.id for each in wix.services.query() if each.kind is Kind.CLASS]
    window: dict[str, Any] = {"starts": TODAY - 7 * DAY, "ends": TODAY + 14 * DAY, "zone": LISBON}
    told = wix.event_time_slots.list(classes, **window, **narrow).sessions
    assert told
    for asked in (classes, ()):
        found = older.event_time_slots.list(asked, **window, **narrow).sessions
        assert found == tuple(untitled(each) for each in told)


def test_both_narrow_sessions_to_a_teacher_and_a_place(wix: Wix, older: Wix) -> None:
    ids = [the_service(wix, slug).id for slug in ("vinyasa-yoga", "sound-bath")]
    window: dict[str, Any] = {"starts": JULY, "ends": JULY + 7 * DAY, "zone": LISBON}
    first = wix.event_time_slots.list(ids, **window).sessions[0]
    for narrow in ({"staff_id": first.teachers[0].id}, {"location_id": first.location.id}):
        told = wix.event_time_slots.list(ids, **window, **narrow).sessions
        found = older.event_time_slots.list(ids, **window, **narrow).sessions
        assert found == tuple(untitled(each) for each in told)


def test_both_find_one_session_with_its_places(wix: Wix, older: Wix, sandbox: Sandbox) -> None:
    sandbox.book("sound-bath", "2030-07-05T19:30", participants=2)
    window: dict[str, Any] = {"starts": JULY, "ends": JULY + 7 * DAY, "zone": LISBON}
    (told,) = wix.event_time_slots.list([the_service(wix, "sound-bath").id], **window).sessions
    asked: dict[str, Any] = {
        "zone": LISBON,
        "service_id": told.service_id,
        "starts": told.starts,
    }
    assert told.places_left == 8
    assert older.event_time_slots.get(told.event_id, **asked) == untitled(told)
    assert older.event_time_slots.get(EventId("x" * 40), **asked) is None


def test_a_locked_session_is_reserved(older: Wix, sandbox: Sandbox) -> None:
    window: dict[str, Any] = {"starts": JULY, "ends": JULY + 7 * DAY, "zone": LISBON}
    bath = [the_service(older, "sound-bath").id]
    (session,) = older.event_time_slots.list(bath, **window).sessions
    sandbox.seed(sessionChanges={session.event_id: {"reserved": 10}})
    (session,) = older.event_time_slots.list(bath, **window).sessions
    assert (session.barrier, session.places_left) == (Barrier.RESERVED, 0)
    assert older.event_time_slots.list(bath, **window, only_bookable=True).sessions == ()


def test_a_business_without_classes_has_no_sessions(older: Wix, sandbox: Sandbox) -> None:
    sandbox.reset("two-chairs", now=MONDAY)
    found = older.event_time_slots.list(starts=JULY, ends=JULY + DAY, zone=LISBON)
    assert found.sessions == ()
    assert sandbox.calls(QUERY) == []


def test_another_api_is_refused_by_name(sandbox: Sandbox) -> None:
    transport = Transport(sandbox.url, ApiKey("k", "s"), media_url=sandbox.url)
    with pytest.raises(ValueError, match="'v3' is none of time-slots, availability-calendar"):
        Wix(transport, availability="v3")  # type: ignore[arg-type]  # as a setting might say it
