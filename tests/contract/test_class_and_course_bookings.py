"""Places in a class and in a course are booked, counted and given back as those of appointments."""

from datetime import timedelta
from typing import Any

import pytest

from booking.domain.ids import EventId, ScheduleId
from booking.domain.outcome import Paid, PaymentOption, WixBooking, WixStatus
from booking.domain.party import Choice, Group
from booking.domain.service import Kind, Service
from booking.wix import NewCourseBooking, NewSessionBooking, Wix
from booking.wix.errors import InvalidRequest, PolicyRefused, SlotNotAvailable, WixRefused
from tests.contract.conftest import JO, LISBON, TODAY, the_service
from tests.in_process import Sandbox

JULY = TODAY + timedelta(days=28)


def the_session(wix: Wix, service: Service, which: int = 0) -> EventId:
    """One of the sessions of July: the lived-in ones are over by then."""
    listed = wix.event_time_slots.list(
        (service.id,), starts=JULY, ends=JULY + timedelta(days=21), zone=LISBON
    )
    return listed.sessions[which].event_id


def places(wix: Wix, event_id: EventId) -> int:
    """How many are left of a session of July."""
    listed = wix.event_time_slots.list(starts=JULY, ends=JULY + timedelta(days=21), zone=LISBON)
    return next(each.places_left for each in listed.sessions if each.event_id == event_id)


def a_class(wix: Wix, slug: str = "vinyasa-yoga", which: int = 0, **more: Any) -> WixBooking:
    service = the_service(wix, slug)
    new = NewSessionBooking(
        service_id=service.id,
        event_id=the_session(wix, service, which),
        customer=JO,
        reference="line-1",
        **more,
    )
    return wix.bookings.create(new)


def a_course(wix: Wix, slug: str = "yoga-for-beginners", *, participants: int = 1) -> WixBooking:
    service = the_service(wix, slug)
    new = NewCourseBooking(
        service_id=service.id,
        schedule_id=ScheduleId(service.schedule_id or ""),
        zone=LISBON,
        customer=JO,
        reference="line-1",
        participants=participants,
    )
    return wix.bookings.create(new)


def test_a_session_is_booked_by_its_event_id_alone(wix: Wix) -> None:
    made = a_class(wix, participants=2)
    assert made.event_id
    before = places(wix, made.event_id)
    decided = wix.bookings.confirm_or_decline(made.id, Paid.NOT_PAID)
    assert (made.kind, made.status, made.participants) == (Kind.CLASS, WixStatus.CREATED, 2)
    assert (made.title, made.staff_name) == ("Vinyasa yoga", "Duarte Melo")
    assert made.starts is not None
    assert decided.status is WixStatus.CONFIRMED
    assert places(wix, made.event_id) == before - 2


def test_a_created_booking_takes_no_place(wix: Wix) -> None:
    made = a_class(wix)
    assert made.event_id
    assert places(wix, made.event_id) == 12


def test_a_course_is_booked_as_a_whole_and_counts_its_people(wix: Wix, sandbox: Sandbox) -> None:
    sandbox.seed(services=[{"slug": "yoga-for-beginners", "defaultCapacity": 3}])
    made = a_course(wix, participants=2)
    decided = wix.bookings.confirm_or_decline(made.id, Paid.NOT_PAID)
    assert (made.kind, made.event_id, made.zone) == (Kind.COURSE, None, LISBON)
    assert made.starts
    assert made.ends
    assert made.ends - made.starts > timedelta(weeks=4)
    assert decided.status is WixStatus.CONFIRMED
    with pytest.raises(SlotNotAvailable) as full:
        a_course(wix, participants=2)
    assert (full.value.status, full.value.code) == (428, "SCHEDULE_CAPACITY_EXCEEDED")
    assert wix.bookings.cancel(made.id, decided.revision).status is WixStatus.CANCELED
    assert a_course(wix, participants=2).status is WixStatus.CREATED


def test_the_last_places_of_a_class_are_declined_to_who_comes_second(
    wix: Wix, sandbox: Sandbox
) -> None:
    sandbox.seed(services=[{"slug": "vinyasa-yoga", "defaultCapacity": 3}])
    first, second = a_class(wix, participants=2), a_class(wix, participants=2)
    assert wix.bookings.confirm_or_decline(first.id, Paid.NOT_PAID).status is WixStatus.CONFIRMED
    assert wix.bookings.confirm_or_decline(second.id, Paid.NOT_PAID).status is WixStatus.DECLINED


