"""Whatever prints a time prints the same moment: page, mail, calendar file, links, for every zone.

What is printed is read back as a person would, and must be the moment that was meant.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import example, given, settings
from hypothesis import strategies as some
from icalendar import Calendar

from booking import calendar_file, wording
from booking.domain.business import Business
from booking.domain.policy import Policy
from booking.models import Booking, Line
from tests.clocks.nights import ZONES, nights

BRITISH = wording.locale_of("en", "GB")
A_QUARTER = timedelta(minutes=15)
CLOCK = r"(\d\d:\d\d)(?: \((UTC[^)]*)\))?"
FIRST = re.compile(rf"(\w+ \d+ \w+ \d{{4}}) {CLOCK}–{CLOCK}")
SECOND = re.compile(rf"(\w+ \d+ \w+) {CLOCK} in ")
OFFSET = re.compile("UTC(?:(?P<sign>[+\N{MINUS SIGN}])(?P<hours>\\d+)(?::(?P<minutes>\\d\\d))?)?")


def near(night: datetime) -> list[datetime]:
    """Every quarter of an hour for three hours on either side."""
    return [night + A_QUARTER * at for at in range(-12, 13)]


def read_back(day: str, clock: str, offset: str | None, zone: ZoneInfo) -> datetime:
    """The moment that a printed day and time of day mean to somebody in ``zone``."""
    wall = datetime.strptime(f"{day} {clock}", "%A %d %B %Y %H:%M")  # noqa: DTZ007  # a wall clock
    both = [wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)]
    moments = {each for each in both if each.astimezone(zone).replace(tzinfo=None) == wall}
    if offset is not None:
        moments = {each for each in moments if each.astimezone(zone).utcoffset() == meant(offset)}
    [moment] = moments  # one and only one, or nobody can know
    return moment


def meant(offset: str) -> timedelta:
    told = OFFSET.fullmatch(offset)
    assert told is not None
    length = timedelta(hours=int(told["hours"] or 0), minutes=int(told["minutes"] or 0))
    return -length if told["sign"] == "\N{MINUS SIGN}" else length


def plain(text: str) -> str:
    """What people read, without commas, white space folded."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text)).replace(",", "").replace(" –", "–")


def first_clock(text: str, zone: ZoneInfo) -> datetime:
    """When it begins, as ``text`` prints it on the leading clock."""
    told = FIRST.search(plain(text))
    assert told is not None, plain(text)
    return read_back(told[1], told[2], told[3], zone)


def second_clock(text: str, zone: ZoneInfo, year: int) -> datetime:
    """When it begins, as ``text`` prints it on the clock beside that."""
    told = SECOND.search(plain(text))
    assert told is not None, plain(text)
    return read_back(f"{told[1]} {year}", told[2], told[3], zone)


@pytest.mark.parametrize("night", [0, 1], ids=["first night", "second night"])
def test_every_quarter_of_an_hour_is_told_apart_everywhere(night: int) -> None:
    for name in ZONES:
        zone = ZoneInfo(name)
        for moment in near(nights(name)[night % len(nights(name))]):
            day = wording.whole_date(moment.astimezone(zone).date(), BRITISH).replace(",", "")
            clock, _, offset = wording.clock(moment, zone, BRITISH).partition(" ")
            assert read_back(day, clock, offset.strip("()") or None, zone) == moment, name


@some.composite
def a_time(draw: some.DrawFn) -> tuple[ZoneInfo, ZoneInfo, datetime]:
    """A business's zone, a visitor's, and a time near a night on which one of them changes clocks."""
    business, visitor = draw(some.sampled_from(ZONES)), draw(some.sampled_from(ZONES))
    night = draw(some.sampled_from(nights(draw(some.sampled_from([business, visitor])))))
    return ZoneInfo(business), ZoneInfo(visitor), draw(some.sampled_from(near(night)))


LONDON, TOKYO, NEW_YORK = map(ZoneInfo, ("Europe/London", "Asia/Tokyo", "America/New_York"))
TWICE = [
    moment
    for moment in near(nights("Europe/London")[1])
    if "UTC" in wording.clock(moment, LONDON, BRITISH)
]


