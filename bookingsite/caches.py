"""The cache of one machine: files, shared by all its processes, with an ``add`` that only one wins."""

import hashlib
import os
import time
from pathlib import Path
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache


class SharedFileCache(FileBasedCache):
    """Django's file cache looks first and writes afterwards in ``add``, so two callers may both win.

    Here the file system decides: a marker file is created exclusively, and counts until its time is
    over. Single flight across processes rests on that.
    """

    _dir: str

    def add(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """Store ``value`` unless the key lives; True for exactly one of several callers."""
        marker = self._marker(key, version)
        marker.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._drop_when_over(marker, timeout)
        try:
            os.close(os.open(marker, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        except FileExistsError:
            return False
        self.set(key, value, timeout, version)
        return True

    def delete(self, key: Any, version: int | None = None) -> bool:
        """Forget the key, and let the next ``add`` win."""
        self._marker(key, version).unlink(missing_ok=True)
        return super().delete(key, version)

    def _marker(self, key: Any, version: int | None) -> Path:
        name = hashlib.sha256(self.make_and_validate_key(key, version).encode()).hexdigest()
        return Path(self._dir) / f"{name}.lock"

    def _drop_when_over(self, marker: Path, timeout: Any) -> None:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        try:
            over = seconds is not None and marker.stat().st_mtime + seconds < time.time()
        except FileNotFoundError:
            return
        if over:
            marker.unlink(missing_ok=True)
