"""A booking on the wire, and what it means here.

Source: Wix Bookings, Bookings Writer V2, "Booking Object".
"""

from datetime import UTC, datetime
from typing import Annotated

import msgspec

from booking.domain.ids import EventId, ServiceId, StaffId, WixBookingId
from booking.domain.outcome import WixBooking, WixStatus
from booking.wix.wire import known

STATUSES = {status.value: status for status in WixStatus if status is not WixStatus.UNKNOWN}
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class _Resource(msgspec.Struct):
    id: str | None = None
    name: str | None = None


class _Booked(msgspec.Struct, rename="camel"):
    """``slot`` of an appointment or a class, ``schedule`` of a course."""

    service_id: str | None = None
    event_id: str | None = None
    resource: _Resource | None = None


class _BookedEntity(msgspec.Struct):
    slot: _Booked | None = None
    schedule: _Booked | None = None


class WireBooking(msgspec.Struct, rename="camel"):
    """``startDate`` and ``endDate`` here are UTC; those inside the slot are not used."""

    id: str
    revision: str
    status: str
    external_user_id: str | None = None
    double_booked: bool | None = None
    booked_entity: _BookedEntity | None = None
    start_date: Moment | None = None
    end_date: Moment | None = None
    created_date: Moment | None = None

    def booking(self) -> WixBooking:
        entity = self.booked_entity or _BookedEntity()
        booked = entity.slot or entity.schedule or _Booked()
        resource = booked.resource or _Resource()
        return WixBooking(
            id=WixBookingId(self.id),
            revision=self.revision,
            status=known(STATUSES, self.status, WixStatus.UNKNOWN, what="booking status"),
            reference=self.external_user_id or "",
            double_booked=bool(self.double_booked),
            service_id=ServiceId(booked.service_id) if booked.service_id else None,
            staff_id=StaffId(resource.id) if resource.id else None,
            staff_name=resource.name or "",
            event_id=EventId(booked.event_id) if booked.event_id else None,
            starts=_utc(self.start_date),
            ends=_utc(self.end_date),
            created=_utc(self.created_date),
        )


def _utc(moment: datetime | None) -> datetime | None:
    try:
        return moment.astimezone(UTC) if moment else None
    except OverflowError:
        return None  # the first or the last day of the calendar: no booking's
