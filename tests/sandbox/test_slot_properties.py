"""Whatever the hours, buffers, bookings and policies: a slot that is offered is one that can be kept.

Each property is worked out here from the answers alone, in UTC, over the nights on which the clocks
of five zones change (and one whose clocks never do).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from booking.sandbox import make_app
from tests.in_process import STAFF_TYPE_ID, Sandbox
from tests.sandbox.asking import BOOKINGS, CONTACT, SLOTS, Json

# The Sunday (or, where clocks never change, a Sunday) whose night is the odd one; Vancouver's clocks
# stand still since 2026, so its own night was the last.
NIGHTS = [
    pytest.param("Europe/Lisbon", date(2030, 3, 31), id="Lisbon in spring"),
    pytest.param("Europe/Lisbon", date(2030, 10, 27), id="Lisbon in autumn"),
    pytest.param("America/New_York", date(2030, 3, 10), id="New York in spring"),
    pytest.param("America/New_York", date(2030, 11, 3), id="New York in autumn"),
    pytest.param("Australia/Lord_Howe", date(2030, 4, 7), id="Lord Howe, half an hour back"),
    pytest.param("Australia/Lord_Howe", date(2030, 10, 6), id="Lord Howe, half an hour on"),
    pytest.param("Asia/Kathmandu", date(2030, 3, 31), id="Kathmandu, never"),
    pytest.param("America/Vancouver", date(2026, 3, 8), id="Vancouver's last change"),
    pytest.param("America/Vancouver", date(2030, 11, 3), id="Vancouver, no more"),
]
MINUTES = st.sampled_from([15, 30, 45, 50, 60, 90, 120])
CLOCKS = st.integers(0, 24 * 4 - 1).map(lambda quarter: quarter * 15)
DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")


@dataclass(frozen=True)
class Week:
    """A business with one person: minutes of the day, seconds nowhere."""

    opens: int
    closes: int
    length: int
    buffer: int
    grid: int
    early: int | None
    late: int | None
    picks: tuple[int, ...]


@st.composite
def weeks(draw: st.DrawFn) -> Week:
    opens = draw(CLOCKS)
    closes = min(24 * 60, opens + draw(st.integers(1, 48)) * 15)
    return Week(
        opens=opens,
        closes=closes,
        length=draw(MINUTES),
        buffer=draw(st.sampled_from([0, 0, 5, 10, 30])),
        grid=draw(st.sampled_from([15, 30, 60])),
        early=draw(st.none() | st.integers(60, 4 * 1440)),
        late=draw(st.none() | st.integers(1, 3 * 1440)),
        picks=tuple(draw(st.lists(st.integers(0, 200), max_size=4))),
    )


@pytest.fixture(scope="module")
def one_chair() -> Iterator[Sandbox]:
    """One sandbox for all examples: each begins with a reset."""
    sandbox = Sandbox(make_app("two-chairs"))
    yield sandbox
    sandbox.close()


def text(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def begin(sandbox: Sandbox, zone: str, night: date, week: Week) -> None:
    """Only Ana works; the clock stands still at noon two days before the night."""
    noon = datetime.combine(night - timedelta(days=2), time(12), ZoneInfo(zone))
    sandbox.reset("two-chairs", now=noon.isoformat())
    hours = [{"days": list(DAYS), "start": text(week.opens), "end": text(week.closes)}]
    constraints = {"sessionDurations": [week.length], "timeBetweenSessions": week.buffer}
    early, late = week.early is not None, week.late is not None
    sandbox.seed(
        site={"timeZone": zone},
        splitInterval={"sameAsDuration": False, "valueInMinutes": week.grid},
        staff=[{"slug": "ana", "workingHours": hours}, {"slug": "bruno", "workingHours": []}],
        services=[
            {
                "slug": "haircut",
                "schedule": {"availabilityConstraints": constraints},
                "bookingPolicy": {
                    "limitEarlyBookingPolicy": {
                        "enabled": early,
                        "earliestBookingInMinutes": week.early or 10_080,
                    },
                    "limitLateBookingPolicy": {
                        "enabled": late,
                        "latestBookingInMinutes": week.late or 1440,
                    },
                },
            }
        ],
    )


def listed(sandbox: Sandbox, night: date, zone: str, **asked: Any) -> list[Json]:
    window = {
        "serviceId": sandbox.service("haircut")["id"],
        "fromLocalDate": f"{night - timedelta(days=3)}T00:00:00",
        "toLocalDate": f"{night + timedelta(days=3)}T00:00:00",
        "includeResourceTypeIds": [STAFF_TYPE_ID],
        "timeZone": zone,
    }
    answer = sandbox.call("POST", SLOTS, {**window, **asked})
    assert answer.status_code == 200, answer.text
    return list(answer.json()["timeSlots"])


def stretch(slot: Json, zone: str, length: int) -> tuple[datetime, datetime]:
    """A slot's moments: of an hour that comes twice only the first is offered."""
    local = datetime.fromisoformat(slot["localStartDate"]).replace(tzinfo=ZoneInfo(zone))
    starts = local.astimezone(UTC)
    return starts, starts + timedelta(minutes=length)


