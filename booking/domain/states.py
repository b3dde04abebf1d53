"""Where a booking stands: its stage and its money, which pairs may exist, which may follow which.

Two columns, one table each: the database holds ``LAWFUL`` as a constraint, the actions move by
``MOVES`` and ``MONEY_MOVES``.
"""

from enum import StrEnum


class Stage(StrEnum):
    """How far a customer's claim has come."""

    HELD = "held"  # we keep the time; nothing is known at Wix
    PLACED = (
        "placed"  # the details are in; we are making the booking at Wix, or it waits to be paid
    )
    AWAITING_OWNER = "awaiting_owner"  # Wix has it; the business has to agree
    CONFIRMED = "confirmed"
    DECLINED = "declined"  # the time went to somebody else, or the business said no
    EXPIRED = "expired"  # the hold ended without details, or without being paid
    CANCELLED = "cancelled"


class Due(StrEnum):
    """What the booking costs and where that money stands."""

    NOTHING = "nothing_due"
    ON_SITE = "due_on_site"
    DUE = "due"  # to be paid here, and nobody has begun to
    STARTING = "starting"  # the customer may be on a provider's page
    AT_WIX = "at_wix"  # the customer may be on Wix's checkout page; Wix takes the money there
    AUTHORISED = "authorised"  # kept on a card for us, not taken
    PART_PAID = "part_paid"  # a deposit is taken; the rest is paid on site
    PAID = "paid"
    COVERED = "covered"  # a plan of the customer's pays for it
    REFUNDED = "refunded"
    RELEASED = "released"  # given up without having been taken


class Change(StrEnum):
    """What is still to be done about a booking that its stage does not tell, or was done in vain."""

    NONE = ""
    CANCEL = "cancel"  # its customer cancelled; Wix has to carry it out
    MOVE = "move"  # its customer chose another time; Wix has to carry it out
    NOT_MOVED = "not_moved"  # that other time could not be had: everything is as it was
    OFFER = "offer"  # it was lost, and other times are being kept for its customer


SETTLED_HERE = frozenset({Due.NOTHING, Due.ON_SITE})
OWED = frozenset({Due.DUE, Due.STARTING, Due.AUTHORISED, Due.AT_WIX})
TAKEN = frozenset({Due.PART_PAID, Due.PAID, Due.REFUNDED, Due.COVERED})

LAWFUL: dict[Stage, frozenset[Due]] = {
    Stage.HELD: SETTLED_HERE | {Due.DUE},
    Stage.PLACED: SETTLED_HERE | OWED,
    # Wix takes the money before the business decides; we only have it authorised until then.
    Stage.AWAITING_OWNER: SETTLED_HERE | TAKEN | {Due.AUTHORISED},
    # Authorised until the money is captured; released if it never could be: the business is told.
    Stage.CONFIRMED: SETTLED_HERE | TAKEN | {Due.AUTHORISED, Due.RELEASED},
    # What was begun or authorised is still to be ended. Taken can only be what Wix has taken: it
    # does so before it looks whether the time is free, and all of it goes back.
    Stage.DECLINED: SETTLED_HERE | OWED | TAKEN | {Due.RELEASED},
    Stage.EXPIRED: SETTLED_HERE | OWED | TAKEN | {Due.RELEASED},
    # Taken money stays where the rules say so, or until it has gone back.
    Stage.CANCELLED: SETTLED_HERE | OWED | TAKEN | {Due.RELEASED},
}
"""The pairs that may exist."""

MOVES: dict[Stage, frozenset[Stage]] = {
    Stage.HELD: frozenset({Stage.PLACED, Stage.EXPIRED, Stage.CANCELLED}),
    Stage.PLACED: frozenset(
        {Stage.CONFIRMED, Stage.AWAITING_OWNER, Stage.DECLINED, Stage.EXPIRED, Stage.CANCELLED}
    ),
    Stage.AWAITING_OWNER: frozenset({Stage.CONFIRMED, Stage.DECLINED, Stage.CANCELLED}),
    Stage.CONFIRMED: frozenset({Stage.CANCELLED}),
    Stage.DECLINED: frozenset(),
    Stage.EXPIRED: frozenset(),
    Stage.CANCELLED: frozenset(),
}

MONEY_MOVES: dict[Due, frozenset[Due]] = {
    Due.NOTHING: frozenset(),
    # Whoever may choose, chooses with the details; and whoever wanted to pay on site after all may
    # have paid at Wix in that moment.
    Due.ON_SITE: frozenset({Due.DUE, Due.PART_PAID, Due.PAID}),
    Due.DUE: frozenset({Due.STARTING, Due.AT_WIX, Due.ON_SITE, Due.RELEASED}),
    Due.STARTING: frozenset({Due.DUE, Due.AUTHORISED, Due.RELEASED}),
    # At Wix's page it may also become free by a coupon, or be left to be paid on site; and whoever
    # cannot pay there may want to pay here.
    Due.AT_WIX: TAKEN | SETTLED_HERE | {Due.DUE, Due.RELEASED},
    Due.AUTHORISED: frozenset({Due.PART_PAID, Due.PAID, Due.RELEASED}),
    Due.PART_PAID: frozenset({Due.REFUNDED}),
    Due.PAID: frozenset({Due.REFUNDED}),
    Due.COVERED: frozenset(),
    Due.REFUNDED: frozenset(),
    # Authorised: it could not be captured, and a person has it tried again. Paid: it came in at Wix
    # when nobody waited for it any more, and goes back.
    Due.RELEASED: frozenset({Due.AUTHORISED, Due.PAID}),
}

LIVE = frozenset({Stage.HELD, Stage.PLACED, Stage.AWAITING_OWNER, Stage.CONFIRMED})
"""Stages in which the customer has, or is getting, the time."""


def may_follow(stage: Stage, following: Stage) -> bool:
    """True if a booking may go from ``stage`` to ``following``."""
    return following in MOVES[stage]


def money_may_follow(due: Due, following: Due) -> bool:
    """True if a booking's money may go from ``due`` to ``following``."""
    return following in MONEY_MOVES[due]
