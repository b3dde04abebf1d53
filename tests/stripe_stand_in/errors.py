"""How Stripe says no. Source: Stripe, API reference, "Errors"; guide "Error codes"."""

from __future__ import annotations

from typing import Any

INVALID, IDEMPOTENCY, API = "invalid_request_error", "idempotency_error", "api_error"


class Refusal(Exception):
    """``remembered``: the work had begun, so the answer is kept under the idempotency key.

    Source: "Idempotent requests": failed validation is not kept, everything after it is.
    """

    def __init__(
        self,
        status: int,
        message: str,
        *,
        kind: str = INVALID,
        code: str | None = None,
        param: str | None = None,
        remembered: bool = False,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.remembered = remembered
        told = {"type": kind, "message": message, "code": code, "param": param}
        self.body: dict[str, Any] = {"error": {k: v for k, v in told.items() if v is not None}}


def invalid(message: str, param: str, code: str | None = None) -> Refusal:
    return Refusal(400, message, param=param, code=code)


def missing(kind: str, object_id: str) -> Refusal:
    return Refusal(404, f"No such {kind}: '{object_id}'", code="resource_missing", param="id")


def unexpected(message: str, code: str | None = None) -> Refusal:
    """The object is in a state in which this cannot be done."""
    return Refusal(400, message, code=code, remembered=True)
