"""Where a process can die: after each commit, and before and after each word to somebody else.

Installed in a process of the tests alone. It counts these boundaries, writes each down before it goes
on, and kills its own process at the one it was told. A connection that no boundary knows of ends the
process too, with ``UNTRACED``: then this file has to learn of a new way out.
"""

import os
import re
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from django.core.mail import EmailMessage
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from booking.checkout.pretend import Pretend

UNTRACED = 97
"""The exit status of a process that spoke to somebody whom no boundary knows."""
OF_PROVIDER = ("start", "look_up", "end", "capture", "release", "refund")
_WRITE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(?:booking_)?(\w+)', re.IGNORECASE)
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{20,}|(?:cs|pi|re)_\w+")


class Boundaries:
    """Counts from 1; dies at ``deadly`` (0: never). ``log`` gets a line for each before it is passed."""

    def __init__(self, log: Path, deadly: int = 0) -> None:
        self._log = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        self._deadly = deadly
        self._passed = 0
        self._lock = threading.Lock()

    def come_to(self, what: str) -> None:
        with self._lock:
            self._passed += 1
            os.write(self._log, f"{what}\n".encode())
            if self._passed == self._deadly:
                os.kill(os.getpid(), signal.SIGKILL)

    def refuse(self, address: object) -> None:
        os.write(self._log, f"untraced connection to {address}\n".encode())
        os._exit(UNTRACED)


class _Here(threading.local):
    """``outside`` counts the words to others that this thread is in the middle of."""

    outside = 0
    written: tuple[str, ...] = ()


_here = _Here()
_tracing: list[Boundaries] = []


@contextmanager
def traced(boundaries: Boundaries) -> Iterator[None]:
    """Count from here on, in all threads of this process."""
    _tracing.append(boundaries)
    try:
        yield
    finally:
        _tracing.remove(boundaries)


@contextmanager
def aside() -> Iterator[None]:
    """What somebody else does meanwhile: the customer's bank, the owner, a rival. Not counted."""
    _here.outside += 1
    try:
        yield
    finally:
        _here.outside -= 1


def install() -> None:
    """Teach every way out of this process to come to its boundaries; once in a process."""
    _wrap(requests.Session, "send", lambda _session, request, **_: _called(request))
    _wrap(EmailMessage, "send", lambda _message, *_args: "the mail server")
    for name in OF_PROVIDER:
        _wrap(Pretend, name, lambda *_args, name=name: f"pretend provider {name}")
    connection_created.connect(_listen, weak=False)
    _note_commits()
    sys.addaudithook(_audit)


def _wrap(owner: type, name: str, tell: Callable[..., str]) -> None:
    inner = getattr(owner, name)

    @wraps(inner)
    def call(*args: Any, **kwargs: Any) -> Any:
        what = tell(*args, **kwargs)
        _come_to(f"before {what}")
        with aside():
            answer = inner(*args, **kwargs)
        _come_to(f"after {what}")
        return answer

    setattr(owner, name, call)


def _called(request: requests.PreparedRequest) -> str:
    path = _ID.sub("…", urlsplit(request.url or "").path)
    return f"{request.method} {path}"


def _come_to(what: str) -> None:
    if _tracing and not _here.outside:
        _tracing[-1].come_to(what)


def _listen(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    connection.execute_wrappers.append(_note_write)


def _note_write(execute: Callable[..., Any], sql: str, *told: Any) -> Any:
    """Django's wrapper of a statement; the last thing told is its context."""
    result = execute(sql, *told)
    if found := _WRITE.match(sql):
        _here.written = (*_here.written, found[1])
        if not told[-1]["connection"].in_atomic_block:
            _committed()
    return result


def _note_commits() -> None:
    inner = BaseDatabaseWrapper._commit  # type: ignore[attr-defined]  # its types leave it out

    def commit(connection: BaseDatabaseWrapper) -> Any:
        result = inner(connection)
        _committed()
        return result

    BaseDatabaseWrapper._commit = commit  # type: ignore[attr-defined]  # likewise


def _committed() -> None:
    tables, _here.written = dict.fromkeys(_here.written), ()
    if tables:
        _come_to(f"committed {' '.join(tables)}")


def _audit(event: str, args: tuple[Any, ...]) -> None:
    if event == "socket.connect" and _tracing and not _here.outside:
        _tracing[-1].refuse(args[1])
