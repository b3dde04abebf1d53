"""Wall-clock times of a named zone become moments as Wix means them, by the pinned zone data."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from booking.wix.errors import WixAnswerMalformed
from booking.wix.zones import moment, stretch, wall_clock, zone_of

ZURICH = ZoneInfo("Europe/Zurich")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("zone", "wall", "utc"),
    [
        ("Europe/Zurich", "2026-12-01T09:00", "2026-12-01T08:00Z"),
        ("Europe/Zurich", "2026-07-01T09:00", "2026-07-01T07:00Z"),
        ("Asia/Kathmandu", "2026-07-01T09:00", "2026-07-01T03:15Z"),
        # British Columbia stays on summer time from November 2026: older zone data says 20:00Z.
        ("America/Vancouver", "2026-12-01T12:00", "2026-12-01T19:00Z"),
    ],
)
def test_a_wall_clock_time_is_a_moment(zone: str, wall: str, utc: str) -> None:
    assert moment(at(wall), ZoneInfo(zone)) == at(utc)


def test_an_hour_that_comes_twice_means_its_first_coming() -> None:
    assert moment(at("2026-10-25T02:30"), ZURICH) == at("2026-10-25T00:30Z")


def test_a_time_that_never_comes_moves_forward() -> None:
    moved = moment(at("2026-03-29T02:30"), ZURICH)
    assert moved == at("2026-03-29T01:30Z")
    assert moved.astimezone(ZURICH).time() == at("2026-03-29T03:30").time()


def test_a_slot_over_the_end_of_summer_time_has_its_true_length() -> None:
    starts, ends = stretch(at("2026-10-25T02:30"), at("2026-10-25T02:30"), ZURICH)
    assert (starts, ends) == (at("2026-10-25T00:30Z"), at("2026-10-25T01:30Z"))


def test_a_slot_that_ends_before_it_starts_is_none() -> None:
    with pytest.raises(ValueError, match="ends before"):
        stretch(at("2026-12-01T10:00"), at("2026-12-01T09:00"), ZURICH)


def test_a_moment_is_sent_as_wall_clock_with_seconds_and_without_zone() -> None:
    moment = datetime(2026, 12, 1, 8, 0, 0, 999, tzinfo=UTC)
    assert wall_clock(moment, ZURICH) == "2026-12-01T09:00:00"


@pytest.mark.parametrize(
    "name", ["", "Nowhere/City", "../../etc/passwd", "Europe", "\0", "a" * 300]
)
def test_a_zone_that_is_none_is_a_wrong_field(name: str) -> None:
    with pytest.raises(WixAnswerMalformed, match="timeZone: no time zone"):
        zone_of(name, "timeZone")
