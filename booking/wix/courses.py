"""Courses: how many places are left, and what takes place when.

Wix has no call for it. The calendar knows what remains of a course made as one recurring event; of
any other the bookings have to be counted.
Source: Wix Bookings, "End-to-End Booking Flows" (courses); Extended Bookings, supported filters.
"""

from datetime import datetime, timedelta

import msgspec

from booking.domain.course import Meeting, Places
from booking.domain.ids import ScheduleId, ServiceId
from booking.domain.service import Service
from booking.wix.calendar_events import CalendarEvents
from booking.wix.errors import WixAnswerMalformed, WixForbidden
from booking.wix.extended_bookings import PATH as BOOKINGS_PATH
from booking.wix.lanes import Lane
from booking.wix.shapes import WirePaging
from booking.wix.wire import Answer, Body, Reader, Wire, need

PAGE_SIZE = 100
MOST_PAGES = 100
TAKING = ("CONFIRMED", "PENDING")
"""Bookings of these statuses take places: one that is only CREATED does not."""
BACK, AHEAD = timedelta(days=366), timedelta(days=2 * 366)


class _Choice(msgspec.Struct, rename="camel"):
    number_of_participants: int | None = None


class _Choices(msgspec.Struct, rename="camel"):
    service_choices: list[_Choice] | None = None


class _Schedule(msgspec.Struct, rename="camel"):
    schedule_id: str | None = None
    service_id: str | None = None


class _Entity(msgspec.Struct):
    schedule: _Schedule | None = None


class _Booking(msgspec.Struct, rename="camel"):
    status: str | None = None
    booked_entity: _Entity | None = None
    total_participants: int | None = None
    participants_choices: _Choices | None = None

    def takes_of(self, service_id: ServiceId) -> int:
        """The places it takes of this course; 0 if it takes none."""
        schedule = self.booked_entity.schedule if self.booked_entity else None
        # Looked at again: a filter that Wix does not know would give any booking.
        if schedule is None or schedule.service_id != service_id or self.status not in TAKING:
            return 0
        if self.total_participants is not None:
            return max(0, self.total_participants)
        chosen = self.participants_choices or _Choices()
        counts = [each.number_of_participants or 0 for each in chosen.service_choices or ()]
        return max(1, sum(counts))


class _Extended(msgspec.Struct):
    booking: _Booking | None = None


class _Answer(msgspec.Struct, rename="camel"):
    extended_bookings: list[_Extended] | None = None
    paging_metadata: WirePaging | None = None


_read = Reader(_Answer)


class Courses:
    """What can be known about courses, from the calendar and from the bookings."""

    def __init__(self, wire: Wire, events: CalendarEvents) -> None:
        self._wire = wire
        self._events = events

    def meetings(self, service: Service, *, now: datetime, zone: str) -> tuple[Meeting, ...]:
        """A year back and two years ahead of ``now``, in time order. Raises: WixError."""
        return self._events.meetings(
            _schedule_of(service),
            starts=now - BACK,
            ends=now + AHEAD,
            zone=zone,
            topic=service.id,
        )

    def places(self, service: Service, *, recheck: bool = False) -> Places:
        """The places of a course: what its calendar says, else counted from its bookings.

        ``recheck`` is for a customer who has pressed: not older than a second or two.
        Raises: WixForbidden without the right to read bookings; WixError.
        """
        lane = Lane.HOLD if recheck else Lane.BROWSE
        try:
            told = self._events.places(_schedule_of(service), lane=lane, topic=service.id)
        except WixForbidden:
            told = None
        return told or self._counted(service, lane)

    def _counted(self, service: Service, lane: Lane) -> Places:
        taken, asked = 0, []
        condition = {
            "bookedEntity.item.schedule.serviceId": service.id,
            "status": {"$in": [*TAKING]},
        }
        query: Body = {"filter": condition, "cursorPaging": {"limit": PAGE_SIZE}}
        for _ in range(MOST_PAGES):
            answer = self._wire.read(
                BOOKINGS_PATH, {"query": query}, lane=lane, topic=service.id, check=_read
            )
            asked.append(answer.received_at)
            taken += _taken(answer, service.id)
            paging = _read(answer).paging_metadata
            if paging is None or paging.next_cursor is None:
                break
            query = {"cursorPaging": {"limit": PAGE_SIZE, "cursor": paging.next_cursor}}
        else:
            # Too few counted would sell places that are taken.
            raise WixAnswerMalformed("pagingMetadata.cursors.next", "does not come to an end")
        left = max(0, service.capacity - taken)
        return Places(total=service.capacity, left=left, checked_at=min(asked), counted=True)


def _taken(answer: Answer, service_id: ServiceId) -> int:
    bookings = (each.booking for each in _read(answer).extended_bookings or ())
    return sum(booking.takes_of(service_id) for booking in bookings if booking)


def _schedule_of(service: Service) -> ScheduleId:
    return need(service.schedule_id, "schedule.id")
