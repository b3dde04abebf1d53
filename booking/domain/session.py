"""A session: one occurrence of a class, with the places that are left in it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from booking.domain.ids import EventId, ServiceId
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Sessions:
    """What Wix said about a stretch of days, in time order, and when it said so."""

    sessions: tuple[Session, ...]
    zone: str
    checked_at: datetime
