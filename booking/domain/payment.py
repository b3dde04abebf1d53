"""Money that moves through somebody else: what is asked of them, and where it stands.

An authorisation keeps an amount on a card for us; capturing takes it, releasing gives it up, and a
refund gives back what was captured.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from booking.domain.money import Money

ANSWER_WITHIN = timedelta(days=6)
"""So long after a card was authorised the business may think about a request: most hold seven days."""
TIME_TO_TAKE = timedelta(hours=12)
"""So long before an authorisation ends by itself it must be known whether it is taken."""


def answer_due(authorised: datetime, lapses: datetime | None, useless_from: datetime) -> datetime:
    """When the business must have answered a request that is paid by card; no answer is a no.

    ``lapses`` is the end of the authorisation, None if the provider does not tell it; nobody wants
    the booking any more from ``useless_from`` on. All are UTC.
    """
    due = min(authorised + ANSWER_WITHIN, useless_from)
    return due if lapses is None else min(due, lapses - TIME_TO_TAKE)


class Standing(StrEnum):
    """Where a payment stands at its provider. ``UNKNOWN``: decide nothing on it."""

    OPEN = "open"  # the customer may still pay
    AUTHORISED = "authorised"
    CAPTURED = "captured"
    RELEASED = "released"  # the authorisation was given up, or lapsed
    ENDED = "ended"  # the page closed before anything was authorised
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """What a customer is to authorise. ``amount`` is above zero.

    ``reference`` is the booking's, which people may read to each other; never its key. ``language``
    as Django writes it. The customer's browser comes to ``back_url`` whatever became of it, which
    proves nothing. The page may be paid until ``until`` (UTC).
    """

    reference: str
    amount: Money
    what: str
    email: str
    language: str
    back_url: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentPage:
    """Where the customer pays. ``id`` finds the payment again; it is paid until ``until`` (UTC)."""

    id: str
    url: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A payment as its provider tells it now.

    ``payment_id`` is what captures and refunds name, "" before anything was authorised. ``amount`` is
    what was authorised or captured, ``refunded`` how much of it went back. ``lapses`` is the moment the
    authorisation ends by itself (UTC), None if it is not known. ``card`` is for people: "Visa 4242".
    ``reference`` is the one of the charge: it must be compared.
    """

    id: str
    standing: Standing
    reference: str = ""
    payment_id: str = ""
    amount: Money | None = None
    refunded: Money | None = None
    lapses: datetime | None = None
    card: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderNotice:
    """Something a provider has told, proved to come from it; only a hint to look the payment up.

    ``id`` is the notice's own; ``page_id`` and ``payment_id`` are "" where it does not name them.
    """

    id: str
    kind: str
    page_id: str = ""
    payment_id: str = ""
