"""One caller asks, the others wait for what it gets."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLong

from booking.wix.errors import WixUnreachable
from booking.wix.wire import Answer


class Flights:
    """Single flight inside one process: per key at most one question is under way."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._lock = threading.Lock()
        self._under_way: dict[str, Future[Answer]] = {}
        self.waiting = 0
        """How many callers wait just now for what another one asks."""

    def join(self, key: str, ask: Callable[[], Answer]) -> Answer:
        """The answer to ``key``: asked for here, or by whoever was first.

        Raises: what ``ask`` raises, the same for all who wait; WixUnreachable after ``patience``
        seconds of waiting.
        """
        with self._lock:
            mine = key not in self._under_way
            flight = self._under_way.setdefault(key, Future())
            self.waiting += not mine
        if not mine:
            return self._await(flight)
        try:
            answer = ask()
        except BaseException as error:
            self._land(key)
            flight.set_exception(error)
            raise
        self._land(key)
        flight.set_result(answer)
        return answer

    def _await(self, flight: Future[Answer]) -> Answer:
        try:
            return flight.result(self._patience)
        except TooLong as error:
            raise WixUnreachable("waited too long for somebody else's question") from error
        finally:
            with self._lock:
                self.waiting -= 1

    def _land(self, key: str) -> None:
        with self._lock:
            del self._under_way[key]
