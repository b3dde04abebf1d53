"""How often Wix is asked, each call listed."""

import time
from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.in_process import Sandbox
from tests.steps import Customer

pytestmark = pytest.mark.django_db
PROPERTIES = "GET /site-properties/v4/properties"
SERVICES = "POST /bookings/v2/services/query"
SETTINGS = "GET /_api/bookings-settings/v2/settings"
SLOTS = "POST /_api/service-availability/v2/time-slots"
SLOT = "POST /_api/service-availability/v2/time-slots/get"
FORM = "GET /form-schema-service/v4/forms/{id}"
CREATE = "POST /bookings/v2/bookings"
CONFIRM = "POST /bookings/v2/confirmation/{id}:confirmOrDecline"


def asked(sandbox: Sandbox) -> Counter[str]:
    calls = Counter(map(without_id, sandbox.calls()))
    sandbox.forget_requests()
    return calls


def without_id(call: str) -> str:
    if call.endswith(":confirmOrDecline"):
        return CONFIRM
    return FORM if call.startswith(FORM.removesuffix("{id}")) else call


def test_a_cold_service_list_asks_twice_and_a_warm_one_never(
    maria: Customer, sandbox: Sandbox
) -> None:
    maria.look("/")
    assert asked(sandbox) == {PROPERTIES: 1, SERVICES: 1}
    maria.look("/")
    assert asked(sandbox) == {}


def test_a_cold_times_page_asks_one_question_for_its_times(
    maria: Customer, sandbox: Sandbox
) -> None:
    maria.look()
    assert asked(sandbox) == {PROPERTIES: 1, SERVICES: 1, SETTINGS: 1, SLOTS: 1}
    maria.look()
    assert asked(sandbox) == {}


def test_another_day_staff_member_or_zone_asks_nothing_new(
    maria: Customer, sandbox: Sandbox
) -> None:
    maria.look()
    staff = sandbox.service("haircut")["staffMemberIds"][0]
    asked(sandbox)
    assert maria.look(staff=staff, tz="Asia/Kathmandu").status == 200
    assert asked(sandbox) == {}


def test_another_month_asks_one_question(maria: Customer, sandbox: Sandbox) -> None:
    maria.look()
    asked(sandbox)
    maria.look(month=next_month(sandbox))
    assert asked(sandbox) == {SLOTS: 1}


def test_a_press_rechecks_the_time_and_the_service(maria: Customer, sandbox: Sandbox) -> None:
    page = maria.look()
    asked(sandbox)
    maria.press(page.offers[0])
    assert asked(sandbox) == {SLOT: 1, SERVICES: 1}


def test_a_cold_details_form_asks_for_its_questions_and_a_warm_one_nothing(
    maria: Customer, sandbox: Sandbox
) -> None:
    path = maria.hold()
    asked(sandbox)
    maria.look(path)
    assert asked(sandbox) == {FORM: 1}
    maria.look(path)
    assert asked(sandbox) == {}


def test_a_form_that_is_sent_asks_no_question_anew(maria: Customer, sandbox: Sandbox) -> None:
    path = maria.hold()
    page = maria.look(path)
    asked(sandbox)
    maria.send(path, page, email="nobody")
    assert asked(sandbox) == {}


def test_booking_rechecks_the_service_makes_one_booking_and_has_it_confirmed(
    maria: Customer, sandbox: Sandbox
) -> None:
    path = maria.hold()
    page = maria.look(path)
    asked(sandbox)
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        maria.send(path, page)
    assert asked(sandbox) == {SERVICES: 1, CREATE: 1, CONFIRM: 1}


def test_the_truth_page_asks_nothing(maria: Customer, sandbox: Sandbox) -> None:
    path = maria.book()
    asked(sandbox)
    maria.look(path)
    assert asked(sandbox) == {}


def next_month(sandbox: Sandbox) -> str:
    now = sandbox.now()
    return f"{now.year + now.month // 12}-{now.month % 12 + 1:02d}"


def test_a_crowd_at_one_time_shares_one_recheck(
    maria: Customer, noa: Customer, sandbox: Sandbox
) -> None:
    offer = maria.look().offers[0]
    asked(sandbox)
    maria.press(offer)
    noa.press(offer)
    assert asked(sandbox) == {SLOT: 1, SERVICES: 1}


SESSIONS = "POST /_api/service-availability/v2/time-slots/event"
EVENTS = "POST /calendar/v3/events/query"


def variants_of(sandbox: Sandbox) -> str:
    service_id = sandbox.service("family-yoga")["id"]
    return f"GET /bookings/v1/serviceOptionsAndVariants/service_id/{service_id}"


def test_a_cold_page_of_a_class_asks_for_its_sessions_and_choices_side_by_side(
    maria: Customer, sandbox: Sandbox
) -> None:
    family = Customer(maria.client, "family-yoga")
    sandbox.fault("*", delay=1)
    began = time.monotonic()
    family.look()
    took = time.monotonic() - began
    assert asked(sandbox) == {PROPERTIES: 1, SERVICES: 1, SESSIONS: 1, variants_of(sandbox): 1}
    assert took < 2.9  # two round trips: the facts, and the rest
    family.look(view="list", several="1", tz="Asia/Tokyo")
    family.look(date=f"{sandbox.now() + timedelta(days=30):%Y-%m-%d}")
    assert asked(sandbox) == {}


def test_a_week_beyond_the_eight_is_asked_for_beside_the_usual_question(
    maria: Customer, sandbox: Sandbox
) -> None:
    pilates = Customer(maria.client, "morning-pilates")
    maria.look("/")
    asked(sandbox)
    pilates.look(date=f"{sandbox.now() + timedelta(days=100):%Y-%m-%d}")
    told = asked(sandbox)
    assert set(told) == {SESSIONS}
    assert told[SESSIONS] == 3  # the eight weeks, that week, and what comes after an empty one


def test_a_cold_page_of_a_course_asks_for_dates_and_places_and_a_warm_one_nothing(
    maria: Customer, sandbox: Sandbox
) -> None:
    course = Customer(maria.client, "yoga-for-beginners")
    course.look()
    assert asked(sandbox) == {PROPERTIES: 1, SERVICES: 1, EVENTS: 2}
    course.look(party="2", tz="Asia/Tokyo")
    assert asked(sandbox) == {}
