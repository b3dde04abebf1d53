"""Which bookings the reader is asked for, and in which order.

Source: Wix Bookings, Bookings Reader V2, "Query Extended Bookings", supported filters and sorting.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from booking.domain.ids import LocationId, ScheduleId, ServiceId, StaffId, WixBookingId
from booking.domain.outcome import PaymentOption, WixPayment, WixStatus
from booking.domain.service import Kind
from booking.wix.wire import Body

TAGS = {Kind.APPOINTMENT: "INDIVIDUAL", Kind.CLASS: "GROUP", Kind.COURSE: "COURSE"}
# The reader puts ".item." into its paths, which no answer has, and "booking." before none of them.
SLOT, SCHEDULE = "bookedEntity.item.slot", "bookedEntity.item.schedule"


class Order(StrEnum):
    """How bookings are sorted. NEWEST is the reader's own way."""

    NEWEST = "createdDate DESC"
    OLDEST = "createdDate ASC"
    BY_START = "startDate ASC"
    BY_START_LATEST = "startDate DESC"

    def body(self) -> list[Body]:
        field, direction = self.value.split()
        return [{"fieldName": field, "order": direction}]


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingFilter:
    """Every member that is given must fit; without any, all bookings of the site do.

    Moments are inclusive at ``…_from`` and exclusive at ``…_before``. ``service_id`` and
    ``location_id`` find appointments and classes as well as courses. The reader knows no filter for
    one session of a class.
    """

    ids: tuple[WixBookingId, ...] = ()
    reference: str = ""
    statuses: tuple[WixStatus, ...] = ()
    payments: tuple[WixPayment, ...] = ()
    payment_options: tuple[PaymentOption, ...] = ()
    kinds: tuple[Kind, ...] = ()
    service_id: ServiceId | None = None
    schedule_id: ScheduleId | None = None
    staff_id: StaffId | None = None
    location_id: LocationId | None = None
    contact_id: str = ""
    member_id: str = ""
    double_booked: bool | None = None
    starts_from: datetime | None = None
    starts_before: datetime | None = None
    created_from: datetime | None = None
    created_before: datetime | None = None
    updated_from: datetime | None = None

    def body(self) -> Body:
        """In Wix's words. A field may stand there only once, so more than one condition is $and."""
        conditions = [*self._facts(), *self._moments(), *self._places()]
        return conditions[0] if len(conditions) == 1 else {"$and": conditions} if conditions else {}

    def _facts(self) -> Iterator[Body]:
        listed: tuple[tuple[str, tuple[str, ...]], ...] = (
            ("id", self.ids),
            ("status", self.statuses),
            ("paymentStatus", self.payments),
            ("selectedPaymentOption", self.payment_options),
        )
        for field, wanted in listed:
            if wanted:
                yield {field: wanted[0] if len(wanted) == 1 else {"$in": list(wanted)}}
        if self.kinds:
            yield {"bookedEntity.tags": {"$hasSome": [TAGS[each] for each in self.kinds]}}
        single: tuple[tuple[str, Any], ...] = (
            ("externalUserId", self.reference or None),
            ("contactDetails.contactId", self.contact_id or None),
            ("createdBy.memberId", self.member_id or None),
            ("doubleBooked", self.double_booked),
            (f"{SLOT}.resource.id", self.staff_id),
        )
        yield from ({field: wanted} for field, wanted in single if wanted is not None)

    def _moments(self) -> Iterator[Body]:
        bounds = (
            ("startDate", "$gte", self.starts_from),
            ("startDate", "$lt", self.starts_before),
            ("createdDate", "$gte", self.created_from),
            ("createdDate", "$lt", self.created_before),
            ("updatedDate", "$gte", self.updated_from),
        )
        yield from ({field: {op: _utc(at)}} for field, op, at in bounds if at is not None)

    def _places(self) -> Iterator[Body]:
        either = (
            ("serviceId", self.service_id),
            ("scheduleId", self.schedule_id),
            ("location.id", self.location_id),
        )
        for field, wanted in either:
            if wanted is not None:
                yield {"$or": [{f"{SLOT}.{field}": wanted}, {f"{SCHEDULE}.{field}": wanted}]}


def _utc(moment: datetime) -> str:
    """As the reader compares them: UTC, whatever zone the moment was told in."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"
