"""What a failure of Stripe's means to us, without anything it quotes.

Source: Stripe, API reference, "Errors"; guide "Advanced error handling".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from booking.providers.protocol import (
    ProviderError,
    ProviderRefused,
    ProviderRefusesUs,
    ProviderUnavailable,
)

if TYPE_CHECKING:
    import stripe

_SERVER_ERROR, _BUSY, _NOT_LET_IN = 500, frozenset({409, 429}), frozenset({401, 403})
_WORD = re.compile(r"[A-Za-z0-9_.\[\]-]{1,80}")


class TooSoon(ProviderRefused):
    """The page would end sooner than Stripe allows, or later."""


class Remembered(ProviderUnavailable):
    """A failure of the past, told again because the key is the same."""


def failure_of(error: stripe.StripeError) -> ProviderError:
    """Messages are not passed on: they may name a key or an address."""
    status, told, request = error.http_status or 0, error.error, word(error.request_id)
    where = f"status {status or 'none'} {request}".strip()
    if status >= _SERVER_ERROR and _header(error, "idempotent-replayed") == "true":
        return Remembered(where)
    code = _code(error)
    if told is None or status >= _SERVER_ERROR or status in _BUSY or code == "rate_limit":
        return ProviderUnavailable(where)
    param = word(getattr(told, "param", ""))
    if status in _NOT_LET_IN:
        return ProviderRefusesUs(code or f"status_{status}", request)
    about_time = "expires_at" in (param, *str(error.user_message).split("`"))
    kind = TooSoon if about_time else ProviderRefused
    return kind(code or f"status_{status}", f"{param} {request}".strip())


def word(text: Any) -> str:
    """``text`` if it is a plain word, as codes and ids are; so nothing else comes into a log."""
    return text if isinstance(text, str) and _WORD.fullmatch(text) else ""


def _code(error: stripe.StripeError) -> str:
    """Stripe's word for why; the kind of error if it has no closer one."""
    told = error.error
    return (
        word(error.code) or word(getattr(told, "code", None)) or word(getattr(told, "type", None))
    )


def _header(error: stripe.StripeError, name: str) -> str:
    headers = error.headers or {}
    return next((str(text) for key, text in headers.items() if key.lower() == name), "")
