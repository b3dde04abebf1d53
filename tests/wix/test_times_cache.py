"""Lists of sessions, rows, meetings and places are asked once for many visitors, and forgotten in time."""

from collections.abc import Callable

import pytest

from booking.domain.ids import ServiceId, WixBookingId
from booking.wix import Wix
from tests.wix.examples import HAIRCUT, STUDIO, a_booking, extended
from tests.wix.sites import Site
from tests.wix.stand_in import Told, ok
from tests.wix.time_calls import (
    BOOKED,
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
    a_row,
    a_session,
    older,
    sessions,
)

type Ask = Callable[[Wix], object]

ROWS = {"timeSlots": [a_row()], "timeZone": ZURICH}
LISTS: list[tuple[str, Ask, Told, ServiceId]] = [
    (
        "sessions of one class",
        lambda wix: wix.event_time_slots.list([YOGA], **WINDOW),
        ok(sessions(a_session())),
        YOGA,
    ),
    (
        "sessions of all classes",
        lambda wix: wix.event_time_slots.list(**WINDOW),
        ok(sessions(a_session())),
        YOGA,
    ),
    (
        "rows",
        lambda wix: wix.multi_service_time_slots.list(TWICE, location=STUDIO, **WINDOW),
        ok(ROWS),
        HAIRCUT,
    ),
    (
        "meetings",
        lambda wix: wix.courses.meetings(COURSE, now=NINE, zone=ZURICH),
        ok(EVENTS),
        COURSE.id,
    ),
    ("places", lambda wix: wix.courses.places(COURSE), ok(EVENTS), COURSE.id),
    (
        "older times",
        lambda wix: older(wix).cached.time_slots.list(HAIRCUT, **WINDOW),
        ok(ENTRIES),
        HAIRCUT,
    ),
]
each_list = pytest.mark.parametrize(
    ("ask", "answer", "service_id"),
    [pytest.param(*rest, id=name) for name, *rest in LISTS],
)


@each_list
def test_many_visitors_are_one_call(
    site: Site, ask: Ask, answer: Told, service_id: ServiceId
) -> None:
    site.net.will_say(answer)
    first = ask(site.wix.cached)
    site.time.seconds += 5
    assert ask(site.wix.cached) == first
    assert site.calls == 1


@each_list
def test_a_booking_makes_what_was_listed_old(
    site: Site, ask: Ask, answer: Told, service_id: ServiceId
) -> None:
    site.net.will_say(answer)
    ask(site.wix.cached)
    site.time.seconds += 1
    site.wix.time_slots.forget(service_id)
    site.time.seconds += 1
    ask(site.wix.cached)
    assert site.calls == 2


def test_places_counted_from_bookings_are_counted_once_for_many(site: Site) -> None:
    site.net.will_say(ok(BOOKED))
    first = site.wix.cached.courses.places(COURSE)
    assert site.wix.cached.courses.places(COURSE) == first
    assert (first.counted, site.calls) == (True, 2)  # the calendar once, the bookings once


def test_a_press_looks_again_at_places_and_a_crowd_looks_together(site: Site) -> None:
    site.net.will_say(ok(EVENTS))
    site.wix.cached.courses.places(COURSE)
    site.time.seconds += 2
    for _ in range(3):
        site.wix.cached.courses.places(COURSE, recheck=True)
    assert site.calls == 2


def test_a_session_that_is_pressed_is_looked_at_again(site: Site) -> None:
    site.net.will_say(ok({"timeSlot": a_session(), "timeZone": ZURICH}))
    for _ in range(3):
        site.wix.cached.event_time_slots.get(EVENT, zone=ZURICH, service_id=YOGA, starts=SIX)
        site.time.seconds += 1
    assert site.calls == 2


def test_a_booking_that_is_looked_up_is_never_a_kept_answer(site: Site) -> None:
    site.net.will_say(ok(extended(a_booking())))
    for _ in range(2):
        site.wix.cached.extended_bookings.by_id(WixBookingId("b00"))
    assert site.calls == 2
