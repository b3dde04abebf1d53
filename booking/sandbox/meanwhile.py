"""What Wix does by itself a moment later: when somebody asks next, or when its time has come.

A frozen clock brings no time: then only a question after the clock was moved does.
"""

from __future__ import annotations

from threading import Timer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from booking.sandbox.app import Sandbox


class Meanwhile:
    """Does what the shop has put off. ``catch_up`` is called under the sandbox's lock."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._timer: Timer | None = None

    def catch_up(self) -> None:
        """Do what is due by now, and let apps know of it."""
        if self._sandbox.world.shop.settle(self._sandbox.clock.now()):
            self._sandbox.tell({})

    def wake_later(self) -> None:
        """See to it that what is still due happens, also if nobody asks."""
        due = self._sandbox.world.shop.next_due
        if due is None or self._timer or self._sandbox.clock.stands_still:
            return
        wait = max(0.0, due - self._sandbox.clock.now())
        self._timer = Timer(wait, self._wake)
        self._timer.daemon = True
        self._timer.start()

    def _wake(self) -> None:
        with self._sandbox.lock:
            self._timer = None
            self.catch_up()
            self.wake_later()

    def close(self) -> None:
        """Wake no more."""
        if self._timer:
            self._timer.cancel()
