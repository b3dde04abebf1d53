"""Who may call what: by identity, by the owner's permission, by what is installed on the site."""

from __future__ import annotations

import pytest
import requests

from tests.in_process import Sandbox
from tests.sandbox.asking import (
    BOOKINGS,
    READER,
    SERVICES,
    SLOTS,
    Json,
    chair,
    code,
    create,
    owner,
    session_as,
    visitor,
)

TEN = "2030-06-04T10:00:00"
INSTANCE, PROPERTIES = "/apps/v1/instance", "/site-properties/v4/properties"
ADA = "5e100000-0000-4000-8000-00000000000a"
BEN = "5e100000-0000-4000-8000-00000000000b"
MANAGE = "SCOPE.DC-BOOKINGS.MANAGE-BOOKINGS"
OVERRIDE = "SCOPE.DC-BOOKINGS-MEGA.MANAGE-BOOKINGS"
EMPTY: Json = {"query": {}}


def minted(sandbox: Sandbox, authorization: str | None = None, **body: str) -> requests.Response:
    session = session_as(sandbox, authorization)
    return session.post(f"{sandbox.url}/oauth2/token", json=body)


def app(sandbox: Sandbox, **changes: str) -> requests.Session:
    told = sandbox.credentials
    body = {
        "grant_type": "client_credentials",
        "client_id": told["appId"],
        "client_secret": told["appSecret"],
        "instance_id": told["instanceId"],
    }
    body = {name: value for name, value in (body | changes).items() if value}
    return session_as(sandbox, minted(sandbox, **body).json()["access_token"])


def member(sandbox: Sandbox, member_id: str) -> requests.Session:
    anonymous = visitor(sandbox).headers["Authorization"]
    both = f"{anonymous!s},{sandbox.credentials['apiKey']}"
    body = {"grant_type": "authorized_client", "scope": "offline_access", "member_id": member_id}
    return session_as(sandbox, minted(sandbox, both, **body).json()["access_token"])


def post(session: requests.Session, sandbox: Sandbox, path: str, body: Json) -> requests.Response:
    return session.post(sandbox.url + path, json=body)


def test_everybody_sees_services_and_times(two_chairs: Sandbox) -> None:
    asked = {"serviceId": two_chairs.service("haircut")["id"], "fromLocalDate": TEN}
    asked |= {"toLocalDate": "2030-06-04T11:00:00"}
    for session in (visitor(two_chairs), member(two_chairs, ADA), app(two_chairs)):
        assert post(session, two_chairs, SERVICES, EMPTY).status_code == 200
        assert post(session, two_chairs, SLOTS, asked).status_code == 200
        assert post(session, two_chairs, BOOKINGS, chair(two_chairs, TEN)).status_code == 200


def test_nobody_but_those_who_manage_confirms(two_chairs: Sandbox) -> None:
    booking = create(two_chairs, chair(two_chairs, TEN))
    confirm = f"/bookings/v2/confirmation/{booking['id']}:confirmOrDecline"
    for session in (visitor(two_chairs), member(two_chairs, ADA)):
        refused = post(session, two_chairs, confirm, {})
        assert code(refused) == (403, "PERMISSION_DENIED")
        assert refused.json()["details"]["applicationError"]["description"] == ""
    assert post(app(two_chairs), two_chairs, confirm, {}).status_code == 200


def test_a_visitor_reads_no_bookings(two_chairs: Sandbox) -> None:
    assert code(post(visitor(two_chairs), two_chairs, READER, EMPTY))[0] == 403
    assert post(app(two_chairs), two_chairs, READER, EMPTY).status_code == 200


def test_members_read_their_own_bookings(two_chairs: Sandbox) -> None:
    ada, ben = member(two_chairs, ADA), member(two_chairs, BEN)
    mine = post(ada, two_chairs, BOOKINGS, chair(two_chairs, TEN)).json()["booking"]
    found = post(ada, two_chairs, READER, EMPTY).json()["extendedBookings"]
    assert [one["booking"]["id"] for one in found] == [mine["id"]]
    assert mine["createdBy"]["memberId"] == ADA
    assert post(ben, two_chairs, READER, EMPTY).json()["extendedBookings"] == []


def test_members_cancel_their_own_bookings_only(two_chairs: Sandbox) -> None:
    ada, ben = member(two_chairs, ADA), member(two_chairs, BEN)
    mine = post(ada, two_chairs, BOOKINGS, chair(two_chairs, TEN)).json()["booking"]
    cancel = f"/bookings/v2/bookings/{mine['id']}/cancel"
    body = {"revision": mine["revision"]}
    assert code(post(ben, two_chairs, cancel, body)) == (403, "UNAUTHORIZED_OPERATION")
    assert post(ada, two_chairs, cancel, body).json()["booking"]["status"] == "CANCELED"


def test_only_an_app_has_an_instance(two_chairs: Sandbox) -> None:
    assert app(two_chairs).get(two_chairs.url + INSTANCE).status_code == 200
    for session in (visitor(two_chairs), owner(two_chairs)):
        assert code(session.get(two_chairs.url + INSTANCE)) == (403, "PERMISSION_DENIED")


