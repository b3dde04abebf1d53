"""Which sessions are meant, and which of them one person can be in."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booking.domain.days import PartOfDay, week_of
from booking.domain.ids import EventId, LocationId, StaffId
from booking.domain.session import Narrowing, Weekly, one_after_another
from tests.builders import ANA, BEA, LISBON, MONDAY, STUDIO, a_session


@pytest.mark.parametrize(
    ("narrowing", "fits"),
    [
        (Narrowing(), True),
        (Narrowing(staff=ANA.id), True),
        (Narrowing(staff=BEA.id), False),
        (Narrowing(location=STUDIO.id), True),
        (Narrowing(location=LocationId("elsewhere")), False),
        (Narrowing(part=PartOfDay.EVENING), True),
        (Narrowing(part=PartOfDay.MORNING), False),
        (Narrowing(staff=StaffId("nobody"), part=PartOfDay.EVENING), False),
    ],
)
def test_a_session_fits_what_is_wanted(narrowing: Narrowing, *, fits: bool) -> None:
    assert narrowing.fits(a_session(), LISBON) is fits


def test_a_part_of_the_day_is_that_of_the_page_s_clock() -> None:
    evening = Narrowing(part=PartOfDay.EVENING)
    assert not evening.fits(a_session(), ZoneInfo("America/New_York"))


def test_a_weekly_hour_is_written_and_read_again() -> None:
    hour = Weekly.of(MONDAY, LISBON)
    assert hour == Weekly(weekday=0, at=time(19))
    assert str(hour) == "1-19:00"
    assert Weekly.read(str(hour)) == hour


@pytest.mark.parametrize("text", ["", "0-10:00", "8-10:00", "1-24:00", "1-9:00", "1-٠٩:00", "x"])
def test_what_is_no_weekly_hour_is_none(text: str) -> None:
    assert Weekly.read(text) is None


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 400), st.integers(15, 120)), max_size=12))
def test_one_person_can_be_in_all_that_is_kept_and_in_none_that_is_not(
    stretches: list[tuple[int, int]],
) -> None:
    sessions = [
        a_session(MONDAY + timedelta(minutes=after), minutes=minutes, event_id=EventId(str(number)))
        for number, (after, minutes) in enumerate(stretches)
    ]
    kept = one_after_another(sessions)
    assert not any(a.meets(b) for a in kept for b in kept if a is not b)
    left = [each for each in sessions if each not in kept]
    assert all(any(each.meets(other) for other in kept) for each in left)


@settings(deadline=None)
@given(day=st.dates(date(2001, 1, 1), date(2190, 1, 1)), first=st.integers(0, 6))
def test_a_week_has_its_day_and_begins_where_weeks_begin(day: date, first: int) -> None:
    week = week_of(day, first)
    assert day in week
    assert (len(week), week[0].weekday()) == (7, first)
