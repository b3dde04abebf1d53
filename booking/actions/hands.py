"""What settling works with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from booking.actions.patience import Patience
from booking.models import Booking, Step
from booking.wix import Wix

Post = Callable[[Booking, Step, str], None]
"""Sends one mail for a booking; the text is an id that stays the same when it is sent again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hands:
    """The way to Wix, the post, the clock, how long to wait, and whether Wix mails customers too."""

    wix: Wix
    post: Post
    clock: Callable[[], datetime]
    patience: Patience
    wix_notifies: bool = False
