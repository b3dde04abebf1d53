"""The one place that speaks HTTP to Wix: sessions, time limits, request ids, and what went wrong."""

import os
import threading
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import replace
from urllib.parse import urlsplit

import msgspec
import requests
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3.exceptions import HTTPError, MaxRetryError, NewConnectionError

from booking.wix.auth import Auth, Signature
from booking.wix.calls import Call, Measured, Reply, measured, repeat, tell
from booking.wix.errors import (
    MediaMissing,
    WixAnswerMalformed,
    WixError,
    WixNotConnected,
    WixThrottled,
    WixUnreachable,
)
from booking.wix.lanes import Circuit, Lane, Seats
from booking.wix.limits import Limits, Time
from booking.wix.retry import RetryRule
from booking.wix.shapes import is_media_id
from booking.wix.wire import Answer, Body, Check
from booking.wix.wires import Kept

# Wix's edge turns away agents it takes for scripts, so ours names a product.
USER_AGENT = "Mozilla/5.0 (compatible; bookingsite/0.1; booking front end)"
TOKEN_PATH, KEYS_PATH = "/oauth2/token", "/oauth2/jwks"
PICTURES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif", "image/avif"})
"""Kinds of picture we pass on. No SVG: from our own address its scripts would run as ours."""

_UNAUTHORIZED, _NO_PICTURE = 401, frozenset({400, 403, 404, 410})
_CHUNK = 64 * 1024


