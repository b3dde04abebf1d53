"""Time Slots V2, the part for appointments: which times are free, and whether one still is.

Source: Wix Bookings, Time Slots V2, "List Availability Time Slots", "Get Availability Time Slot".
"""

from datetime import datetime
from functools import lru_cache, partial
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from booking.domain.ids import ServiceId, StaffId
from booking.domain.service import Location
from booking.domain.slot import Choices, PolicyFilter, Slot, Slots
from booking.wix.errors import SlotNotAvailable
from booking.wix.lanes import Lane
from booking.wix.slot_pages import Page, all_pages, forget, one_of, page_of, window
from booking.wix.slot_shapes import STAFF_TYPE, WireTimeSlot, of_staff, wire_location
from booking.wix.wire import Answer, Body, Wire
from booking.wix.zones import wall_clock

LIST_PATH = "/_api/service-availability/v2/time-slots"
GET_PATH = "/_api/service-availability/v2/time-slots/get"


class TimeSlots:
    """The free times of appointment services."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self.knows_lengths = True

    def list(  # noqa: PLR0913 - the question has so many parts at Wix; all but the first are named
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
        """The slots that start in ``[starts, ends)``, in time order, times in the same order as Wix.

        ``zone`` should be the business's: Wix counts its days in it (``per_day``). ``limit`` bounds
        the whole; without it up to 5 pages of 1000 are fetched. ``bookable=None`` lists those that
        the booking policy forbids too, ``policy`` narrows by what it forbids. ``choices`` give
        the length of a service that has several, or add-ons.
        Raises: ServiceGone, InvalidRequest for a length there is not, WixError.
        """
        question: dict[str, Any] = {
            "serviceId": service_id,
            **window(starts, ends, zone),
            "includeResourceTypeIds": [STAFF_TYPE],
            **of_staff(staff_id),
            **customer_choices(choices),
            **violations(policy),
        }
        if location is not None:
            question["locations"] = [wire_location(location)]
        if bookable is not None:
            question["bookable"] = bookable
        if per_day is not None:
            question["timeSlotsPerDay"] = per_day
        found = all_pages(
            self._wire,
            LIST_PATH,
            question,
            topic=service_id,
            zone=zone,
            page_of=_page_of,
            limit=limit,
        )
        slots = sorted(found.listed, key=attrgetter("starts"))
        return Slots(
            slots=tuple(slots[:limit]),
            zone=found.zone,
            checked_at=found.checked_at,
            cut=found.cut,
        )

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

        Its length follows from its ends, add-ons included. It may come back not ``bookable``.
        Raises: WixError.
        """
        local = ZoneInfo(zone)
        question = {
            "serviceId": service_id,
            "localStartDate": wall_clock(starts, local),
            "localEndDate": wall_clock(ends, local),
            "timeZone": zone,
            "includeResourceTypeIds": [STAFF_TYPE],
            "location": wire_location(location),
            **of_staff(staff_id),
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
        forget(self._wire, service_ids)


# A cached answer is the same bytes for every visitor: comparing them costs a twentieth of reading.
@lru_cache(maxsize=32)
def _page_of(body: bytes, zone: str) -> Page[Slot]:
    return page_of(body, zone, WireTimeSlot.slot)


def _slot(answer: Answer, zone: str) -> Slot:
    return one_of(answer, zone, WireTimeSlot.slot)


def customer_choices(choices: Choices | None) -> Body:
    """What a customer chose beside the time. Without a length Wix adds the add-ons up itself."""
    told = choices or Choices()
    asked: dict[str, Any] = {}
    if told.minutes:
        asked["durationInMinutes"] = told.minutes
    if told.add_ons:
        asked["addOnIds"] = [*told.add_ons]
    return {"customerChoices": asked} if asked else {}


def violations(policy: PolicyFilter | None) -> Body:
    """The filter by what the booking policy forbids; what is None is not asked."""
    told = policy or PolicyFilter()
    asked = {
        "tooEarlyToBook": told.too_early,
        "tooLateToBook": told.too_late,
        "bookOnlineDisabled": told.closed,
    }
    set_ones = {name: value for name, value in asked.items() if value is not None}
    return {"bookingPolicyViolations": set_ones} if set_ones else {}
