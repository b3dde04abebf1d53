"""A request that is paid by card must be answered while the money still waits, and while it is of use."""

from datetime import UTC, datetime, timedelta

import pytest

from booking.domain.payment import answer_due

AUTHORISED = datetime(2027, 3, 1, 7, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.mark.parametrize(
    ("lapses", "useless", "due"),
    [
        pytest.param(7 * DAY, 30 * DAY, 6 * DAY, id="six days, as most cards hold for seven"),
        pytest.param(None, 30 * DAY, 6 * DAY, id="six days, where nobody tells how long"),
        pytest.param(7 * DAY, 2 * DAY, 2 * DAY, id="when it begins, if that is sooner"),
        pytest.param(5 * DAY, 30 * DAY, 5 * DAY - 12 * HOUR, id="before a card lets go that soon"),
    ],
)
def test_an_answer_is_due_in(lapses: timedelta | None, useless: timedelta, due: timedelta) -> None:
    ends = None if lapses is None else AUTHORISED + lapses
    until = answer_due(AUTHORISED, ends, AUTHORISED + useless)
    assert until - AUTHORISED == due