class Transport:
    """Carries calls to one Wix site, from any number of threads.

    ``connect_timeout``, ``read_timeout``: seconds for one try. ``adapter`` makes a network.
    """

    def __init__(  # noqa: PLR0913 - all that a call depends on, each with a sensible default
        self,
        base_url: str,
        auth: Auth,
        *,
        media_url: str = "https://static.wixstatic.com/media",
        connect_timeout: float = 3.05,
        read_timeout: float = 8.0,
        limits: Limits | None = None,
        retry: RetryRule | None = None,
        adapter: Callable[[], BaseAdapter] | None = None,
        time: Time | None = None,
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._media_url = media_url.rstrip("/")
        self._auth = auth
        self._connect = connect_timeout
        self._read = read_timeout
        self._limits = limits or Limits()
        self._retry = retry or RetryRule()
        self._time = time or Time()
        self._sessions = _Sessions(adapter, (self._base_url, self._media_url))
        self._seats = Seats(self._limits.seats, self._limits.patience)
        self.circuit = Circuit(self._limits.failures, self._limits.rest, self._time.clock)

    @property
    def live(self) -> "Transport":
        """A transport that asks Wix each time: this one does."""
        return self

    @property
    def kept(self) -> Kept:
        """Answers only what is kept: of this transport nothing is."""
        return Kept()

    def signed_by(self, auth: Auth) -> "Transport":
        """The same way to Wix for somebody else: connections, limits and patience are shared."""
        other = copy(self)
        Transport._sign_as(other, auth)
        return other

    def _sign_as(self, auth: Auth) -> None:
        self._auth = auth

    def forget(self, topic: str) -> None:
        """Nothing to forget: this transport keeps nothing."""

    def read(
        self,
        path: str,
        body: Body | None = None,
        *,
        method: str = "POST",
        lane: Lane = Lane.BROWSE,
        topic: str = "",  # noqa: ARG002 - the Wire protocol's; what is not kept needs no topic
        check: Check | None = None,
    ) -> Answer:
        """Ask Wix something that changes nothing; repeated by the retry rule.

        Raises: WixError; WixUnreachable also when too many calls wait or the circuit is open.
        """
        call = self._call(method, path, body)
        with self._seats.one(lane), self.circuit.guard():
            reply = self._repeat(lambda seconds: self._authorised(call, seconds))
        answer = Answer(reply.body, self._time.now())
        if check:
            check(answer)
        return answer

    def write(self, path: str, body: Body, *, method: str = "POST") -> Answer:
        """Change something at Wix; repeated only if Wix surely did nothing.

        Raises: WixError with ``maybe_done`` True if the change may have been made.
        """
        call = self._call(method, path, body, write=True)
        reply = self._repeat(lambda seconds: self._authorised(call, seconds), write=True)
        return Answer(reply.body, self._time.now())

    def media(self, media_id: str, limit_bytes: int) -> tuple[bytes, str]:
        """A picture's bytes and content type, asked for without any credential.

        Raises: MediaMissing; WixAnswerMalformed if it is no picture or larger than
        ``limit_bytes``; WixUnreachable.
        """
        if not is_media_id(media_id):
            raise MediaMissing("no media id")
        call = Call(
            method="GET",
            base_url=self._media_url,
            path=f"/{media_id}",
            connect=self._connect,
            largest=limit_bytes,
        )
        with self._seats.one(Lane.MEDIA):
            reply = self._repeat(lambda seconds: self._picture(call, seconds))
        if reply.kind not in PICTURES:
            raise WixAnswerMalformed("", "no picture")
        return reply.body, reply.kind

    def measure(self) -> Measured:
        """How quickly Wix answers without a credential, and its clock. Raises: WixUnreachable."""
        call = self._call("GET", KEYS_PATH, None)
        return measured(lambda: self._send(call, self._read), self._time)

    def _call(self, method: str, path: str, body: Body | None, *, write: bool = False) -> Call:
        return Call(
            method=method,
            base_url=self._base_url,
            path=path,
            connect=self._connect,
            largest=self._limits.answer_bytes,
            body=None if body is None else msgspec.json.encode(body),
            write=write,
        )

    def _repeat(self, once: Callable[[float], Reply], *, write: bool = False) -> Reply:
        longest = self._limits.write if write else self._read
        return repeat(once, self._retry, self._time, longest=longest, repeatable=not write)

    def _authorised(self, call: Call, seconds: float) -> Reply:
        """One signed try, and once more if Wix no longer takes the token."""
        signature = self._auth.sign(self._mint)
        reply = self._send(call, seconds, signature)
        if reply.status == _UNAUTHORIZED and self._auth.renewed(signature):
            reply = self._send(call, seconds, self._auth.sign(self._mint))
        return reply.good(call, self._time.now())

    def _mint(self, request: bytes) -> bytes:
        """Ask for a token. A second token does no harm, so this is repeated like a read."""
        call = replace(self._call("POST", TOKEN_PATH, None), body=request)
        return self._repeat(lambda seconds: self._token(call, seconds)).body

    def _token(self, call: Call, seconds: float) -> Reply:
        reply = self._send(call, seconds)
        try:
            return reply.good(call, self._time.now())
        except (WixUnreachable, WixThrottled):
            raise
        except WixError as error:
            # Its errors are OAuth's, with other names and statuses than the rest of Wix.
            raise WixNotConnected(
                call.name, status=reply.status, request_id=reply.request_id
            ) from error

    def _picture(self, call: Call, seconds: float) -> Reply:
        reply = self._send(call, seconds)
        if reply.status in _NO_PICTURE:
            raise MediaMissing(call.name, status=reply.status)
        return reply.good(call, self._time.now())

    def _send(self, call: Call, seconds: float, signature: Signature | None = None) -> Reply:
        """One try, logged however it ends.

        Raises: WixUnreachable; WixAnswerMalformed for an answer larger than the call allows.
        """
        started = self._time.clock()
        reply: Reply | None = None
        try:
            reply = self._exchange(call, seconds, signature)
        except (OSError, HTTPError) as error:
            raise _lost(call, error) from error
        except WixAnswerMalformed as error:
            error.maybe_done = call.write
            raise
        finally:
            tell(call, reply, self._time.clock() - started)
        return reply

    def _exchange(self, call: Call, seconds: float, signature: Signature | None) -> Reply:
        deadline = self._time.clock() + seconds
        with self._sessions.mine().request(
            call.method,
            call.base_url + call.path,
            data=call.body,
            headers=None if call.body is None else {"Content-Type": "application/json"},
            auth=_signing(signature),
            timeout=(call.connect, seconds),
            allow_redirects=False,  # a redirect would carry the credentials elsewhere
            stream=True,
        ) as response:
            body = self._body(response, call.largest, deadline)
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Reply(response.status_code, headers, body)

    def _body(self, response: requests.Response, largest: int, deadline: float) -> bytes:
        chunks, size = [], 0
        for chunk in response.iter_content(_CHUNK):
            chunks.append(chunk)
            size += len(chunk)
            if size > largest:
                raise WixAnswerMalformed("", f"larger than {largest} bytes")
            if self._time.clock() > deadline:
                raise requests.ReadTimeout("the answer came too slowly")
        return b"".join(chunks)


class _Sessions:
    """One session per thread, so that connections are kept without threads sharing one.

    The environment is read once, here: looking at it again for each call costs more than the rest
    of what requests does, and would let a .netrc file sign our calls.
    """

    def __init__(
        self, adapter: Callable[[], BaseAdapter] | None, addresses: tuple[str, ...]
    ) -> None:
        self._adapter = adapter or (lambda: HTTPAdapter(pool_connections=2, pool_maxsize=2))
        self._kept = threading.local()
        self._proxies = _proxies(addresses)
        self._verify = os.environ.get("REQUESTS_CA_BUNDLE") or True

    def mine(self) -> requests.Session:
        """The calling thread's session."""
        kept: requests.Session | None = getattr(self._kept, "session", None)
        if kept is None:
            kept = self._kept.session = self._new()
        return kept

    def _new(self) -> requests.Session:
        session = requests.Session()
        session.trust_env = False
        session.proxies = dict(self._proxies)
        session.verify = self._verify
        session.headers.update({"User-Agent": USER_AGENT, "Accept": "application/json, image/*"})
        for scheme in ("https://", "http://"):
            session.mount(scheme, self._adapter())
        return session


def _proxies(addresses: tuple[str, ...]) -> Mapping[str, str]:
    """The environment's proxies for these addresses, keyed as requests wants them per address."""
    found = {}
    for address in addresses:
        proxies = requests.utils.get_environ_proxies(address)
        proxy = requests.utils.select_proxy(address, proxies)
        if proxy:
            parts = urlsplit(address)
            found[f"{parts.scheme}://{parts.hostname}"] = proxy
    return found


def _signing(
    signature: Signature | None,
) -> Callable[[requests.PreparedRequest], requests.PreparedRequest] | None:
    """Headers added as late as possible, so that no frame on the way shows them."""
    if signature is None:
        return None

    def sign(request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers.update(signature.headers)
        return request

    return sign


def _lost(call: Call, error: Exception) -> WixUnreachable:
    lost = WixUnreachable(call.name)
    lost.not_sent = _never_connected(error)
    lost.maybe_done = call.write and not lost.not_sent
    return lost


def _never_connected(error: Exception) -> bool:
    """True only if no connection was made, so Wix cannot have seen the call."""
    if isinstance(error, requests.ConnectTimeout):
        return True
    wrapped = error.args[0] if error.args else None
    reason = wrapped.reason if isinstance(wrapped, MaxRetryError) else wrapped
    return isinstance(reason, NewConnectionError)
