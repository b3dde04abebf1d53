"""A course: its meetings, its places, and until when it can be joined.

A course is booked as a whole. Source: Wix Bookings, "Booking Policies" and the end-to-end flows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

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
