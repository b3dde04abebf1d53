"""Two ways round the cache: past it to Wix each time, and into it without ever asking Wix."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from booking.wix.errors import NothingKept
from booking.wix.lanes import Lane
from booking.wix.wire import Answer, Body, Check, Wire


class LookUp(Protocol):
    """What is kept of an answer. Raises: NothingKept."""

    def __call__(
        self, path: str, body: Body | None, *, method: str, lane: Lane, topic: str
    ) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Live:
    """Asks Wix each time, but forgets where others look."""

    wire: Wire
    forget: Callable[[str], None]

    def read(
        self,
        path: str,
        body: Body | None = None,
        *,
        method: str = "POST",
        lane: Lane = Lane.BROWSE,
        topic: str = "",
        check: Check | None = None,
    ) -> Answer:
        return self.wire.read(path, body, method=method, lane=lane, topic=topic, check=check)

    def write(self, path: str, body: Body, *, method: str = "POST") -> Answer:
        return self.wire.write(path, body, method=method)


@dataclass(frozen=True, slots=True)
class Kept:
    """Looks at what others have asked; it never asks, changes or forgets anything.

    ``look_up`` is None where nothing is ever kept.
    """

    look_up: LookUp | None = None

    def read(
        self,
        path: str,
        body: Body | None = None,
        *,
        method: str = "POST",
        lane: Lane = Lane.BROWSE,
        topic: str = "",
        check: Check | None = None,  # noqa: ARG002 - what is kept has passed it
    ) -> Answer:
        if self.look_up is None:
            raise NothingKept
        return self.look_up(path, body, method=method, lane=lane, topic=topic)

    def write(self, _path: str, _body: Body, /, **_how: str) -> Answer:
        """A look changes nothing. Raises: NothingKept."""
        raise NothingKept

    def forget(self, topic: str) -> None:
        """Nothing to forget: whoever changes something does it by another way."""
