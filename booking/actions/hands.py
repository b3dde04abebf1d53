"""What settling works with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from booking.actions.facts import Facts
from booking.actions.patience import Patience
from booking.models import Booking, Step
from booking.providers import Provider
from booking.wix import Wix

Post = Callable[[Booking, Step, str], None]
"""Sends one mail for a booking; the text is an id that stays the same when it is sent again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hands:
    """The way to Wix, the post, the clock, how long to wait, and whether Wix mails customers too.

    ``provider`` gives the one of a name, and raises ProviderUnavailable where it is not set up any
    more; ``takes_cards`` is the name of the one that is. ``facts`` are those of the business now, and raise
    CalendarUnavailable. ``way_back`` is an absolute address that leads to a booking's page until a day
    after a moment, and may be shown to Wix and to providers. ``records_orders`` says that what was paid here
    is written down at Wix, ``wix_keeps_times`` that Wix is asked to keep a time too while its customer
    pays. ``client_id`` is the site's headless client, "" if it has none.
    """

    wix: Wix
    post: Post
    clock: Callable[[], datetime]
    patience: Patience
    provider: Callable[[str], Provider]
    facts: Callable[[], Facts]
    way_back: Callable[[Booking, datetime], str]
    takes_cards: str = ""
    client_id: str = ""
    wix_notifies: bool = False
    records_orders: bool = True
    wix_keeps_times: bool = False
