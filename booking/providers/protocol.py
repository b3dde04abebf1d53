"""What every provider of money can do, and how it can fail.

Each call that changes something carries a ``key``: the same key with the same question has its effect
once, however often it is asked. So every call may be repeated, and needs no looking up before. Another
question under a key that was used is refused; a charge with another ``until`` is another question.
"""

from collections.abc import Mapping
from typing import Protocol

from booking.domain.money import Money
from booking.domain.payment import Charge, PaymentPage, ProviderNotice, Seen


class ProviderError(Exception):
    """A provider did not do what it was asked to. Says nothing about a card or a customer."""


class ProviderUnavailable(ProviderError):
    """No answer, or no answer that can be read. It may have been done: ask again with the same key."""


class ProviderRefused(ProviderError):
    """The provider understood and said no; asking again gives the same answer.

    ``code`` is the provider's own word for why.
    """

    def __init__(self, code: str, what: str = "") -> None:
        super().__init__(f"{code} {what}".strip())
        self.code = code


class ProviderRefusesUs(ProviderUnavailable):
    """It lets us do nothing, or does not know what it should: a key was withdrawn, or lacks a right.

    Nothing was done. Only a person can mend it; then asking again goes on. ``code`` as above.
    """

    def __init__(self, code: str, what: str = "") -> None:
        super().__init__(f"{code} {what}".strip())
        self.code = code


class ForgedNotice(ProviderError):
    """A notice without a good signature, or signed too long ago, or one that cannot be read."""


class Provider(Protocol):
    """Moves money and knows nothing of bookings. Safe to use from any number of threads.

    ``page_origin`` is where its pages are, "https://checkout.example.com"; "" for our own site.
    """

    name: str
    page_origin: str

    def start(self, charge: Charge, key: str) -> PaymentPage:
        """A page of the provider's on which the customer authorises the charge.

        It may stay open longer than the charge says, if the provider has no shorter ones; it tells.

        Raises: ProviderRefused, ProviderUnavailable.
        """
        ...

    def look_up(self, page_id: str) -> Seen:
        """Where the payment that began on this page stands. Raises: as ``start``."""
        ...

    def end(self, page_id: str, key: str, /) -> Seen:
        """Close the page, so that nobody can pay on it any more; tells what it stood at.

        A page that was paid meanwhile stays paid. Raises: as ``start``.
        """
        ...

    def capture(self, payment_id: str, amount: Money, key: str, /) -> None:
        """Take at most what was authorised; the rest is given up. Raises: as ``start``."""
        ...

    def release(self, payment_id: str, key: str, /) -> None:
        """Give the authorisation up. Raises: as ``start``."""
        ...

    def refund(self, payment_id: str, amount: Money, key: str) -> str:
        """Give back part or all of what was captured; returns the refund's id. Raises: as ``start``."""
        ...

    def read_notice(self, body: bytes, headers: Mapping[str, str], /) -> ProviderNotice:
        """A notice of the provider, once its signature has been looked at. Raises: ForgedNotice."""
        ...
