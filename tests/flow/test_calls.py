"""How often Wix is asked, each call listed."""

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
CREATE = "POST /bookings/v2/bookings"
CONFIRM = "POST /bookings/v2/confirmation/{id}:confirmOrDecline"


def asked(sandbox: Sandbox) -> Counter[str]:
    calls = Counter(
        CONFIRM if call.endswith(":confirmOrDecline") else call for call in sandbox.calls()
    )
    sandbox.forget_requests()
    return calls


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


def test_the_details_form_asks_nothing(maria: Customer, sandbox: Sandbox) -> None:
    path = maria.hold()
    asked(sandbox)
    maria.look(path)
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
