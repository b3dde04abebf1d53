"""No time is lost, doubled or put on the wrong day, wherever the visitor is."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain.days import (
    Grid,
    PartOfDay,
    by_day,
    by_part_of_day,
    clock_change_between,
    part_of_day,
    start_of,
)
from booking.domain.slot import Slot
from tests.builders import LISBON, a_slot

FAR_ZONES = ["Etc/GMT+12", "Asia/Kathmandu", "Pacific/Kiritimati", "America/St_Johns"]


def slots_around(first: datetime, count: int = 60) -> list[Slot]:
    return [
        a_slot(
            (first + timedelta(minutes=45 * at)).strftime("%Y-%m-%dT%H:%M"), zone=ZoneInfo("UTC")
        )
        for at in range(count)
    ]


@pytest.mark.parametrize("zone", FAR_ZONES)
def test_every_time_is_on_exactly_one_day(zone: str) -> None:
    slots = slots_around(datetime(2030, 3, 30, 12, tzinfo=UTC))
    days = by_day(slots, ZoneInfo(zone))
    shown = [slot.starts for day in days.values() for slot in day]
    assert shown == [slot.starts for slot in slots]


@given(
    zone=st.sampled_from([*FAR_ZONES, "Europe/Lisbon", "America/New_York", "Australia/Lord_Howe"]),
    hours=st.integers(min_value=0, max_value=24 * 366),
)
def test_a_time_is_on_the_day_that_its_own_clock_shows(zone: str, hours: int) -> None:
    moment = datetime(2030, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    slot = a_slot(moment.strftime("%Y-%m-%dT%H:%M"), zone=ZoneInfo("UTC"))
    [day] = by_day([slot], ZoneInfo(zone))
    assert day == moment.astimezone(ZoneInfo(zone)).date()


def test_vancouver_keeps_its_clocks_since_november_2026() -> None:
    noon = datetime(2026, 12, 1, 12, tzinfo=ZoneInfo("America/Vancouver"))
    assert noon.utcoffset() == timedelta(hours=-7)


@pytest.mark.parametrize("month", [date(2026, 2, 1), date(2027, 2, 1), date(2026, 8, 1)])
@pytest.mark.parametrize("week_starts", [0, 5, 6])
def test_a_calendar_always_has_six_weeks_and_the_whole_month(month: date, week_starts: int) -> None:
    grid = Grid.around(month.replace(day=15), week_starts)
    assert len(grid.days) == 42
    assert grid.first.weekday() == week_starts
    assert set(grid.days) >= {month, grid.following - timedelta(days=1)}


@pytest.mark.parametrize("week_starts", range(7))
@pytest.mark.parametrize("month", range(1, 13))
def test_a_calendar_asks_for_a_day_more_on_each_side(month: int, week_starts: int) -> None:
    grid = Grid.around(date(2030, month, 15), week_starts)
    starts, ends = grid.window(LISBON)
    assert starts <= start_of(grid.days[0] - timedelta(days=1), LISBON)
    assert ends >= start_of(grid.days[-1] + timedelta(days=2), LISBON)


def test_all_readers_of_a_month_ask_the_same_question() -> None:
    windows = {Grid.around(date(2030, 6, 15), start).window(LISBON) for start in range(7)}
    assert len(windows) == 1


def test_months_follow_one_another_over_the_year() -> None:
    grid = Grid.around(date(2030, 12, 31))
    assert (grid.previous, grid.following) == (date(2030, 11, 1), date(2031, 1, 1))


@pytest.mark.parametrize(
    ("clock", "part"),
    [
        ("11:59", PartOfDay.MORNING),
        ("12:00", PartOfDay.AFTERNOON),
        ("16:59", PartOfDay.AFTERNOON),
        ("17:00", PartOfDay.EVENING),
    ],
)
def test_a_day_has_three_parts(clock: str, part: PartOfDay) -> None:
    assert part_of_day(datetime.fromisoformat(f"2030-06-03T{clock}")) is part


def test_times_are_grouped_by_the_part_of_the_local_day() -> None:
    slots = [a_slot("2030-06-03T09:00"), a_slot("2030-06-03T12:30"), a_slot("2030-06-03T13:00")]
    groups = by_part_of_day(slots, LISBON)
    assert [(part, len(group)) for part, group in groups] == [("morning", 1), ("afternoon", 2)]


def test_a_clock_change_ahead_is_noticed() -> None:
    winter, summer = datetime(2030, 3, 1, tzinfo=UTC), datetime(2030, 4, 15, tzinfo=UTC)
    assert clock_change_between(winter, summer, LISBON)
    assert not clock_change_between(winter, summer, ZoneInfo("Asia/Kathmandu"))