def surfaces(starts: datetime, zone: ZoneInfo, other: ZoneInfo) -> dict[str, str]:
    """A booking's page and its mail in both forms, as far as they tell when."""
    booking, line = a_booking(zone), a_line(starts)
    context: dict[str, Any] = {
        "booking": booking,
        "lines": [line],
        "line": line,
        "zone": zone,
        "other_zone": other,
        "kind": "confirmed",
        "now": starts - timedelta(days=10),
        "business": BUSINESS,
    }
    with translation.override("en"):
        names = ("components/booking_facts.html", "mail/facts.html", "mail/facts.txt")
        return {name: render_to_string(name, context) for name in names}


BUSINESS = Business(name="Everywhere", zone="UTC", currency="GBP", country="GB")


def a_booking(zone: ZoneInfo) -> Booking:
    return Booking(
        reference="K7QW3MPD",
        stage="confirmed",
        due="nothing_due",
        service_name="Haircut",
        language="en",
        business_zone=zone.key,
        created=datetime(2027, 1, 1, tzinfo=UTC),
    )


def a_line(starts: datetime) -> Line:
    return Line(reference="K7QW3MPD-1", starts=starts, ends=starts + A_QUARTER)


@example((LONDON, TOKYO, TWICE[0]))
@example((LONDON, TOKYO, TWICE[-1]))
@example((TOKYO, LONDON, TWICE[0]))
@example((TOKYO, LONDON, TWICE[-1]))
@given(a_time())
@settings(max_examples=150, deadline=None)
def test_page_and_mail_print_the_moment_on_both_clocks(
    time: tuple[ZoneInfo, ZoneInfo, datetime],
) -> None:
    zone, other, starts = time
    for name, text in surfaces(starts, zone, other).items():
        assert first_clock(text, zone) == starts, name
        assert second_clock(text, other, starts.astimezone(other).year) == starts, name


@example((LONDON, TOKYO, TWICE[0]))
@example((LONDON, TOKYO, TWICE[-1]))
@given(a_time())
@settings(max_examples=100, deadline=None)
def test_calendar_file_and_links_carry_the_same_moment(
    time: tuple[ZoneInfo, ZoneInfo, datetime],
) -> None:
    zone, _, starts = time
    booking, line = a_booking(zone), a_line(starts)
    ics = calendar_file.ics(booking, [line], BUSINESS, "https://everywhere.example/b/x/")
    [event] = Calendar.from_ical(ics).walk("VEVENT")
    google = parse_qs(urlsplit(calendar_file.google(booking, line, BUSINESS)).query)
    outlook = parse_qs(urlsplit(calendar_file.outlook(booking, line, BUSINESS)).query)
    assert event.decoded("DTSTART") == starts
    assert datetime.fromisoformat(google["dates"][0].partition("/")[0]) == starts
    assert datetime.fromisoformat(outlook["startdt"][0]) == starts
    assert datetime.fromisoformat(outlook["enddt"][0]) == starts + A_QUARTER


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Australia/Lord_Howe"])
@pytest.mark.parametrize("which", [0, 1], ids=["first night", "second night"])
def test_a_deadline_on_such_a_night_holds_to_the_second(zone: str, which: int) -> None:
    clock, night = ZoneInfo(zone), nights(zone)[which]
    policy = Policy(may_cancel=True, cancel_minutes=24 * 60, may_move=True, move_minutes=24 * 60)
    until = policy.cancel_until(night + timedelta(hours=24, minutes=30))
    assert until == night + timedelta(minutes=30)

    def said(seconds: int) -> str:
        now = until + timedelta(seconds=seconds)
        return wording.deadlines(until, until, now, lambda m: wording.exactly(m, clock, BRITISH))

    with translation.override("en"):
        told = re.search(rf"until \w+ (\d+ \w+) {CLOCK} \(", said(-1).replace(",", ""))
        assert said(0) == said(1) == "This booking can no longer be cancelled or moved."
    assert told is not None
    wall = datetime.strptime(f"{told[1]} {until:%Y} {told[2]}", "%d %b %Y %H:%M")  # noqa: DTZ007  # a wall clock
    day = f"{wall:%A} {wall.day} {wall:%B %Y}"
    assert read_back(day, told[2], told[3], clock) == until


def test_both_comings_of_an_hour_are_told_apart_where_they_are_pressed() -> None:
    said = [wording.clock(each, LONDON, BRITISH) for each in TWICE]
    assert len(set(said)) == len(said) == 8
    assert {said[0], said[4]} == {"01:00 (UTC+1)", "01:00 (UTC)"}
