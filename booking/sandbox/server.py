"""A small threaded WSGI server: one thread a connection, kept alive, each answer one packet.

werkzeug's own closes every connection after its answer, which a pooled client would not forgive.
"""

from __future__ import annotations

import io
import sys
from http.client import HTTPException, parse_headers
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

if TYPE_CHECKING:
    from http.client import HTTPMessage

    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

LONGEST_LINE = 65_536
IDLE_SECONDS = 120


class Server(ThreadingTCPServer):
    """A bound server; ``serve_forever`` runs it, ``shutdown`` from another thread ends it."""

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False  # kept connections must not hold up the end
    request_queue_size = 128

    def __init__(self, app: WSGIApplication, host: str, port: int) -> None:
        super().__init__((host, port), Connection)
        self.app = app
        self.port: int = self.server_address[1]


class Connection(StreamRequestHandler):
    """Requests of one client, one after the other."""

    server: Server
    disable_nagle_algorithm = True
    timeout = IDLE_SECONDS

    def handle(self) -> None:
        try:
            while self._answer_one():
                pass
        except (ConnectionError, TimeoutError, HTTPException):
            return  # the client is gone or silent, or the program cut the connection

    def _answer_one(self) -> bool:
        """Answer the next request; may there be another?"""
        words = self.rfile.readline(LONGEST_LINE).decode("latin-1").split()
        if len(words) != 3:  # noqa: PLR2004 - method, target, version
            return False
        headers = parse_headers(self.rfile)
        if headers.get("Expect", "").lower() == "100-continue":
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        length = headers.get("Content-Length", "0")
        content = self.rfile.read(int(length) if length.isdigit() else 0)
        environ = self._environ(words, headers, content)
        self.wfile.write(self._run(environ))
        return words[2] == "HTTP/1.1" and headers.get("Connection", "").lower() != "close"

    def _environ(self, words: list[str], headers: HTTPMessage, content: bytes) -> WSGIEnvironment:
        path, _, query = words[1].partition("?")
        environ: WSGIEnvironment = {
            "REQUEST_METHOD": words[0],
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote(path, "latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": str(self.server.server_address[0]),
            "SERVER_PORT": str(self.server.port),
            "SERVER_PROTOCOL": words[2],
            "REMOTE_ADDR": self.client_address[0],
            "CONTENT_LENGTH": str(len(content)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(content),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        for name, value in headers.items():
            key = name.upper().replace("-", "_")
            environ["CONTENT_TYPE" if key == "CONTENT_TYPE" else f"HTTP_{key}"] = value
        return environ

    def _run(self, environ: WSGIEnvironment) -> bytes:
        """The whole answer; ConnectionAbortedError passes through and hangs up."""
        started: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], _: Any = None) -> Any:
            started[:] = [status, headers]
            return lambda _data: None

        body = b"".join(self.server.app(environ, start_response))
        status, headers = started
        lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers)]
        if "content-length" not in {name.lower() for name, _ in headers}:
            lines.append(f"Content-Length: {len(body)}")
        head = "\r\n".join([*lines, "", ""]).encode("latin-1")
        return head if environ["REQUEST_METHOD"] == "HEAD" else head + body


def serve(app: WSGIApplication, host: str, port: int) -> Server:
    """A bound server that is not running yet; port 0 takes a free one, told by ``port``."""
    return Server(app, host, port)
