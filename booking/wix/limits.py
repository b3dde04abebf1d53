"""How long, how many, how much: the bounds of talking to Wix. And where time comes from."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds, calls and bytes. ``seats`` is about a quarter of the server's threads.

    ``write`` bounds one try of a write, ``patience`` the wait for a seat.
    After ``failures`` reads in a row that got nothing, reads are refused for ``rest`` seconds.
    """

    write: float = 30.0
    seats: int = 8
    patience: float = 2.0
    failures: int = 5
    rest: float = 5.0
    answer_bytes: int = 16 * 1024 * 1024


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """The clocks, and waiting; tests bring their own."""

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], datetime] = _now
