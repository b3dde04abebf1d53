"""The signed value that Wix hands to pages of ours: after an installation, and in its dashboard.

Read here without asking Wix; ``Oauth.token_info`` is the other way.
Source: Wix, "Parse the App Instance Query Parameter".
"""

import base64
import binascii
import hashlib
import hmac
from datetime import UTC, datetime

import msgspec

from booking.domain.installation import Presented
from booking.wix.errors import NotFromWix, WixAnswerMalformed
from booking.wix.wire import Reader


class _Payload(msgspec.Struct, rename="camel"):
    """``aid`` stands in the place of ``uid`` for visitors."""

    instance_id: str | None = None
    app_def_id: str | None = None
    expiration_date: str | None = None
    uid: str | None = None
    permissions: str | None = None
    vendor_product_id: str | None = None


_read = Reader(_Payload)


def read_signed_instance(value: str, *, secret: str, app_id: str, now: datetime) -> Presented:
    """Who shows the page, if ``value`` is Wix's own, for our app and not too old.

    ``secret`` is the app's. The signature comes first and is over the encoded text that follows.
    Raises: NotFromWix.
    """
    signature, _, payload = value.partition(".")
    wanted = hmac.digest(secret.encode(), payload.encode("utf-8", "replace"), hashlib.sha256)
    if not hmac.compare_digest(_bytes(signature), wanted):
        raise NotFromWix("a signed instance with a wrong signature")
    try:
        told = _read.read(_bytes(payload))
    except WixAnswerMalformed as error:
        raise NotFromWix("a signed instance that says nothing") from error
    if not told.instance_id or told.app_def_id != app_id:
        raise NotFromWix("a signed instance of another app")
    ends = _instant(told.expiration_date)
    if ends is None or ends <= now:
        raise NotFromWix("a signed instance that is too old")
    return Presented(
        instance_id=told.instance_id,
        app_id=told.app_def_id,
        user_id=told.uid or "",
        is_owner=told.permissions == "OWNER" and bool(told.uid),
        plan=told.vendor_product_id or "",
        ends=ends,
    )


def _bytes(text: str) -> bytes:
    """Base64 for addresses, without padding; nothing for what is no such text."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars="-_", validate=True)
    except (binascii.Error, ValueError):
        return b""


def _instant(text: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text or "")
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None
