"""What a token is worth, and a token for a member whom the business knows from elsewhere.

The tokens that sign our own calls are made in ``auth``.
Source: Wix, "Token Info", "Create Access Token".
"""

from datetime import UTC, datetime

import msgspec

from booking.domain.installation import Subject, TokenInfo
from booking.wix.errors import WixAnswerMalformed
from booking.wix.lanes import Lane
from booking.wix.wire import Answer, Reader, Wire, known, need

TOKEN_PATH = "/oauth2/token"  # noqa: S105 - an address
INFO_PATH = "/oauth2/token-info"
SUBJECTS = {one.value: one for one in Subject if one is not Subject.UNKNOWN}


class _Info(msgspec.Struct, rename="camel"):
    """``exp`` is epoch seconds, as a string or a number."""

    active: bool | None = None
    subject_type: str | None = None
    subject_id: str | None = None
    client_id: str | None = None
    site_id: str | None = None
    instance_id: str | None = None
    vendor_product_id: str | None = None
    exp: str | float | None = None

    def info(self) -> TokenInfo:
        return TokenInfo(
            subject=known(SUBJECTS, self.subject_type, Subject.UNKNOWN, what="token subject"),
            subject_id=self.subject_id or "",
            client_id=self.client_id or "",
            site_id=self.site_id or "",
            instance_id=self.instance_id or "",
            plan=self.vendor_product_id or "",
            ends=_instant(self.exp),
        )


class _Tokens(msgspec.Struct):
    refresh_token: str | None = None


_read_info, _read_tokens = Reader(_Info), Reader(_Tokens)


class Oauth:
    """Wix's token endpoints; they need no credentials of ours (``NoCredentials``)."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def token_info(self, token: str) -> TokenInfo | None:
        """Whom an access token, an ``instance`` or a ``signedInstance`` speaks for; None: nobody.

        The way Wix recommends to check such a value. ``client_id`` must be our app's, and
        ``instance_id`` the one that came with it in the clear. Raises: WixError.
        """
        found = _read_info(self._wire.read(INFO_PATH, {"token": token}, lane=Lane.SETTLE))
        return found.info() if found.active else None

    def member(self, member_id: str) -> str:
        """A refresh token (for ``VisitorCredentials``) of a member who has logged in with us.

        Only through a transport with ``ExternalLogin``. Raises: WixError.
        """
        request = {
            "grant_type": "authorized_client",
            "scope": "offline_access",
            "member_id": member_id,
        }
        return _refresh_token(self._wire.write(TOKEN_PATH, request))


def _refresh_token(answer: Answer) -> str:
    try:
        return need(_read_tokens(answer).refresh_token, "refresh_token")
    except WixAnswerMalformed as error:
        # Not chained: the decoder's error could show a part of the token.
        raise WixAnswerMalformed(error.field, "no token in Wix's answer") from None


def _instant(seconds: str | float | None) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(seconds), UTC) if seconds else None
    except (ValueError, OverflowError, OSError):
        return None
