"""How many calls may wait for Wix at once, and when not to call at all.

A slow Wix must not take every thread of the server: pages that need nothing from it stay quick.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum

from booking.wix.errors import WixThrottled, WixUnreachable


class Lane(Enum):
    """What a read is for. Each lane has seats of its own, so none can starve another."""

    BROWSE = "browse"  # looking around: the most calls, and the first to be turned away
    HOLD = "hold"  # a customer has pressed a time
    SETTLE = "settle"  # finding out what became of a booking: never turned away
    MEDIA = "media"  # pictures


class Seats:
    """At most ``each`` calls in flight per lane; a caller waits ``patience`` seconds for a seat."""

    def __init__(self, each: int, patience: float) -> None:
        bounded = (Lane.BROWSE, Lane.HOLD, Lane.MEDIA)
        self._free = {lane: threading.BoundedSemaphore(each) for lane in bounded}
        self._patience = patience

    @contextmanager
    def one(self, lane: Lane) -> Iterator[None]:
        """Keep a seat for the length of the ``with`` block.

        Raises: WixUnreachable if none comes free in time.
        """
        free = self._free.get(lane)
        if free is None:
            yield
            return
        if not free.acquire(timeout=self._patience):
            raise WixUnreachable(f"too many calls in flight ({lane.value})")
        try:
            yield
        finally:
            free.release()


class Circuit:
    """Refuses calls for ``rest`` seconds after ``threshold`` failures in a row.

    After the rest one caller may probe; the others are refused until it knows.
    """

    def __init__(
        self, threshold: int, rest: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._threshold = threshold
        self._rest = rest
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._probe_at = 0.0  # when the next probe may go
        self._probing = False

    @property
    def is_open(self) -> bool:
        """True while calls are refused, or only a probe may go."""
        return self._failures >= self._threshold

    @contextmanager
    def guard(self) -> Iterator[None]:
        """Count how the ``with`` block ends: only a failure to reach Wix counts against it.

        Raises: WixUnreachable without entering, while the circuit is open.
        """
        self._enter()
        reached = True
        try:
            yield
        except (WixUnreachable, WixThrottled):
            reached = False
            raise
        finally:
            self._leave(reached=reached)

    def _enter(self) -> None:
        with self._lock:
            if not self.is_open:
                return
            if self._probing or self._clock() < self._probe_at:
                raise WixUnreachable("circuit open")
            self._probing = True

    def _leave(self, *, reached: bool) -> None:
        with self._lock:
            self._probing = False
            self._failures = 0 if reached else self._failures + 1
            if self.is_open:
                self._probe_at = self._clock() + self._rest
