"""Calendar V3: what stands on the business's calendar, and how full it is.

Courses are found nowhere else: Time Slots know appointments and classes only.
Source: Wix Calendar, Events V3, "Query Events", "Event Object".
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial
from operator import attrgetter
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import msgspec

from booking.domain.course import Meeting, Places
from booking.domain.ids import EventId, LocationId, ScheduleId, StaffId
from booking.domain.service import Location, LocationKind, StaffMember
from booking.wix.errors import WixAnswerMalformed
from booking.wix.lanes import Lane
from booking.wix.shapes import WireAddress, WirePaging
from booking.wix.wire import Answer, Body, Reader, Wire, known, log
from booking.wix.zones import stretch, wall_clock, zone_of

PATH = "/calendar/v3/events/query"
PAGE_SIZE = 50
MOST_PAGES = 20
OCCURRENCES = ("NONE", "INSTANCE", "EXCEPTION")
"""What really takes place; a MASTER is the rule that instances follow."""
CANCELLED = "CANCELLED"
"""With two Ls here; bookings have one."""
STAFF = "staff"
LOCATION_KINDS = {
    "OWNER_BUSINESS": LocationKind.BUSINESS,
    "BUSINESS": LocationKind.BUSINESS,
    "OWNER_CUSTOM": LocationKind.CUSTOM,
    "CUSTOM": LocationKind.CUSTOM,
}


class _When(msgspec.Struct, rename="camel"):
    """``utcDate`` is what to trust; a local date needs its zone, and may come twice."""

    local_date: Annotated[datetime, msgspec.Meta(tz=False)] | None = None
    utc_date: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    time_zone: str | None = None


class _Resource(msgspec.Struct):
    id: str
    name: str | None = None
    type: str | None = None


class _Location(msgspec.Struct):
    id: str | None = None
    name: str | None = None
    type: str | None = None
    address: WireAddress | None = None

    def location(self) -> Location:
        return Location(
            kind=known(LOCATION_KINDS, self.type, LocationKind.UNKNOWN, what="events' places"),
            id=LocationId(self.id) if self.id else None,
            name=self.name or "",
            place=self.address.place() if self.address else None,
        )


class _Event(msgspec.Struct, rename="camel"):
    id: str
    schedule_id: str | None = None
    title: str | None = None
    status: str | None = None
    start: _When | None = None
    end: _When | None = None
    total_capacity: int | None = None
    remaining_capacity: int | None = None
    resources: list[_Resource] | None = None
    location: _Location | None = None

    def meeting(self) -> Meeting:
        """Raises WixAnswerMalformed."""
        starts, ends = _stretch(self.start or _When(), self.end or _When())
        return Meeting(
            event_id=EventId(self.id),
            starts=starts,
            ends=ends,
            title=self.title or "",
            teachers=tuple(self._teachers()),
            location=self.location.location() if self.location else None,
            cancelled=self.status == CANCELLED,
        )

    def places(self, asked: datetime) -> Places | None:
        """None if it is cancelled or does not say."""
        total, left = self.total_capacity, self.remaining_capacity
        if total is None or left is None or self.status == CANCELLED:
            return None
        return Places(total=max(0, total), left=max(0, left), checked_at=asked)

    def _teachers(self) -> Iterable[StaffMember]:
        """Rooms and machines are resources too; a resource that does not say is taken for a person."""
        for each in self.resources or ():
            if STAFF in (each.type or STAFF).lower():
                yield StaffMember(id=StaffId(each.id), name=each.name or "")


def _stretch(start: _When, end: _When) -> tuple[datetime, datetime]:
    try:
        if start.utc_date and end.utc_date:
            starts, ends = start.utc_date.astimezone(UTC), end.utc_date.astimezone(UTC)
        elif start.local_date and end.local_date:
            zone = zone_of(start.time_zone or "", "start.timeZone")
            starts, ends = stretch(start.local_date, end.local_date, zone)
        else:
            raise WixAnswerMalformed("start", "no date")
        if ends <= starts:
            raise WixAnswerMalformed("end", "not after its start")
    except (ValueError, OverflowError) as error:
        raise WixAnswerMalformed("start", "no stretch of time") from error
    return starts, ends


class _Answer(msgspec.Struct, rename="camel"):
    events: list[_Event] | None = None
    paging_metadata: WirePaging | None = None


_read = Reader(_Answer)


class CalendarEvents:
    """The events of schedules: here, those of courses."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def meetings(
        self,
        schedule_id: ScheduleId,
        *,
        starts: datetime,
        ends: datetime,
        zone: str,
        topic: str = "",
    ) -> tuple[Meeting, ...]:
        """What takes place on this schedule between two moments, in time order, cancelled ones too.

        Raises: WixForbidden without the right to read calendars; WixError.
        """
        local = ZoneInfo(zone)
        question = {
            # Dates stand beside the query, never in its filter.
            "fromLocalDate": wall_clock(starts, local),
            "toLocalDate": wall_clock(ends, local),
            "timeZone": zone,
            "recurrenceType": [*OCCURRENCES],
        }
        found: list[Meeting] = []
        ask = partial(self._wire.read, PATH, topic=topic or schedule_id, check=_meetings)
        for answer in _pages(ask, question, schedule_id):
            found += _meetings(answer)
        held = (each for each in found if starts <= each.starts < ends)
        return tuple(sorted(held, key=attrgetter("starts")))

    def places(
        self, schedule_id: ScheduleId, *, lane: Lane = Lane.BROWSE, topic: str = ""
    ) -> Places | None:
        """The places of a course made as a recurring event; None if it is none, or is over.

        Raises: as ``meetings``.
        """
        question = {"recurrenceType": ["MASTER"]}
        ask = partial(self._wire.read, PATH, lane=lane, topic=topic or schedule_id, check=_read)
        for answer in _pages(ask, question, schedule_id):
            for event in _read(answer).events or ():
                # Looked at again: a filter that Wix does not know would give any event.
                if event.schedule_id == schedule_id and (told := event.places(answer.received_at)):
                    return told
        return None


def _pages(
    ask: Callable[[Body], Answer], question: Body, schedule_id: ScheduleId
) -> Iterable[Answer]:
    query: dict[str, Any] = {
        "filter": {"scheduleId": schedule_id},
        "sort": [{"fieldName": "start", "order": "ASC"}],
        "cursorPaging": {"limit": PAGE_SIZE},
    }
    for _ in range(MOST_PAGES):
        answer = ask({**question, "query": query})
        yield answer
        paging = _read(answer).paging_metadata
        if paging is None or paging.next_cursor is None:
            return
        # With a cursor goes nothing else: Wix keeps the question in it.
        question = {}
        query = {"cursorPaging": {"limit": PAGE_SIZE, "cursor": paging.next_cursor}}
    log.warning("more than %d pages of events; the rest is left out", MOST_PAGES)


def _meetings(answer: Answer) -> list[Meeting]:
    found = []
    for at, event in enumerate(_read(answer).events or ()):
        try:
            found.append(event.meeting())
        except WixAnswerMalformed as error:
            raise error.under(f"events[{at}]") from error
    return found
