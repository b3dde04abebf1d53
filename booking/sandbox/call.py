"""One call as a handler sees it, and the table rows that say which handler answers which path."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto

from booking.sandbox.wire import Json
from booking.sandbox.world import World


class Caller(Enum):
    """Who asks, as the token tells."""

    NOBODY = auto()
    VISITOR = auto()
    MEMBER = auto()
    APP = auto()
    OWNER = auto()

    @property
    def may_manage(self) -> bool:
        return self in (Caller.APP, Caller.OWNER)


class For(Enum):
    """Whom an endpoint serves."""

    EVERYBODY = auto()  # no token at all
    VISITORS = auto()  # any token, a visitor's too
    MEMBERS = auto()  # a member for what is their own, the owner's key and an app's token
    MEMBERS_ALONE = auto()
    APPS = auto()  # an app's token alone
    MANAGERS = auto()  # the owner's key or an app's token


@dataclass(frozen=True, slots=True)
class Call:
    """A parsed request. ``origin`` is the address the sandbox was asked on, without a path.

    ``authorization`` is the raw header, for the one endpoint that is given two proofs at once.
    """

    body: Json
    query: dict[str, list[str]]
    params: dict[str, str]
    caller: Caller
    identity: Json = field(default_factory=dict)
    origin: str = ""
    authorization: str = ""


type Handler = Callable[[World, Call], Json]


@dataclass(frozen=True, slots=True)
class Route:
    """Every spelling of one endpoint's path: Wix publishes most of them twice."""

    method: str
    handler: Handler
    paths: tuple[str, ...]
    whom: For = For.VISITORS
