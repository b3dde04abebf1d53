"""Why a person is called for a booking: what no waiting and no trying again can settle.

``wording.needs`` says each in the words of whoever is called. A row keeps the word for it and its
details: who, and their own code for why; never a key, a card or an address.
"""

from enum import StrEnum


class Need(StrEnum):
    """A reason to call a person."""

    NOT_ACCEPTED = "not_accepted"  # Wix did not take the booking's details. code
    WIX_REFUSES = "wix_refuses"  # a permission or the Bookings app is missing at Wix. code
    LOST_KEY = "lost_key"  # a mail cannot carry the booking's address
    NO_PAYMENT_PAGE = "no_payment_page"  # the provider makes none. provider, code
    PROVIDER_REFUSES = "provider_refuses"  # a key of ours is no longer let in. provider, code
    OTHER_AMOUNT = "other_amount"  # not what was asked for was authorised. provider, amount
    NOT_TAKEN = "not_taken"  # the booking stands, its money could not be captured. provider, code
    MAYBE_NOT_TAKEN = "maybe_not_taken"  # the card may have let it go meanwhile. provider
    UNANSWERED = "unanswered"  # a request that was paid by card lapsed without an answer
    ONE_IS_LOST = "one_is_lost"  # the business cancelled one of several times in Wix
    STANDS_AT_WIX = "stands_at_wix"  # it is over here, and confirmed there
    NOT_RELEASED = "not_released"  # provider, code
    NOT_GIVEN_BACK = "not_given_back"  # provider, code
    CANNOT_SELL_AT_WIX = "cannot_sell_at_wix"  # its checkout page takes no payment. code
    ORDER_OPEN = "order_open"  # ordered at Wix, and not paid or refused there
    PAID_NOT_CONFIRMED = "paid_not_confirmed"  # at Wix, which says nothing yet. amount, order
    PAID_NOT_BOOKED = "paid_not_booked"  # at Wix; the money goes back. amount, order
    PLAN_NOT_BOOKED = "plan_not_booked"  # a session of it was taken at Wix. order
    PAID_TWICE = "paid_twice"  # at Wix; what is too much goes back. amount, order
    NOT_GIVEN_BACK_AT_WIX = "not_given_back_at_wix"  # code
    OTHER = "other"  # told in a sentence. text


OF_THE_SITE = frozenset(
    {Need.WIX_REFUSES, Need.NO_PAYMENT_PAGE, Need.PROVIDER_REFUSES, Need.CANNOT_SELL_AT_WIX}
)
"""Needs that are the same for every booking until the business, or we, have mended them."""


def need_of(code: str) -> Need:
    """The need that a row names; one that we do not know (any more) is another."""
    return Need(code) if code in Need else Need.OTHER
