"""How long we keep a time for somebody. The one table; every hold's end is made here."""

from datetime import datetime, timedelta
from enum import StrEnum

EXTENSIONS = 12
"""How often a customer may ask for more time (WCAG 2.2.1 wants at least ten)."""

SAME_PRESS = timedelta(seconds=10)
"""Two presses of one time from one browser within this are one press (a double click)."""


class Reason(StrEnum):
    """Why a time is kept."""

    TYPING = "typing"  # the customer fills in the details
    PLACING = "placing"  # we are making the booking at Wix; ends when that is settled
    BUYING = "buying"  # the customer buys a plan at Wix first
    PAYING = "paying"  # the customer is at a provider: until its page closes, and a little longer
    OFFERED = "offered"  # instead of what was lost
    AGREED = "agreed"  # Wix has the booking; its calendar may lag behind for a moment


LENGTH = {
    Reason.TYPING: timedelta(minutes=10),
    Reason.PLACING: timedelta(hours=6),
    Reason.BUYING: timedelta(minutes=30),
    Reason.OFFERED: timedelta(minutes=15),
    Reason.AGREED: timedelta(minutes=2),
}

PAGE_OPEN = timedelta(minutes=30)
"""How long a provider's page may be paid: the least that providers offer."""
AFTER_PAGE = timedelta(minutes=5)
"""So long beyond the page's end a time is kept: news of a payment may be on its way."""


def until(reason: Reason, now: datetime) -> datetime:
    """The moment a hold made (or renewed) at ``now`` ends."""
    return now + LENGTH[reason]
