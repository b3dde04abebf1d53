"""The sandbox's own clock: real, moved, or standing still."""

from __future__ import annotations

import time


class Clock:
    """What time it is. Tests freeze and move it instead of sleeping."""

    def __init__(self) -> None:
        self._ahead = 0.0
        self._frozen: float | None = None

    def now(self) -> float:
        """Seconds since 1970, UTC."""
        return time.time() + self._ahead if self._frozen is None else self._frozen

    @property
    def stands_still(self) -> bool:
        return self._frozen is not None

    def freeze(self, instant: float) -> None:
        """Stand still at ``instant`` until told otherwise."""
        self._frozen = instant

    def run_from(self, instant: float) -> None:
        """Run at real speed, from ``instant``."""
        self._frozen = None
        self._ahead = instant - time.time()

    def advance(self, seconds: float) -> None:
        """Move on; a frozen clock stays frozen, at the later time."""
        if self._frozen is None:
            self._ahead += seconds
        else:
            self._frozen += seconds

    def run_for_real(self) -> None:
        """Real time again."""
        self._frozen = None
        self._ahead = 0.0
