"""Time Slots V2, the part for several services in a row: when they all fit, back to back.

Source: Wix Bookings, Time Slots V2, "List Multi Service Availability Time Slots", "Get Multi
Service Availability Time Slot".
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache, partial
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from booking.domain.service import Location
from booking.domain.several import Row, Rows, Wish
from booking.domain.slot import PolicyFilter
from booking.wix.errors import SlotNotAvailable, WixAnswerMalformed
from booking.wix.lanes import Lane
from booking.wix.slot_pages import SEVERAL, Page, all_pages, one_of, page_of, window
from booking.wix.slot_shapes import (
    STAFF_TYPE,
    WireLocation,
    WireTimeSlot,
    WireViolations,
    of_staff,
    read_each,
    wire_location,
)
from booking.wix.time_slots import customer_choices, violations
from booking.wix.wire import Answer, Body, Wire
from booking.wix.zones import wall_clock

LIST_PATH = "/_api/service-availability/v2/multi-service-time-slots"
GET_PATH = "/_api/service-availability/v2/multi-service-time-slots/get"


class MultiServiceTimeSlots:
    """Times at which several appointment services fit one after the other."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def list(  # noqa: PLR0913 - the question has so many parts at Wix; all but the first are named
        self,
        wishes: Sequence[Wish],
        *,
        location: Location,
        starts: datetime,
        ends: datetime,
        zone: str,
        bookable: bool | None = True,
        policy: PolicyFilter | None = None,
        per_day: int | None = None,
        limit: int | None = None,
    ) -> Rows:
        """The rows that start in ``[starts, ends)``, in time order; 2 to 40 wishes, in their order.

        Raises: ServiceGone, InvalidRequest, WixError.
        """
        question: dict[str, Any] = {
            "services": [_wanted(wish) for wish in wishes],
            "location": wire_location(location),
            **window(starts, ends, zone),
            **violations(policy),
        }
        if bookable is not None:
            question["bookable"] = bookable
        if per_day is not None:
            question["timeSlotsPerDay"] = per_day
        found = all_pages(
            self._wire,
            LIST_PATH,
            question,
            topic=SEVERAL,
            zone=zone,
            page_of=_page_of,
            limit=limit,
        )
        rows = sorted(found.listed, key=attrgetter("starts"))
        return Rows(rows=tuple(rows[:limit]), zone=found.zone, checked_at=found.checked_at)

    def get(
        self,
        wishes: Sequence[Wish],
        *,
        location: Location,
        starts: datetime,
        ends: datetime,
        zone: str,
    ) -> Row | None:
        """This row as it is now, with all staff who are free for each part; None if it is gone.

        Raises: WixError.
        """
        local = ZoneInfo(zone)
        question = {
            "services": [_wanted(wish) for wish in wishes],
            "location": wire_location(location),
            "localStartDate": wall_clock(starts, local),
            "localEndDate": wall_clock(ends, local),
            "timeZone": zone,
        }
        read = partial(_one, zone=zone)
        try:
            answer = self._wire.read(GET_PATH, question, lane=Lane.HOLD, topic=SEVERAL, check=read)
        except SlotNotAvailable:
            return None
        return read(answer)


def _wanted(wish: Wish) -> Body:
    return {
        "serviceId": wish.service_id,
        "includeResourceTypeIds": [STAFF_TYPE],
        **of_staff(wish.staff_id),
        **customer_choices(wish.choices),
    }


# A cached answer is the same bytes for every visitor: comparing them costs a fraction of reading.
@lru_cache(maxsize=8)
def _page_of(body: bytes, zone: str) -> Page[Row]:
    return page_of(body, zone, _row)


def _one(answer: Answer, zone: str) -> Row:
    return one_of(answer, zone, _row)


def _row(wire: WireTimeSlot, zone: ZoneInfo) -> Row:
    """The place stands at the row; its parts have it from there. Raises: WixAnswerMalformed."""
    starts, ends = wire.stretch(zone)
    location = (wire.location or WireLocation()).location()
    broken = wire.booking_policy_violations or WireViolations()
    nested = wire.nested_time_slots or []
    parts = read_each("nestedTimeSlots", nested, lambda each: each.slot(zone))
    if not parts:
        raise WixAnswerMalformed("nestedTimeSlots", "no time for any service")
    bookable = bool(wire.bookable)
    return Row(
        starts=starts,
        ends=ends,
        location=location,
        slots=tuple(
            replace(part, location=location, bookable=bookable, open_spots=int(bookable))
            for part in parts
        ),
        bookable=bookable,
        too_early=bool(broken.too_early_to_book),
        too_late=bool(broken.too_late_to_book),
        closed=bool(broken.book_online_disabled),
    )