def tells_its_end(slot: Json, zone: str) -> bool:
    """False for an end within the repeated hour: no clock without an offset says which run it is."""
    ends = datetime.fromisoformat(slot["localEndDate"]).replace(tzinfo=ZoneInfo(zone))
    return ends.utcoffset() == ends.replace(fold=1).utcoffset()


def book(sandbox: Sandbox, slot: Json, zone: str) -> tuple[datetime, datetime]:
    """Book and confirm this slot; the moments that Wix says it has."""
    place = slot["location"]
    wanted = {
        "serviceId": slot["serviceId"],
        "scheduleId": slot["scheduleId"],
        "startDate": slot["localStartDate"],
        "endDate": slot["localEndDate"],
        "timezone": zone,
        "resource": slot["availableResources"][0]["resources"][0],
        "location": {"id": place["id"], "locationType": "OWNER_BUSINESS"},
    }
    booking = {"bookedEntity": {"slot": wanted}, "totalParticipants": 1, "contactDetails": CONTACT}
    answer = sandbox.call("POST", BOOKINGS, {"booking": booking})
    assert answer.status_code == 200, answer.text
    made = sandbox.confirm_or_decline(answer.json()["booking"]["id"])
    assert made["status"] == "CONFIRMED"
    starts, ends = (datetime.fromisoformat(made[name]) for name in ("startDate", "endDate"))
    return starts, ends


def hours_of(day: date, week: Week, zone: str) -> tuple[datetime, datetime]:
    """A day's working hours as moments; a clock that is left out means the moment after the gap."""

    def moment(minutes: int) -> datetime:
        wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
        return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)

    return moment(week.opens), moment(week.closes)


def each_night(function: Callable[..., None]) -> Callable[..., None]:
    """Every zone's night, twenty-five weeks each."""
    checked = settings(
        max_examples=25,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )(given(week=weeks())(function))
    parametrized: Callable[..., None] = pytest.mark.parametrize(("zone", "night"), NIGHTS)(checked)
    return parametrized


@each_night
def test_a_slot_lies_within_working_hours(
    one_chair: Sandbox, zone: str, night: date, week: Week
) -> None:
    begin(one_chair, zone, night, week)
    days = [night + timedelta(days=offset) for offset in range(-4, 5)]
    open_hours = [hours_of(day, week, zone) for day in days]
    for slot in listed(one_chair, night, zone):
        starts, ends = stretch(slot, zone, week.length)
        # Hours up to midnight touch the next day's, which may begin at midnight.
        assert _covered(starts, ends, open_hours), slot["localStartDate"]


def _covered(starts: datetime, ends: datetime, hours: list[tuple[datetime, datetime]]) -> bool:
    reached = starts
    for opens, closes in sorted(hours):
        if opens <= reached < closes:
            reached = closes
    return reached >= ends


@each_night
def test_a_slot_never_meets_a_confirmed_booking_or_the_buffer_around_it(
    one_chair: Sandbox, zone: str, night: date, week: Week
) -> None:
    begin(one_chair, zone, night, week)
    booked = []
    for pick in week.picks:
        bookable = listed(one_chair, night, zone, bookable=True)
        offered = [slot for slot in bookable if tells_its_end(slot, zone)]
        chosen = offered[pick % max(1, len(offered)) :][:1]
        booked += [book(one_chair, slot, zone) for slot in chosen]
    buffer = timedelta(minutes=week.buffer)
    for slot in listed(one_chair, night, zone):
        starts, ends = stretch(slot, zone, week.length)
        for taken_from, taken_until in booked:
            assert ends + buffer <= taken_from or taken_until + buffer <= starts
    for one, other in zip(sorted(booked), sorted(booked)[1:], strict=False):
        assert one[1] + buffer <= other[0]


@each_night
def test_a_bookable_slot_keeps_to_the_policy_and_no_other_does(
    one_chair: Sandbox, zone: str, night: date, week: Week
) -> None:
    begin(one_chair, zone, night, week)
    now = one_chair.now()
    for slot in listed(one_chair, night, zone):
        starts, _ = stretch(slot, zone, week.length)
        ahead = (starts - now) / timedelta(minutes=1)
        allowed = (week.late or 0) <= ahead <= (week.early or 10**6)
        assert slot["bookable"] is allowed
        told = slot["bookingPolicyViolations"]
        assert (told["tooLateToBook"], told["tooEarlyToBook"]) == (
            ahead < (week.late or 0),
            ahead > (week.early or 10**6),
        )


@each_night
def test_every_slot_has_its_length_and_an_hour_that_exists_and_comes_once(
    one_chair: Sandbox, zone: str, night: date, week: Week
) -> None:
    begin(one_chair, zone, night, week)
    found = listed(one_chair, night, zone)
    clocks = [slot["localStartDate"] for slot in found]
    assert clocks == sorted(set(clocks))
    for slot in found:
        starts, ends = stretch(slot, zone, week.length)
        there = ZoneInfo(zone)
        assert starts.astimezone(there).replace(tzinfo=None).isoformat() == slot["localStartDate"]
        assert ends.astimezone(there).replace(tzinfo=None).isoformat() == slot["localEndDate"]
