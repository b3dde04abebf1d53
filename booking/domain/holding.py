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
    AGREED = "agreed"  # Wix has the booking; its calendar may lag behind for a moment


LENGTH = {
    Reason.TYPING: timedelta(minutes=10),
    Reason.PLACING: timedelta(hours=6),
    Reason.AGREED: timedelta(minutes=2),
}


def until(reason: Reason, now: datetime) -> datetime:
    """The moment a hold made (or renewed) at ``now`` ends."""
    return now + LENGTH[reason]
