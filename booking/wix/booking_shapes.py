"""A booking on the wire, and what it means here.

Source: Wix Bookings, Bookings Writer V2, "Booking Object".
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated

import msgspec

from booking.domain.business import Place
from booking.domain.ids import (
    EventId,
    LocationId,
    ScheduleId,
    ServiceId,
    StaffId,
    WixBookingId,
)
from booking.domain.outcome import Contact, PaymentOption, WixBooking, WixPayment, WixStatus
from booking.domain.party import Choice, Group
from booking.domain.service import Kind, Location, LocationKind
from booking.wix.wire import known

STATUSES = {status.value: status for status in WixStatus if status is not WixStatus.UNKNOWN}
PAYMENTS = {status.value: status for status in WixPayment if status is not WixPayment.UNKNOWN}
OPTIONS = {option.value: option for option in PaymentOption if option is not PaymentOption.UNKNOWN}
KINDS = {"INDIVIDUAL": Kind.APPOINTMENT, "GROUP": Kind.CLASS, "COURSE": Kind.COURSE}
LOCATION_KINDS = {
    "OWNER_BUSINESS": LocationKind.BUSINESS,
    "OWNER_CUSTOM": LocationKind.CUSTOM,
    "CUSTOM": LocationKind.CUSTOMER,  # here the customer's place, in time slots the service's own
}
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class _Resource(msgspec.Struct):
    id: str | None = None
    name: str | None = None


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


class _Booked(msgspec.Struct, rename="camel"):
    """``slot`` of an appointment or a class, ``schedule`` of a course."""

    service_id: str | None = None
    schedule_id: str | None = None
    event_id: str | None = None
    timezone: str | None = None
    resource: _Resource | None = None
    location: _Location | None = None


class _BookedEntity(msgspec.Struct):
    slot: _Booked | None = None
    schedule: _Booked | None = None
    title: str | None = None
    tags: list[str] | None = None

    @property
    def kind(self) -> Kind:
        tag = next(iter(self.tags or ()), None)
        return known(KINDS, tag, Kind.UNKNOWN, what="tags of a booking")


class _Contact(msgspec.Struct, rename="camel"):
    contact_id: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    phone: str | None = None

    def contact(self) -> Contact:
        return Contact(
            id=self.contact_id or "",
            first_name=self.first_name or "",
            last_name=self.last_name or "",
            email=self.email or "",
            phone=self.phone or "",
        )


class _Duration(msgspec.Struct):
    minutes: int | None = None
    name: str | None = None


class _Choice(msgspec.Struct, rename="camel"):
    option_id: str | None = None
    custom: str | None = None
    duration: _Duration | None = None

    def choice(self) -> Choice:
        length = self.duration or _Duration()
        name = self.custom or length.name or ""
        return Choice(option_id=self.option_id or "", name=name, minutes=length.minutes)


class _Group(msgspec.Struct, rename="camel"):
    number_of_participants: int | None = None
    choices: list[_Choice] | None = None

    def group(self) -> Group:
        choices = tuple(each.choice() for each in self.choices or ())
        return Group(people=max(1, self.number_of_participants or 1), choices=choices)


class _Groups(msgspec.Struct, rename="camel"):
    service_choices: list[_Group] | None = None


class _Package(msgspec.Struct):
    id: str | None = None


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
    updated_date: Moment | None = None
    total_participants: int | None = None
    participants_choices: _Groups | None = None
    payment_status: str | None = None
    selected_payment_option: str | None = None
    contact_details: _Contact | None = None
    form_id: str | None = None
    form_submission_id: str | None = None
    multi_service_booking_info: _Package | None = None

    def booking(self) -> WixBooking:
        entity = self.booked_entity or _BookedEntity()
        booked = entity.slot or entity.schedule or _Booked()
        resource = booked.resource or _Resource()
        groups = self._groups()
        return WixBooking(
            id=WixBookingId(self.id),
            revision=self.revision,
            status=known(STATUSES, self.status, WixStatus.UNKNOWN, what="booking status"),
            reference=self.external_user_id or "",
            double_booked=bool(self.double_booked),
            kind=entity.kind,
            title=entity.title or "",
            service_id=ServiceId(booked.service_id) if booked.service_id else None,
            schedule_id=ScheduleId(booked.schedule_id) if booked.schedule_id else None,
            staff_id=StaffId(resource.id) if resource.id else None,
            staff_name=resource.name or "",
            event_id=EventId(booked.event_id) if booked.event_id else None,
            location=booked.location.location() if booked.location else None,
            starts=_utc(self.start_date),
            ends=_utc(self.end_date),
            zone=booked.timezone or "",
            created=_utc(self.created_date),
            updated=_utc(self.updated_date),
            participants=self.total_participants or _people(groups),
            groups=groups,
            payment=self._payment(),
            payment_option=self._option(),
            contact=self.contact_details.contact() if self.contact_details else None,
            form_id=self.form_id or "",
            submission_id=self.form_submission_id or "",
            package_id=(self.multi_service_booking_info or _Package()).id or "",
        )

    def _groups(self) -> tuple[Group, ...]:
        told = (self.participants_choices or _Groups()).service_choices
        return tuple(each.group() for each in told or ())

    def _payment(self) -> WixPayment:
        told = self.payment_status or "UNDEFINED"
        return known(PAYMENTS, told, WixPayment.UNKNOWN, what="payment status")

    def _option(self) -> PaymentOption:
        told = self.selected_payment_option or "UNDEFINED"
        return known(OPTIONS, told, PaymentOption.UNKNOWN, what="payment option")


def _people(groups: Iterable[Group]) -> int:
    return sum(each.people for each in groups) or 1


def _utc(moment: datetime | None) -> datetime | None:
    try:
        return moment.astimezone(UTC) if moment else None
    except OverflowError:
        return None  # the first or the last day of the calendar: no booking's