@pytest.mark.parametrize(
    ("scope", "method", "path", "body"),
    [
        ("SCOPE.DC-BOOKINGS.READ-BOOKINGS-PUBLIC", "POST", SERVICES, EMPTY),
        ("SCOPE.DC-BOOKINGS.READ-CALENDAR-WITH-PARTICIPANTS", "POST", READER, EMPTY),
        ("SCOPE.DC-BOOKINGS.READ-CALENDAR", "POST", SLOTS, {}),
        (MANAGE, "POST", BOOKINGS, {}),
        ("SCOPE.DC.MANAGE-YOUR-APP", "GET", PROPERTIES, {}),
    ],
    ids=["services", "reader", "times", "bookings", "properties"],
)
def test_without_its_permission_a_call_is_denied(
    two_chairs: Sandbox, scope: str, method: str, path: str, body: Json
) -> None:
    two_chairs.settings(withoutPermissions=[scope])
    for session in (app(two_chairs), owner(two_chairs)):
        answer = session.request(method, two_chairs.url + path, json=body)
        assert code(answer) == (403, "PERMISSION_DENIED")
    two_chairs.settings(emptyDenials=True)
    empty = owner(two_chairs).request(method, two_chairs.url + path, json=body)
    assert (empty.status_code, empty.content) == (403, b"")


@pytest.mark.parametrize(
    "flag",
    [
        "skipAvailabilityValidation",
        "skipBusinessConfirmation",
        "skipSelectedPaymentOptionValidation",
    ],
)
def test_skipping_needs_the_widest_permission(two_chairs: Sandbox, flag: str) -> None:
    body = chair(two_chairs, TEN) | {"flowControlSettings": {flag: True}}
    assert two_chairs.call("POST", BOOKINGS, body).status_code == 200
    two_chairs.settings(withoutPermissions=[OVERRIDE])
    assert code(two_chairs.call("POST", BOOKINGS, body)) == (403, "UNAUTHORIZED_OPERATION")
    assert two_chairs.call("POST", BOOKINGS, chair(two_chairs, TEN)).status_code == 200
    refused = post(member(two_chairs, ADA), two_chairs, BOOKINGS, body)
    assert code(refused) == (403, "UNAUTHORIZED_OPERATION")


def test_on_a_free_site_only_those_who_manage_book(two_chairs: Sandbox) -> None:
    two_chairs.settings(premium=False)
    refused = post(visitor(two_chairs), two_chairs, BOOKINGS, chair(two_chairs, TEN))
    assert code(refused) == (428, "PREMIUM_VALIDATION_FAILED")
    assert two_chairs.call("POST", BOOKINGS, chair(two_chairs, TEN)).status_code == 200


def test_without_wix_bookings_there_is_nothing_to_ask(two_chairs: Sandbox) -> None:
    two_chairs.settings(bookingsInstalled=False)
    services = two_chairs.call("POST", SERVICES, EMPTY)
    assert code(services) == (428, "REQUIRED_APP_NOT_INSTALLED")
    assert code(two_chairs.call("POST", SLOTS, {})) == (428, "NO_IMPLEMENTERS_FOUND")
    assert two_chairs.call("GET", PROPERTIES).status_code == 200


def test_a_token_without_an_instance_opens_no_site(two_chairs: Sandbox) -> None:
    nowhere = app(two_chairs, instance_id="")
    assert code(post(nowhere, two_chairs, SERVICES, EMPTY)) == (403, "PERMISSION_DENIED")


def test_a_removed_app_gets_no_token_and_its_old_one_is_dead(two_chairs: Sandbox) -> None:
    session = app(two_chairs)
    two_chairs.settings(installed=False)
    assert post(session, two_chairs, SERVICES, EMPTY).status_code == 401
    told = two_chairs.credentials
    refused = minted(
        two_chairs,
        grant_type="client_credentials",
        client_id=told["appId"],
        client_secret=told["appSecret"],
        instance_id=told["instanceId"],
    )
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_grant")


@pytest.mark.parametrize(
    "body",
    [
        {"grant_type": "authorized_client", "scope": "offline_access", "member_id": "no guid"},
        {"grant_type": "authorized_client", "member_id": ADA},
        {"grantType": "authorization_code", "clientId": "another"},
        {"grantType": "anonymous"},
        {},
    ],
    ids=str,
)
def test_other_ways_to_a_token_are_refused(sandbox: Sandbox, body: dict[str, str]) -> None:
    both = f"{visitor(sandbox).headers['Authorization']!s},{sandbox.credentials['apiKey']}"
    assert minted(sandbox, both, **body).status_code == 400


def test_a_scope_that_is_none_cannot_be_taken_away(sandbox: Sandbox) -> None:
    body = {"withoutPermissions": ["SCOPE.NOTHING"]}
    assert sandbox.call("POST", "/_sandbox/settings", body).status_code == 400
