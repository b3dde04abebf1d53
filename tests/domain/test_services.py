"""What can be booked on our pages, and why not."""

from typing import Any

import pytest

from booking.domain.service import Kind, Obstacle, Price, PriceKind
from tests.builders import a_service

FREE = Price(kind=PriceKind.FREE)


@pytest.mark.parametrize(
    "changes",
    [{}, {"price": FREE, "pays_in_person": False}, {"pays_online": True}, {"pays_by_plan": True}],
    ids=["on site", "free", "online or on site", "plan or on site"],
)
def test_what_is_free_or_paid_on_site_can_be_booked(changes: dict[str, Any]) -> None:
    assert a_service(**changes).obstacle is None


@pytest.mark.parametrize(
    ("changes", "obstacle"),
    [
        ({"hidden": True, "open_online": False}, Obstacle.HIDDEN),
        ({"open_online": False}, Obstacle.CLOSED),
        ({"kind": Kind.UNKNOWN}, Obstacle.KIND),
        ({"price": Price(kind=PriceKind.UNKNOWN)}, Obstacle.CHOICES),
        ({"pays_in_person": False, "pays_online": True}, Obstacle.PAYS_ONLINE),
        ({"pays_in_person": False, "pays_by_plan": True}, Obstacle.PLAN_ONLY),
        ({"pays_in_person": False}, Obstacle.UNPAYABLE),
    ],
)
def test_each_obstacle_has_its_name(changes: dict[str, Any], obstacle: Obstacle) -> None:
    assert a_service(**changes).obstacle is obstacle
