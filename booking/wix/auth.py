"""Who we are to Wix: the owner's API key, or an app installed on the site.

Nothing here shows a secret: not in a repr, not in an error, not in a log line.
"""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import msgspec

from booking.wix.errors import WixError, WixNotConnected

Mint = Callable[[bytes], bytes]
"""Sends a token request (JSON) to Wix and gives the answer's body. Raises: WixError."""

RENEW_BEFORE_END = 300.0
"""Seconds before a token's end from which a new one is fetched."""


@dataclass(frozen=True, slots=True)
class Signature:
    """The headers that prove who asks."""

    headers: Mapping[str, str] = field(repr=False)


class Auth(Protocol):
    """A way to sign calls."""

    def sign(self, mint: Mint, /) -> Signature:
        """What to send along with a call. May ask Wix for a token first. Raises: WixError."""

    def renewed(self, refused: Signature, /) -> bool:
        """True if a call that Wix refused (401) is worth signing and sending once more."""


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key the owner has made for one site. Sent raw: Wix wants no "Bearer" before it."""

    key: str = field(repr=False)
    site_id: str

    def sign(self, _mint: Mint, /) -> Signature:
        """The key and the site it is for."""
        return Signature({"Authorization": self.key, "wix-site-id": self.site_id})

    def renewed(self, _refused: Signature, /) -> bool:
        """A key cannot be renewed."""
        return False


@dataclass(frozen=True, slots=True)
class NoCredentials:
    """For the few calls that prove themselves: asking Wix what a token is worth."""

    def sign(self, _mint: Mint, /) -> Signature:
        """Nothing to send along."""
        return Signature({})

    def renewed(self, _refused: Signature, /) -> bool:
        """There is nothing to renew."""
        return False


@dataclass(frozen=True, slots=True)
class ExternalLogin:
    """Two proofs in one header, for the one call that makes a token for a member we know."""

    visitor_token: str = field(repr=False)
    key: str = field(repr=False)

    def sign(self, _mint: Mint, /) -> Signature:
        """A visitor's token and the owner's key, with a comma between them."""
        return Signature({"Authorization": f"{self.visitor_token},{self.key}"})

    def renewed(self, _refused: Signature, /) -> bool:
        """Neither can be renewed here."""
        return False


class _Token(msgspec.Struct):
    access_token: str
    expires_in: float = 14400.0
    refresh_token: str | None = None


class _Minted:
    """A token kept until shortly before its end.

    One thread at a time asks for a token. While the old one still works, the others use it.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._minting = threading.Lock()
        self._signature: Signature | None = None
        self._ends = 0.0

    def _grant(self) -> Mapping[str, str]:
        """The body that asks for a token."""
        raise NotImplementedError

    def _keep(self, token: _Token) -> None:
        """What else is to be remembered of an answer."""

    def sign(self, mint: Mint) -> Signature:
        """The current token, fetched first if there is none or it ends soon. Raises: WixError."""
        current = self._signature
        if current and self._left() > RENEW_BEFORE_END:
            return current
        if current and self._left() > 0:
            return self._renew_early(current, mint)
        with self._minting:
            if self._signature is None or self._left() <= 0:
                self._fetch(mint)
            assert self._signature
            return self._signature

    def renewed(self, refused: Signature) -> bool:
        """Drop the refused token (unless another thread already has) and say: once more."""
        with self._minting:
            if self._signature is refused:
                self._signature = None
        return True

    def _left(self) -> float:
        return self._ends - self._clock()

    def _renew_early(self, current: Signature, mint: Mint) -> Signature:
        if not self._minting.acquire(blocking=False):
            return current
        try:
            if self._signature is current:
                self._fetch(mint)
            return self._signature or current
        except WixNotConnected:
            raise
        except WixError:
            return current  # it still works, and the next call tries again
        finally:
            self._minting.release()

    def _fetch(self, mint: Mint) -> None:
        try:
            token = msgspec.json.decode(mint(msgspec.json.encode(self._grant())), type=_Token)
        except (ValueError, RecursionError):
            # Not chained: the decoder's error could show a part of the token.
            raise WixNotConnected("no token in Wix's answer") from None
        self._signature = Signature({"Authorization": token.access_token})
        self._ends = self._clock() + token.expires_in
        self._keep(token)


class AppCredentials(_Minted):
    """An installed app's client credentials.

    Source: Wix, "Create Access Token" (OAuth 2, client credentials; a token lives four hours).
    """

    def __init__(
        self,
        app_id: str,
        secret: str,
        instance_id: str,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(clock)
        self.app_id = app_id
        self.instance_id = instance_id
        self._secret = secret

    def __repr__(self) -> str:
        return f"AppCredentials(app_id={self.app_id!r}, instance_id={self.instance_id!r})"

    def _grant(self) -> Mapping[str, str]:
        """The body's names are snake_case here, unlike everywhere else at Wix."""
        return {
            "grant_type": "client_credentials",
            "client_id": self.app_id,
            "client_secret": self._secret,
            "instance_id": self.instance_id,
        }


class VisitorCredentials(_Minted):
    """A visitor of a headless site, or, with a member's refresh token, that member.

    Keep ``refresh_token`` for as long as the person is to stay the same: without it the next token
    is another visitor's, who no longer owns the bookings and carts of this one.
    Source: Wix Headless, "Create Access Token" (anonymous and refresh token).
    """

    def __init__(
        self,
        client_id: str,
        refresh_token: str | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(clock)
        self.client_id = client_id
        self.refresh_token = refresh_token

    def __repr__(self) -> str:
        return f"VisitorCredentials(client_id={self.client_id!r})"

    def _grant(self) -> Mapping[str, str]:
        """In camelCase, at the very address where an app writes snake_case."""
        if self.refresh_token is None:
            return {"clientId": self.client_id, "grantType": "anonymous"}
        return {
            "clientId": self.client_id,
            "grantType": "refresh_token",
            "refreshToken": self.refresh_token,
        }

    def _keep(self, token: _Token) -> None:
        self.refresh_token = token.refresh_token or self.refresh_token
