"""A ``requests`` adapter that hands calls to a WSGI program in this process."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterable, Mapping
from http.client import RemoteDisconnected
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import requests
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPResponse
from urllib3.exceptions import ProtocolError, ReadTimeoutError

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

type Timeout = float | tuple[float | None, float | None] | None


class WSGIAdapter(BaseAdapter):
    """Answers a ``requests`` session's calls with a WSGI program, failing as a real network would.

    A delay longer than the read time-out is not slept: it is a ReadTimeout at once, after the
    program has done its work. A cut connection is a ConnectionError.
    """

    def __init__(self, app: WSGIApplication) -> None:
        super().__init__()
        self.app = app
        self._builder = HTTPAdapter()

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,  # noqa: FBT001, FBT002 - likewise
        timeout: Timeout = None,
        verify: bool | str = True,  # noqa: FBT001, FBT002 - likewise
        cert: Any = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        try:
            raw = _run(self.app, _environ(request, _patience(timeout, request)))
        except ConnectionAbortedError as error:
            closed = RemoteDisconnected("Remote end closed connection without response")
            gone = ProtocolError("Connection aborted.", closed)
            raise requests.ConnectionError(gone, request=request) from error
        response = self._builder.build_response(request, raw)
        if not stream:
            response.content  # noqa: B018 - reading it is what a session without stream does
        return response

    def close(self) -> None:
        """Nothing is open."""


def _patience(timeout: Timeout, request: requests.PreparedRequest) -> Callable[[float], None]:
    """How the program sleeps: really, if the caller would wait for it."""
    read = timeout[1] if isinstance(timeout, tuple) else timeout

    def sleep(seconds: float) -> None:
        if read is not None and seconds > read:
            text = f"Read timed out. (read timeout={read})"
            pool = HTTPConnectionPool(urlsplit(request.url or "").hostname or "")
            late = ReadTimeoutError(pool, request.url or "", text)
            raise requests.ReadTimeout(late, request=request)
        time.sleep(seconds)

    return sleep


def _environ(request: requests.PreparedRequest, sleep: Callable[[float], None]) -> WSGIEnvironment:
    url = urlsplit(request.url or "")
    body = request.body or b""
    content = body.encode() if isinstance(body, str) else body
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": request.method or "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote(url.path or "/", "latin-1"),
        "QUERY_STRING": url.query,
        "SERVER_NAME": url.hostname or "",
        "SERVER_PORT": str(url.port or 80),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": url.netloc,
        "CONTENT_LENGTH": str(len(content)),
        "CONTENT_TYPE": request.headers.get("Content-Type", ""),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": url.scheme,
        "wsgi.input": io.BytesIO(content),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "sandbox.sleep": sleep,
    }
    for name, value in request.headers.items():
        key = name.upper().replace("-", "_")
        if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            environ[f"HTTP_{key}"] = str(value)
    return environ


def _run(app: WSGIApplication, environ: WSGIEnvironment) -> HTTPResponse:
    started: list[Any] = []

    def start_response(status: str, headers: list[tuple[str, str]], _error: Any = None) -> Any:
        started[:] = [status, headers]
        return lambda _data: None

    respond: StartResponse = start_response
    parts: Iterable[bytes] = app(environ, respond)
    body = b"".join(parts)
    status, headers = started
    code, _, reason = status.partition(" ")
    return HTTPResponse(
        body=io.BytesIO(body),
        headers=headers,
        status=int(code),
        reason=reason,
        preload_content=False,
        request_method=environ["REQUEST_METHOD"],
    )
