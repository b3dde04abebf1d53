"""What was asked of the sandbox, in order, for tests that count calls."""

from __future__ import annotations

from collections import Counter, deque
from threading import Lock

from booking.sandbox.times import stamp
from booking.sandbox.wire import Json

KEPT = 5000


class Journal:
    """The last calls with what they asked, and counts of all of them since the last reset."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._calls: deque[Json] = deque(maxlen=KEPT)
        self._counts: Counter[str] = Counter()

    def open(self, method: str, path: str, query: str, now: float) -> Json:
        """Note a call as it arrives; the caller fills in the answer's status. Never a token."""
        entry: Json = {
            "method": method,
            "path": path,
            "query": query,
            "received": stamp(now),
            "status": None,
            "body": None,
        }
        with self._lock:
            self._calls.append(entry)
            self._counts[f"{method} {path}"] += 1
        return entry

    def told(self) -> Json:
        with self._lock:
            return {"requests": list(self._calls), "counts": dict(self._counts)}

    def forget(self) -> None:
        with self._lock:
            self._calls.clear()
            self._counts.clear()
