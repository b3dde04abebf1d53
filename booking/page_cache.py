"""Pages without a customer in them, rendered once and answered before Django's middleware.

A plain WSGI layer: what it can answer costs about what the server itself costs. A page is given
again for five seconds, and never after a hold of this machine has changed. No page with a cookie, a
token or a customer gets in; what is kept is bounded in number.
"""

import gzip
import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import brotli

from booking.actions.picks import is_pick

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

FRESH_SECONDS = 4.0
"""So long a page is given without a thought."""
USABLE_SECONDS = 5.0
"""So long it may be given while somebody else renders it anew."""
PATIENCE_SECONDS = 1.0
"""How long others wait for the one who renders, before they do it themselves."""
MOST_PAGES = 500
LONGEST_QUERY = 400
OF_TIMES = ("staff", "location", "date", "month", "time", "view", "part", "several", "each")
OF_CATALOGUE = ("category", "kind", "place", "q")
PARAMETERS = frozenset(("lang", "tz", *OF_TIMES, *OF_CATALOGUE))
"""What a page depends on. Others (campaigns and the like) change nothing in it."""
WITH_A_CUSTOMER = "again"
GZIP_LEVEL, BROTLI_QUALITY = 6, 5

type Headers = list[tuple[str, str]]
type Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A rendered page in the encodings that browsers ask for, and when it was rendered."""

    headers: Headers
    bodies: dict[str, bytes]
    etag: str
    rendered: float
    sign: int


class PageCache:
    """Wraps the site's WSGI application. ``sign`` is the file whose time tells that holds changed.

    One caller renders a page that has grown old; the others are given the old one for another second
    or wait for the new one a moment.
    """

    def __init__(
        self,
        application: "WSGIApplication",
        sign: Path,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._application = application
        self._sign = sign
        self._clock = clock
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._rendering: dict[Key, Lock] = {}
        self._lock = Lock()

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer from what is kept, else ask the application and keep what may be kept."""
        key = _key(environ)
        if key is None:
            return self._application(environ, start_response)
        page = self._kept(key, FRESH_SECONDS)
        if page is None:
            return self._alone(key, environ, start_response)
        return _give(page, environ, start_response)

    def _kept(self, key: Key, seconds: float) -> Page | None:
        """The page, if it is not older than ``seconds`` and no hold has changed since."""
        page = self._pages.get(key)
        if page is None or page.sign != self._read_sign():
            return None
        return page if self._clock() - page.rendered <= seconds else None

    def _alone(
        self, key: Key, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Render, or give what the one who renders leaves us."""
        with self._lock:
            turn = self._rendering.setdefault(key, Lock())
        usable = self._kept(key, USABLE_SECONDS)
        mine = turn.acquire(timeout=0 if usable else PATIENCE_SECONDS)
        try:
            page = self._kept(key, FRESH_SECONDS) or (None if mine else usable)
            if page is not None:
                return _give(page, environ, start_response)
            return self._render(key, environ, start_response)
        finally:
            if mine:
                turn.release()
                self._rendering.pop(key, None)

    def _read_sign(self) -> int:
        try:
            return self._sign.stat().st_mtime_ns
        except FileNotFoundError:
            return 0

    def _render(
        self, key: Key, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Render; the sign is read before, so that a hold made meanwhile makes the page too old."""
        sign, rendered = self._read_sign(), self._clock()
        status, headers, body = _captured(self._application, environ)
        if not _may_be_kept(status, headers):
            start_response(status, headers)
            return [body]
        page = _page(headers, body, rendered, sign)
        with self._lock:
            self._pages[key] = page
            self._pages.move_to_end(key)
            while len(self._pages) > MOST_PAGES:
                self._pages.popitem(last=False)
        return _give(page, environ, start_response)


def _key(environ: "WSGIEnvironment") -> Key | None:
    """What the page depends on; None if it is not one of those that may be kept."""
    path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
    kept = path == "/" or (path.startswith("/services/") and not path.endswith("/hold/"))
    if environ["REQUEST_METHOD"] != "GET" or not kept or len(query) > LONGEST_QUERY:
        return None
    asked = dict(parse_qsl(query))  # of two equal names the last one counts, as in Django
    if WITH_A_CUSTOMER in asked:
        return None
    named = (name for name in sorted(asked) if name in PARAMETERS or is_pick(name))
    told = (f"{name}={asked[name]}" for name in named)
    proto = environ.get("HTTP_X_FORWARDED_PROTO", "") or environ.get("wsgi.url_scheme", "")
    return (environ.get("HTTP_HOST", ""), proto, path, *told)


def _captured(
    application: "WSGIApplication", environ: "WSGIEnvironment"
) -> tuple[str, Headers, bytes]:
    started: list[tuple[str, Headers]] = []

    def start_response(
        status: str, headers: Headers, _trouble: object = None, /
    ) -> Callable[[bytes], object]:
        started.append((status, headers))
        return lambda _data: None

    answer = application(environ, start_response)
    try:
        body = b"".join(answer)
    finally:
        if close := getattr(answer, "close", None):
            close()
    status, headers = started[-1]
    return status, headers, body


def _may_be_kept(status: str, headers: Headers) -> bool:
    names = {name.lower(): value for name, value in headers}
    private = "set-cookie" in names or "no-store" in names.get("cache-control", "")
    return status.startswith("200") and not private


def _page(headers: Headers, body: bytes, rendered: float, sign: int) -> Page:
    fixed = {"content-length", "cache-control", "etag", "vary"}
    kept = [(name, value) for name, value in headers if name.lower() not in fixed]
    # Browsers ask each time (a 304 costs nothing): whoever comes back sees what they have just taken.
    caching = f"public, max-age=0, s-maxage={USABLE_SECONDS:.0f}"
    kept += [("Cache-Control", caching), ("Vary", "Accept-Encoding")]
    bodies = {
        "": body,
        "gzip": gzip.compress(body, GZIP_LEVEL, mtime=0),
        "br": brotli.compress(body, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY),
    }
    etag = hashlib.sha256(body).hexdigest()[:24]
    return Page(kept, bodies, etag, rendered, sign)


def _give(
    page: Page, environ: "WSGIEnvironment", start_response: "StartResponse"
) -> Iterable[bytes]:
    accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
    encoding = "br" if "br" in accepted else "gzip" if "gzip" in accepted else ""
    etag = f'"{page.etag}-{encoding}"'
    if environ.get("HTTP_IF_NONE_MATCH") == etag:
        start_response("304 Not Modified", [*page.headers, ("ETag", etag)])
        return []
    body = page.bodies[encoding]
    headers = [*page.headers, ("ETag", etag), ("Content-Length", str(len(body)))]
    if encoding:
        headers.append(("Content-Encoding", encoding))
    start_response("200 OK", headers)
    return [body]
