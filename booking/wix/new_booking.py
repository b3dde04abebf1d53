"""What is asked for when a booking is made or moved, and how Wix wants it spelled.

Source: Wix Bookings, Bookings Writer V2, "Create Booking", "Reschedule Booking".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from booking.domain.ids import EventId, ScheduleId, ServiceId, StaffId
from booking.domain.outcome import Customer, PaymentOption
from booking.domain.party import Choice, Group
from booking.domain.service import Location, LocationKind
from booking.wix.wire import Body
from booking.wix.zones import wall_clock

LOCATION_TYPES = {
    LocationKind.BUSINESS: "OWNER_BUSINESS",
    LocationKind.CUSTOM: "OWNER_CUSTOM",
    LocationKind.CUSTOMER: "CUSTOM",
}
"""How the writer spells what slots and services call BUSINESS, CUSTOM and CUSTOMER."""

type Answer = str | bool | int | float | list[str] | Mapping[str, str]
"""One answer to a booking form, in the shape that the field's type asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """What Wix is told to leave out. Each needs more than the permission to manage bookings.

    ``availability`` and ``approval`` need to override availability, ``payment_option`` to manage
    payments, ``add_ons`` to manage add-ons; without it Wix refuses (WixForbidden).
    """

    availability: bool = False
    approval: bool = False
    payment_option: bool = False
    add_ons: bool = False

    def body(self) -> Body:
        flags = {
            "skipAvailabilityValidation": self.availability,
            "skipBusinessConfirmation": self.approval,
            "skipSelectedPaymentOptionValidation": self.payment_option,
            "skipAddOnValidation": self.add_ons,
        }
        return {name: True for name, wanted in flags.items() if wanted}


@dataclass(frozen=True, slots=True, kw_only=True)
class AddOn:
    """An extra booked along. It has ``minutes`` or a ``quantity``, as the service offers it."""

    id: str
    group_id: str
    minutes: int | None = None
    quantity: int | None = None

    def body(self) -> Body:
        told = {"durationInMinutes": self.minutes, "quantity": self.quantity}
        counted = {name: value for name, value in told.items() if value is not None}
        return {"id": self.id, "groupId": self.group_id, **counted}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    """What every new booking says, whatever it is for.

    ``reference`` is ours and finds the booking again. ``groups`` replace ``participants`` where
    prices depend on choices. ``answers`` (field target to answer) are the booking form's: with them
    ``customer`` is not sent, as Wix takes the contact from the answers; ``contact_id`` may name them.
    ``message`` goes into Wix's own mail, which is sent only with ``notify``. ``remind`` is the text
    message a day before; None sends it only with ``notify``, though Wix's own default is to send it.
    """

    service_id: ServiceId
    customer: Customer
    reference: str
    participants: int = 1
    groups: tuple[Group, ...] = ()
    payment: str = PaymentOption.OFFLINE
    deposit: bool | None = None
    add_ons: tuple[AddOn, ...] = ()
    answers: Mapping[str, Answer] | None = None
    contact_id: str = ""
    notify: bool = False
    message: str = ""
    remind: bool | None = None
    overrides: Overrides = field(default_factory=Overrides)
    confirmed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBooking(_Wish):
    """An appointment to be booked. The slot's facts are those of the chosen slot, unchanged.

    ``zone`` is the zone the slot was asked for in. ``staff_id`` must be a named person: without one
    Wix checks nothing when it makes the booking.
    """

    starts: datetime
    ends: datetime
    zone: str
    schedule_id: ScheduleId | None
    location: Location
    staff_id: StaffId

    def entity(self) -> Body:
        return {"slot": slot_body(self)}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSessionBooking(_Wish):
    """Places in one session of a class. Wix takes time, place and teacher from the session."""

    event_id: EventId

    def entity(self) -> Body:
        return {"slot": {"serviceId": self.service_id, "eventId": self.event_id}}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCourseBooking(_Wish):
    """Places in a whole course. ``zone`` is the one the customer saw its sessions in."""

    schedule_id: ScheduleId
    zone: str

    def entity(self) -> Body:
        schedule = {"scheduleId": self.schedule_id, "serviceId": self.service_id}
        return {"schedule": {**schedule, "timezone": self.zone}}


AnyNewBooking = NewBooking | NewSessionBooking | NewCourseBooking


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTime:
    """Where an appointment moves to. The members mean what they mean in ``NewBooking``."""

    service_id: ServiceId
    starts: datetime
    ends: datetime
    zone: str
    schedule_id: ScheduleId | None
    location: Location
    staff_id: StaffId


def create_body(new: AnyNewBooking) -> Body:
    """The body of Create Booking, and of one entry of its bulk sister.

    Flags and notices stand beside ``booking``: inside it Wix passes over them without a word.
    """
    body: dict[str, Any] = {
        "booking": booking_body(new),
        "participantNotification": notice(notify=new.notify, message=new.message),
        "sendSmsReminder": new.notify if new.remind is None else new.remind,
    }
    if flags := new.overrides.body():
        body["flowControlSettings"] = flags
    if new.answers is not None:
        body["formSubmission"] = new.answers
    return body


def booking_body(new: AnyNewBooking) -> Body:
    """The booking itself."""
    told: dict[str, Any] = {
        "bookedEntity": new.entity(),
        "contactDetails": _contact(new),
        **party_body(new.participants, new.groups),
        "selectedPaymentOption": new.payment,
        "externalUserId": new.reference,
    }
    if new.deposit is not None:
        told["depositSelected"] = new.deposit
    if new.add_ons:
        told["bookedAddOns"] = [each.body() for each in new.add_ons]
    if new.confirmed:
        told["status"] = "CONFIRMED"
    return told


def party_body(participants: int, groups: tuple[Group, ...]) -> Body:
    """How many, as a number or as groups with their choices: Wix wants exactly one of the two."""
    if not groups:
        return {"totalParticipants": participants}
    listed = [
        {"numberOfParticipants": each.people, "choices": [_choice(one) for one in each.choices]}
        for each in groups
    ]
    return {"participantsChoices": {"serviceChoices": listed}}


def slot_body(at: NewBooking | NewTime) -> Body:
    """An appointment's slot, its times on the clock of its zone."""
    zone = ZoneInfo(at.zone)
    slot: dict[str, Any] = {
        "serviceId": at.service_id,
        "startDate": wall_clock(at.starts, zone),
        "endDate": wall_clock(at.ends, zone),
        "timezone": at.zone,  # a small z here, unlike Time Slots
        "resource": {"id": at.staff_id},
        "location": _location(at.location),
    }
    if at.schedule_id:
        slot["scheduleId"] = at.schedule_id
    return slot


def notice(*, notify: bool, message: str = "") -> Body:
    """Whether Wix writes to the customer, and what it adds to its own words."""
    return {"notifyParticipants": notify, **({"message": message} if message else {})}


def _choice(choice: Choice) -> Body:
    if choice.minutes is None:
        return {"optionId": choice.option_id, "custom": choice.name}
    named = {"name": choice.name} if choice.name else {}
    return {"optionId": choice.option_id, "duration": {"minutes": choice.minutes, **named}}


def _location(location: Location) -> Body:
    """Where, as the writer wants it: an id only for a place of the business."""
    spelled = {"locationType": LOCATION_TYPES.get(location.kind, "UNDEFINED")}
    if location.kind is LocationKind.BUSINESS and location.id:
        spelled["id"] = location.id
    elif location.place:
        spelled["formattedAddress"] = location.place.text
    return spelled


def _contact(new: AnyNewBooking) -> Body:
    named = {"contactId": new.contact_id}
    told = {
        "firstName": new.customer.first_name,
        "lastName": new.customer.last_name,
        "email": new.customer.email,
        "phone": new.customer.phone,
    }
    contact = named if new.answers is not None else named | told
    return {name: value for name, value in contact.items() if value}
