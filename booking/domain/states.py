"""Where a booking stands: its stage and its money, which pairs may exist, which may follow which.

Two columns, one table: the database holds ``LAWFUL`` as a constraint, the actions move by ``MOVES``.
"""

from enum import StrEnum


class Stage(StrEnum):
    """How far a customer's claim has come."""

    HELD = "held"  # we keep the time; nothing is known at Wix
    PLACED = "placed"  # the details are in; we are making the booking at Wix
    AWAITING_OWNER = "awaiting_owner"  # Wix has it; the business has to agree
    CONFIRMED = "confirmed"
    DECLINED = "declined"  # the time went to somebody else, or the business said no
    EXPIRED = "expired"  # the hold ended without details
    CANCELLED = "cancelled"


class Due(StrEnum):
    """What the booking costs and where that stands."""

    NOTHING = "nothing_due"
    ON_SITE = "due_on_site"


LAWFUL: dict[Stage, frozenset[Due]] = {stage: frozenset(Due) for stage in Stage}
"""The pairs that may exist. Both kinds of money that this site takes yet may go with every stage."""

MOVES: dict[Stage, frozenset[Stage]] = {
    Stage.HELD: frozenset({Stage.PLACED, Stage.EXPIRED, Stage.CANCELLED}),
    Stage.PLACED: frozenset(
        {Stage.CONFIRMED, Stage.AWAITING_OWNER, Stage.DECLINED, Stage.CANCELLED}
    ),
    Stage.AWAITING_OWNER: frozenset({Stage.CONFIRMED, Stage.DECLINED, Stage.CANCELLED}),
    Stage.CONFIRMED: frozenset({Stage.CANCELLED}),
    Stage.DECLINED: frozenset(),
    Stage.EXPIRED: frozenset(),
    Stage.CANCELLED: frozenset(),
}

LIVE = frozenset({Stage.HELD, Stage.PLACED, Stage.AWAITING_OWNER, Stage.CONFIRMED})
"""Stages in which the customer has, or is getting, the time."""


def may_follow(stage: Stage, following: Stage) -> bool:
    """True if a booking may go from ``stage`` to ``following``."""
    return following in MOVES[stage]
