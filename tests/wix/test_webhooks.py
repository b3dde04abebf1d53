"""A notice is read by its signature alone, in all the forms in which Wix may send it."""

import json
from contextlib import suppress
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from booking.domain.notices import (
    BookingChange,
    BookingNotice,
    InstallNotice,
    OrderChange,
    OrderNotice,
    UnknownNotice,
)
from booking.domain.outcome import WixStatus
from booking.wix.errors import NotFromWix, WixAnswerMalformed, WixError
from booking.wix.webhooks import LARGEST, Webhooks
from tests.wix import examples
from tests.wix.test_random_answers import JSON

APP = "our-app"
MINE = rsa.generate_private_key(65537, 2048)
THEIRS = rsa.generate_private_key(65537, 2048)


def pem(key: RSAPrivateKey) -> str:
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return public.decode()


WEBHOOKS = Webhooks(pem(MINE), APP)


def signed(outer: Any, *, key: RSAPrivateKey = MINE, **claims: Any) -> bytes:
    told = {"data": json.dumps(outer), **claims}
    return jwt.encode(told, key, algorithm="RS256").encode()


def notice(event_type: str, event: Any, **claims: Any) -> bytes:
    outer = {"eventType": event_type, "instanceId": "i", "data": json.dumps(event)}
    return signed(outer, **claims)


def booking_event(slug: str, **content: Any) -> dict[str, Any]:
    return {"id": "e1", "slug": slug, "entityFqdn": "wix.bookings.v2.booking", **content}


def test_an_action_carries_the_booking_and_what_it_was() -> None:
    body = {"booking": examples.a_booking(), "previousStatus": "PENDING"}
    event = booking_event("confirmed", actionEvent={"body": body}, entityEventSequence=7)
    read = WEBHOOKS.read(notice("wix.bookings.v2.booking_confirmed", event))
    assert isinstance(read, BookingNotice)
    assert read.change is BookingChange.CONFIRMED
    assert read.previous_status is WixStatus.PENDING
    assert read.booking
    assert (read.id, read.sequence, read.instance_id) == ("e1", 7, "i")


def test_the_one_slug_in_camel_case_is_known() -> None:
    event = booking_event("markedAsPending", actionEvent={"body": {}})
    read = WEBHOOKS.read(notice("wix.bookings.v2.booking_markedAsPending", event))
    assert isinstance(read, BookingNotice)
    assert read.change is BookingChange.MARKED_AS_PENDING


def test_without_an_event_type_its_parts_say_it() -> None:
    event = {"id": "e", "entityFqdn": "wix.ecom.v1.order", "slug": "approved", "entityId": "o1"}
    read = WEBHOOKS.read(signed({"instanceId": "i", "data": json.dumps(event)}))
    assert isinstance(read, OrderNotice)
    assert (read.change, read.entity_id) == (OrderChange.APPROVED, "o1")


@pytest.mark.parametrize(
    "event_type", ["wix.forms.v4.submission_created", "wix.bookings.v2.booking_x", "Brandnew", ""]
)
def test_what_is_not_known_is_a_notice_all_the_same(event_type: str) -> None:
    assert isinstance(WEBHOOKS.read(notice(event_type, {})), UnknownNotice)


def test_a_notice_without_an_id_is_the_same_each_time_it_comes() -> None:
    body = notice("AppInstalled", {"appId": APP})
    first, again = WEBHOOKS.read(body), WEBHOOKS.read(body + b"\n")
    assert isinstance(first, InstallNotice)
    assert first.installed
    assert first.id == again.id != ""


def test_a_booking_that_cannot_be_read_still_changed() -> None:
    event = booking_event("updated", updatedEvent={"currentEntity": {"id": 7}})
    read = WEBHOOKS.read(notice("wix.bookings.v2.booking_updated", event))
    assert isinstance(read, BookingNotice)
    assert read.booking is None


def test_age_does_not_matter() -> None:
    told = WEBHOOKS.read(notice("AppRemoved", {}, iat=1, exp=2, nbf=99999999999))
    assert isinstance(told, InstallNotice)


@pytest.mark.parametrize("audience", [APP, [APP, "another"], None])
def test_our_audience_is_taken(audience: Any) -> None:
    told = WEBHOOKS.read(notice("AppRemoved", {}, aud=audience, iss="wix.com"))
    assert isinstance(told, InstallNotice)


@pytest.mark.parametrize("claims", [{"aud": "another"}, {"aud": ["x"]}, {"iss": "evil.example"}])
def test_another_audience_or_sender_is_not(claims: dict[str, Any]) -> None:
    with pytest.raises(NotFromWix):
        WEBHOOKS.read(notice("AppRemoved", {}, **claims))


def test_another_key_signs_nothing() -> None:
    with pytest.raises(NotFromWix):
        WEBHOOKS.read(notice("AppRemoved", {}, key=THEIRS))


def test_the_token_does_not_choose_how_it_is_checked() -> None:
    claims = {"data": "{}"}
    unsigned = jwt.encode(claims, "", algorithm="none").encode()
    header, payload, _ = notice("AppRemoved", {}).split(b".")
    for body in (unsigned, header + b"." + payload + b"."):
        with pytest.raises(NotFromWix):
            WEBHOOKS.read(body)


def test_a_changed_payload_is_noticed() -> None:
    header, _, signature = notice("AppRemoved", {}).split(b".")
    _, other, _ = notice("AppInstalled", {}).split(b".")
    with pytest.raises(NotFromWix):
        WEBHOOKS.read(b".".join((header, other, signature)))


def test_a_flood_is_not_looked_at() -> None:
    with pytest.raises(WixAnswerMalformed):
        WEBHOOKS.read(b"x" * (LARGEST + 1))


@pytest.mark.parametrize("key", ["", "no key", "-----BEGIN PUBLIC KEY-----\nnope\n", "bm8ga2V5"])
def test_what_is_no_key_is_said_at_once(key: str) -> None:
    with pytest.raises(ValueError, match="public key"):
        Webhooks(key, APP)


@settings(max_examples=100, deadline=None)
@given(body=st.binary(max_size=200))
def test_noise_is_never_more_than_a_wix_error(body: bytes) -> None:
    with pytest.raises(WixError):
        WEBHOOKS.read(body)


@settings(max_examples=60, deadline=None)
@given(event=JSON, slug=st.sampled_from(["created", "updated", "confirmed"]), member=JSON)
def test_any_signed_json_is_read_or_is_a_wix_error(event: Any, slug: str, member: Any) -> None:
    whole = booking_event(slug, createdEvent=event, updatedEvent={"currentEntity": event})
    bodies = [
        notice(f"wix.bookings.v2.booking_{slug}", event),
        notice(f"wix.bookings.v2.booking_{slug}", whole | {"actionEvent": {"body": member}}),
        signed(event),
        signed({"eventType": member, "data": event}),
    ]
    for body in bodies:
        with suppress(WixError):
            WEBHOOKS.read(body)
