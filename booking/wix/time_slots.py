"""Time Slots V2, the part for appointments: which times are free, and whether one still is.

Source: Wix Bookings, Time Slots V2, "List Availability Time Slots", "Get Availability Time Slot".
"""

from datetime import datetime
from functools import lru_cache, partial
from operator import attrgetter
from typing import Annotated, Any, NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from booking.domain.business import Place
from booking.domain.ids import LocationId, ScheduleId, ServiceId, StaffId
from booking.domain.service import Location, LocationKind, StaffMember
from booking.domain.slot import Slot, Slots
from booking.wix.errors import SlotNotAvailable, WixAnswerMalformed
from booking.wix.lanes import Lane
from booking.wix.shapes import WirePaging
from booking.wix.wire import Answer, Body, Reader, Wire, known, log
from booking.wix.zones import stretch, wall_clock, zone_of

LIST_PATH = "/_api/service-availability/v2/time-slots"
GET_PATH = "/_api/service-availability/v2/time-slots/get"
STAFF_TYPE = "1cd44cf8-756f-41c3-bd90-3e2ffcaf1155"
"""The resource type of staff members, the same on every site."""
PAGE_SIZE = 1000
MOST_PAGES = 5

LOCATION_KINDS = {
    "BUSINESS": LocationKind.BUSINESS,
    "CUSTOM": LocationKind.CUSTOM,
    "CUSTOMER": LocationKind.CUSTOMER,
}
SPELLINGS = {kind: spelling for spelling, kind in LOCATION_KINDS.items()}
WallClock = Annotated[datetime, msgspec.Meta(tz=False)]


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


class _Resource(msgspec.Struct):
    id: str
    name: str | None = None


class _Resources(msgspec.Struct, rename="camel"):
    resource_type_id: str | None = None
    resources: list[_Resource] | None = None
    has_more_available_resources: bool | None = None


class _Violations(msgspec.Struct, rename="camel"):
    too_early_to_book: bool | None = None
    too_late_to_book: bool | None = None


