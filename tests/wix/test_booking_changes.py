"""What is asked of Wix for each kind of booking and for each change, and what is read back."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from booking.domain.ids import EventId, ScheduleId
from booking.domain.outcome import Contact, Paid
from booking.domain.party import Choice, Group
from booking.domain.service import Kind, Location, LocationKind
from booking.wix import NewCourseBooking, NewSessionBooking, NewTime, Wix
from booking.wix.bookings import Moved, Waive
from booking.wix.new_booking import AddOn, Overrides
from tests.wix.examples import ANA, HAIRCUT, STUDIO, STUDIO_ID, a_booking, extended
from tests.wix.stand_in import StandIn, ok
from tests.wix.test_bookings import B00, JO, STALE, a_new_booking


def a_session_booking(**changes: Any) -> NewSessionBooking:
    made = NewSessionBooking(
        service_id=HAIRCUT, event_id=EventId("e" * 40), customer=JO, reference="line-1"
    )
    return replace(made, **changes)


def test_a_session_is_asked_for_by_its_id_and_a_course_by_its_schedule(
    wix: Wix, stand_in: StandIn
) -> None:
    stand_in.will_say(ok({"booking": a_booking()}))
    wix.bookings.create(a_session_booking())
    course = NewCourseBooking(
        service_id=HAIRCUT,
        schedule_id=ScheduleId("9f0"),
        zone="Europe/Zurich",
        customer=JO,
        reference="line-1",
    )
    wix.bookings.create(course)
    entities = [body["booking"]["bookedEntity"] for body in stand_in.bodies]
    assert entities == [
        {"slot": {"serviceId": HAIRCUT, "eventId": "e" * 40}},
        {"schedule": {"scheduleId": "9f0", "serviceId": HAIRCUT, "timezone": "Europe/Zurich"}},
    ]


def test_choices_stand_in_for_the_number_of_people(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(ok({"booking": a_booking()}))
    adult = Choice(option_id="o1", name="Adult")
    hour = Choice(option_id="o2", minutes=60, name="Full")
    groups = (Group(people=2, choices=(adult,)), Group(people=1, choices=(hour,)))
    wix.bookings.create(a_session_booking(groups=groups))
    sent = stand_in.bodies[0]["booking"]
    assert "totalParticipants" not in sent
    assert sent["participantsChoices"] == {
        "serviceChoices": [
            {"numberOfParticipants": 2, "choices": [{"optionId": "o1", "custom": "Adult"}]},
            {
                "numberOfParticipants": 1,
                "choices": [{"optionId": "o2", "duration": {"minutes": 60, "name": "Full"}}],
            },
        ]
    }


def test_answers_flags_and_notices_stand_beside_the_booking(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(ok({"booking": a_booking()}))
    extra = AddOn(id="a1", group_id="g1", quantity=2)
    new = a_new_booking(
        answers={"first_name": "Jo", "rules": True},
        contact_id="c0f",
        overrides=Overrides(availability=True, approval=True, payment_option=True, add_ons=True),
        add_ons=(extra,),
        deposit=True,
        message="Hello",
        remind=True,
        confirmed=True,
    )
    wix.bookings.create(new)
    body = stand_in.bodies[0]
    booking = body.pop("booking")
    assert body == {
        "participantNotification": {"notifyParticipants": False, "message": "Hello"},
        "sendSmsReminder": True,
        "flowControlSettings": {
            "skipAvailabilityValidation": True,
            "skipBusinessConfirmation": True,
            "skipSelectedPaymentOptionValidation": True,
            "skipAddOnValidation": True,
        },
        "formSubmission": {"first_name": "Jo", "rules": True},
    }
    assert booking["contactDetails"] == {"contactId": "c0f"}
    assert booking["bookedAddOns"] == [{"id": "a1", "groupId": "g1", "quantity": 2}]
    assert (booking["depositSelected"], booking["status"]) == (True, "CONFIRMED")


A_TIME = NewTime(
    service_id=HAIRCUT,
    starts=datetime(2026, 12, 2, 9, tzinfo=UTC),
    ends=datetime(2026, 12, 2, 9, 45, tzinfo=UTC),
    zone="Europe/Zurich",
    schedule_id=ScheduleId("9f0"),
    location=STUDIO,
    staff_id=ANA,
)


def test_an_appointment_moves_to_a_whole_slot_and_a_class_to_a_session(
    wix: Wix, stand_in: StandIn
) -> None:
    stand_in.will_say(ok({"booking": a_booking()}))
    wix.bookings.reschedule(B00, "2", A_TIME, Moved(ignore_policy=True, notify=True))
    wix.bookings.reschedule(B00, "2", EventId("e" * 40))
    first, second = stand_in.bodies
    assert stand_in.paths == ["/bookings/v2/bookings/b00/reschedule"] * 2
    assert (first["revision"], first["slot"]["startDate"]) == ("2", "2026-12-02T10:00:00")
    assert first["slot"]["location"] == {"locationType": "OWNER_BUSINESS", "id": STUDIO_ID}
    assert first["flowControlSettings"] == {"ignoreReschedulePolicy": True}
    assert first["participantNotification"] == {"notifyParticipants": True}
    assert second["slot"] == {"eventId": "e" * 40}
    assert second["flowControlSettings"] == {}


def test_a_move_that_somebody_has_made_meanwhile_is_made(wix: Wix, stand_in: StandIn) -> None:
    there = a_booking(
        revision="3", startDate="2026-12-02T09:00:00Z", endDate="2026-12-02T09:45:00Z"
    )
    stand_in.will_say(STALE, ok(extended(there)))
    assert wix.bookings.reschedule(B00, "2", A_TIME).revision == "3"
    assert len(stand_in.requests) == 2


def test_a_party_that_has_its_new_size_already_is_not_changed_again(
    wix: Wix, stand_in: StandIn
) -> None:
    stand_in.will_say(STALE, ok(extended(a_booking(revision="3", totalParticipants=2))))
    assert wix.bookings.update_number_of_participants(B00, "2", 2).participants == 2
    assert len(stand_in.requests) == 2


def test_a_confirmation_that_moved_on_is_made_at_the_new_revision(
    wix: Wix, stand_in: StandIn
) -> None:
    stand_in.will_say(
        STALE,
        ok(extended(a_booking(revision="2"))),
        ok({"booking": a_booking(revision="3", status="CONFIRMED")}),
    )
    assert wix.bookings.confirm(B00, "1", Paid.PAID, check=True).revision == "3"
    assert stand_in.bodies[2] == {
        "revision": "2",
        "paymentStatus": "PAID",
        "flowControlSettings": {"checkAvailabilityValidation": True},
    }


def test_what_a_cancellation_gives_up_is_said(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(ok({"booking": a_booking(status="CANCELED")}))
    wix.bookings.cancel(B00, "1", waive=Waive(plan_session=True, fee=True, charges=True))
    sent = stand_in.bodies[0]
    assert sent["waiveCharges"] is True
    assert sent["flowControlSettings"] == {
        "ignoreCancellationPolicy": False,
        "withRefund": True,
        "waiveCancellationFee": True,
    }


def test_waiting_for_the_owner_says_what_is_looked_at(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(ok({"booking": a_booking(status="PENDING")}))
    wix.bookings.mark_as_pending(B00, "1", Paid.PAID, check=True, any_service=True)
    assert stand_in.paths == ["/bookings/v2/bookings/b00/mark_booking_as_pending"]
    assert stand_in.bodies == [
        {
            "revision": "1",
            "flowControlSettings": {
                "checkAvailabilityValidation": True,
                "skipPendingApprovalServiceValidation": True,
            },
            "paymentStatus": "PAID",
        }
    ]


def test_everything_wix_tells_of_a_course_booking_is_read(wix: Wix, stand_in: StandIn) -> None:
    schedule = {
        "scheduleId": "9f0",
        "serviceId": HAIRCUT,
        "timezone": "Europe/Zurich",
        "location": {"id": STUDIO_ID, "name": "Studio", "locationType": "CUSTOM"},
    }
    groups = [{"numberOfParticipants": 2, "choices": [{"optionId": "o", "custom": "Adult"}]}]
    told = a_booking(
        bookedEntity={"schedule": schedule, "title": "Salsa", "tags": ["COURSE"]},
        contactDetails={"contactId": "c0f", "firstName": "Jo", "email": None},
        participantsChoices={"serviceChoices": groups},
        paymentStatus="PARTIALLY_PAID",
        selectedPaymentOption="ONLINE",
        formSubmissionId="f5b",
        multiServiceBookingInfo={"id": "m01", "type": "SEQUENTIAL_BOOKINGS"},
    )
    stand_in.will_say(ok({"booking": told}))
    read = wix.bookings.confirm_or_decline(B00, Paid.PARTIALLY_PAID)
    assert (read.kind, read.title, read.schedule_id) == (Kind.COURSE, "Salsa", "9f0")
    assert read.location == Location(kind=LocationKind.CUSTOMER, id=STUDIO_ID, name="Studio")
    assert (read.zone, read.participants) == ("Europe/Zurich", 2)
    assert read.groups == (Group(people=2, choices=(Choice(option_id="o", name="Adult"),)),)
    assert (read.payment, read.payment_option) == ("PARTIALLY_PAID", "ONLINE")
    assert read.contact == Contact(id="c0f", first_name="Jo")
    assert (read.submission_id, read.package_id) == ("f5b", "m01")
