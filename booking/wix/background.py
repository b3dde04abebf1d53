"""A few threads that fetch fresh answers while their callers are served older ones."""

import os
import queue
import threading
from collections.abc import Callable

from booking.wix.errors import WixError
from booking.wix.wire import log

IDLE_SECONDS = 10.0
"""A thread without work ends after this long; the next job starts another."""


class Background:
    """At most ``threads`` daemon threads, and twice as many jobs waiting."""

    def __init__(self, threads: int = 4, name: str = "wix-refresh") -> None:
        self._most = threads
        self._name = name
        self._lock = threading.Lock()
        self._begin()

    def _begin(self) -> None:
        self._process = os.getpid()
        self._jobs: queue.Queue[Callable[[], object]] = queue.Queue(maxsize=2 * self._most)
        self._running = 0

    def submit(self, job: Callable[[], object]) -> bool:
        """Have ``job`` done soon; False if too many wait already: then it is not done at all."""
        with self._lock:
            if self._process != os.getpid():
                self._begin()  # a server has forked, and threads stay behind in the parent
            try:
                self._jobs.put_nowait(job)
            except queue.Full:
                return False
            if self._running < self._most:
                self._running += 1
                threading.Thread(target=self._work, name=self._name, daemon=True).start()
        return True

    def wait(self) -> None:
        """Return when nothing is left to do. For tests."""
        self._jobs.join()

    def _work(self) -> None:
        try:
            while job := self._next():
                self._do(job)
        except BaseException:
            self._running -= 1
            raise

    def _next(self) -> Callable[[], object] | None:
        """The next job, waited for; None when the thread is to end (and is counted out)."""
        try:
            return self._jobs.get(timeout=IDLE_SECONDS)
        except queue.Empty:
            pass
        with self._lock:
            try:
                return self._jobs.get_nowait()
            except queue.Empty:
                self._running -= 1
                return None

    def _do(self, job: Callable[[], object]) -> None:
        try:
            job()
        except WixError as error:
            log.warning("an answer could not be refreshed: %s", error)
        finally:
            self._jobs.task_done()
