"""A booking policy counts only as far as it is switched on at Wix."""

from typing import Any

from booking.domain.policy import Policy
from tests.wix.examples import a_policy


def test_a_rule_that_is_off_rules_nothing_though_its_minutes_are_sent(read: Any) -> None:
    assert read(bookingPolicy=a_policy()).policy == Policy()


def test_a_rule_that_is_on_counts(read: Any) -> None:
    policy = read(
        bookingPolicy=a_policy(
            customPolicyDescription={"enabled": True, "description": "Be kind."},
            limitEarlyBookingPolicy={"enabled": True, "earliestBookingInMinutes": 43200},
            limitLateBookingPolicy={"enabled": True, "latestBookingInMinutes": 120},
            cancellationPolicy={
                "enabled": True,
                "limitLatestCancellation": True,
                "latestCancellationInMinutes": 2880,
            },
            reschedulePolicy={"enabled": True, "limitLatestReschedule": False},
            participantsPolicy={"maxParticipantsPerBooking": 4},
        )
    ).policy
    assert policy == Policy(
        earliest_minutes=43200,
        latest_minutes=120,
        may_cancel=True,
        cancel_minutes=2880,
        may_move=True,
        move_minutes=0,
        largest_party=4,
        words="Be kind.",
    )


def test_a_limit_whose_minutes_wix_leaves_out_is_its_default_of_a_day(read: Any) -> None:
    rule = {"enabled": True, "limitLatestCancellation": True}
    assert read(bookingPolicy=a_policy(cancellationPolicy=rule)).policy.cancel_minutes == 1440
