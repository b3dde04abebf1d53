"""What a booking's page says of it: each state has a name, from its stage, its clock and what was lost."""

from datetime import datetime
from enum import StrEnum

from booking.domain.states import Change, Due, Stage


class Truth(StrEnum):
    """One state, one sentence; ``KEPT`` is the one whose page is the details form."""

    KEPT = "kept"  # the time is kept, the details are missing
    NO_LONGER_KEPT = "no_longer_kept"
    NOT_PAID = "not_paid"  # it was kept while its customer could pay, and they did not
    BEING_BOOKED = "being_booked"
    TO_BE_PAID = "to_be_paid"
    AT_WIX = "at_wix"  # it is paid, or not, on Wix's checkout page
    PAGE_OVER = "page_over"  # nobody can pay any more, and whether somebody has is being asked
    COME_IN = "come_in"  # Wix has it, paid or not, and we have not written down yet what it says
    PAYMENT_KEPT = "payment_kept"  # the money is kept on a card; the booking is on its way
    AWAITING_OWNER = "awaiting_owner"
    BOOKED = "booked"
    BEING_CANCELLED = "being_cancelled"
    BEING_MOVED = "being_moved"
    NOT_MOVED = "not_moved"  # booked as before: the other time could not be had
    OVER = "over"  # it was booked, and has been
    TAKEN = "taken"  # it went to somebody else, or we do not know why
    IN_PART = "in_part"  # one of several times was gone, so none was booked
    TOO_FEW_PLACES = "too_few_places"
    REFUSED = "refused"  # the business said no
    NOT_ANSWERED = "not_answered"  # the business said nothing in time
    NO_WAY_TO_PAY = "no_way_to_pay"  # it could only be paid where nothing can be paid just now
    GOING_BACK = "going_back"  # it was paid at Wix and is not booked: the money is on its way back
    GIVEN_BACK = "given_back"
    CANCELLED = "cancelled"
    CALLED_OFF = "called_off"  # the business cancelled it


STANDING = frozenset(
    {
        Truth.BEING_BOOKED,
        Truth.PAYMENT_KEPT,
        Truth.COME_IN,
        Truth.AWAITING_OWNER,
        Truth.BOOKED,
        Truth.BEING_CANCELLED,
        Truth.BEING_MOVED,
        Truth.NOT_MOVED,
    }
)
"""States of a booking that its customer has, or is getting."""

UNSETTLED = frozenset(
    {
        Truth.BEING_BOOKED,
        Truth.TO_BE_PAID,
        Truth.PAYMENT_KEPT,
        Truth.AT_WIX,
        Truth.PAGE_OVER,
        Truth.COME_IN,
        Truth.BEING_CANCELLED,
        Truth.BEING_MOVED,
    }
)
"""States that soon become another one by themselves."""

LOST_TO = {
    "part": Truth.IN_PART,
    "places": Truth.TOO_FEW_PLACES,
    "owner": Truth.REFUSED,
    "no_answer": Truth.NOT_ANSWERED,
    "no_way_to_pay": Truth.NO_WAY_TO_PAY,
}
"""What ``Booking.lost_to`` may say of a declined one; anything else is just taken."""

STAGES = {
    Stage.HELD: Truth.KEPT,
    Stage.EXPIRED: Truth.NO_LONGER_KEPT,
    Stage.PLACED: Truth.BEING_BOOKED,
    Stage.AWAITING_OWNER: Truth.AWAITING_OWNER,
    Stage.CANCELLED: Truth.CANCELLED,
}


PAYING = {
    (Stage.PLACED, Due.STARTING): Truth.TO_BE_PAID,
    (Stage.PLACED, Due.AUTHORISED): Truth.PAYMENT_KEPT,
    (Stage.PLACED, Due.AT_WIX): Truth.AT_WIX,
    (Stage.EXPIRED, Due.STARTING): Truth.NOT_PAID,
    (Stage.EXPIRED, Due.AT_WIX): Truth.NOT_PAID,
    (Stage.EXPIRED, Due.RELEASED): Truth.NOT_PAID,
    **{
        (stage, due): Truth.GIVEN_BACK if due is Due.REFUNDED else Truth.GOING_BACK
        for stage in (Stage.DECLINED, Stage.EXPIRED)
        for due in (Due.PART_PAID, Due.PAID, Due.REFUNDED)
    },
}
"""Where the money has something to say of its own."""


PAYABLE = frozenset({Truth.TO_BE_PAID, Truth.AT_WIX})
"""States in which its customer may pay, as long as there is a page to pay on."""


CHANGING = {
    Change.CANCEL: Truth.BEING_CANCELLED,
    Change.MOVE: Truth.BEING_MOVED,
    Change.NOT_MOVED: Truth.NOT_MOVED,
}
"""What is said of a booking that stands, while its customer wants it to be otherwise."""


def truth(
    stage: Stage,
    due: Due,
    lost_to: str,
    ends: datetime,
    now: datetime,
    change: Change = Change.NONE,
) -> Truth:
    """The state of a booking whose last time ends at ``ends``."""
    if (told := PAYING.get((stage, due))) is not None:
        return told
    if stage is Stage.AWAITING_OWNER and change is Change.CANCEL:
        return Truth.BEING_CANCELLED
    if stage is Stage.CONFIRMED:
        standing = Truth.BOOKED if now < ends else Truth.OVER
        return CHANGING.get(change, standing) if standing is Truth.BOOKED else standing
    if stage is Stage.DECLINED:
        return LOST_TO.get(lost_to, Truth.TAKEN)
    if stage is Stage.CANCELLED and lost_to == "owner":
        return Truth.CALLED_OFF
    return STAGES[stage]
