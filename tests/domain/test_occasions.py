"""The dates of a course tell what is unusual: clocks that changed, and breaks."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from booking.domain.occasions import occasions
from tests.builders import LISBON

NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2027, 3, 1, 7, tzinfo=UTC)
FIRST = datetime(2027, 3, 10, 18, tzinfo=UTC)


def on_days(*days: int) -> list[tuple[datetime, datetime]]:
    starts = [FIRST + timedelta(days=day) for day in days]
    return [(each, each + timedelta(hours=1)) for each in starts]


@pytest.mark.parametrize(
    ("days", "pauses"),
    [
        ((0,), [0]),
        ((0, 7), [0, 0]),
        ((0, 7, 14), [0, 0, 0]),
        ((0, 7, 14, 28), [0, 0, 0, 14]),
        ((0, 2, 7, 9, 14, 16), [0, 0, 0, 0, 0, 0]),
        ((0, 7, 14, 28, 35, 42, 49, 63), [0, 0, 0, 14, 0, 0, 0, 14]),
        ((0, 14), [0, 0]),
        ((0, 3, 20), [0, 0, 0]),
    ],
    ids=[
        "one",
        "two",
        "weekly",
        "a week left out",
        "twice a week",
        "two breaks",
        "two far apart",
        "no rhythm",
    ],
)
def test_a_break_is_longer_than_usual(days: tuple[int, ...], pauses: list[int]) -> None:
    told = occasions(on_days(*days), NOW, [LISBON])
    assert [each.pause_days for each in told] == pauses


def test_clocks_are_told_to_have_changed_at_the_first_date_after_it() -> None:
    told = occasions(on_days(0, 7, 14, 21), NOW, [LISBON, NEW_YORK])
    changed = [each.clocks_changed for each in told]
    # New York's clocks change on 14 March, Lisbon's on 28 March.
    assert changed == [(), (NEW_YORK,), (), (LISBON,)]


def test_the_first_date_is_compared_with_now() -> None:
    [told] = occasions(on_days(30), NOW, [LISBON])
    assert told.clocks_changed == (LISBON,)
