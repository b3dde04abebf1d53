"""Delivery of notices in the background: at least once, late, twice or out of order if told so.

Source: Wix, "About Webhooks": 1250 ms to answer 200, then up to twelve repetitions over two days.
"""

from __future__ import annotations

import heapq
import itertools
import time
from collections import deque
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Condition, Thread
from urllib.parse import urlsplit

from booking.sandbox.clock import Clock
from booking.sandbox.events import Event
from booking.sandbox.signing import token
from booking.sandbox.times import stamp
from booking.sandbox.wire import Json, WixError

DEADLINE = 1.25
MINUTE, HOUR = 60.0, 3600.0
PAUSES = (
    *(MINUTE, 10 * MINUTE, HOUR, 2 * HOUR, 2 * HOUR, 2 * HOUR),
    *(4 * HOUR, 4 * HOUR, 4 * HOUR, 8 * HOUR, 8 * HOUR, 12 * HOUR),
)
"""Seconds after each failure; after the last one the notice is lost."""
OK = 200
KEPT = 1000


@dataclass(slots=True)
class Manner:
    """``compression`` divides the pauses; ``copies`` is how often each notice is sent at first."""

    compression: float = 1.0
    copies: int = 1
    shuffle: bool = False
    hold: bool = False
    as_text: bool = False
    forged: bool = False


@dataclass(order=True, slots=True)
class _Due:
    """``order`` decides between what is due at the same moment."""

    at: float
    order: int
    event: Event = field(compare=False)
    url: str = field(compare=False)
    failures: int = field(default=0, compare=False)


class Webhooks:
    """Who is told, what was told, and what is still to be told.

    A thread lives while something is to be delivered and no longer; ``close`` ends it early.
    """

    def __init__(self, clock: Clock) -> None:
        self.urls: list[str] = []
        self.manner = Manner()
        self._clock = clock
        self._events: deque[Event] = deque(maxlen=KEPT)
        self._log: deque[Json] = deque(maxlen=KEPT)
        self._waiting: list[_Due] = []
        self._numbers = itertools.count(1)
        self._changed = Condition()
        self._thread: Thread | None = None
        self._sending = 0

    def add(self, url: str) -> None:
        """Tell this address from now on."""
        with self._changed:
            self.urls.append(url)

    def tell(self, events: list[Event]) -> None:
        """Deliver these to every address, as the manner says."""
        if not events:
            return
        with self._changed:
            self._events.extend(events)
            copies = self.manner.copies
            for event, url, _ in itertools.product(events, self.urls, range(copies)):
                self._wait(event, url)
            self._wake()

    def again(self, event_id: str | None) -> int:
        """Deliver one notice once more, or all; how many. Raises: WixError 404."""
        with self._changed:
            found = [one for one in self._events if event_id in (None, one.id)]
            for event, url in itertools.product(found, self.urls):
                self._wait(event, url)
            self._wake()
        if event_id and not found:
            raise WixError(404, "No such notice")
        return len(found)

    def behave(self, manner: Manner) -> None:
        """From now on; what was held goes out at once when it no longer is."""
        with self._changed:
            self.manner = manner
            now = time.monotonic()
            for due in self._waiting:
                due.at = due.at if due.failures else now
                due.order = abs(due.order) * (-1 if manner.shuffle else 1)
            heapq.heapify(self._waiting)
            self._wake()

    def told(self) -> Json:
        """Addresses, notices and what became of each delivery, in order."""
        with self._changed:
            notices = [{"id": one.id, "eventType": one.type, **one.told} for one in self._events]
            return {
                "urls": list(self.urls),
                "notices": notices,
                "deliveries": list(self._log),
                "waiting": len(self._waiting) + self._sending,
            }

    def bodies(self) -> list[str]:
        """Every notice as it is sent, signed; for those who have no address to be told at."""
        with self._changed:
            return [self._body(event) for event in self._events]

    def clear(self) -> None:
        """Forget addresses, notices and what was still to be sent."""
        with self._changed:
            self.urls.clear()
            self._events.clear()
            self._log.clear()
            self._waiting.clear()
            self.manner = Manner()
            self._changed.notify_all()

    def close(self) -> None:
        """Send no more; returns when a delivery under way has ended."""
        self.clear()
        thread = self._thread
        if thread:
            thread.join(2 * DEADLINE)

    def _body(self, event: Event) -> str:
        manner = self.manner
        return token(event, self._clock.now(), as_text=manner.as_text, forged=manner.forged)

    def _wait(self, event: Event, url: str) -> None:
        number = next(self._numbers)
        order = -number if self.manner.shuffle else number
        heapq.heappush(self._waiting, _Due(time.monotonic(), order, event, url))

    def _wake(self) -> None:
        self._changed.notify_all()
        if self._waiting and self._thread is None:
            self._thread = Thread(target=self._deliver, name="sandbox-webhooks", daemon=True)
            self._thread.start()

    def _deliver(self) -> None:
        while due := self._next():
            started = time.monotonic()
            status = _post(due.url, self._body(due.event))
            seconds = time.monotonic() - started
            with self._changed:
                self._sending = 0
                if due.url in self.urls:
                    self._note(due, status, seconds)

    def _next(self) -> _Due | None:
        """What is due, when it is; None, and the thread's end, if nothing is left."""
        with self._changed:
            while self._waiting:
                wait = None if self.manner.hold else self._waiting[0].at - time.monotonic()
                if wait is not None and wait <= 0:
                    self._sending = 1
                    return heapq.heappop(self._waiting)
                self._changed.wait(wait)
            self._thread = None
            return None

    def _note(self, due: _Due, status: int, seconds: float) -> None:
        """Write down how it went and, if it failed, when it is tried again."""
        done = status == OK and seconds <= DEADLINE
        lost = not done and due.failures >= len(PAUSES)
        self._log.append(
            {
                "id": due.event.id,
                "eventType": due.event.type,
                "url": due.url,
                "attempt": due.failures + 1,
                "status": status or None,
                "milliseconds": round(seconds * 1000),
                "at": stamp(self._clock.now()),
                "outcome": "delivered" if done else "lost" if lost else "to be repeated",
            }
        )
        if not done and not lost:
            due.at = time.monotonic() + PAUSES[due.failures] / self.manner.compression
            due.failures += 1
            heapq.heappush(self._waiting, due)


def _post(url: str, body: str) -> int:
    """The answer's status; 0 for none in time."""
    parts = urlsplit(url)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=DEADLINE)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {"Content-Type": "text/plain", "User-Agent": "WixWebhooks/sandbox"}
    try:
        connection.request("POST", path, body.encode(), headers)
        return connection.getresponse().status
    except (OSError, HTTPException):
        return 0
    finally:
        connection.close()
