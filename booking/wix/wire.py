"""Between bytes and typed objects: what every resource needs to read an answer.

Wix leaves fields out or sends ``null`` as it likes, adds members to its enums, and promises no
more than its documentation does. So wire shapes are optional everywhere, and what is really needed
is asked for with ``need``; a wrong field is reported by its path.
"""

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import msgspec

from booking.wix.errors import WixAnswerMalformed
from booking.wix.lanes import Lane

log = logging.getLogger("booking.wix")

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What Wix sent, byte for byte. ``received_at`` is UTC: an answer may come from a cache."""

    body: bytes
    received_at: datetime


Check = Callable[[Answer], object]
"""Reads an answer and raises WixAnswerMalformed if it cannot be used; its result is not looked at."""


class Wire(Protocol):
    """Whatever carries questions to Wix: the transport itself, or the cache before it."""

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
        """Ask something that changes nothing at Wix, so it may be asked twice.

        ``topic`` groups answers that are forgotten together. A cache keeps only what passes
        ``check``. Raises: WixError.
        """

    def write(self, path: str, body: Body, /, *, method: str = "POST") -> Answer:
        """Change something at Wix. Raises: WixError; look at its ``maybe_done``."""

    def forget(self, topic: str) -> None:
        """Answers about ``topic`` are out of date from now on."""


class Reader[T]:
    """Decodes one kind of answer. Raises WixAnswerMalformed, whatever the body is."""

    def __init__(self, shape: type[T]) -> None:
        self._decoder = msgspec.json.Decoder(shape)

    def __call__(self, answer: Answer) -> T:
        return self.read(answer.body)

    def read(self, body: bytes | msgspec.Raw) -> T:
        """The decoded body; fields that the shape does not know are passed over."""
        try:
            return self._decoder.decode(body)
        except msgspec.ValidationError as error:
            raise _located(str(error)) from error
        except (ValueError, RecursionError) as error:
            raise WixAnswerMalformed("", "not the JSON it should be") from error


_AT = re.compile(r"(?P<problem>.*) - at `\$(?P<path>.*)`", re.DOTALL)


def _located(told: str) -> WixAnswerMalformed:
    """Turn "Expected `str` - at `$.timeSlots[3].id`" round: the path first."""
    match = _AT.fullmatch(told)
    if not match:
        return WixAnswerMalformed("", told)
    return WixAnswerMalformed(match["path"].removeprefix("."), match["problem"])


def need[T](value: T | None, field: str) -> T:
    """The value of a field without which the answer is useless."""
    if value is None:
        raise WixAnswerMalformed(field, "missing")
    return value


_told: set[tuple[str, str]] = set()


def known[T](members: Mapping[str, T], value: str | None, unknown: T, *, what: str) -> T:
    """What an enum's member means; ``unknown`` for members Wix has added, logged once each."""
    if value is not None and value in members:
        return members[value]
    if value and len(_told) < 100 and (what, value) not in _told:  # noqa: PLR2004 - a bound on a log
        _told.add((what, value))
        log.warning("Wix uses a member of %s that we do not know: %s", what, value[:40])
    return unknown
