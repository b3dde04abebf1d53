"""The sessions of classes that the sandbox offers are the sessions that the client reads."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from booking.domain.ids import EventId, ServiceId
from booking.domain.service import Kind, LocationKind
from booking.domain.session import Barrier, Session, WaitingList
from booking.domain.slot import PolicyFilter
from booking.wix import Wix
from booking.wix.errors import InvalidRequest
from tests.contract.conftest import LISBON, TODAY, the_service
from tests.in_process import Sandbox

JULY = datetime(2030, 7, 1, tzinfo=UTC)


def sessions(wix: Wix, *slugs: str, days: int = 7, **narrowed: Any) -> tuple[Session, ...]:
    """The sessions of these classes in the first days of July."""
    ids = [the_service(wix, slug).id for slug in slugs]
    window: dict[str, Any] = {"starts": JULY, "ends": JULY + timedelta(days=days)}
    return wix.event_time_slots.list(ids, zone=LISBON, **{**window, **narrowed}).sessions


def change(sandbox: Sandbox, session: Session, **changes: Any) -> None:
    sandbox.seed(sessionChanges={session.event_id: changes})


def test_a_session_tells_when_where_who_and_how_many(wix: Wix) -> None:
    first, second = sessions(wix, "vinyasa-yoga")
    assert first.starts == datetime(2030, 7, 1, 17, 30, tzinfo=UTC)  # half past six in summer
    assert first.ends - first.starts == timedelta(minutes=60)
    assert (first.title, first.teachers[0].name) == ("Vinyasa yoga", "Duarte Melo")
    assert (first.capacity, first.places_left, first.bookable) == (12, 12, True)
    assert first.location.kind is LocationKind.BUSINESS
    assert first.barrier is None
    assert second.starts - first.starts == timedelta(days=2)


def test_several_classes_come_in_the_order_of_time(wix: Wix) -> None:
    found = sessions(wix, "vinyasa-yoga", "morning-pilates")
    assert [each.starts for each in found] == sorted(each.starts for each in found)
    assert len({each.service_id for each in found}) == 2


def test_without_a_service_all_classes_come_and_no_course(wix: Wix) -> None:
    found = wix.event_time_slots.list(starts=JULY, ends=JULY + timedelta(days=7), zone=LISBON)
    classes = {each.id for each in wix.services.query() if each.kind is Kind.CLASS}
    assert {each.service_id for each in found.sessions} == classes
    assert found.zone == LISBON


def test_more_sessions_than_wix_gives_unasked_come_all_the_same(wix: Wix, sandbox: Sandbox) -> None:
    daily = [
        {"day": day, "time": f"{hour:02}:00", "minutes": 30, "staff": "duarte"}
        for day in ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY")
        for hour in range(8, 20)
    ]
    sandbox.seed(services=[{"slug": "vinyasa-yoga", "sessions": daily}])
    assert len(sessions(wix, "vinyasa-yoga", days=5)) == 60  # Wix's own limit may be 50


def test_the_places_left_are_fewer_with_each_confirmed_booking(wix: Wix, sandbox: Sandbox) -> None:
    sandbox.book("vinyasa-yoga", "2030-07-01T18:30", participants=3)
    sandbox.book("vinyasa-yoga", "2030-07-01T18:30", participants=2, confirm=False)
    session = sessions(wix, "vinyasa-yoga")[0]
    assert session.places_left == 9
    assert session.has_room_for(9)
    assert not session.has_room_for(10)
    assert not session.has_room_for(0)


def test_a_full_session_says_so_and_can_be_left_out(wix: Wix, sandbox: Sandbox) -> None:
    for _ in range(4):
        sandbox.book("vinyasa-yoga", "2030-07-01T18:30", participants=3)
    assert sessions(wix, "vinyasa-yoga")[0].barrier is Barrier.FULL
    assert len(sessions(wix, "vinyasa-yoga", only_bookable=True)) == 1


def test_a_party_is_shown_only_where_it_fits(wix: Wix, sandbox: Sandbox) -> None:
    sandbox.book("morning-pilates", "2030-07-02T08:00", participants=2)
    assert len(sessions(wix, "morning-pilates", party=6)) == 2
    assert len(sessions(wix, "morning-pilates", party=7)) == 1


def test_places_kept_for_the_waiting_list_are_not_for_sale(wix: Wix, sandbox: Sandbox) -> None:
    change(sandbox, sessions(wix, "sound-bath")[0], reserved=10, waiting=4)
    session = sessions(wix, "sound-bath")[0]
    assert (session.places_left, session.unsold) == (0, 10)
    assert session.barrier is Barrier.RESERVED
    assert session.waiting_list == WaitingList(places=10, left=6)


def test_a_class_without_waiting_list_has_none(wix: Wix) -> None:
    assert sessions(wix, "vinyasa-yoga")[0].waiting_list is None


def test_a_cancelled_session_is_told_as_cancelled(wix: Wix, sandbox: Sandbox) -> None:
    change(sandbox, sessions(wix, "park-yoga")[0], cancelled=True)
    session = sessions(wix, "park-yoga")[0]
    assert session.barrier is Barrier.CANCELLED
    assert not session.bookable


def test_what_is_too_early_tells_when_it_opens(wix: Wix, sandbox: Sandbox) -> None:
    early = {"limitEarlyBookingPolicy": {"enabled": True, "earliestBookingInMinutes": 1440}}
    sandbox.seed(services=[{"slug": "vinyasa-yoga", "bookingPolicy": early}])
    session = sessions(wix, "vinyasa-yoga")[0]
    assert session.barrier is Barrier.TOO_EARLY
    assert session.opens == session.starts - timedelta(days=1)
    assert sessions(wix, "vinyasa-yoga", policy=PolicyFilter(too_early=False)) == ()


def test_a_class_whose_online_booking_is_off_has_closed_sessions(
    wix: Wix, sandbox: Sandbox
) -> None:
    sandbox.seed(services=[{"slug": "vinyasa-yoga", "onlineBooking": {"enabled": False}}])
    assert sessions(wix, "vinyasa-yoga")[0].barrier is Barrier.CLOSED


def test_a_session_that_has_begun_is_too_late(wix: Wix) -> None:
    past = sessions(
        wix, "vinyasa-yoga", starts=TODAY - timedelta(days=7), ends=TODAY - timedelta(days=5)
    )
    assert [each.barrier for each in past] == [Barrier.TOO_LATE]


def test_a_teacher_and_a_place_narrow_the_sessions(wix: Wix) -> None:
    everywhere = sessions(wix, "vinyasa-yoga", "sound-bath")
    duarte = everywhere[0].teachers[0].id
    assert sessions(wix, "vinyasa-yoga", "sound-bath", staff_id=duarte) == everywhere
    clara = the_service(wix, "deep-tissue-massage").staff[0].id
    assert sessions(wix, "vinyasa-yoga", "sound-bath", staff_id=clara) == ()
    there = everywhere[0].location.id
    found = sessions(wix, "vinyasa-yoga", "sound-bath", location_id=there)
    assert {each.location.id for each in found} == {there} < {e.location.id for e in everywhere}


def test_one_session_a_day_is_the_first_that_can_be_booked(wix: Wix, sandbox: Sandbox) -> None:
    twice = [
        {"day": "MONDAY", "time": time, "minutes": 30, "staff": "duarte"}
        for time in ("08:00", "12:00")
    ]
    sandbox.seed(services=[{"slug": "vinyasa-yoga", "sessions": twice}])
    change(sandbox, sessions(wix, "vinyasa-yoga")[0], cancelled=True)
    (only,) = sessions(wix, "vinyasa-yoga", days=1, per_day=1)
    assert only.starts.hour == 11


def test_one_a_day_is_asked_for_a_month_at_most(wix: Wix) -> None:
    with pytest.raises(InvalidRequest):
        sessions(wix, "vinyasa-yoga", days=40, per_day=1)


def test_a_listed_session_is_still_there_when_it_is_looked_at_again(wix: Wix) -> None:
    listed = sessions(wix, "sound-bath")[0]
    again = wix.event_time_slots.get(
        listed.event_id, zone=LISBON, service_id=listed.service_id, starts=listed.starts
    )
    assert again == listed


def test_a_session_that_is_not_there_is_none(wix: Wix) -> None:
    odd = EventId(f"{'x' * 40}/?&ü")  # opaque: it may hold anything
    gone = wix.event_time_slots.get(odd, zone=LISBON, service_id=ServiceId("s"), starts=JULY)
    assert gone is None
