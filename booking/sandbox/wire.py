"""How Wix speaks: its error envelope and the small checks every endpoint shares."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from functools import lru_cache
from http import HTTPStatus
from typing import Any

type Json = dict[str, Any]

BOOKINGS_APP_ID = "13d21c63-b5ec-5912-8397-c3a5ddb27a97"
STAFF_TYPE_ID = "1cd44cf8-756f-41c3-bd90-3e2ffcaf1155"
DEFAULT_FORM_ID = "00000000-0000-0000-0000-000000000000"

_OURS = uuid.UUID("5a4db0c5-0000-4000-8000-000000000000")


class WixError(Exception):
    """An answer that is not 200: a status and the body Wix would send with it."""

    def __init__(self, status: int, message: str, details: Json | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.body: Json = {"message": message, "details": details or {}}


def refusal(status: int, code: str, description: str = "", data: Json | None = None) -> WixError:
    """A business refusal, told apart by ``code``; Wix mostly says 428 and sometimes 403 or 404."""
    error = {"code": code, "description": description, "data": data or {}}
    return WixError(status, description or code, {"applicationError": error})


def violation(field: str, description: str, rule: str = "FORMAT") -> WixError:
    """A 400 about one input field. ``rule`` is one of Wix's ``violatedRule`` members."""
    found = {"field": field, "description": description, "violatedRule": rule, "data": {}}
    return WixError(
        HTTPStatus.BAD_REQUEST,
        f"{field} {description}",
        {"validationError": {"fieldViolations": [found]}},
    )


def missing(field: str) -> WixError:
    """A required field is absent."""
    return violation(field, "must not be empty", "REQUIRED_FIELD")


@lru_cache(maxsize=65_536)
def guid(*names: object) -> str:
    """The same GUID for the same names, always: nothing in a seeded sandbox is random."""
    return str(uuid.uuid5(_OURS, "/".join(str(name) for name in names)))


def known(value: Any, field: str, members: Iterable[str]) -> str:
    """``value`` if it is one of ``members``; Wix answers 400 to any other enum member."""
    if not isinstance(value, str) or value not in members:
        raise violation(field, f"has an unexpected value {value!r}", "INVALID_ENUM_VALUE")
    return str(value)


def an_object(value: Any, field: str) -> Json:
    """``value`` as a JSON object; absent and null are the empty object."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise violation(field, "must be object")
    return value


def a_list(value: Any, field: str, *, longest: int = 1000) -> list[Any]:
    """``value`` as an array; absent and null are the empty one."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise violation(field, "must be array")
    if len(value) > longest:
        raise violation(field, f"has size {len(value)}, expected {longest} or less", "MAX_SIZE")
    return value


def a_guid(value: Any, field: str) -> str:
    """``value`` if it is a GUID as Wix writes them: lower case, with hyphens."""
    if not value:
        raise missing(field)
    try:
        canonical = str(uuid.UUID(value)) if isinstance(value, str) else ""
    except ValueError:
        canonical = ""
    if canonical != value:
        raise violation(field, "is not a valid GUID")
    return canonical


def a_number(value: Any, field: str, *, default: int, least: int = 0, most: int = 1000) -> int:
    """``value`` as a whole number within its bounds, or ``default`` where it is absent."""
    if value is None:
        return default
    if not isinstance(value, int) or isinstance(value, bool):
        raise violation(field, "must be integer")
    if value < least:
        raise violation(field, f"must be greater than or equal to {least}", "MIN")
    if value > most:
        raise violation(field, f"must be less than or equal to {most}", "MAX")
    return value


def without_nulls(value: Any) -> Any:
    """The same JSON without its null members: Wix sends some answers this way."""
    if isinstance(value, dict):
        return {key: without_nulls(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [without_nulls(item) for item in value]
    return value
