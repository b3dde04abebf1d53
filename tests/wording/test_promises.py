"""What a customer may do later is said before choosing, and again as moments after booking."""

from datetime import UTC, datetime, timedelta

import pytest

from booking import wording
from booking.domain.policy import Policy

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
LATER, PAST = NOW + timedelta(days=1), NOW - timedelta(minutes=1)
NEVER = None


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        (Policy(), "This booking cannot be cancelled or moved."),
        (
            Policy(may_cancel=True, may_move=True),
            "You can cancel or move your booking until it starts.",
        ),
        (
            Policy(may_cancel=True, cancel_minutes=1440, may_move=True, move_minutes=1440),
            "You can cancel or move your booking up to 24 hours before it starts.",
        ),
        (
            Policy(may_cancel=True, cancel_minutes=2880, may_move=True, move_minutes=60),
            (
                "You can cancel your booking up to 2 days before it starts."
                " You can move your booking up to 1 hour before it starts."
            ),
        ),
        (
            Policy(may_cancel=True),
            "You can cancel your booking until it starts. It cannot be moved.",
        ),
        (
            Policy(may_move=True),
            "It cannot be cancelled. You can move your booking until it starts.",
        ),
    ],
)
def test_the_rules_are_said_before_a_time_is_chosen(policy: Policy, said: str) -> None:
    assert wording.rules(policy) == said


@pytest.mark.parametrize(
    ("cancel", "move", "said"),
    [
        (NEVER, NEVER, "This booking cannot be cancelled or moved."),
        (LATER, LATER, "You can cancel or move your booking until 24th, 15:00."),
        (PAST, PAST, "This booking can no longer be cancelled or moved."),
        (
            PAST,
            LATER,
            "It can no longer be cancelled. You can move your booking until 24th, 15:00.",
        ),
        (
            LATER,
            NEVER,
            "You can cancel your booking until 24th, 15:00. It cannot be moved.",
        ),
        (NEVER, PAST, "It cannot be cancelled. It can no longer be moved."),
        (NOW, NOW, "This booking can no longer be cancelled or moved."),
    ],
)
def test_a_deadline_is_a_moment_and_one_that_is_over_is_no_promise(
    cancel: datetime | None, move: datetime | None, said: str
) -> None:
    assert wording.deadlines(cancel, move, NOW, "{:%dth, %H:%M}".format) == said
