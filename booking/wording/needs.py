"""What a person is called for, and what they can do, in their own language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from booking.domain.needs import Need, need_of


@dataclass(frozen=True, slots=True)
class Needed:
    """What ``happened``, and what is ``to_do``."""

    happened: str
    to_do: str


def needed(code: str, details: Mapping[str, str]) -> Needed:
    """What to say of a need with its details; what they do not name is left out."""
    told = {"provider": "?", "code": "?", "amount": "?", "order": "?", "text": code, **details}
    said = SAID[need_of(code)]()
    return Needed(said.happened % told, said.to_do % told)


def _not_accepted() -> Needed:
    return Needed(
        gettext("Wix did not take the booking (%(code)s). The customer was told so."),
        gettext("Look at the service and its form in Wix, and call the customer."),
    )


def _wix_refuses() -> Needed:
    return Needed(
        gettext("Wix refuses this site (%(code)s), so something of this booking is not done yet."),
        gettext(
            "See that the Bookings app is installed and that this site’s key has its permissions. It is "
            "tried again by itself, or at once with “Try again”."
        ),
    )


def _lost_key() -> Needed:
    return Needed(
        gettext(
            "A mail to the customer was not sent: the booking’s address was made with a SECRET_KEY that "
            "is no longer known."
        ),
        gettext(
            "Add that key to SECRET_KEY_FALLBACKS, restart, and press “Try again”; or call the customer."
        ),
    )


def _no_payment_page() -> Needed:
    return Needed(
        gettext(
            "%(provider)s does not make a page to pay on (%(code)s). Nothing was booked, and the "
            "customer was told so."
        ),
        gettext("Look at your account at %(provider)s, and at its key here."),
    )


def _provider_refuses() -> Needed:
    return Needed(
        gettext(
            "%(provider)s refuses this site (%(code)s), so the payment of this booking is not settled yet."
        ),
        gettext(
            "Look at your account at %(provider)s, and at its key here. It is tried again by itself, or at "
            "once with “Try again”."
        ),
    )


def _other_amount() -> Needed:
    return Needed(
        gettext(
            "%(provider)s kept %(amount)s on the card, which is not what was asked for. Nothing was "
            "booked; the money is released."
        ),
        gettext("Look at the payment at %(provider)s, and call the customer."),
    )


def _not_taken() -> Needed:
    return Needed(
        gettext("The booking stands, but its money could not be taken (%(code)s)."),
        gettext("Press “Try again”, or ask the customer to pay on site."),
    )


def _maybe_not_taken() -> Needed:
    return Needed(
        gettext(
            "The booking stands. Its money may not have been taken before the card let it go: "
            "%(provider)s does not answer."
        ),
        gettext(
            "Look at the payment at %(provider)s, and ask the customer to pay on site if nothing was "
            "taken."
        ),
    )


def _unanswered() -> Needed:
    return Needed(
        gettext(
            "This request was not answered in time, so it was declined. Nothing was charged, and the "
            "customer was told so."
        ),
        gettext("Write to the customer if you would still like to see them."),
    )


def _one_is_lost() -> Needed:
    return Needed(
        gettext("One of the times of this booking was cancelled in Wix, the others stand."),
        gettext("Give back what it cost, and tell the customer."),
    )


def _stands_at_wix() -> Needed:
    return Needed(
        gettext("This booking is over here and stands in Wix."),
        gettext("Cancel it there, or tell the customer that they may come."),
    )


def _not_released() -> Needed:
    return Needed(
        gettext("The money kept on the customer’s card could not be released (%(code)s)."),
        gettext("Press “Try again”, or release it at %(provider)s."),
    )


def _not_given_back() -> Needed:
    return Needed(
        gettext("The money could not be given back (%(code)s)."),
        gettext("Press “Try again”, or give it back at %(provider)s or by hand."),
    )


def _cannot_sell_at_wix() -> Needed:
    return Needed(
        gettext(
            "Wix’s checkout page could not take the payment (%(code)s). The customer was offered another "
            "way to pay, if there is one."
        ),
        gettext("Look at your site’s payments and checkout page in Wix."),
    )


def _order_open() -> Needed:
    return Needed(
        gettext("This is ordered at Wix, and its payment is still open there."),
        gettext("Accept or cancel the order in Wix; until it is paid the time is not kept."),
    )


def _paid_not_confirmed() -> Needed:
    return Needed(
        gettext(
            "%(amount)s of order %(order)s is paid at Wix, and Wix has not confirmed the booking."
        ),
        gettext(
            "Confirm or decline the booking in Wix. If it is still open when its time begins, the money "
            "goes back by itself."
        ),
    )


def _paid_not_booked() -> Needed:
    return Needed(
        gettext(
            "Paid at Wix and not booked: the time was gone, or not wanted any more. %(amount)s of order "
            "%(order)s goes back through Wix."
        ),
        gettext("See in Wix that it did, and offer the customer another time."),
    )


def _plan_not_booked() -> Needed:
    return Needed(
        gettext("A plan paid at Wix (order %(order)s), and the time was gone: nothing is booked."),
        gettext(
            "Give the session back to the member’s plan in Wix, and offer the customer another time."
        ),
    )


def _paid_twice() -> Needed:
    return Needed(
        gettext("This was paid twice. %(amount)s of order %(order)s goes back through Wix."),
        gettext("See in Wix that it did."),
    )


def _not_given_back_at_wix() -> Needed:
    return Needed(
        gettext("Wix could not give the money back (%(code)s)."),
        gettext("Press “Try again”, or refund the order in Wix or by hand."),
    )


def _other() -> Needed:
    return Needed(
        "%(text)s", gettext("Look at what was tried, and press “Done” once it is settled.")
    )


SAID: dict[Need, Callable[[], Needed]] = {
    Need.NOT_ACCEPTED: _not_accepted,
    Need.WIX_REFUSES: _wix_refuses,
    Need.LOST_KEY: _lost_key,
    Need.NO_PAYMENT_PAGE: _no_payment_page,
    Need.PROVIDER_REFUSES: _provider_refuses,
    Need.OTHER_AMOUNT: _other_amount,
    Need.NOT_TAKEN: _not_taken,
    Need.MAYBE_NOT_TAKEN: _maybe_not_taken,
    Need.UNANSWERED: _unanswered,
    Need.ONE_IS_LOST: _one_is_lost,
    Need.STANDS_AT_WIX: _stands_at_wix,
    Need.NOT_RELEASED: _not_released,
    Need.NOT_GIVEN_BACK: _not_given_back,
    Need.CANNOT_SELL_AT_WIX: _cannot_sell_at_wix,
    Need.ORDER_OPEN: _order_open,
    Need.PAID_NOT_CONFIRMED: _paid_not_confirmed,
    Need.PAID_NOT_BOOKED: _paid_not_booked,
    Need.PLAN_NOT_BOOKED: _plan_not_booked,
    Need.PAID_TWICE: _paid_twice,
    Need.NOT_GIVEN_BACK_AT_WIX: _not_given_back_at_wix,
    Need.OTHER: _other,
}
"""Functions, because the language is that of the reader."""
