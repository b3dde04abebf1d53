"""When Wix fails at a press on a time, the customer is told so, nothing is kept, nothing is lost."""

from typing import Any

import pytest

from booking.models import Booking
from tests.faults.faults import SERVICE, SLOT, every_fault
from tests.in_process import Sandbox
from tests.steps import Customer

pytestmark = pytest.mark.django_db


@every_fault
@pytest.mark.parametrize("recheck", [SERVICE, SLOT], ids=["service", "slot"])
def test_a_press_that_wix_cannot_answer_for_keeps_nothing_and_can_be_repeated(
    maria: Customer, sandbox: Sandbox, recheck: str, fault: dict[str, Any]
) -> None:
    offer = maria.look().offers[0]
    sandbox.fault(recheck, **fault)
    answer = maria.press(offer)
    assert answer.status == 503
    assert "does not answer" in answer.words
    assert "Traceback" not in answer.text
    assert not Booking.objects.exists()
    sandbox.clear_faults()
    assert maria.press(offer).status == 303


def test_the_way_back_from_it_leads_to_the_times(maria: Customer, sandbox: Sandbox) -> None:
    offer = maria.look().offers[0]
    sandbox.fault(SLOT, status=503)
    again = maria.press(offer).text.partition('class="button" href="')[2].partition('"')[0]
    assert maria.look(again).offers == maria.look().offers
