"""Any Wix: the sandbox in this process, the sandbox behind a socket, and a live site with credentials.

For a live site set WIX_LIVE_API_KEY and WIX_LIVE_SITE_ID. Nothing is written there unless WIX_LIVE_WRITE=1
is set too; then one appointment is booked and cancelled.
"""

import os
from collections.abc import Iterator
from threading import Thread

import pytest

from booking.sandbox import make_app
from booking.sandbox.server import serve
from booking.wix import ApiKey, Transport, Wix
from tests.in_process import Sandbox, WSGIAdapter

LIVE = "https://www.wixapis.com"
NO_CREDENTIALS = "set WIX_LIVE_API_KEY and WIX_LIVE_SITE_ID to run it against a live site"


@pytest.fixture(params=["in process", "over a socket", "live"])
def wix(request: pytest.FixtureRequest) -> Wix:
    """A client of one of the three."""
    ways = {"in process": "wix_in_process", "over a socket": "wix_over_a_socket", "live": "live"}
    client: Wix = request.getfixturevalue(ways[request.param])
    return client


@pytest.fixture
def wix_in_process() -> Wix:
    sandbox = Sandbox.in_process()
    app = sandbox.app
    assert app
    return Wix(Transport(sandbox.url, _owner(sandbox), adapter=lambda: WSGIAdapter(app)))


@pytest.fixture
def wix_over_a_socket() -> Iterator[Wix]:
    server = serve(make_app(), "127.0.0.1", 0)
    thread = Thread(target=server.serve_forever)
    thread.start()
    url = f"http://127.0.0.1:{server.port}"
    sandbox = Sandbox(url=url)
    yield Wix(Transport(url, _owner(sandbox)))
    sandbox.close()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def live() -> Wix:
    key, site = os.environ.get("WIX_LIVE_API_KEY"), os.environ.get("WIX_LIVE_SITE_ID")
    if not key or not site:
        pytest.skip(NO_CREDENTIALS)
    return Wix(Transport(LIVE, ApiKey(key, site)))


@pytest.fixture
def may_write(request: pytest.FixtureRequest) -> None:
    """Skip a test that writes, where that was not allowed."""
    live = request.node.callspec.params.get("wix") == "live"
    if live and os.environ.get("WIX_LIVE_WRITE") != "1":
        pytest.skip("set WIX_LIVE_WRITE=1 to book and cancel an appointment there")


def _owner(sandbox: Sandbox) -> ApiKey:
    return ApiKey(sandbox.credentials["apiKey"], sandbox.credentials["siteId"])
