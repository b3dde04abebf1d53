"""The deprecated Availability Calendar, for sites that still ask it: the same slots and sessions.

It knows no pages, so a long window is asked in parts; no length but a service's usual one; and
nothing by id: a session is found by its service and start.
Source: Wix Bookings, Availability Calendar, "Query Availability" (removal announced for 2026-03-31).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from booking.domain.ids import EventId, LocationId, ServiceId, StaffId
from booking.domain.service import Kind, Location, LocationKind
from booking.domain.session import Session, Sessions
from booking.domain.slot import Choices, PolicyFilter, Slot, Slots
from booking.wix.availability_shapes import WireEntry, merged_sessions, merged_slots
from booking.wix.errors import InvalidRequest
from booking.wix.lanes import Lane
from booking.wix.services import Services
from booking.wix.slot_pages import forget, topic_of
from booking.wix.slot_shapes import read_each
from booking.wix.wire import Answer, Reader, Wire

PATH = "/availability-calendar/v1/availability/query"
FIRST_PART = timedelta(days=62)
"""How much is asked at once; each further part is twice as long as the one before."""
A_MOMENT = timedelta(minutes=1)


class _Answer(msgspec.Struct, rename="camel"):
    availability_entries: list[WireEntry] | None = None


_read = Reader(_Answer)


class _Told[T](NamedTuple):
    found: list[T]
    checked_at: datetime


class _Calendar:
    """The one call. ``entries_of`` turns an answer's bytes into what it lists."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def within[T: (Slot, Session)](
        self,
        entries_of: Callable[[bytes], Sequence[T]],
        window: tuple[datetime, datetime],
        zone: str,
        asked: Mapping[str, Any],
        limit: int | None = None,
    ) -> _Told[T]:
        """What starts in the half-open ``window``; no further part is asked once ``limit`` is met."""
        found: list[T] = []
        received: list[datetime] = []
        for starts, ends in _parts(*window):
            answer = self._ask(entries_of, (starts, ends), zone, asked)
            # Whether Wix counts the end in is not documented.
            found += [each for each in entries_of(answer.body) if starts <= each.starts < ends]
            received.append(answer.received_at)
            if limit and len(found) >= limit:
                break
        return _Told(found, min(received, default=datetime.now(UTC)))

    def at[T: (Slot, Session)](
        self,
        entries_of: Callable[[bytes], Sequence[T]],
        starts: datetime,
        zone: str,
        asked: Mapping[str, Any],
    ) -> list[T]:
        """What starts at this moment, at most a second or two old."""
        moment = (starts, starts + A_MOMENT)
        answer = self._ask(entries_of, moment, zone, asked, lane=Lane.HOLD)
        return [each for each in entries_of(answer.body) if each.starts == starts]

    def _ask(
        self,
        entries_of: Callable[[bytes], object],
        window: tuple[datetime, datetime],
        zone: str,
        asked: Mapping[str, Any],
        lane: Lane = Lane.BROWSE,
    ) -> Answer:
        local = ZoneInfo(zone)
        starts, ends = (each.astimezone(local).isoformat(timespec="seconds") for each in window)
        question = {
            "query": {
                # Beside a zone Wix reads the clock and passes over the offset: both say the same.
                "filter": {"startDate": starts, "endDate": ends, **asked},
                "sort": [{"fieldName": "startDate", "order": "ASC"}],
            },
            "timezone": zone,  # a small z here, unlike Time Slots
        }
        return self._wire.read(
            PATH,
            question,
            lane=lane,
            topic=topic_of(asked["serviceId"]),
            check=lambda answer: entries_of(answer.body),
        )


