"""Several sessions of a class are booked in one go: all of them, or none and a word on each."""

import re

import pytest

from booking.models import Booking
from tests.flow.pilates import change, sessions, teach
from tests.in_process import Sandbox
from tests.steps import Customer

pytestmark = pytest.mark.django_db


def test_several_sessions_are_ticked_in_the_list(pilates: Customer) -> None:
    page = pilates.look(several="1")
    assert page.offers == []
    assert len(page.ticks) == 16
    assert "Book the chosen sessions" in page.words
    assert "Book 3 sessions, 48 €" in page.words.replace("\N{NO-BREAK SPACE}", " ")


def test_every_session_of_a_weekly_hour_is_ticked_by_a_link(pilates: Customer) -> None:
    page = pilates.look(several="1")
    assert "Tuesday, 08:00, until Tue, 20 Apr (8)" in page.words
    each = pilates.look(several="1", each="2-08:00")
    assert len(re.findall(r'name="slot" value="[^"]*" checked', each.text)) == 8
    assert each.text.count('aria-current="true">Tuesday, 08:00') == 1


def test_a_weekly_hour_follows_the_business_s_clock_when_it_changes(
    pilates: Customer, sandbox: Sandbox
) -> None:
    clocks = {each["localStartDate"][11:16] for each in sessions(sandbox)}
    assert clocks == {"08:00"}
    page = pilates.look(several="1", each="2-08:00", tz="America/New_York")
    assert len(re.findall(r'name="slot" value="[^"]*" checked', page.text)) == 8


def test_of_several_those_that_are_left_can_be_taken_and_nothing_was_booked(
    pilates: Customer, sandbox: Sandbox
) -> None:
    ticks = pilates.look(several="1").ticks[:3]
    change(sandbox, {"capacity": 0})
    page = pilates.press(ticks)
    assert page.status == 409
    assert not Booking.objects.exists()
    assert "none of them was booked" in page.words
    assert re.findall(r'data-fate="(\w+)"', page.text) == ["gone", "free", "free"]
    assert "Full" in page.words
    assert page.ticks == ticks[1:]
    assert "Book 2 sessions, 32 €" in page.words.replace("\N{NO-BREAK SPACE}", " ")
    assert pilates.press(page.ticks).status == 303


def test_sessions_that_overlap_are_shown_before_anything_is_booked(
    pilates: Customer, sandbox: Sandbox
) -> None:
    teach(sandbox, ("TUESDAY", "08:00", "duarte"), ("TUESDAY", "08:30", "ana"))
    ticks = pilates.look(several="1").ticks[:3]
    page = pilates.press(ticks)
    assert page.status == 409
    assert re.findall(r'data-fate="(\w+)"', page.text) == ["free", "overlaps", "free"]
    assert "At the same time as another one you chose" in page.words
    assert not Booking.objects.exists()


def test_a_press_without_a_tick_says_so(pilates: Customer) -> None:
    page = pilates.press([])
    assert page.status == 422
    assert "No session was ticked" in page.words
    assert "?several=1" in page.text


def test_more_than_twenty_at_once_are_too_many(pilates: Customer, sandbox: Sandbox) -> None:
    days = ("MONDAY", "TUESDAY", "WEDNESDAY")
    teach(sandbox, *((day, "18:00", "duarte") for day in days))
    ticks = pilates.look(several="1").ticks
    page = pilates.press(ticks[:21])
    assert page.status == 422
    assert "At most 20 sessions can be booked in one go." in page.words
    assert not Booking.objects.exists()
