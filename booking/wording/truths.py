"""Where a booking stands, in a word, a sentence, and what comes next."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext

from booking.domain.truth import Truth


@dataclass(frozen=True, slots=True)
class Told:
    """``title`` is a word or two, ``sentence`` what is known, ``next_step`` what happens or is to be done."""

    title: str
    sentence: str
    next_step: str


def told(truth: Truth, *, times: int = 1, email: str = "") -> Told:
    """What to say of a booking of so many ``times``; ``email`` is where the confirmation goes."""
    if truth is Truth.BOOKED:
        return _booked(times, email)
    return SAID[truth]()


def _booked(times: int, email: str) -> Told:
    sentence = gettext("Your time is booked.")
    if times > 1:
        sentence = gettext("All these dates are booked.")
    mailed = gettext("A confirmation goes to %(email)s.") % {"email": email}
    return Told(gettext("Booked"), sentence, mailed if email else "")


def _kept() -> Told:
    return Told(
        gettext("Kept for you"),
        gettext("This time is kept for you while you fill in your details."),
        gettext("It is booked once you have sent them."),
    )


def _no_longer_kept() -> Told:
    return Told(
        gettext("No longer kept"),
        gettext(
            "This time was kept for you for a while and is free for everybody again. Nothing was booked."
        ),
        gettext("Choose a time again; what you typed comes along."),
    )


def _being_booked() -> Told:
    return Told(
        gettext("We are booking your time"),
        gettext("We have your details and are entering your time into the business’s calendar."),
        gettext("This page looks again by itself; you may also close it, a mail follows."),
    )


def _awaiting_owner() -> Told:
    return Told(
        gettext("Waiting for the business"),
        gettext(
            "The business has your request and decides itself; until then your time is not yet certain."
        ),
        gettext("You get a mail as soon as it has decided."),
    )


def _over() -> Told:
    return Told(
        gettext("This booking is over"),
        gettext("It was booked, and its time has passed."),
        gettext("To come again, choose a new time."),
    )


def _taken() -> Told:
    return Told(
        gettext("Not booked"),
        gettext(
            "This time could not be booked: it went to somebody else, or the business could not take it. "
            "Nothing is owed."
        ),
        gettext("Choose another time."),
    )


def _in_part() -> Told:
    return Told(
        gettext("Not booked"),
        gettext(
            "One of these dates was no longer free, so none of them was booked. Nothing is owed."
        ),
        gettext("Choose again: the other dates may still be free."),
    )


def _too_few_places() -> Told:
    return Told(
        gettext("Not booked"),
        gettext(
            "There were no longer enough places for all of you, so nothing was booked. Nothing is owed."
        ),
        gettext("Choose another time, or come with fewer people."),
    )


def _refused() -> Told:
    return Told(
        gettext("Not booked"),
        gettext("The business could not accept this request. Nothing is owed."),
        gettext("Choose another time, or ask the business."),
    )


def _not_answered() -> Told:
    return Told(
        gettext("Not booked"),
        gettext("The business did not answer this request in time. Nothing is owed."),
        gettext("Choose another time, or ask the business."),
    )


def _cancelled() -> Told:
    return Told(
        gettext("Cancelled"),
        gettext("This booking is cancelled. You need not come, and nothing is owed."),
        gettext("To come another time, choose a new one."),
    )


def _being_cancelled() -> Told:
    return Told(
        gettext("We are cancelling your booking"),
        gettext("You have cancelled in time; we are taking it out of the business’s calendar."),
        gettext("This page looks again by itself; you may also close it, a mail follows."),
    )


def _being_moved() -> Told:
    return Told(
        gettext("We are moving your booking"),
        gettext("Your new time is kept; until it is entered, your booking stands as it was."),
        gettext("This page looks again by itself; you may also close it, a mail follows."),
    )


def _not_moved() -> Told:
    return Told(
        gettext("Booked"),
        gettext(
            "The other time could not be had, so nothing has changed: your booking stands as it was."
        ),
        gettext("You may choose another time for it below."),
    )


def _called_off() -> Told:
    return Told(
        gettext("Cancelled"),
        gettext(
            "This booking was cancelled in the business’s own calendar. "
            "You need not come, and nothing is owed."
        ),
        gettext("If it was not you, choose another time, or ask the business."),
    )


def moved() -> Told:
    """What to say of a booking that has just been moved; its page only says how it stands."""
    return Told(
        gettext("Moved"),
        gettext("Your booking was moved. Below is how it stands now."),
        gettext("If that does not suit you, ask the business."),
    )


def _to_be_paid() -> Told:
    return Told(
        gettext("Waiting for your payment"),
        gettext(
            "Your time is kept while you pay. Nothing is booked and nothing is charged before that."
        ),
        gettext("Pay now, or leave it: then the time becomes free again and you owe nothing."),
    )


def _payment_kept() -> Told:
    return Told(
        gettext("Almost there"),
        gettext("Your card is ready and we are having your time confirmed."),
        gettext("The money is taken only once the time is yours; else it is given back at once."),
    )


def _not_paid() -> Told:
    return Told(
        gettext("Not paid in time"),
        gettext(
            "Nothing was booked and nothing was charged; the time is free for everybody again."
        ),
        gettext("Choose a time again; what you typed comes along."),
    )


def _at_wix() -> Told:
    return Told(
        gettext("Waiting for your payment"),
        gettext(
            "Your time is kept while you pay on the business’s own checkout page at Wix. "
            "We are waiting for Wix to tell us that you have."
        ),
        gettext(
            "Then your booking is confirmed, and a mail follows. "
            "If you do not pay, the time becomes free again and you owe nothing."
        ),
    )


def _page_over() -> Told:
    return Told(
        gettext("The time to pay is over"),
        gettext("Nobody can pay for this any more. We are asking whether you have."),
        gettext(
            "If you have paid, your time is booked if it is still free, else your money goes back. If not, "
            "you owe nothing. A mail follows."
        ),
    )


def _come_in() -> Told:
    return Told(
        gettext("Almost there"),
        gettext("Your booking has come in at Wix. We are writing it down."),
        gettext("This page looks again by itself; you may also close it, a mail follows."),
    )


def _no_way_to_pay() -> Told:
    return Told(
        gettext("Not booked"),
        gettext(
            "This is paid online when it is booked, and just now it cannot be. "
            "Nothing was booked and nothing was charged; the business has been told."
        ),
        gettext("Ask the business for this time, or try again later; what you typed comes along."),
    )


def _going_back() -> Told:
    return Told(
        gettext("Not booked"),
        gettext(
            "You have paid, and the time could not be booked: it went to somebody else, "
            "or the business could not take it. All of your money goes back."
        ),
        gettext(
            "Wix sends it back the way you paid; that may take some days. "
            "Choose another time, or ask the business."
        ),
    )


def _given_back() -> Told:
    return Told(
        gettext("Not booked"),
        gettext(
            "You had paid, and the time could not be booked: it went to somebody else, "
            "or the business could not take it. All of your money was sent back."
        ),
        gettext(
            "It goes the way you paid; until you see it, some days may pass. "
            "Choose another time, or ask the business."
        ),
    )


SAID: dict[Truth, Callable[[], Told]] = {
    Truth.KEPT: _kept,
    Truth.NO_LONGER_KEPT: _no_longer_kept,
    Truth.BEING_BOOKED: _being_booked,
    Truth.TO_BE_PAID: _to_be_paid,
    Truth.AT_WIX: _at_wix,
    Truth.PAGE_OVER: _page_over,
    Truth.COME_IN: _come_in,
    Truth.NO_WAY_TO_PAY: _no_way_to_pay,
    Truth.GOING_BACK: _going_back,
    Truth.GIVEN_BACK: _given_back,
    Truth.PAYMENT_KEPT: _payment_kept,
    Truth.NOT_PAID: _not_paid,
    Truth.AWAITING_OWNER: _awaiting_owner,
    Truth.BEING_CANCELLED: _being_cancelled,
    Truth.BEING_MOVED: _being_moved,
    Truth.NOT_MOVED: _not_moved,
    Truth.OVER: _over,
    Truth.TAKEN: _taken,
    Truth.IN_PART: _in_part,
    Truth.TOO_FEW_PLACES: _too_few_places,
    Truth.REFUSED: _refused,
    Truth.NOT_ANSWERED: _not_answered,
    Truth.CANCELLED: _cancelled,
    Truth.CALLED_OFF: _called_off,
}
"""Functions, because the language is that of the reader."""