class CalendarTimeSlots:
    """The free times of appointment services, as ``TimeSlots`` gives them."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._calendar = _Calendar(wire)
        self.knows_lengths = False

    def list(  # noqa: PLR0913 - as TimeSlots
        self,
        service_id: ServiceId,
        *,
        starts: datetime,
        ends: datetime,
        zone: str,
        staff_id: StaffId | None = None,
        location: Location | None = None,
        choices: Choices | None = None,
        limit: int | None = None,
        per_day: int | None = None,
        bookable: bool | None = True,
        policy: PolicyFilter | None = None,
    ) -> Slots:
        """As ``TimeSlots.list``; a service there is not has no times here.

        Raises: InvalidRequest for ``choices`` of another length than the usual one, which this
        calendar does not know; WixError.
        """
        asked = _filter(
            [service_id], staff_id, _business_place(location), bookable=bookable, policy=policy
        )
        told = self._calendar.within(_slots_of, (starts, ends), zone, asked, limit)
        _refuse_other_lengths(choices, told.found)
        slots = [each for each in told.found if location is None or _is_at(each, location)]
        shown = _per_day(slots, per_day, zone)[:limit]
        return Slots(slots=tuple(shown), zone=zone, checked_at=told.checked_at)

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
        """As ``TimeSlots.get``. Raises: WixError."""
        asked = _filter([service_id], staff_id, _business_place(location))
        found = self._calendar.at(_slots_of, starts, zone, asked)
        fitting = (each for each in found if each.ends == ends and _is_at(each, location))
        return next(fitting, None)

    def forget(self, *service_ids: ServiceId) -> None:
        """As ``TimeSlots.forget``."""
        forget(self._wire, service_ids)


class CalendarSessions:
    """The sessions of classes, as ``EventTimeSlots`` gives them, without titles."""

    def __init__(self, wire: Wire, services: Services) -> None:
        self._wire = wire
        self._services = services
        self._calendar = _Calendar(wire)

    def list(  # noqa: PLR0913 - as EventTimeSlots
        self,
        service_ids: Sequence[ServiceId] = (),
        *,
        starts: datetime,
        ends: datetime,
        zone: str,
        party: int | None = None,
        staff_id: StaffId | None = None,
        location_id: LocationId | None = None,
        only_bookable: bool = False,
        per_day: int | None = None,
        policy: PolicyFilter | None = None,
        limit: int | None = None,
    ) -> Sessions:
        """As ``EventTimeSlots.list``; cancelled sessions are not told. Raises: WixError."""
        wanted = service_ids or self._classes()
        bookable = True if only_bookable else None
        asked = _filter(wanted, staff_id, location_id, bookable=bookable, policy=policy)
        if party is not None:
            asked["openSpots"] = {"$gte": party}
        window = (starts, ends) if wanted else (starts, starts)
        told = self._calendar.within(_sessions_of, window, zone, asked, limit)
        sessions = [
            each
            for each in told.found
            if each.places_left >= (party or 0) and (each.bookable or not only_bookable)
        ]
        shown = _per_day(sessions, per_day, zone)[:limit]
        return Sessions(sessions=tuple(shown), zone=zone, checked_at=told.checked_at)

    def get(
        self, event_id: EventId, *, zone: str, service_id: ServiceId, starts: datetime
    ) -> Session | None:
        """As ``EventTimeSlots.get``; found by its service and start. Raises: WixError."""
        found = self._calendar.at(_sessions_of, starts, zone, _filter([service_id]))
        return next((each for each in found if each.event_id == event_id), None)

    def forget(self, *service_ids: ServiceId) -> None:
        """As ``EventTimeSlots.forget``."""
        forget(self._wire, service_ids)

    def _classes(self) -> Sequence[ServiceId]:
        return [each.id for each in self._services.query() if each.kind is Kind.CLASS]


def _parts(starts: datetime, ends: datetime) -> Iterator[tuple[datetime, datetime]]:
    length = FIRST_PART
    while starts < ends:
        yield starts, min(starts + length, ends)
        starts, length = starts + length, length * 2


def _filter(
    service_ids: Sequence[ServiceId],
    staff_id: StaffId | None = None,
    location_id: LocationId | None = None,
    *,
    bookable: bool | None = None,
    policy: PolicyFilter | None = None,
) -> dict[str, Any]:
    told = policy or PolicyFilter()
    asked = {
        "resourceId": [staff_id] if staff_id else None,
        "location.businessLocation.id": [location_id] if location_id else None,
        "bookable": bookable,
        "bookingPolicyViolations.tooEarlyToBook": told.too_early,
        "bookingPolicyViolations.tooLateToBook": told.too_late,
        "bookingPolicyViolations.bookOnlineDisabled": told.closed,
    }
    chosen = {name: value for name, value in asked.items() if value is not None}
    return {"serviceId": [*service_ids], **chosen}


def _business_place(location: Location | None) -> LocationId | None:
    """Only places of the business have an id that the calendar knows."""
    return location.id if location and location.kind is LocationKind.BUSINESS else None


def _is_at(slot: Slot, location: Location) -> bool:
    if location.id and slot.location.id:
        return slot.location.id == location.id
    return slot.location.kind is location.kind


def _refuse_other_lengths(choices: Choices | None, slots: Sequence[Slot]) -> None:
    """Raises: InvalidRequest."""
    wanted = choices or Choices()
    minutes = timedelta(minutes=wanted.minutes or 0)
    others = minutes and any(each.ends - each.starts != minutes for each in slots)
    if wanted.add_ons or others:
        raise InvalidRequest("the availability calendar knows no other lengths")


def _per_day[T: (Slot, Session)](found: list[T], most: int | None, zone: str) -> list[T]:
    """At most so many of each local day, those that can be booked first, in time order again.

    Wix's own ``slotsPerDay`` counts each person apart, so it would cut slots in pieces.
    """
    if most is None:
        return found
    local, kept = ZoneInfo(zone), list[T]()
    for _, day in groupby(found, key=lambda each: each.starts.astimezone(local).date()):
        first = sorted(day, key=lambda each: not each.bookable)[:most]
        kept += sorted(first, key=lambda each: each.starts)
    return kept


# A cached answer is the same bytes for every visitor: comparing them costs a fraction of reading.
@lru_cache(maxsize=16)
def _slots_of(body: bytes) -> tuple[Slot, ...]:
    entries = _read.read(body).availability_entries or ()
    return merged_slots(read_each("availabilityEntries", entries, WireEntry.as_slot))


@lru_cache(maxsize=16)
def _sessions_of(body: bytes) -> tuple[Session, ...]:
    entries = _read.read(body).availability_entries or ()
    return merged_sessions(read_each("availabilityEntries", entries, WireEntry.as_session))
