"""Where a booking may go, and where it may not."""

from itertools import product

import pytest

from booking.domain.states import LAWFUL, LIVE, MOVES, Stage, may_follow

LAST = {Stage.DECLINED, Stage.EXPIRED, Stage.CANCELLED}


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_has_its_moves_and_its_money(stage: Stage) -> None:
    assert stage in MOVES
    assert LAWFUL[stage]


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
