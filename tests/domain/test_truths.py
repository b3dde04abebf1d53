"""Who ended a booking is told apart: the customer, the business, or somebody who was quicker."""

from datetime import UTC, datetime

import pytest

from booking.domain.states import Due, Stage
from booking.domain.truth import Truth, truth

NOW = datetime(2027, 3, 1, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("stage", "lost_to", "told"),
    [
        (Stage.CANCELLED, "", Truth.CANCELLED),
        (Stage.CANCELLED, "owner", Truth.CALLED_OFF),
        (Stage.CANCELLED, "part", Truth.CANCELLED),
        (Stage.DECLINED, "owner", Truth.REFUSED),
        (Stage.DECLINED, "", Truth.TAKEN),
    ],
)
def test_an_end_names_who_made_it(stage: Stage, lost_to: str, told: Truth) -> None:
    assert truth(stage, Due.ON_SITE, lost_to, NOW, NOW) is told
