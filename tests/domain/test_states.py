"""Where a booking and its money may go, and where they may not."""

from itertools import product

import pytest

from booking.domain.states import (
    LAWFUL,
    LIVE,
    MONEY_MOVES,
    MOVES,
    TAKEN,
    Due,
    Stage,
    may_follow,
    money_may_follow,
)

LAST = {Stage.DECLINED, Stage.EXPIRED, Stage.CANCELLED}


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_has_its_moves_and_its_money(stage: Stage) -> None:
    assert stage in MOVES
    assert LAWFUL[stage]


@pytest.mark.parametrize("due", Due)
def test_money_of_every_kind_has_its_moves(due: Due) -> None:
    assert due in MONEY_MOVES
    assert any(due in lawful for lawful in LAWFUL.values())


@pytest.mark.parametrize(("last", "following"), list(product(sorted(LAST), Stage)))
def test_nothing_follows_an_end(last: Stage, following: Stage) -> None:
    assert not may_follow(last, following)


@pytest.mark.parametrize("stage", sorted(LIVE))
def test_a_living_booking_can_be_cancelled(stage: Stage) -> None:
    assert may_follow(stage, Stage.CANCELLED)


def test_a_request_is_never_confirmed_before_it_was_placed() -> None:
    assert not may_follow(Stage.HELD, Stage.CONFIRMED)
    assert not may_follow(Stage.HELD, Stage.AWAITING_OWNER)


def test_a_confirmed_booking_does_not_become_a_request_again() -> None:
    assert MOVES[Stage.CONFIRMED] == {Stage.CANCELLED}


@pytest.mark.parametrize("stage", [Stage.HELD, Stage.PLACED])
def test_nothing_is_taken_for_what_nobody_has_decided(stage: Stage) -> None:
    assert not LAWFUL[stage] & TAKEN


@pytest.mark.parametrize("stage", [Stage.DECLINED, Stage.EXPIRED])
def test_what_wix_took_for_what_is_not_booked_can_go_back(stage: Stage) -> None:
    """Wix takes the money before it looks whether the time is free."""
    assert {Due.PAID, Due.PART_PAID, Due.REFUNDED} <= LAWFUL[stage]


@pytest.mark.parametrize("due", [Due.PAID, Due.PART_PAID, Due.COVERED])
def test_what_is_paid_at_wix_may_be_confirmed(due: Due) -> None:
    assert Due.AT_WIX in LAWFUL[Stage.PLACED]
    assert Due.AT_WIX not in LAWFUL[Stage.CONFIRMED]
    assert money_may_follow(Due.AT_WIX, due)
    assert due in LAWFUL[Stage.CONFIRMED]


@pytest.mark.parametrize("due", sorted(TAKEN))
def test_taken_money_only_goes_back(due: Due) -> None:
    assert MONEY_MOVES[due] <= {Due.REFUNDED}


def test_money_is_taken_only_after_it_was_authorised_or_by_wix() -> None:
    before = {due for due in Due if money_may_follow(due, Due.PAID)}
    assert before == {Due.AUTHORISED, Due.AT_WIX, Due.RELEASED, Due.ON_SITE}


def test_what_wix_took_too_late_can_go_back() -> None:
    """A bank may say yes when the booking is long given up."""
    assert money_may_follow(Due.RELEASED, Due.PAID)
    assert Due.PAID in LAWFUL[Stage.EXPIRED]


@pytest.mark.parametrize(("stage", "following"), [(s, f) for s in Stage for f in sorted(MOVES[s])])
def test_a_move_leaves_the_money_somewhere_lawful(stage: Stage, following: Stage) -> None:
    """Whatever the money was before, the same or one move of it must be lawful afterwards."""
    for due in LAWFUL[stage]:
        assert due in LAWFUL[following] or MONEY_MOVES[due] & LAWFUL[following]
