"""A cache shared by processes, in miniature, on a clock of the test's own."""

from threading import Lock
from typing import Any

from tests.wix.stand_in import ManualTime


class MemoryStore:
    """What Django's caches promise: values that go away after ``timeout`` seconds, an atomic add."""

    def __init__(self, time: ManualTime) -> None:
        self._time = time
        self._lock = Lock()
        self.values: dict[str, tuple[float, Any]] = {}

    def get(self, key: str) -> Any:
        ends, value = self.values.get(key, (0.0, None))
        return value if self._time.seconds < ends else None

    def set(self, key: str, value: Any, timeout: int) -> None:
        self.values[key] = (self._time.seconds + timeout, value)

    def add(self, key: str, value: Any, timeout: int) -> bool:
        with self._lock:
            free = self.get(key) is None
            self.values[key] = (self._time.seconds + timeout, value) if free else self.values[key]
            return free

    def delete(self, key: str) -> bool:
        return self.values.pop(key, None) is not None
