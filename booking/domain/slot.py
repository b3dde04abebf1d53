"""A slot: one stretch of time that can be booked, and what our own holds leave of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from booking.domain.ids import AddOnId, ScheduleId, ServiceId, StaffId
from booking.domain.service import Location, StaffMember


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """``starts``/``ends`` are UTC moments, ``ends`` exclusive.

    ``staff`` are those free for it, in Wix's order; ``more_staff`` says that Wix left some out.
    ``open_spots`` counts participants who still fit; ``bookable`` also knows the booking policy.
    ``closed`` says that online booking is off; ``opens`` when it will not be too early any more.
    """

    service_id: ServiceId
    starts: datetime
    ends: datetime
    location: Location
    schedule_id: ScheduleId | None = None
    staff: tuple[StaffMember, ...] = ()
    more_staff: bool = False
    open_spots: int = 1
    bookable: bool = True
    too_early: bool = False
    too_late: bool = False
    closed: bool = False
    opens: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slots:
    """What Wix said about a stretch of days, in time order, and when it said so.

    ``cut`` says that there was more than anybody reads: the last of it is missing.
    """

    slots: tuple[Slot, ...]
    zone: str
    checked_at: datetime
    cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a customer chose that changes how long an appointment is.

    ``minutes`` is one of the service's lengths, add-ons included; None for its usual one.
    """

    minutes: int | None = None
    add_ons: tuple[AddOnId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyFilter:
    """Only slots of which the booking policy says so; None where it does not matter."""

    too_early: bool | None = None
    too_late: bool | None = None
    closed: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Occupied:
    """A stretch of a staff member's time that we keep for somebody, buffers included."""

    staff_id: StaffId
    starts: datetime
    ends: datetime

    def meets(self, starts: datetime, ends: datetime) -> bool:
        """True if the two half-open stretches share a moment."""
        return self.starts < ends and starts < self.ends


def with_buffer(starts: datetime, ends: datetime, buffer: timedelta) -> tuple[datetime, datetime]:
    """The stretch an appointment keeps busy: the business wants ``buffer`` between two of them."""
    return starts, ends + buffer


def less_holds(slots: Iterable[Slot], held: Iterable[Occupied], buffer: timedelta) -> list[Slot]:
    """The slots that are left when our own holds are taken away, in the same order.

    A slot loses each staff member who is held meanwhile, and is gone with the last one.
    """
    by_staff: dict[StaffId, list[Occupied]] = {}
    for each in held:
        by_staff.setdefault(each.staff_id, []).append(each)
    if not by_staff:
        return list(slots)
    return [left for slot in slots if (left := _left(slot, by_staff, buffer)) is not None]


def _left(slot: Slot, held: dict[StaffId, list[Occupied]], buffer: timedelta) -> Slot | None:
    starts, ends = with_buffer(slot.starts, slot.ends, buffer)
    free = tuple(
        member
        for member in slot.staff
        if not any(each.meets(starts, ends) for each in held.get(member.id, ()))
    )
    if len(free) == len(slot.staff):
        return slot
    return replace(slot, staff=free) if free or slot.more_staff else None