class _TimeSlot(msgspec.Struct, rename="camel"):
    service_id: str
    local_start_date: WallClock
    local_end_date: WallClock
    bookable: bool | None = None
    location: _Location | None = None
    remaining_capacity: int | None = None
    bookable_capacity: int | None = None  # less than what remains: some is kept for a waiting list
    booking_policy_violations: _Violations | None = None
    available_resources: list[_Resources] | None = None
    schedule_id: str | None = None

    def slot(self, zone: ZoneInfo) -> Slot:
        """Raises WixAnswerMalformed."""
        starts, ends = self._stretch(zone)
        broken = self.booking_policy_violations or _Violations()
        staff = self._staff()
        return Slot(
            service_id=ServiceId(self.service_id),
            starts=starts,
            ends=ends,
            location=(self.location or _Location()).location(),
            schedule_id=ScheduleId(self.schedule_id) if self.schedule_id else None,
            staff=tuple(
                StaffMember(id=StaffId(each.id), name=each.name or "")
                for each in staff.resources or ()
            ),
            more_staff=bool(staff.has_more_available_resources),
            open_spots=self._open_spots(),
            bookable=bool(self.bookable),
            too_early=bool(broken.too_early_to_book),
            too_late=bool(broken.too_late_to_book),
        )

    def _stretch(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        try:
            return stretch(self.local_start_date, self.local_end_date, zone)
        except (ValueError, OverflowError) as error:
            raise WixAnswerMalformed("localEndDate", "no stretch of time") from error

    def _staff(self) -> _Resources:
        of_staff = (r for r in self.available_resources or () if r.resource_type_id == STAFF_TYPE)
        return next(of_staff, _Resources())

    def _open_spots(self) -> int:
        for told in (self.bookable_capacity, self.remaining_capacity):
            if told is not None:
                return max(0, told)
        return 1 if self.bookable else 0


class _List(msgspec.Struct, rename="camel"):
    time_slots: list[_TimeSlot] | None = None
    time_zone: str | None = None
    cursor_paging_metadata: WirePaging | None = None


class _One(msgspec.Struct, rename="camel"):
    time_slot: _TimeSlot
    time_zone: str | None = None


_read_list, _read_one = Reader(_List), Reader(_One)


class TimeSlots:
    """The free times of appointment services."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def list(  # noqa: PLR0913 - the question has so many parts at Wix; all but the first are named
        self,
        service_id: ServiceId,
        *,
        starts: datetime,
        ends: datetime,
        zone: str,
        staff_id: StaffId | None = None,
        location: Location | None = None,
        limit: int | None = None,
        per_day: int | None = None,
        bookable: bool | None = True,
    ) -> Slots:
        """The slots that start in ``[starts, ends)``, in time order, times in the same order as Wix.

        ``zone`` should be the business's: Wix counts its days in it (``per_day``). ``limit`` bounds
        the whole; without it up to 5 pages of 1000 are fetched. ``bookable=None`` lists those that
        the booking policy forbids too. Raises: ServiceGone, WixError.
        """
        local = ZoneInfo(zone)
        question: dict[str, Any] = {
            "serviceId": service_id,
            "fromLocalDate": wall_clock(starts, local),
            "toLocalDate": wall_clock(ends, local),
            "timeZone": zone,
            "includeResourceTypeIds": [STAFF_TYPE],
            "cursorPaging": {"limit": min(limit or PAGE_SIZE, PAGE_SIZE)},
            **_of_staff(staff_id),
        }
        if location is not None:
            question["locations"] = [wire_location(location)]
        if bookable is not None:
            question["bookable"] = bookable
        if per_day is not None:
            question["timeSlotsPerDay"] = per_day
        return self._all_pages(question, service_id, zone, limit)

    def get(
        self,
        service_id: ServiceId,
        *,
        starts: datetime,
        ends: datetime,
        zone: str,
        location: Location,
        staff_id: StaffId | None = None,
    ) -> Slot | None:
        """This slot as it is now, with all staff who are free for it; None if it is not there.

        It may come back not ``bookable``. Raises: WixError.
        """
        local = ZoneInfo(zone)
        question = {
            "serviceId": service_id,
            "localStartDate": wall_clock(starts, local),
            "localEndDate": wall_clock(ends, local),
            "timeZone": zone,
            "includeResourceTypeIds": [STAFF_TYPE],
            "location": wire_location(location),
            **_of_staff(staff_id),
        }
        read = partial(_slot, zone=zone)
        try:
            answer = self._wire.read(
                GET_PATH, question, lane=Lane.HOLD, topic=service_id, check=read
            )
        except SlotNotAvailable:
            return None
        return read(answer)

    def forget(self, *service_ids: ServiceId) -> None:
        """Times of these services that are kept in a cache are out of date: one was just booked."""
        for service_id in service_ids:
            self._wire.forget(service_id)

    def _all_pages(
        self, question: Body, service_id: ServiceId, zone: str, limit: int | None
    ) -> Slots:
        found: list[Slot] = []
        read = partial(_page, zone=zone)
        received: list[datetime] = []
        for _ in range(MOST_PAGES):
            answer = self._wire.read(LIST_PATH, question, topic=service_id, check=read)
            page = read(answer)
            found += page.slots
            zone = page.zone
            received.append(answer.received_at)
            if page.next_cursor is None or (limit and len(found) >= limit):
                break
            # With a cursor goes nothing else: Wix keeps the question in it.
            question = {"cursorPaging": {"limit": PAGE_SIZE, "cursor": page.next_cursor}}
        else:
            log.warning("more than %d pages of slots; the rest is left out", MOST_PAGES)
        found.sort(key=attrgetter("starts"))
        return Slots(slots=tuple(found[:limit]), zone=zone, checked_at=min(received))


class _Page(NamedTuple):
    slots: tuple[Slot, ...]
    zone: str
    next_cursor: str | None


def _page(answer: Answer, zone: str) -> _Page:
    """The slots of one answer. ``zone`` is what we asked for, should the answer not say its own."""
    return _page_of(answer.body, zone)


# A cached answer is the same bytes for every visitor: comparing them costs a twentieth of reading.
@lru_cache(maxsize=32)
def _page_of(body: bytes, zone: str) -> _Page:
    page = _read_list.read(body)
    used = zone_of(page.time_zone or zone, "timeZone")
    told = enumerate(page.time_slots or ())
    slots = tuple(_told(each, used, f"timeSlots[{at}]") for at, each in told)
    paging = page.cursor_paging_metadata
    return _Page(slots, used.key, paging.next_cursor if paging else None)


def _slot(answer: Answer, zone: str) -> Slot:
    one = _read_one(answer)
    return _told(one.time_slot, zone_of(one.time_zone or zone, "timeZone"), "timeSlot")


def _told(wire: _TimeSlot, zone: ZoneInfo, path: str) -> Slot:
    try:
        return wire.slot(zone)
    except WixAnswerMalformed as error:
        raise error.under(path) from error


def _of_staff(staff_id: StaffId | None) -> Body:
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
