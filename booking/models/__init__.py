"""Our own rows: what Wix does not keep for us. No HTTP here."""

from booking.models.attempt import WAITS_FOR_NEWS, Attempt, Step
from booking.models.booking import Booking, Line
from booking.models.handover import Handover
from booking.models.hold import Bookable, Hold, HoldQuerySet
from booking.models.notice import About, Notice
from booking.models.payment import Payment
from booking.models.pretend import PretendPayment
from booking.models.site import Site

__all__ = [
    "WAITS_FOR_NEWS",
    "About",
    "Attempt",
    "Bookable",
    "Booking",
    "Handover",
    "Hold",
    "HoldQuerySet",
    "Line",
    "Notice",
    "Payment",
    "PretendPayment",
    "Site",
    "Step",
]
