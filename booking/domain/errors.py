"""What can stand in a customer's way, in the customer's words.

One table (``booking/views/errors.py``) maps each of these to a page and a status; an error that is
not of this tree is a fault of ours and stays a 500.
"""


class BookingError(Exception):
    """Something a customer can be told about, with a next step."""


class UnknownService(BookingError):
    """No service has this address, or it is hidden."""


class NotBookable(BookingError):
    """The service exists and cannot be booked here (online booking off, payment to come, ...)."""


class SlotTaken(BookingError):
    """The time has gone: held or booked by somebody else, or withdrawn by the business."""


class PartTaken(SlotTaken):
    """Some of several sessions cannot be had, so none is kept. ``gone`` are their event ids."""

    def __init__(self, gone: frozenset[str]) -> None:
        super().__init__()
        self.gone = gone


class VisitTaken(SlotTaken):
    """Several services in one visit cannot be had as they were pressed, so none of them is kept."""


class NotJoinable(BookingError):
    """A course cannot be joined (any more). The argument is its ``JoinBarrier``."""


class WrongChoice(BookingError):
    """A length, an extra, a kind or number of people that the service does not offer.

    ``what`` does not fit, in one word: "length", "people", "party", "add-on", "add-ons" (too many of
    a group), "quantity", "time" (it does not fit the length), "sessions", "services" or "number".
    ``name`` is what the owner calls it, "" where that is not known.
    """

    def __init__(self, what: str = "", name: str = "") -> None:
        super().__init__(what, name)
        self.what, self.name = what, name


class TooManySessions(WrongChoice):
    """More sessions at once than one press may take."""


class FormStale(BookingError):
    """A form was forged, too old, or made for another service."""


class UnknownBooking(BookingError):
    """No booking has this key."""


class HoldExpired(BookingError):
    """The time was kept for ten minutes and the minutes are over."""


class TooManyHolds(BookingError):
    """One address keeps more times, or presses more often, than a person would."""


class TooLateToCancel(BookingError):
    """The rules of the business do not let customers cancel this booking (any more)."""


class TooLateToMove(BookingError):
    """The rules of the business do not let customers move this booking (any more)."""


class MoveExpired(BookingError):
    """The new time is no longer kept; the booking stands as it was."""


class OtherPrice(BookingError):
    """Another time costs something else: what is booked and paid cannot simply move there."""


class CalendarUnavailable(BookingError):
    """The business's calendar cannot be asked just now. Every failure of Wix derives from this."""
