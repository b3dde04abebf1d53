"""An app's token is fetched once, kept until shortly before its end, and renewed once after a 401."""

import json
import threading
from collections.abc import Callable

import pytest
import requests

from booking.wix import AppCredentials
from booking.wix.auth import RENEW_BEFORE_END
from booking.wix.errors import WixError, WixNotConnected, WixUnreachable
from tests.wix.stand_in import ManualTime, StandIn, Told, a_transport, ok

HOUR = 3600.0


class TokenServer:
    """Gives token-1, token-2, … and accepts only the last; counts what it is asked."""

    def __init__(self) -> None:
        self.minted = 0
        self.asked: list[str] = []
        self.trouble: Told | None = None
        self.before_token: Callable[[], None] = lambda: None
        self.lock = threading.Lock()

    def __call__(self, request: requests.PreparedRequest) -> Told:
        with self.lock:
            return self._token(request) if request.path_url == "/oauth2/token" else self._p(request)

    def _token(self, request: requests.PreparedRequest) -> Told:
        self.before_token()
        self.asked.append("token")
        assert "Authorization" not in request.headers
        assert json.loads(request.body or "") == {
            "grant_type": "client_credentials",
            "client_id": "app",
            "client_secret": "shh",
            "instance_id": "instance",
        }
        self.minted += 1
        return self.trouble or ok({"access_token": f"token-{self.minted}", "expires_in": 4 * HOUR})

    def _p(self, request: requests.PreparedRequest) -> Told:
        self.asked.append(request.headers["Authorization"])
        return ok({}) if request.headers["Authorization"] == f"token-{self.minted}" else Told(401)


@pytest.fixture
def server() -> TokenServer:
    return TokenServer()


@pytest.fixture
def time() -> ManualTime:
    return ManualTime()


@pytest.fixture
def ask(server: TokenServer, time: ManualTime) -> Callable[[], object]:
    app = AppCredentials("app", "shh", "instance", clock=time.clock)
    transport = a_transport(StandIn(server), auth=app, time=time)
    return lambda: transport.read("/p")


def test_a_token_serves_many_calls(ask: Callable[[], object], server: TokenServer) -> None:
    ask()
    ask()
    assert server.asked == ["token", "token-1", "token-1"]


def test_a_token_is_renewed_before_it_ends(
    ask: Callable[[], object], server: TokenServer, time: ManualTime
) -> None:
    ask()
    time.seconds += 4 * HOUR - RENEW_BEFORE_END + 1
    ask()
    assert server.asked == ["token", "token-1", "token", "token-2"]


def test_a_token_that_cannot_be_renewed_yet_is_used_to_its_end(
    ask: Callable[[], object], server: TokenServer, time: ManualTime
) -> None:
    ask()
    time.seconds += 4 * HOUR - RENEW_BEFORE_END + 1
    server.trouble = Told(503)
    server.minted = 0  # the old token stays good
    server.minted -= 2  # so many tries fail before it is used again
    ask()
    assert server.asked[-1] == "token-1"


def test_a_rejected_token_is_renewed_once(ask: Callable[[], object], server: TokenServer) -> None:
    ask()
    server.minted = 7  # Wix has revoked token-1
    ask()
    assert server.asked == ["token", "token-1", "token-1", "token", "token-8"]


def test_a_site_that_takes_no_token_is_not_connected(time: ManualTime) -> None:
    wix = StandIn(ok({"access_token": "t-1"}), Told(401), ok({"access_token": "t-2"}), Told(401))
    app = AppCredentials("app", "shh", "instance", clock=time.clock)
    with pytest.raises(WixNotConnected):
        a_transport(wix, auth=app).write("/p", {})
    assert wix.paths == ["/oauth2/token", "/p", "/oauth2/token", "/p"]


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        (Told(400, b'{"error":"invalid_client"}'), WixNotConnected),
        (Told(401), WixNotConnected),
        (Told(403), WixNotConnected),
        (Told(200, b"<html>"), WixNotConnected),
        (Told(200, b"{}"), WixNotConnected),
        (Told(503), WixUnreachable),
    ],
)
def test_without_a_token_a_write_is_never_made(told: Told, kind: type[WixError]) -> None:
    app = AppCredentials("app", "shh", "instance")
    wix = StandIn(told)
    with pytest.raises(kind) as caught:
        a_transport(wix, auth=app).write("/p", {})
    assert not caught.value.maybe_done
    assert set(wix.paths) == {"/oauth2/token"}


def test_twenty_threads_that_begin_together_fetch_one_token(
    ask: Callable[[], object], server: TokenServer
) -> None:
    begun = threading.Semaphore(0)

    def begin() -> None:
        begun.release()
        ask()

    def when_all_have_begun() -> None:
        for _ in range(20):
            assert begun.acquire(timeout=5)

    server.before_token = when_all_have_begun
    threads = [threading.Thread(target=begin, daemon=True) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert server.asked.count("token") == 1
    assert server.asked.count("token-1") == 20
