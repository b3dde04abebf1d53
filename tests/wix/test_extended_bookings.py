"""Bookings are found again by id and by our reference, and never mistaken for others."""

from typing import Any

import pytest

from booking.domain.ids import WixBookingId
from booking.wix import Limits, Wix
from booking.wix.errors import WixAnswerMalformed, WixUnreachable
from tests.wix.examples import a_booking, extended
from tests.wix.stand_in import StandIn, a_transport, ok

B00 = WixBookingId("b00")


def test_a_booking_is_found_by_its_id(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(ok(extended(a_booking())))
    found = wix.extended_bookings.by_id(B00)
    assert found is not None
    assert found.id == B00
    assert stand_in.bodies == [{"query": {"filter": {"id": "b00"}, "cursorPaging": {"limit": 100}}}]


@pytest.mark.parametrize("answer", [extended(), {}, extended(a_booking(id="b99"))])
def test_a_booking_that_the_reader_does_not_show_is_none(
    wix: Wix, stand_in: StandIn, answer: dict[str, Any]
) -> None:
    stand_in.will_say(ok(answer))
    assert wix.extended_bookings.by_id(B00) is None


def test_all_bookings_of_a_reference_are_found_the_oldest_first(
    wix: Wix, stand_in: StandIn
) -> None:
    stand_in.will_say(
        ok(extended(a_booking(id="young", createdDate="2026-11-22T10:00:02Z"), cursor="c2")),
        ok(extended(a_booking(id="old", createdDate="2026-11-22T10:00:01Z"))),
    )
    found = wix.extended_bookings.by_reference("line-1")
    assert [booking.id for booking in found] == ["old", "young"]
    assert stand_in.bodies[0]["query"]["filter"] == {"externalUserId": "line-1"}
    assert stand_in.bodies[1]["query"] == {"cursorPaging": {"limit": 100, "cursor": "c2"}}


def test_bookings_of_other_references_are_not_ours(wix: Wix, stand_in: StandIn) -> None:
    others = [a_booking(id="x", externalUserId="line-2"), a_booking(id="y", externalUserId=None)]
    stand_in.will_say(ok(extended(*others, a_booking())))
    assert [booking.id for booking in wix.extended_bookings.by_reference("line-1")] == ["b00"]


def test_a_course_is_booked_as_a_whole(wix: Wix, stand_in: StandIn) -> None:
    course = a_booking(bookedEntity={"schedule": {"serviceId": "c1"}, "slot": None})
    stand_in.will_say(ok(extended(course)))
    found = wix.extended_bookings.by_id(B00)
    assert found is not None
    assert found.service_id == "c1"
    assert found.staff_id is None


def test_one_broken_record_is_not_passed_over_as_it_may_be_ours(
    wix: Wix, stand_in: StandIn
) -> None:
    stand_in.will_say(ok(extended(a_booking(), a_booking(revision=2))))
    with pytest.raises(WixAnswerMalformed) as caught:
        wix.extended_bookings.by_reference("line-1")
    assert caught.value.field == "extendedBookings[1].booking.revision"


def test_finding_out_what_became_of_a_booking_waits_for_no_seat(stand_in: StandIn) -> None:
    nobody_may_browse = Wix(a_transport(stand_in, limits=Limits(seats=0, patience=0.0)))
    stand_in.will_say(ok(extended(a_booking())))
    assert nobody_may_browse.extended_bookings.by_id(B00) is not None
    with pytest.raises(WixUnreachable, match="too many"):
        nobody_may_browse.services.query()
