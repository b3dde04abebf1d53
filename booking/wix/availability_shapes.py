"""An entry of the Availability Calendar on the wire, and what it means here.

There is one entry for each slot *and* resource: three people who are free at nine make three.
Source: Wix Bookings, Availability Calendar, "Query Availability" (deprecated).
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

import msgspec

from booking.domain.business import Place
from booking.domain.ids import EventId, LocationId, ScheduleId, ServiceId
from booking.domain.service import Location, LocationKind, StaffMember
from booking.domain.session import Barrier, Session
from booking.domain.slot import Slot
from booking.wix.errors import WixAnswerMalformed
from booking.wix.slot_shapes import Moment, WireResource, WireViolations, waiting_list
from booking.wix.wire import known, need

LOCATION_KINDS = {
    "OWNER_BUSINESS": LocationKind.BUSINESS,
    "OWNER_CUSTOM": LocationKind.CUSTOM,
    "CUSTOM": LocationKind.CUSTOMER,  # as bookings say it: time slots mean a place of the service's
}


class _Location(msgspec.Struct, rename="camel"):
    id: str | None = None
    name: str | None = None
    formatted_address: str | None = None
    location_type: str | None = None

    def location(self) -> Location:
        return Location(
            kind=known(LOCATION_KINDS, self.location_type, LocationKind.UNKNOWN, what="places"),
            id=LocationId(self.id) if self.id else None,
            name=self.name or "",
            place=Place(text=self.formatted_address) if self.formatted_address else None,
        )


class _Slot(msgspec.Struct, rename="camel"):
    service_id: str
    start_date: Moment
    end_date: Moment
    schedule_id: str | None = None
    event_id: str | None = None  # of a class; ``sessionId``, its predecessor, is not used
    resource: WireResource | None = None
    location: _Location | None = None

    def stretch(self) -> tuple[datetime, datetime]:
        """Raises WixAnswerMalformed."""
        try:
            starts, ends = self.start_date.astimezone(UTC), self.end_date.astimezone(UTC)
        except OverflowError as error:
            raise WixAnswerMalformed("slot.startDate", "no moment") from error
        if ends <= starts:
            raise WixAnswerMalformed("slot.endDate", "ends before it starts")
        return starts, ends

    def staff(self) -> tuple[StaffMember, ...]:
        return (self.resource.member(),) if self.resource else ()


class _Waiting(msgspec.Struct, rename="camel"):
    total_spots: int | None = None
    open_spots: int | None = None


class WireEntry(msgspec.Struct, rename="camel"):
    """``bookable`` knows places and policy, but not ``locked``: a place offered to who waits."""

    slot: _Slot
    bookable: bool | None = None
    total_spots: int | None = None
    open_spots: int | None = None
    waiting_list: _Waiting | None = None
    booking_policy_violations: WireViolations | None = None
    locked: bool | None = None

    def as_slot(self) -> Slot:
        """An appointment's time with one person. Raises WixAnswerMalformed."""
        starts, ends = self.slot.stretch()
        broken = self.booking_policy_violations or WireViolations()
        schedule = self.slot.schedule_id
        return Slot(
            service_id=ServiceId(self.slot.service_id),
            starts=starts,
            ends=ends,
            location=(self.slot.location or _Location()).location(),
            schedule_id=ScheduleId(schedule) if schedule else None,
            staff=self.slot.staff(),
            open_spots=self._open_spots(),
            bookable=bool(self.bookable) and not self.locked,
            too_early=bool(broken.too_early_to_book),
            too_late=bool(broken.too_late_to_book),
            closed=bool(broken.book_online_disabled),
            opens=broken.opens,
        )

    def as_session(self) -> Session:
        """A session of a class with one teacher. Raises WixAnswerMalformed."""
        starts, ends = self.slot.stretch()
        broken = self.booking_policy_violations or WireViolations()
        unsold, waiting = self._open_spots(), self.waiting_list
        left = 0 if self.locked else unsold
        return Session(
            event_id=EventId(need(self.slot.event_id or None, "slot.eventId")),
            service_id=ServiceId(self.slot.service_id),
            starts=starts,
            ends=ends,
            location=(self.slot.location or _Location()).location(),
            teachers=self.slot.staff(),
            capacity=self.total_spots,
            places_left=left,
            unsold=unsold,
            waiting_list=waiting_list(waiting.total_spots, waiting.open_spots) if waiting else None,
            bookable=bool(self.bookable) and left > 0,
            barriers=tuple(self._barriers(broken, left)),
            opens=broken.opens,
        )

    def _open_spots(self) -> int:
        if self.open_spots is not None:
            return max(0, self.open_spots)
        return 1 if self.bookable else 0

    def _barriers(self, broken: WireViolations, left: int) -> Iterable[Barrier]:
        told = (
            (Barrier.CLOSED, broken.book_online_disabled),
            (Barrier.TOO_LATE, broken.too_late_to_book),
            (Barrier.TOO_EARLY, broken.too_early_to_book),
            (Barrier.RESERVED, self.locked),
            (Barrier.FULL, left == 0),
        )
        return (barrier for barrier, stands in told if stands)


def merged_slots(entries: Iterable[Slot]) -> tuple[Slot, ...]:
    """One slot for each time and place, with everybody who is free for it, in time order.

    One that can be booked with somebody can be booked.
    """
    found: dict[tuple[object, ...], Slot] = {}
    for each in sorted(entries, key=lambda slot: slot.starts):
        key = (each.service_id, each.starts, each.ends, each.location)
        known_one = found.get(key)
        if known_one is None or (each.bookable and not known_one.bookable):
            found[key] = each
        elif each.bookable == known_one.bookable:
            found[key] = replace(known_one, staff=_together(known_one.staff, each.staff))
    return tuple(found.values())


def merged_sessions(entries: Iterable[Session]) -> tuple[Session, ...]:
    """One session for each event, with all its teachers, in time order."""
    found: dict[EventId, Session] = {}
    for each in sorted(entries, key=lambda session: session.starts):
        known_one = found.setdefault(each.event_id, each)
        teachers = _together(known_one.teachers, each.teachers)
        found[each.event_id] = replace(known_one, teachers=teachers)
    return tuple(found.values())


def _together(
    some: tuple[StaffMember, ...], others: tuple[StaffMember, ...]
) -> tuple[StaffMember, ...]:
    known_ids = {each.id for each in some}
    return (*some, *(each for each in others if each.id not in known_ids))
