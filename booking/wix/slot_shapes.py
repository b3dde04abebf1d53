"""A time slot on the wire, and what it means here: an appointment's time, or a session of a class.

Source: Wix Bookings, Time Slots V2, "TimeSlot Object".
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import msgspec

from booking.domain.business import Place
from booking.domain.ids import EventId, LocationId, ScheduleId, ServiceId, StaffId
from booking.domain.service import Location, LocationKind, StaffMember
from booking.domain.session import Barrier, Session, WaitingList
from booking.domain.slot import Slot
from booking.wix.errors import WixAnswerMalformed
from booking.wix.wire import Body, known, need
from booking.wix.zones import stretch

STAFF_TYPE = "1cd44cf8-756f-41c3-bd90-3e2ffcaf1155"
"""The resource type of staff members, the same on every site."""

LOCATION_KINDS = {
    "BUSINESS": LocationKind.BUSINESS,
    "CUSTOM": LocationKind.CUSTOM,
    "CUSTOMER": LocationKind.CUSTOMER,
}
SPELLINGS = {kind: spelling for spelling, kind in LOCATION_KINDS.items()}
WallClock = Annotated[datetime, msgspec.Meta(tz=False)]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class WireLocation(msgspec.Struct, rename="camel"):
    """A place as Time Slots spell it."""

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


class WireResource(msgspec.Struct):
    id: str
    name: str | None = None

    def member(self) -> StaffMember:
        return StaffMember(id=StaffId(self.id), name=self.name or "")


class _Resources(msgspec.Struct, rename="camel"):
    resource_type_id: str | None = None
    resources: list[WireResource] | None = None
    has_more_available_resources: bool | None = None


class WireViolations(msgspec.Struct, rename="camel"):
    """Which rules of the booking policy stand in the way."""

    too_early_to_book: bool | None = None
    too_late_to_book: bool | None = None
    book_online_disabled: bool | None = None
    earliest_booking_date: Moment | None = None

    @property
    def opens(self) -> datetime | None:
        try:
            moment = self.earliest_booking_date
            return moment.astimezone(UTC) if moment else None
        except OverflowError:
            return None  # the first or the last day of the calendar: nobody's opening


class _Reasons(msgspec.Struct, rename="camel"):
    no_remaining_capacity: bool | None = None
    reserved_for_waiting_list: bool | None = None
    event_cancelled: bool | None = None


class _Waiting(msgspec.Struct, rename="camel"):
    total_capacity: int | None = None
    remaining_capacity: int | None = None


class _Event(msgspec.Struct, rename="camel"):
    event_id: str | None = None
    event_title: str | None = None
    waiting_list: _Waiting | None = None


class WireTimeSlot(msgspec.Struct, rename="camel"):
    """Both kinds of slot; ``eventInfo`` is there for a class only, ``scheduleId`` is not."""

    local_start_date: WallClock
    local_end_date: WallClock
    service_id: str | None = None
    bookable: bool | None = None
    location: WireLocation | None = None
    event_info: _Event | None = None
    total_capacity: int | None = None
    remaining_capacity: int | None = None
    bookable_capacity: int | None = None  # less than what remains: some is kept for a waiting list
    booking_policy_violations: WireViolations | None = None
    non_bookable_reasons: _Reasons | None = None
    available_resources: list[_Resources] | None = None
    nested_time_slots: list["WireTimeSlot"] | None = None
    schedule_id: str | None = None

    def slot(self, zone: ZoneInfo) -> Slot:
        """An appointment's slot. Raises WixAnswerMalformed."""
        starts, ends = self.stretch(zone)
        broken = self.booking_policy_violations or WireViolations()
        staff = self._staff()
        return Slot(
            service_id=ServiceId(need(self.service_id, "serviceId")),
            starts=starts,
            ends=ends,
            location=(self.location or WireLocation()).location(),
            schedule_id=ScheduleId(self.schedule_id) if self.schedule_id else None,
            staff=tuple(each.member() for each in staff.resources or ()),
            more_staff=bool(staff.has_more_available_resources),
            open_spots=self.open_spots(),
            bookable=bool(self.bookable),
            too_early=bool(broken.too_early_to_book),
            too_late=bool(broken.too_late_to_book),
            closed=bool(broken.book_online_disabled),
            opens=broken.opens,
        )

    def session(self, zone: ZoneInfo) -> Session:
        """A session of a class. Raises WixAnswerMalformed."""
        starts, ends = self.stretch(zone)
        event = self.event_info or _Event()
        broken = self.booking_policy_violations or WireViolations()
        waiting, left = event.waiting_list, self.open_spots()
        return Session(
            event_id=EventId(need(event.event_id, "eventInfo.eventId")),
            service_id=ServiceId(need(self.service_id, "serviceId")),
            starts=starts,
            ends=ends,
            location=(self.location or WireLocation()).location(),
            title=event.event_title or "",
            teachers=tuple(each.member() for each in self._staff().resources or ()),
            capacity=self.total_capacity,
            places_left=left,
            unsold=max(left, self.remaining_capacity or 0),
            waiting_list=waiting_list(waiting.total_capacity, waiting.remaining_capacity)
            if waiting
            else None,
            bookable=bool(self.bookable) and left > 0,
            barriers=tuple(self._barriers(broken, left)),
            opens=broken.opens,
        )

    def stretch(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Its UTC moments. Raises WixAnswerMalformed."""
        try:
            return stretch(self.local_start_date, self.local_end_date, zone)
        except (ValueError, OverflowError) as error:
            raise WixAnswerMalformed("localEndDate", "no stretch of time") from error

    def open_spots(self) -> int:
        """What may be booked now; a slot that does not say counts as one place if bookable."""
        for told in (self.bookable_capacity, self.remaining_capacity):
            if told is not None:
                return max(0, told)
        return 1 if self.bookable else 0

    def _staff(self) -> _Resources:
        of_staff = (r for r in self.available_resources or () if r.resource_type_id == STAFF_TYPE)
        return next(of_staff, _Resources())

    def _barriers(self, broken: WireViolations, left: int) -> Iterable[Barrier]:
        """In the order in which they are told."""
        reasons = self.non_bookable_reasons or _Reasons()
        told = (
            (Barrier.CANCELLED, reasons.event_cancelled),
            (Barrier.CLOSED, broken.book_online_disabled),
            (Barrier.TOO_LATE, broken.too_late_to_book),
            (Barrier.TOO_EARLY, broken.too_early_to_book),
            (Barrier.RESERVED, reasons.reserved_for_waiting_list),
            (Barrier.FULL, left == 0),
        )
        return (barrier for barrier, stands in told if stands)


def waiting_list(places: int | None, left: int | None) -> WaitingList:
    """Never negative, and never more left than there are."""
    total = max(0, places or 0)
    return WaitingList(places=total, left=min(total, max(0, left or 0)))


def read_each[W, T](what: str, wires: Iterable[W], read: Callable[[W], T]) -> tuple[T, ...]:
    """What ``read`` makes of each; what is wrong is told with its place in the list ``what``."""
    found: list[T] = []
    for wire in wires:
        try:
            found.append(read(wire))
        except WixAnswerMalformed as error:
            raise error.under(f"{what}[{len(found)}]") from error
    return tuple(found)


def of_staff(staff_id: StaffId | None) -> Body:
    """The filter for one staff member's slots; nothing for "anyone"."""
    if staff_id is None:
        return {}
    return {"resourceTypes": [{"resourceTypeId": STAFF_TYPE, "resourceIds": [staff_id]}]}


def wire_location(location: Location) -> Body:
    """A place as Time Slots and Services spell it. A kind we do not know is left to its id."""
    spelled: dict[str, str] = {}
    if location.kind in SPELLINGS:
        spelled["locationType"] = SPELLINGS[location.kind]
    if location.id:
        spelled["id"] = location.id
    elif location.place:
        spelled["formattedAddress"] = location.place.text
    return spelled
