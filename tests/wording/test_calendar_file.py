"""The calendar file says the same as the page, to any calendar."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from icalendar import Calendar

from booking.calendar_file import ics
from booking.domain.business import Business, Place
from booking.domain.states import Stage
from booking.models import Booking, Line

ADDRESS = "https://studio.example/b/AbC-123/"
STUDIO = Business(name="Estúdio Calma", zone="Europe/Lisbon", currency="EUR")
MADE = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
AUTUMN_NIGHT = datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


def a_booking(stage: Stage = Stage.CONFIRMED, language: str = "en") -> Booking:
    return Booking(
        reference="K7QW3MPD",
        stage=stage,
        service_name="Haircut",
        language=language,
        business_zone="Europe/Lisbon",
        created=MADE,
    )


def a_line(starts: datetime = AUTUMN_NIGHT, **changes: str) -> Line:
    told = {"staff_name": "Ana", "location_kind": "business", "location_name": "Chiado"} | changes
    return Line(reference="K7QW3MPD-1", starts=starts, ends=starts + timedelta(hours=1), **told)


def event(booking: Booking, line: Line, business: Business = STUDIO) -> dict[str, str]:
    """The one event of the file, each property as its text."""
    calendar = Calendar.from_ical(ics(booking, [line], business, ADDRESS))
    [found] = calendar.walk("VEVENT")
    return {name: value.to_ical().decode() for name, value in found.items()}


@given(
    some.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1)).map(  # noqa: DTZ001  # made aware here
        lambda moment: moment.replace(tzinfo=UTC, microsecond=0)
    )
)
def test_it_begins_at_the_same_instant_as_the_booking(starts: datetime) -> None:
    calendar = Calendar.from_ical(ics(a_booking(), [a_line(starts)], STUDIO, ADDRESS))
    [found] = calendar.walk("VEVENT")
    assert found.decoded("DTSTART") == starts
    assert found.decoded("DTEND") == starts + timedelta(hours=1)


def test_the_hour_that_comes_twice_is_told_apart() -> None:
    first = event(a_booking(), a_line(AUTUMN_NIGHT - timedelta(hours=1)))
    second = event(a_booking(), a_line(AUTUMN_NIGHT))
    assert first["DTSTART"] != second["DTSTART"]


def test_its_id_stays_the_same_for_a_booking_s_whole_life() -> None:
    ids = {event(a_booking(stage), a_line())["UID"] for stage in Stage}
    assert ids == {"K7QW3MPD-1@studio.example"}


@pytest.mark.parametrize(
    ("stage", "status"),
    [
        (Stage.PLACED, "TENTATIVE"),
        (Stage.AWAITING_OWNER, "TENTATIVE"),
        (Stage.CONFIRMED, "CONFIRMED"),
        (Stage.DECLINED, "CANCELLED"),
        (Stage.CANCELLED, "CANCELLED"),
    ],
)
def test_it_says_how_certain_the_booking_is(stage: Stage, status: str) -> None:
    assert event(a_booking(stage), a_line())["STATUS"] == status


def test_later_news_has_the_higher_number() -> None:
    life = (Stage.PLACED, Stage.AWAITING_OWNER, Stage.CONFIRMED, Stage.CANCELLED)
    numbers = [int(event(a_booking(stage), a_line())["SEQUENCE"]) for stage in life]
    assert numbers == sorted(set(numbers))


def test_the_same_news_makes_the_same_file() -> None:
    assert ics(a_booking(), [a_line()], STUDIO, ADDRESS) == ics(
        a_booking(), [a_line()], STUDIO, ADDRESS
    )


def test_it_says_what_where_with_whom_and_where_to_look_it_up() -> None:
    told = event(a_booking(), a_line(location_text="Rua Garrett 62, Lisboa"))
    assert told["SUMMARY"] == "Haircut – Estúdio Calma"
    assert told["LOCATION"] == "Chiado\\, Rua Garrett 62\\, Lisboa"
    assert "With Ana" in told["DESCRIPTION"]
    assert ADDRESS in told["DESCRIPTION"]


def test_it_speaks_the_language_of_the_booking() -> None:
    assert "Bei Ana" in event(a_booking(language="de"), a_line())["DESCRIPTION"]


def test_a_name_with_line_breaks_adds_no_property() -> None:
    booking = a_booking()
    booking.service_name = "Haircut\r\nATTENDEE:mailto:mallory@example.com"
    assert "ATTENDEE" not in event(booking, a_line())


def test_a_visit_at_the_customer_s_place_names_no_address_of_the_business() -> None:
    business = Business(
        name="Calma", zone="Europe/Lisbon", currency="EUR", place=Place(text="Rua Garrett 62")
    )
    line = a_line(location_kind="customer", location_name="")
    assert "LOCATION" not in event(a_booking(), line, business)


def a_course(*days: int) -> Line:
    """An hour on each of these days after the autumn night."""
    first = [AUTUMN_NIGHT + timedelta(days=day) for day in days]
    line = a_line(first[0])
    line.meetings = [[each.isoformat(), (each + timedelta(hours=1)).isoformat()] for each in first]
    line.ends = first[-1] + timedelta(hours=1)
    return line


def events(booking: Booking, *lines: Line) -> list[Any]:
    return list(Calendar.from_ical(ics(booking, lines, STUDIO, ADDRESS)).walk("VEVENT"))


def test_every_meeting_of_a_course_is_an_event_of_its_own_and_none_lasts_for_weeks() -> None:
    found = events(a_booking(), a_course(0, 7, 14))
    assert [each.decoded("DTSTART") for each in found] == [
        AUTUMN_NIGHT + timedelta(days=day) for day in (0, 7, 14)
    ]
    assert {each.decoded("DTEND") - each.decoded("DTSTART") for each in found} == {
        timedelta(hours=1)
    }


def test_the_events_of_several_lines_stand_in_one_file_each_with_its_own_name() -> None:
    second = a_line(AUTUMN_NIGHT + timedelta(hours=1), service_name="Beard trim")
    second.reference = "K7QW3MPD-2"
    found = events(a_booking(), a_line(), second)
    assert [str(each["SUMMARY"]).partition(" – ")[0] for each in found] == ["Haircut", "Beard trim"]
    assert len({str(each["UID"]) for each in found}) == 2


def test_a_meeting_that_is_moved_keeps_its_id() -> None:
    before, after = (events(a_booking(), a_course(0, days, 14)) for days in (7, 8))
    assert [str(each["UID"]) for each in before] == [str(each["UID"]) for each in after]


def test_a_cancelled_course_cancels_every_meeting_with_a_higher_number() -> None:
    booked = events(a_booking(), a_course(0, 7))
    cancelled = events(a_booking(Stage.CANCELLED), a_course(0, 7))
    assert {str(each["STATUS"]) for each in cancelled} == {"CANCELLED"}
    assert min(each["SEQUENCE"] for each in cancelled) > max(each["SEQUENCE"] for each in booked)


GOLDEN = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//bookingsite//booking//EN
METHOD:PUBLISH
BEGIN:VEVENT
SUMMARY:Haircut – Estúdio Calma
DTSTART:20271031T013000Z
DTEND:20271031T023000Z
DTSTAMP:20261123T150000Z
UID:K7QW3MPD-1-1@studio.example
SEQUENCE:2
DESCRIPTION:Reference: K7QW3MPD\\nWith Ana\\nYour booking: https://studio.ex
 ample/b/AbC-123/
LOCATION:Chiado
STATUS:CONFIRMED
TRANSP:OPAQUE
URL:https://studio.example/b/AbC-123/
END:VEVENT
BEGIN:VEVENT
SUMMARY:Haircut – Estúdio Calma
DTSTART:20271107T013000Z
DTEND:20271107T023000Z
DTSTAMP:20261123T150000Z
UID:K7QW3MPD-1-2@studio.example
SEQUENCE:2
DESCRIPTION:Reference: K7QW3MPD\\nWith Ana\\nYour booking: https://studio.ex
 ample/b/AbC-123/
LOCATION:Chiado
STATUS:CONFIRMED
TRANSP:OPAQUE
URL:https://studio.example/b/AbC-123/
END:VEVENT
END:VCALENDAR
"""


def test_the_whole_file_is_what_calendars_expect() -> None:
    content = ics(a_booking(), [a_course(0, 7)], STUDIO, ADDRESS).decode()
    assert content.splitlines() == GOLDEN.splitlines()
    assert content.count("\r\n") == len(GOLDEN.splitlines())
