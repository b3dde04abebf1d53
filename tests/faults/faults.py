"""The ways in which Wix fails, as orders to the sandbox."""

from typing import Any

import pytest

FAULTS: dict[str, dict[str, Any]] = {
    "slower than we wait": {"delay": 45},
    "an error of its own": {"status": 500},
    "overloaded": {"status": 503},
    "too many calls": {"status": 429},
    "a cut connection": {"cut": True},
    "broken JSON": {"malformed": True},
    "a web page": {"html": True},
    "an empty answer": {"empty": True},
    "a missing permission": {"status": 403, "code": "PERMISSION_DENIED"},
    "a revoked key": {"status": 401},
    "a lost answer": {"lose_answer": True},
}
every_fault = pytest.mark.parametrize(
    "fault", [pytest.param(f, id=name) for name, f in FAULTS.items()]
)

SERVICE = "/bookings/v2/services/query"
SLOT = "*/time-slots/get"
CREATE = "/bookings/v2/bookings"
CONFIRM = "*:confirmOrDecline"
READER = "*/extended-bookings/query"
