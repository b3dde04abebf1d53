"""Several appointments in a row, booked together: one service after the other, at one place."""

from dataclasses import dataclass
from datetime import datetime

from booking.domain.ids import ServiceId, StaffId
from booking.domain.service import Location
from booking.domain.slot import Choices, Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One service of the row; ``staff_id`` is None for "anyone"."""

    service_id: ServiceId
    staff_id: StaffId | None = None
    choices: Choices | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A stretch in which all wishes fit, back to back: ``slots`` in the order of the wishes.

    ``starts``/``ends`` are UTC moments, ``ends`` exclusive. ``bookable`` is that of the whole row.
    """

    starts: datetime
    ends: datetime
    location: Location
    slots: tuple[Slot, ...]
    bookable: bool
    too_early: bool = False
    too_late: bool = False
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What Wix said about a stretch of days, in time order, and when it said so."""

    rows: tuple[Row, ...]
    zone: str
    checked_at: datetime
