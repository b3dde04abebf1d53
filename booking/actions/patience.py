"""How long we wait for others: settings, so that tests can compress them."""

from dataclasses import dataclass
from datetime import timedelta

LONGEST_BACKOFF = timedelta(minutes=4)
"""With a minute's lease: what a crash has left is settled within five minutes."""
LONGEST_WATCH = timedelta(minutes=15)
"""Asking for the owner's answer is no failure, and need not be hurried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """``lease``: how long one worker may work on an attempt before another takes over.

    ``backoff``: the first wait after a failure, doubled each time up to four minutes. ``grace``:
    how long Wix's reader may lag behind a booking that was made. ``placed_mail``: how long the mail
    "we are on it" waits for an outcome that makes it needless. ``watch``: the first wait between two
    looks at a request that the owner has to answer. ``review``: how long between two rounds, which
    find what the owner has cancelled or moved at Wix without our being told.
    """

    lease: timedelta = timedelta(seconds=60)
    backoff: timedelta = timedelta(seconds=4)
    grace: timedelta = timedelta(seconds=20)
    placed_mail: timedelta = timedelta(seconds=60)
    watch: timedelta = timedelta(seconds=60)
    review: timedelta = timedelta(hours=1)

    def after(
        self, tries: int, first: timedelta | None = None, longest: timedelta = LONGEST_BACKOFF
    ) -> timedelta:
        """The wait after the ``tries``-th failure, 1 being the first."""
        return min((first or self.backoff) * (1 << min(tries - 1, 12)), longest)
