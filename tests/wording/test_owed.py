"""Where the money stands is said for each stage, also where it did not come as was meant."""

import pytest

from booking.domain.states import Due, Stage
from booking.wording import owed_by_plan

SAID = {"now": "14 €", "card": "card"}


@pytest.mark.parametrize("due", Due)
@pytest.mark.parametrize("stage", Stage)
def test_a_booking_for_a_plan_can_say_where_its_money_stands_whatever_happened(
    stage: Stage, due: Due
) -> None:
    words = owed_by_plan(stage, due, SAID, by_owner=False)
    assert "%(" not in words


def test_money_that_was_paid_in_place_of_a_plan_is_said_to_be_paid() -> None:
    assert owed_by_plan(Stage.CONFIRMED, Due.PAID, SAID, by_owner=False) == "14 € paid at Wix"
