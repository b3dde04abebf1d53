"""Sessions, rows and meetings: what is asked, byte for byte, and what odd answers mean."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest

from booking.domain.ids import EventId, LocationId
from booking.domain.session import Barrier, WaitingList
from booking.domain.slot import PolicyFilter
from booking.wix import Wix
from booking.wix.errors import AppMissing, WixAnswerMalformed, WixNotConnected
from tests.wix.examples import ANA, HAIRCUT, STUDIO, STUDIO_ID, extended
from tests.wix.stand_in import StandIn, Told, ok, refusal
from tests.wix.time_calls import (
    COURSE,
    ENTRIES,
    EVENT,
    EVENTS,
    NINE,
    SIX,
    TWICE,
    WINDOW,
    YOGA,
    ZURICH,
    a_course_booking,
    a_row,
    a_session,
    an_entry,
    an_event,
    older,
    sessions,
)

EVENT_PATH = "/_api/service-availability/v2/time-slots/event"


def test_sessions_are_asked_for_with_a_limit_always(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(ok(sessions()))
    wix.event_time_slots.list([YOGA], **WINDOW)
    assert stand_in.bodies == [
        {
            "serviceIds": [YOGA],
            "fromLocalDate": "2026-12-01T09:00:00",
            "toLocalDate": "2026-12-02T09:00:00",
            "timeZone": ZURICH,
            "includeNonBookable": True,
            "cursorPaging": {"limit": 1000},
        }
    ]


def test_every_wish_about_sessions_is_told(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(ok(sessions()))
    wix.event_time_slots.list(
        **WINDOW,
        party=3,
        staff_id=ANA,
        location_id=LocationId("a3b"),
        only_bookable=True,
        per_day=2,
        policy=PolicyFilter(too_early=False, closed=True),
        limit=7,
    )
    (asked,) = stand_in.bodies
    assert "serviceIds" not in asked
    assert asked["minBookableCapacity"] == 3
    assert asked["eventFilter"] == {
        "resources.id": {"$hasSome": [ANA]},
        "location.id": {"$in": ["a3b"]},
    }
    assert (asked["includeNonBookable"], asked["maxSlotsPerDay"]) == (False, 2)
    assert asked["bookingPolicyViolations"] == {"tooEarlyToBook": False, "bookOnlineDisabled": True}
    assert asked["cursorPaging"] == {"limit": 7}


def test_the_next_page_is_asked_for_with_its_cursor_alone(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(ok(sessions(a_session(), cursor="more")), ok(sessions(a_session())))
    assert len(wix.event_time_slots.list([YOGA], **WINDOW).sessions) == 2
    assert stand_in.bodies[1] == {"cursorPaging": {"limit": 1000, "cursor": "more"}}


def test_what_the_waiting_list_keeps_is_not_for_sale(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(ok(sessions(a_session())))
    (session,) = wix.event_time_slots.list([YOGA], **WINDOW).sessions
    assert (session.places_left, session.unsold, session.capacity) == (0, 1, 12)
    assert session.barrier is Barrier.RESERVED
    assert session.waiting_list == WaitingList(places=10, left=9)
    assert (session.starts, session.event_id) == (SIX, EVENT)


@pytest.mark.parametrize(
    ("changes", "barrier"),
    [
        pytest.param({"nonBookableReasons": None, "bookableCapacity": 1}, Barrier.UNKNOWN, id="?"),
        pytest.param({"nonBookableReasons": None}, Barrier.FULL, id="no place and no reason"),
        pytest.param({"nonBookableReasons": {"eventCancelled": True}}, Barrier.CANCELLED, id="off"),
        pytest.param({"bookable": True, "nonBookableReasons": None}, Barrier.FULL, id="no place"),
    ],
)
def test_a_session_that_cannot_be_booked_says_why(
    wix: Wix, stand_in: StandIn, changes: dict[str, Any], barrier: Barrier
) -> None:
    stand_in.will_say(ok(sessions(a_session(**changes))))
    (session,) = wix.event_time_slots.list([YOGA], **WINDOW).sessions
    assert session.barrier is barrier
    assert not session.has_room_for(1)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"eventInfo": None}, "timeSlots[0].eventInfo.eventId", id="no event"),
        pytest.param({"serviceId": None}, "timeSlots[0].serviceId", id="no service"),
        pytest.param(
            {"localEndDate": "2026-12-01T17:00:00"}, "timeSlots[0].localEndDate", id="backwards"
        ),
    ],
)
def test_a_session_that_cannot_be_read_names_its_field(
    wix: Wix, stand_in: StandIn, changes: dict[str, Any], field: str
) -> None:
    stand_in.will_say(ok(sessions(a_session(**changes))))
    with pytest.raises(WixAnswerMalformed) as told:
        wix.event_time_slots.list([YOGA], **WINDOW)
    assert told.value.field == field


def test_an_event_id_is_quoted_in_the_path(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(refusal(404, "NOBODY_KNOWS_THIS_CODE"))
    odd = EventId("a/b?c&d e")
    asked: dict[str, Any] = {"zone": ZURICH, "service_id": YOGA, "starts": SIX}
    assert wix.event_time_slots.get(odd, **asked) is None
    assert stand_in.paths == [f"{EVENT_PATH}/{quote(odd, safe='')}?timeZone=Europe%2FZurich"]


@pytest.mark.parametrize(
    ("told", "error"),
    [
        (refusal(404, "NO_IMPLEMENTERS_FOUND"), AppMissing),
        (refusal(404, "META_SITE_NOT_FOUND"), WixNotConnected),
    ],
    ids=["no app", "no site"],
)
def test_a_404_that_is_not_about_the_session_is_no_missing_session(
    wix: Wix, stand_in: StandIn, told: Told, error: type[Exception]
) -> None:
    stand_in.will_say(told)
    with pytest.raises(error):
        wix.event_time_slots.get(EVENT, zone=ZURICH, service_id=YOGA, starts=SIX)


def test_a_row_needs_parts_and_gives_them_its_place(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(ok({"timeSlots": [a_row()], "timeZone": ZURICH}))
    (row,) = wix.multi_service_time_slots.list(TWICE, location=STUDIO, **WINDOW).rows
    assert [part.location.id for part in row.slots] == [STUDIO_ID, STUDIO_ID]
    assert row.slots[1].starts == NINE + timedelta(minutes=45)
    stand_in.will_say(ok({"timeSlots": [a_row(nestedTimeSlots=[])], "timeZone": ZURICH}))
    with pytest.raises(WixAnswerMalformed) as told:
        wix.multi_service_time_slots.list(TWICE, location=STUDIO, **WINDOW)
    assert told.value.field == "timeSlots[0].nestedTimeSlots"


def test_meetings_are_asked_for_by_dates_beside_the_query(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(ok(EVENTS))
    (meeting,) = wix.courses.meetings(COURSE, now=NINE, zone=ZURICH)
    (asked,) = stand_in.bodies
    assert asked["query"]["filter"] == {"scheduleId": COURSE.schedule_id}
    assert asked["fromLocalDate"] == "2025-11-30T09:00:00"
    assert asked["recurrenceType"] == ["NONE", "INSTANCE", "EXCEPTION"]
    assert [each.id for each in meeting.teachers] == [ANA]  # the room is nobody


def test_a_meeting_without_utc_dates_is_read_by_its_clock(wix: Wix, stand_in: StandIn) -> None:
    start = {"localDate": "2026-12-01T18:00:00", "timeZone": ZURICH}
    end = {"localDate": "2026-12-01T19:00:00", "timeZone": ZURICH}
    stand_in.will_say(ok({"events": [an_event(start=start, end=end)]}))
    (meeting,) = wix.courses.meetings(COURSE, now=NINE, zone=ZURICH)
    assert (meeting.starts, meeting.ends) == (SIX, SIX + timedelta(hours=1))


def test_a_master_of_another_course_says_nothing_about_this_one(
    wix: Wix, stand_in: StandIn
) -> None:
    another = {"events": [an_event(scheduleId="another")]}
    stand_in.will_say(ok(another), ok(extended(a_course_booking())))
    places = wix.courses.places(COURSE)
    assert (places.left, places.counted) == (8, True)


def test_only_bookings_that_take_a_place_of_this_course_are_counted(
    wix: Wix, stand_in: StandIn
) -> None:
    choices = {"serviceChoices": [{"numberOfParticipants": 2}, {"numberOfParticipants": 1}]}
    another = {"schedule": {"scheduleId": "x", "serviceId": HAIRCUT}}
    stand_in.will_say(
        ok({"events": []}),
        ok(extended(a_course_booking(), a_course_booking(status="CREATED"), cursor="more")),
        ok(
            extended(
                a_course_booking(totalParticipants=None, participantsChoices=choices),
                a_course_booking(bookedEntity=another),
                a_course_booking(status="PENDING", totalParticipants=None),
            )
        ),
    )
    assert wix.courses.places(COURSE).left == 10 - 2 - 3 - 1


def test_an_overbooked_course_has_no_places_left(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(ok({"events": []}), ok(extended(a_course_booking(totalParticipants=11))))
    assert wix.courses.places(COURSE).left == 0


def test_bookings_without_end_are_not_sold_as_places(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(ok({"events": []}), ok(extended(a_course_booking(), cursor="for ever")))
    with pytest.raises(WixAnswerMalformed):
        wix.courses.places(COURSE)


def test_the_older_calendar_is_asked_by_clock_and_offset_alike(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(ok(ENTRIES))
    older(wix).time_slots.list(HAIRCUT, **WINDOW)
    (asked,) = stand_in.bodies
    assert stand_in.paths == ["/availability-calendar/v1/availability/query"]
    assert asked["query"]["filter"] == {
        "serviceId": [HAIRCUT],
        "startDate": "2026-12-01T09:00:00+01:00",
        "endDate": "2026-12-02T09:00:00+01:00",
        "bookable": True,
    }
    assert asked["timezone"] == ZURICH
    assert "timeZone" not in asked


def test_a_slot_that_one_person_cannot_give_is_told_with_those_who_can(
    wix: Wix, stand_in: StandIn
) -> None:
    bo = {"resource": {"id": "bo", "name": "Bo"}}
    cy = {"resource": {"id": "cy", "name": "Cy"}}
    entries = [an_entry(bookable=False), an_entry(bo), an_entry(cy), an_entry(bo)]
    stand_in.will_say(ok({"availabilityEntries": entries}))
    (slot,) = older(wix).time_slots.list(HAIRCUT, **WINDOW, bookable=None).slots
    assert slot.bookable
    assert [each.name for each in slot.staff] == ["Bo", "Cy"]


def test_a_session_without_an_event_cannot_be_read_by_the_older_calendar(
    wix: Wix, stand_in: StandIn
) -> None:
    stand_in.will_say(ok({"availabilityEntries": [an_entry({"sessionId": "s" * 330})]}))
    with pytest.raises(WixAnswerMalformed) as told:
        older(wix).event_time_slots.list([YOGA], **WINDOW)
    assert told.value.field == "availabilityEntries[0].slot.eventId"


def test_moments_at_the_ends_of_the_calendar_are_named(wix: Wix, stand_in: StandIn) -> None:
    long_ago = {"startDate": "0001-01-01T00:00:00+14:00"}
    stand_in.will_say(ok({"availabilityEntries": [an_entry(long_ago)]}))
    with pytest.raises(WixAnswerMalformed) as told:
        older(wix).time_slots.list(HAIRCUT, **WINDOW)
    assert told.value.field == "availabilityEntries[0].slot.startDate"
