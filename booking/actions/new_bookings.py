"""A line as Wix wants it told: an appointment, places in a session, or places in a course."""

from typing import Any

from booking.actions import answers
from booking.domain.ids import EventId, LocationId, ScheduleId, ServiceId, StaffId
from booking.domain.outcome import Customer, PaymentOption
from booking.domain.party import Choice, Group
from booking.domain.service import Kind, Location, LocationKind
from booking.domain.states import OWED
from booking.models import Booking, Line
from booking.wix import AddOn, AnyNewBooking, NewBooking, NewCourseBooking, NewSessionBooking, Wix
from booking.wix.errors import ServiceGone
from booking.wix.new_booking import NewTime


def of(booking: Booking, line: Line, *, notify: bool) -> AnyNewBooking:
    """The new booking at Wix that ``line`` asks for."""
    said: dict[str, Any] = {
        "service_id": ServiceId(line.service_id or booking.service_id),
        "customer": Customer(
            first_name=booking.first_name,
            last_name=booking.last_name,
            email=booking.email,
            phone=booking.phone,
        ),
        "reference": line.reference,
        "participants": line.participants,
        "groups": tuple(_group(each) for each in line.groups),
        "add_ons": tuple(AddOn(**_without_name(each)) for each in line.add_ons),
        "answers": answers.for_wix(booking),
        "notify": notify,
        "payment": _option(booking),
        "deposit": booking.pays_deposit if booking.deposit_amount else None,
    }
    if booking.kind == Kind.CLASS:
        return NewSessionBooking(**said, event_id=EventId(line.event_id))
    if booking.kind == Kind.COURSE:
        zone = booking.zone or booking.business_zone
        return NewCourseBooking(**said, schedule_id=ScheduleId(line.schedule_id), zone=zone)
    return NewBooking(
        **said,
        schedule_id=ScheduleId(line.schedule_id) if line.schedule_id else None,
        starts=line.starts,
        ends=line.ends,
        zone=booking.business_zone,
        location=_place(line),
        staff_id=StaffId(line.staff_id),
    )


def _option(booking: Booking) -> PaymentOption:
    """By which way Wix is told that it will be paid: its checkout page offers no other."""
    if booking.due not in OWED:
        return PaymentOption.OFFLINE
    return PaymentOption.MEMBERSHIP if booking.pays_by_plan else PaymentOption.ONLINE


def new_time(booking: Booking, line: Line) -> NewTime:
    """Where an appointment is moved to, told by the line that keeps the new time."""
    return NewTime(
        service_id=ServiceId(line.service_id or booking.service_id),
        starts=line.starts,
        ends=line.ends,
        zone=booking.business_zone,
        schedule_id=ScheduleId(line.schedule_id) if line.schedule_id else None,
        location=_place(line),
        staff_id=StaffId(line.staff_id),
    )


def still_free(booking: Booking, wix: Wix) -> bool:
    """True if Wix would still sell all of it, as far as it tells; what is only CREATED takes nothing.

    A time that has become too late to book while its customer paid is still theirs.
    Raises: CalendarUnavailable.
    """
    if booking.kind == Kind.COURSE:
        return fits_course(booking, wix)
    return all(_is_free(booking, line, wix) for line in booking.lines.all())


def _is_free(booking: Booking, line: Line, wix: Wix) -> bool:
    zone, service_id = booking.business_zone, ServiceId(line.service_id or booking.service_id)
    if booking.kind == Kind.CLASS:
        session = wix.event_time_slots.get(
            EventId(line.event_id), zone=zone, service_id=service_id, starts=line.starts
        )
        return session is not None and session.places_left >= line.participants
    slot = wix.time_slots.get(
        service_id,
        starts=line.starts,
        ends=line.ends,
        zone=zone,
        location=_place(line),
        staff_id=StaffId(line.staff_id),
    )
    return slot is not None and any(each.id == line.staff_id for each in slot.staff)


def fits_course(booking: Booking, wix: Wix) -> bool:
    """True if the course still has the places; ours are only CREATED and not counted by Wix yet.

    False for a course that is gone. Raises: CalendarUnavailable.
    """
    try:
        service = wix.services.get(ServiceId(booking.service_id))
    except ServiceGone:
        return False
    return wix.courses.places(service, recheck=True).left >= booking.line.participants


def _place(line: Line) -> Location:
    return Location(
        kind=LocationKind(line.location_kind),
        id=LocationId(line.location_id) if line.location_id else None,
    )


def _group(told: dict[str, Any]) -> Group:
    choice = Choice(option_id=told["option_id"], name=told["name"], minutes=told["minutes"])
    return Group(people=told["people"], choices=(choice,))


def _without_name(add_on: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in add_on.items() if name != "name"}
