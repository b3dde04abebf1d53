"""A session: one occurrence of a class, with the places that are left in it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from booking.domain.days import PartOfDay, part_of_day
from booking.domain.ids import EventId, LocationId, ServiceId, StaffId
from booking.domain.service import Location, StaffMember


class Barrier(StrEnum):
    """Why a session cannot be booked. The first that applies is the one to tell."""

    CANCELLED = "cancelled"
    CLOSED = "closed"  # online booking is switched off
    TOO_LATE = "too_late"
    TOO_EARLY = "too_early"
    RESERVED = "reserved"  # what is left is being offered to the waiting list
    FULL = "full"
    UNKNOWN = "unknown"  # Wix says no and does not say why


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingList:
    """``places`` of it in all, and how many of them are ``left``."""

    places: int
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """``starts``/``ends`` are UTC moments, ``ends`` exclusive. ``title`` may be "".

    ``places_left`` counts what may be booked now; ``unsold`` also counts what is kept for the
    waiting list. ``opens`` is the moment it becomes bookable, where it is too early and Wix says so.
    """

    event_id: EventId
    service_id: ServiceId
    starts: datetime
    ends: datetime
    location: Location
    title: str = ""
    teachers: tuple[StaffMember, ...] = ()
    capacity: int | None = None
    places_left: int = 0
    unsold: int = 0
    waiting_list: WaitingList | None = None
    bookable: bool = False
    barriers: tuple[Barrier, ...] = ()
    opens: datetime | None = None

    @property
    def barrier(self) -> Barrier | None:
        """What keeps customers from booking it; None if nothing does."""
        if self.bookable:
            return None
        return self.barriers[0] if self.barriers else Barrier.UNKNOWN

    def less(self, kept: int) -> "Session":
        """The same without ``kept`` places that we keep for others; the last one gone, it is full."""
        left = max(0, self.places_left - kept)
        if not kept:
            return self
        barriers = self.barriers if left else (*self.barriers, Barrier.FULL)
        return replace(
            self, places_left=left, bookable=self.bookable and left > 0, barriers=barriers
        )

    def has_room_for(self, party: int) -> bool:
        """True if so many participants can still be booked together."""
        return self.bookable and 1 <= party <= self.places_left

    def meets(self, other: "Session") -> bool:
        """True if nobody can be in both."""
        return self.starts < other.ends and other.starts < self.ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Sessions:
    """What Wix said about a stretch of days, in time order, and when it said so."""

    sessions: tuple[Session, ...]
    zone: str
    checked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """Which sessions of a class are wanted; None where it does not matter."""

    staff: StaffId | None = None
    location: LocationId | None = None
    part: PartOfDay | None = None

    def fits(self, session: Session, zone: ZoneInfo) -> bool:
        """True if it is such a session; ``zone`` is the one whose parts of the day are meant."""
        local = session.starts.astimezone(zone)
        return (
            (self.staff is None or any(each.id == self.staff for each in session.teachers))
            and (self.location is None or session.location.id == self.location)
            and (self.part is None or part_of_day(local) is self.part)
        )


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Weekly:
    """The same hour of the same weekday (0 is Monday), on the business's clock."""

    weekday: int
    at: time

    @classmethod
    def of(cls, moment: datetime, zone: ZoneInfo) -> "Weekly":
        """The hour and the weekday of a moment in ``zone``."""
        local = moment.astimezone(zone)
        return cls(weekday=local.weekday(), at=local.time().replace(second=0, microsecond=0))

    @classmethod
    def read(cls, text: str) -> "Weekly | None":
        """What ``str`` wrote; None for anything else."""
        if not re.fullmatch(r"[1-7]-([01]\d|2[0-3]):[0-5]\d", text, re.ASCII):
            return None
        return cls(weekday=int(text[0]) - 1, at=time.fromisoformat(text[2:]))

    def __str__(self) -> str:
        return f"{self.weekday + 1}-{self.at:%H:%M}"


def one_after_another(sessions: Iterable[Session]) -> tuple[Session, ...]:
    """Those that one person can be in, in time order: of two at once the one that begins first."""
    kept: list[Session] = []
    for each in sorted(sessions, key=lambda one: (one.starts, one.ends)):
        if not kept or each.starts >= kept[-1].ends:
            kept.append(each)
    return tuple(kept)
