"""A signed instance is taken only with our app's own signature, whatever else it looks like."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain.installation import Presented
from booking.wix.errors import NotFromWix
from booking.wix.signed_instance import read_signed_instance
from tests.wix.test_random_answers import JSON

NOW = datetime(2030, 6, 3, 10, tzinfo=UTC)
TOLD = {
    "instanceId": "i",
    "appDefId": "our-app",
    "expirationDate": "2030-06-03T11:00:00.000Z",
    "uid": "u",
    "permissions": "OWNER",
}


def text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def signed(told: Any, key: str = "shh") -> str:
    payload = text(json.dumps(told).encode())
    return f"{text(hmac.digest(key.encode(), payload.encode(), hashlib.sha256))}.{payload}"


def read(value: str) -> Presented:
    return read_signed_instance(value, secret="shh", app_id="our-app", now=NOW)


def test_an_owner_is_told_by_permission_and_user() -> None:
    assert read(signed(TOLD)).is_owner
    assert not read(signed(TOLD | {"uid": None})).is_owner
    assert not read(signed(TOLD | {"permissions": ""})).is_owner


def test_a_signature_with_something_behind_it_is_none() -> None:
    signature, _, payload = signed(TOLD).partition(".")
    with pytest.raises(NotFromWix):
        read(f"{signature}!.{payload}")


@pytest.mark.parametrize(
    "told",
    [
        {**TOLD, "appDefId": "another"},
        {**TOLD, "instanceId": ""},
        {**TOLD, "expirationDate": "2030-06-03T09:59:59.999Z"},
        {**TOLD, "expirationDate": "2030-06-03T11:00:00"},
        {**TOLD, "expirationDate": None},
        {},
        [],
    ],
    ids=str,
)
def test_a_rightly_signed_value_must_also_say_the_right_things(told: Any) -> None:
    with pytest.raises(NotFromWix):
        read(signed(told))


def test_another_secret_is_another_app() -> None:
    with pytest.raises(NotFromWix):
        read(signed(TOLD, "another"))


@given(value=st.text(max_size=80) | st.builds(lambda a, b: f"{a}.{b}", st.text(), st.text()))
def test_noise_is_not_from_wix(value: str) -> None:
    with pytest.raises(NotFromWix):
        read(value)


@given(told=JSON)
def test_any_signed_json_that_is_no_instance_is_refused(told: Any) -> None:
    with pytest.raises(NotFromWix):
        read(signed(told))
