"""A course: its meetings, its places, and until when it can be joined.

A course is booked as a whole. Source: Wix Bookings, "Booking Policies" and the end-to-end flows.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

from booking.domain.days import clock_change_between
from booking.domain.ids import EventId
from booking.domain.policy import Policy
from booking.domain.service import Location, StaffMember


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One occurrence of a course on the calendar. UTC moments, ``ends`` exclusive."""

    event_id: EventId
    starts: datetime
    ends: datetime
    title: str = ""
    teachers: tuple[StaffMember, ...] = ()
    location: Location | None = None
    cancelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """How many a course has in all, and how many are ``left``, never below 0.

    ``counted`` is True where bookings had to be counted: those may be seconds old.
    """

    total: int
    left: int
    checked_at: datetime
    counted: bool = False


class JoinBarrier(StrEnum):
    """Why a course cannot be joined. The first that applies is the one to tell."""

    UNSCHEDULED = "unscheduled"  # no meetings on the calendar
    ENDED = "ended"
    STARTED = "started"
    TOO_LATE = "too_late"
    TOO_EARLY = "too_early"
    FULL = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """From a course's first meeting to the end of its last; ``ends`` is None for one without end.

    ``last_starts`` is when the last meeting begins, None if that is not known.
    """

    starts: datetime
    ends: datetime | None
    last_starts: datetime | None = None

    @classmethod
    def of(cls, meetings: Iterable[Meeting]) -> "Run | None":
        """The run that these meetings make, cancelled ones left out; None without any."""
        held = sorted((each for each in meetings if not each.cancelled), key=lambda one: one.starts)
        if not held:
            return None
        return cls(starts=held[0].starts, ends=held[-1].ends, last_starts=held[-1].starts)

    def join_from(self, policy: Policy) -> datetime | None:
        """The first moment to join; None if it was always open."""
        if policy.earliest_minutes is None:
            return None
        return self.starts - timedelta(minutes=policy.earliest_minutes)

    def join_until(self, policy: Policy) -> datetime | None:
        """The last moment to join; None if there is none.

        A policy that opens it after the start lets people in until the last meeting begins.
        """
        if policy.after_start:
            return self.last_starts or self.ends
        return self.starts - timedelta(minutes=policy.latest_minutes or 0)


def join_barrier(
    run: Run | None, policy: Policy, places: Places, now: datetime, party: int = 1
) -> JoinBarrier | None:
    """What keeps ``party`` people from joining at ``now``; None if nothing does."""
    if run is None:
        return JoinBarrier.UNSCHEDULED
    opens, closes = run.join_from(policy), run.join_until(policy)
    barriers = (
        (JoinBarrier.ENDED, run.ends is not None and run.ends <= now),
        (JoinBarrier.STARTED, run.starts <= now and not policy.after_start),
        (JoinBarrier.TOO_LATE, closes is not None and closes < now),
        (JoinBarrier.TOO_EARLY, opens is not None and now < opens),
        (JoinBarrier.FULL, places.left < party),
    )
    return next((each for each, stands in barriers if stands), None)


ONE_WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One meeting as the list of a course shows it: beside the usual, and after the one before it.

    ``number`` counts the meetings that are held, None for a cancelled one. ``weeks_off`` are weeks
    without a meeting before this one. ``clocks_change`` says that clocks do in between.
    """

    meeting: Meeting
    number: int | None
    is_over: bool = False
    weeks_off: int = 0
    clocks_change: bool = False
    other_time: bool = False
    other_place: bool = False
    other_teachers: bool = False


def rows_of(
    meetings: Sequence[Meeting], now: datetime, zone: ZoneInfo, other_zone: ZoneInfo | None = None
) -> tuple[Row, ...]:
    """The meetings as rows, in time order; clocks and days are those of ``zone``.

    What is usual is what most meetings that are held have.
    """
    held = [each for each in meetings if not each.cancelled]
    hour = _usual(_hours(each, zone) for each in held)
    place = _usual(each.location for each in held)
    teachers = _usual(_teachers(each) for each in held)
    pause = _usual_pause(meetings, zone)
    rows: list[Row] = []
    before: Meeting | None = None
    number = 0
    for each in meetings:
        number += not each.cancelled
        rows.append(
            Row(
                meeting=each,
                number=None if each.cancelled else number,
                is_over=each.ends <= now,
                weeks_off=_weeks_off(before, each, pause, zone),
                clocks_change=_clocks_change(before, each, zone, other_zone),
                other_time=_hours(each, zone) != hour,
                other_place=each.location != place,
                other_teachers=_teachers(each) != teachers,
            )
        )
        before = each
    return tuple(rows)


def _usual[T](told: Iterable[T]) -> T | None:
    """What is told most often; of two the one that was told first."""
    return next((each for each, _ in Counter(told).most_common(1)), None)


def _hours(meeting: Meeting, zone: ZoneInfo) -> tuple[str, str]:
    starts, ends = meeting.starts.astimezone(zone), meeting.ends.astimezone(zone)
    return f"{starts:%H:%M}", f"{ends:%H:%M}"


def _teachers(meeting: Meeting) -> frozenset[str]:
    return frozenset(each.id for each in meeting.teachers)


def _days_between(one: Meeting, other: Meeting, zone: ZoneInfo) -> int:
    return (other.starts.astimezone(zone).date() - one.starts.astimezone(zone).date()).days


def _usual_pause(meetings: Sequence[Meeting], zone: ZoneInfo) -> int:
    """The most usual number of days from one meeting to the next."""
    pauses = (_days_between(one, other, zone) for one, other in pairwise(meetings))
    return _usual(pauses) or ONE_WEEK


def _weeks_off(before: Meeting | None, meeting: Meeting, pause: int, zone: ZoneInfo) -> int:
    if before is None:
        return 0
    return max(0, _days_between(before, meeting, zone) - pause) // ONE_WEEK


def _clocks_change(
    before: Meeting | None, meeting: Meeting, zone: ZoneInfo, other_zone: ZoneInfo | None
) -> bool:
    if before is None:
        return False
    zones = (zone, other_zone or zone)
    return any(clock_change_between(before.starts, meeting.starts, each) for each in zones)
