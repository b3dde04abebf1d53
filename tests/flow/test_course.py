"""A course is joined as a whole, while there are places and it has not begun."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from booking.models import Booking
from tests.in_process import Sandbox
from tests.steps import Customer

pytestmark = pytest.mark.django_db
COURSE = "yoga-for-beginners"  # ten places; its calendar tells what is left
COUNTED = "massage-for-couples"  # twelve places, which have to be counted from the bookings


@pytest.fixture(params=[COURSE, COUNTED])
def course(request: pytest.FixtureRequest, maria: Customer) -> Customer:
    return Customer(maria.client, request.param)


def leave(sandbox: Sandbox, slug: str, places: int) -> None:
    """Sell the course elsewhere, past our own holds, until so many places are left."""
    capacity = sandbox.service(slug)["defaultCapacity"]
    for _ in range(capacity):
        booked = sandbox.bookings()
        taken = sum(
            each["totalParticipants"]
            for each in booked
            if each["bookedEntity"]["title"] == sandbox.service(slug)["name"]
            and each["status"] == "CONFIRMED"
        )
        if taken >= capacity - places:
            return
        sandbox.book(slug)


def test_a_course_is_booked_with_two_presses(course: Customer, sandbox: Sandbox) -> None:
    before = len(sandbox.bookings())
    page = course.look(course.book())
    assert page.main("stage") == "confirmed"
    booked = sandbox.bookings()[before:]
    assert [each["status"] for each in booked] == ["CONFIRMED"]
    assert booked[0]["bookedEntity"]["tags"] == ["COURSE"]


def test_a_booking_knows_all_meetings_of_its_course(maria: Customer) -> None:
    Customer(maria.client, COURSE).hold()
    assert len(Booking.objects.get().line.times) == 6


def test_the_last_place_is_kept_for_who_pressed_first(
    course: Customer, noa: Customer, sandbox: Sandbox
) -> None:
    leave(sandbox, course.slug, 1)
    offer = course.look().offers[0]
    course.press(offer)
    assert Customer(noa.client, course.slug).press(offer).status == 409


def test_a_full_course_has_no_button_and_cannot_be_pressed(
    course: Customer, sandbox: Sandbox
) -> None:
    offer = course.look().offers[0]
    leave(sandbox, course.slug, 0)
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        assert course.press(offer).status == 409
        assert course.look().offers == []
    assert not Booking.objects.exists()


def test_a_course_that_filled_up_while_its_customer_typed_is_not_sold_again(
    course: Customer, sandbox: Sandbox
) -> None:
    path = course.hold()
    leave(sandbox, course.slug, 0)
    page = course.look(course.send(path).location)
    assert page.main("truth") == "too_few_places"


def test_a_course_that_began_between_page_and_press_cannot_be_joined(
    course: Customer, sandbox: Sandbox
) -> None:
    page = course.look()
    course.press(page.offers[0])
    begins = Booking.objects.get().line.starts
    with time_machine.travel(begins - timedelta(minutes=1)):
        offer = course.look().offers[0]
    with time_machine.travel(begins + timedelta(minutes=1)):
        assert course.press(offer).status == 409