def test_a_party_changes_its_size_only_if_it_fits(wix: Wix, sandbox: Sandbox) -> None:
    sandbox.seed(services=[{"slug": "vinyasa-yoga", "defaultCapacity": 2}])
    made = a_class(wix)
    confirmed = wix.bookings.confirm_or_decline(made.id, Paid.NOT_PAID)
    change = wix.bookings.update_number_of_participants
    larger = change(made.id, confirmed.revision, 2)
    assert (larger.participants, larger.revision) == (2, "3")
    assert made.event_id
    assert places(wix, made.event_id) == 0
    with pytest.raises(SlotNotAvailable) as full:
        change(made.id, larger.revision, 3)
    assert full.value.code == "SESSION_CAPACITY_EXCEEDED"
    assert change(made.id, larger.revision, 1).participants == 1
    assert places(wix, made.event_id) == 1


def test_a_party_is_no_larger_than_the_policy_allows(wix: Wix) -> None:
    with pytest.raises(PolicyRefused) as refused:
        a_class(wix, participants=4)
    assert (refused.value.status, refused.value.code) == (403, "BOOKING_POLICY_VIOLATION")


def test_a_class_booking_moves_to_another_session_of_its_class(wix: Wix) -> None:
    made = a_class(wix)
    assert made.event_id
    confirmed = wix.bookings.confirm_or_decline(made.id, Paid.NOT_PAID)
    to = the_session(wix, the_service(wix, "vinyasa-yoga"), 1)
    moved = wix.bookings.reschedule(made.id, confirmed.revision, to)
    assert (moved.event_id, moved.status, moved.revision) == (to, WixStatus.CONFIRMED, "3")
    assert moved.starts != made.starts
    assert (places(wix, made.event_id), places(wix, to)) == (12, 11)


def test_a_class_booking_does_not_move_to_another_class(wix: Wix) -> None:
    made = a_class(wix)
    confirmed = wix.bookings.confirm_or_decline(made.id, Paid.NOT_PAID)
    elsewhere = the_session(wix, the_service(wix, "park-yoga"))
    with pytest.raises(SlotNotAvailable) as refused:
        wix.bookings.reschedule(made.id, confirmed.revision, elsewhere)
    assert refused.value.code == "SESSION_NOT_FOUND"
    assert made.event_id
    assert places(wix, made.event_id) == 11


def test_a_course_is_never_moved(wix: Wix) -> None:
    made = a_course(wix)
    confirmed = wix.bookings.confirm_or_decline(made.id, Paid.NOT_PAID)
    session = the_session(wix, the_service(wix, "vinyasa-yoga"))
    with pytest.raises(WixRefused) as refused:
        wix.bookings.reschedule(made.id, confirmed.revision, session)
    assert (refused.value.status, refused.value.code) == (428, "VALIDATION_FAILURE")


def test_a_party_says_what_each_of_them_has_chosen(wix: Wix, sandbox: Sandbox) -> None:
    service = the_service(wix, "family-yoga")
    path = f"/bookings/v1/serviceOptionsAndVariants/service_id/{service.id}"
    told = sandbox.call("GET", path).json()["serviceVariants"]
    option_id = told["options"]["values"][0]["id"]
    adult = Choice(option_id=option_id, name="Adult")
    child = Choice(option_id=option_id, name="Child")
    groups = (Group(people=1, choices=(adult,)), Group(people=2, choices=(child,)))
    made = a_class(wix, "family-yoga", groups=groups)
    assert (made.participants, made.groups) == (3, groups)


def test_a_choice_that_the_service_does_not_offer_is_refused(wix: Wix) -> None:
    strange = Choice(option_id="5e100000-0000-4000-8000-0000000000aa", name="Senior")
    with pytest.raises(WixRefused) as refused:
        a_class(wix, "family-yoga", groups=(Group(people=1, choices=(strange,)),))
    assert (refused.value.status, refused.value.code) == (428, "INVALID_SERVICE_CHOICES")


def test_a_way_to_pay_that_the_service_does_not_offer_is_refused(wix: Wix) -> None:
    with pytest.raises(InvalidRequest) as refused:
        a_class(wix, "sound-bath", payment=PaymentOption.OFFLINE)
    assert refused.value.code == "VALIDATION_FAILURE"
    assert a_class(wix, "sound-bath", payment=PaymentOption.ONLINE).payment_option == "ONLINE"
