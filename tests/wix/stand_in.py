"""What stands in for Wix's servers, and for time, in the tests of the service module."""

import io
import json
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any

from requests import PreparedRequest, Response
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3 import HTTPResponse

from booking.wix import ApiKey, Limits, RetryRule, Transport
from booking.wix.auth import Auth
from booking.wix.limits import Time

KEY = "IST.a-secret-key"
SITE = "5c4e2d1a-0000-4000-8000-000000000001"


@dataclass(frozen=True)
class Told:
    """One answer on the wire."""

    status: int = 200
    body: bytes = b"{}"
    headers: Mapping[str, str] = field(default_factory=dict)


def ok(body: Any) -> Told:
    """200 with a JSON body."""
    return Told(body=json.dumps(body).encode())


def refusal(status: int, code: str, message: str = "") -> Told:
    """Wix's envelope of an application error."""
    details = {"applicationError": {"code": code, "description": "", "data": {}}}
    return Told(status, json.dumps({"message": message, "details": details}).encode())


Script = Told | Exception | Callable[[PreparedRequest], Told]


class StandIn(BaseAdapter):
    """Gives the scripted answers one by one, the last one again and again; keeps what was asked."""

    def __init__(self, *script: Script) -> None:
        super().__init__()
        self.requests: list[PreparedRequest] = []
        self.timeouts: list[Any] = []
        self._script = deque(script)
        self._lock = Lock()

    def will_say(self, *script: Script) -> None:
        """Replace what is left of the script."""
        with self._lock:
            self._script = deque(script)

    @property
    def paths(self) -> list[str]:
        return [str(request.path_url) for request in self.requests]

    @property
    def bodies(self) -> list[Any]:
        return [json.loads(request.body or "null") for request in self.requests]

    def send(
        self,
        request: PreparedRequest,
        stream: bool = False,  # noqa: FBT001, FBT002 - requests' own signature
        timeout: Any = None,
        *_: Any,
        **__: Any,
    ) -> Response:
        with self._lock:
            self.requests.append(request)
            self.timeouts.append(timeout)
            said = self._script.popleft() if len(self._script) > 1 else self._script[0]
        if isinstance(said, Exception):
            raise said
        return _response(request, said if isinstance(said, Told) else said(request))

    def close(self) -> None:
        """Nothing is open."""


def _response(request: PreparedRequest, told: Told) -> Response:
    raw = HTTPResponse(
        body=io.BytesIO(told.body),
        headers=told.headers,
        status=told.status,
        preload_content=False,
    )
    return HTTPAdapter().build_response(request, raw)


@dataclass
class ManualTime:
    """A clock that moves only when somebody sleeps, or a test moves it."""

    seconds: float = 1_000.0
    slept: list[float] = field(default_factory=list)

    def clock(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds

    def now(self) -> datetime:
        return datetime(2030, 6, 3, 10, tzinfo=UTC) + timedelta(seconds=self.seconds)


def a_transport(
    wix: BaseAdapter,
    *,
    auth: Auth | None = None,
    time: ManualTime | None = None,
    limits: Limits | None = None,
    retry: RetryRule | None = None,
) -> Transport:
    """A transport whose network is ``wix``, on a clock of its own."""
    clock = time or ManualTime()
    return Transport(
        "https://wix.test",
        auth or ApiKey(KEY, SITE),
        media_url="https://media.test/media",
        retry=retry or RetryRule(jitter=lambda: 0.0),
        limits=limits,
        adapter=lambda: wix,
        time=Time(clock=clock.clock, sleep=clock.sleep, now=clock.now),
    )
