"""Time Slots V2, the part for classes: sessions with their places, and one looked at again.

Source: Wix Bookings, Time Slots V2, "List Event Time Slots", "Get Event Time Slot".
"""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache, partial
from operator import attrgetter
from typing import Any
from urllib.parse import quote, urlencode

from booking.domain.ids import EventId, LocationId, ServiceId, StaffId
from booking.domain.session import Session, Sessions
from booking.domain.slot import PolicyFilter
from booking.wix.errors import AppMissing, WixRefused
from booking.wix.lanes import Lane
from booking.wix.slot_pages import Page, all_pages, forget, one_of, page_of, topic_of, window
from booking.wix.slot_shapes import WireTimeSlot
from booking.wix.time_slots import violations
from booking.wix.wire import Answer, Body, Wire

PATH = "/_api/service-availability/v2/time-slots/event"
NOT_FOUND = 404


class EventTimeSlots:
    """The sessions of classes."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def list(  # noqa: PLR0913 - the question has so many parts at Wix; all but the first are named
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
        """The sessions that start in ``[starts, ends)``, in time order; full and cancelled ones too.

        Without ``service_ids`` (at most 100) those of all classes. ``party`` leaves out what has
        fewer places left. ``per_day`` needs a window of a month at most. Raises: WixError.
        """
        question: dict[str, Any] = {
            **window(starts, ends, zone),
            "includeNonBookable": not only_bookable,
            **_filter(staff_id, location_id),
            **violations(policy),
        }
        if service_ids:
            question["serviceIds"] = [*service_ids]
        if party is not None:
            question["minBookableCapacity"] = party
        if per_day is not None:
            question["maxSlotsPerDay"] = per_day
        found = all_pages(
            self._wire,
            PATH,
            question,
            topic=topic_of(service_ids),
            zone=zone,
            page_of=_page_of,
            limit=limit,
        )
        sessions = sorted(found.listed, key=attrgetter("starts"))
        return Sessions(
            sessions=tuple(sessions[:limit]), zone=found.zone, checked_at=found.checked_at
        )

    def get(
        self,
        event_id: EventId,
        *,
        zone: str,
        service_id: ServiceId,
        starts: datetime,  # noqa: ARG002 - the older calendar finds a session by it; this one need not
    ) -> Session | None:
        """This session as it is now; None if it is not there. It may come back not ``bookable``.

        Raises: WixError.
        """
        path = f"{PATH}/{quote(event_id, safe='')}?{urlencode({'timeZone': zone})}"
        read = partial(_session, zone=zone)
        try:
            answer = self._wire.read(
                path, method="GET", lane=Lane.HOLD, topic=service_id, check=read
            )
        except AppMissing:
            raise
        except WixRefused as error:  # Wix does not tell its code for a session there is not
            if error.status != NOT_FOUND:
                raise
            return None
        return read(answer)

    def forget(self, *service_ids: ServiceId) -> None:
        """Sessions of these services that are kept in a cache are out of date: one was just booked."""
        forget(self._wire, service_ids)


# A cached answer is the same bytes for every visitor: comparing them costs a fraction of reading.
@lru_cache(maxsize=32)
def _page_of(body: bytes, zone: str) -> Page[Session]:
    return page_of(body, zone, WireTimeSlot.session)


def _session(answer: Answer, zone: str) -> Session:
    return one_of(answer, zone, WireTimeSlot.session)


def _filter(staff_id: StaffId | None, location_id: LocationId | None) -> Body:
    """In the words of Calendar V3's events, which are what is filtered."""
    asked: dict[str, Any] = {}
    if staff_id is not None:
        asked["resources.id"] = {"$hasSome": [staff_id]}
    if location_id is not None:
        asked["location.id"] = {"$in": [location_id]}
    return {"eventFilter": asked} if asked else {}
