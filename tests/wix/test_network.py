"""What happens on a real connection: kept, refused, cut, too slow."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from booking.wix import ApiKey, RetryRule, Transport
from booking.wix.errors import WixUnreachable

ONCE = RetryRule(attempts=1)


class Handler(BaseHTTPRequestHandler):
    """Behaves as its path says, and counts connections."""

    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        super().setup()
        connections.append(self.client_address)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        getattr(self, self.path.strip("/"))()

    def good(self) -> None:
        self._begin(200, len(GOOD))
        self.wfile.write(GOOD)

    def cut(self) -> None:
        self.close_connection = True

    def half(self) -> None:
        self._begin(200, 1000)
        self.wfile.write(b'{"half":')
        self.close_connection = True

    def slow(self) -> None:
        released.wait(5)
        self.close_connection = True

    def noise(self) -> None:
        self.wfile.write(b"\x00\x01 this is no HTTP\r\n\r\n")
        self.close_connection = True

    def unpacked(self) -> None:
        self.send_response(200)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", "9")
        self.end_headers()
        self.wfile.write(b"not gzip!")

    def _begin(self, status: int, length: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


GOOD = json.dumps({"good": True}).encode()
connections: list[object] = []
released = threading.Event()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    released.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def unused() -> str:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


def a_transport(address: str, *, retry: RetryRule = ONCE, read: float = 2.0) -> Transport:
    return Transport(
        address, ApiKey("key", "site"), connect_timeout=1.0, read_timeout=read, retry=retry
    )


def test_a_thread_keeps_its_connection(address: str) -> None:
    transport = a_transport(address)
    before = len(connections)
    bodies = [transport.read("/good", {}).body for _ in range(3)]
    assert bodies == [GOOD] * 3
    assert len(connections) - before == 1


def test_each_thread_has_a_connection_of_its_own(address: str) -> None:
    transport = a_transport(address)
    before = len(connections)
    threads = [threading.Thread(target=transport.read, args=("/good", {})) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(connections) - before == 3


@pytest.mark.parametrize("trouble", ["/cut", "/half", "/noise", "/unpacked"])
def test_a_write_whose_answer_is_lost_may_have_been_done(address: str, trouble: str) -> None:
    with pytest.raises(WixUnreachable) as caught:
        a_transport(address).write(trouble, {})
    assert caught.value.maybe_done


@pytest.mark.parametrize("trouble", ["/cut", "/half", "/noise", "/unpacked"])
def test_a_read_whose_answer_is_lost_is_unreachable(address: str, trouble: str) -> None:
    with pytest.raises(WixUnreachable) as caught:
        a_transport(address).read(trouble, {})
    assert not caught.value.maybe_done


def test_a_read_that_takes_too_long_is_given_up(address: str) -> None:
    began = time.monotonic()
    with pytest.raises(WixUnreachable):
        a_transport(address, read=0.2).read("/slow", {})
    assert time.monotonic() - began < 2


def test_a_write_that_finds_nobody_was_never_sent(unused: str) -> None:
    with pytest.raises(WixUnreachable) as caught:
        a_transport(unused).write("/good", {})
    assert caught.value.not_sent
    assert not caught.value.maybe_done


def test_an_address_without_proxy_is_asked_directly(
    address: str, unused: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", unused)
    monkeypatch.setenv("http_proxy", unused)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    assert a_transport(address).read("/good", {}).body == GOOD


def test_a_proxy_of_the_environment_is_used(
    unused: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", unused)
    monkeypatch.setenv("http_proxy", unused)
    monkeypatch.setenv("NO_PROXY", "")
    monkeypatch.setenv("no_proxy", "")
    with pytest.raises(WixUnreachable):
        a_transport(address).read("/good", {})
