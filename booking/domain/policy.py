"""When a business lets its customers book, cancel and move.

Minutes count only when the rule beside them is switched on at Wix: a rule that is off is ``None`` here.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Windows in minutes before the start; ``None`` where the business sets no limit.

    ``cancel_minutes`` is 0 where cancelling is free until the start. ``after_start`` lets customers
    into what has begun. ``words`` is the owner's own text.
    """

    earliest_minutes: int | None = None
    latest_minutes: int | None = None
    after_start: bool = False
    may_cancel: bool = False
    cancel_minutes: int = 0
    may_move: bool = False
    move_minutes: int = 0
    largest_party: int = 1
    words: str = ""

    def cancel_until(self, starts: datetime) -> datetime | None:
        """The last moment to cancel a booking that starts at ``starts``; None if never."""
        return starts - timedelta(minutes=self.cancel_minutes) if self.may_cancel else None

    def move_until(self, starts: datetime) -> datetime | None:
        """The last moment to move a booking that starts at ``starts``; None if never."""
        return starts - timedelta(minutes=self.move_minutes) if self.may_move else None
