"""Who asks decides what is answered: owner, app, visitor, or nobody."""

import pytest

from tests.in_process import Sandbox
from tests.sandbox.asking import SERVICES, Json, code, owner, session_as, visitor

PROPERTIES = "/site-properties/v4/properties"


def app_token(sandbox: Sandbox, **changes: str) -> Json:
    told = sandbox.credentials
    body = {
        "grant_type": "client_credentials",
        "client_id": told["appId"],
        "client_secret": told["appSecret"],
        "instance_id": told["instanceId"],
    }
    return dict(sandbox.call("POST", "/oauth2/token", body | changes).json())


def status(sandbox: Sandbox, authorization: str | None, **headers: str) -> int:
    client = session_as(sandbox, authorization, **headers)
    return client.get(sandbox.url + PROPERTIES).status_code


@pytest.mark.parametrize("prefix", ["", "Bearer "])
def test_an_apps_token_is_taken_raw_or_as_bearer(sandbox: Sandbox, prefix: str) -> None:
    minted = app_token(sandbox)
    assert minted["expires_in"] == 14_400
    assert status(sandbox, prefix + minted["access_token"]) == 200


def test_a_token_ends_by_the_clock(sandbox: Sandbox) -> None:
    token = app_token(sandbox)["access_token"]
    sandbox.advance(14_399)
    assert status(sandbox, token) == 200
    sandbox.advance(1)
    assert status(sandbox, token) == 401


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"client_secret": "guessed"}, "invalid_client"),
        ({"instance_id": "another"}, "invalid_grant"),
        ({"grant_type": "password"}, "invalid_request"),
    ],
    ids=str,
)
def test_wrong_credentials_get_oauths_own_errors(
    sandbox: Sandbox, changes: dict[str, str], error: str
) -> None:
    assert app_token(sandbox, **changes)["error"] == error


def test_credentials_may_come_as_a_form(sandbox: Sandbox) -> None:
    told = sandbox.credentials
    form = {
        "grant_type": "client_credentials",
        "client_id": told["appId"],
        "client_secret": told["appSecret"],
        "instance_id": told["instanceId"],
    }
    answer = session_as(sandbox, None).post(f"{sandbox.url}/oauth2/token", data=form)
    assert answer.json()["token_type"] == "Bearer"


def test_a_visitor_stays_the_same_one_through_a_refresh(sandbox: Sandbox) -> None:
    client_id = sandbox.credentials["clientId"]
    first = sandbox.call(
        "POST", "/oauth2/token", {"clientId": client_id, "grantType": "anonymous"}
    ).json()
    refresh = {"clientId": client_id, "grantType": "refresh_token"}
    again = sandbox.call(
        "POST", "/oauth2/token", refresh | {"refreshToken": first["refresh_token"]}
    ).json()
    assert again["access_token"] != first["access_token"]
    wrong = sandbox.call("POST", "/oauth2/token", refresh | {"refreshToken": "made up"})
    assert (wrong.status_code, wrong.json()["error"]) == (400, "invalid_grant")


def test_a_visitor_sees_services_but_no_site_properties(sandbox: Sandbox) -> None:
    client = visitor(sandbox)
    assert client.post(sandbox.url + SERVICES, json={"query": {}}).status_code == 200
    refused = client.get(sandbox.url + PROPERTIES)
    assert code(refused) == (403, "PERMISSION_DENIED")


def test_a_visitor_sees_no_addresses_of_staff(sandbox: Sandbox) -> None:
    path = "/bookings/v1/staff-members/query"
    body: Json = {"query": {}}
    seen = visitor(sandbox).post(sandbox.url + path, json=body).json()["staffMembers"]
    known = sandbox.call("POST", path, body).json()["staffMembers"]
    assert {member["email"] for member in seen} == {""}
    assert all(member["email"] for member in known)


@pytest.mark.parametrize("token", [None, "", "Bearer nonsense", "IST.sandbox.somebody-else"])
def test_without_a_living_token_there_is_401(sandbox: Sandbox, token: str | None) -> None:
    assert status(sandbox, token) == 401


def test_a_key_needs_the_site_it_belongs_to(sandbox: Sandbox) -> None:
    key = sandbox.credentials["apiKey"]
    assert status(sandbox, key) == 403
    assert status(sandbox, key, **{"wix-site-id": "another"}) == 404
    assert owner(sandbox).get(sandbox.url + PROPERTIES).status_code == 200


def test_more_calls_than_the_limit_get_429_until_a_minute_has_passed(sandbox: Sandbox) -> None:
    sandbox.settings(rateLimitPerMinute=200)
    client = owner(sandbox)
    answers = [client.get(sandbox.url + PROPERTIES).status_code for _ in range(201)]
    assert answers == [200] * 200 + [429]
    sandbox.advance(61)
    assert client.get(sandbox.url + PROPERTIES).status_code == 200


def test_there_is_no_limit_unless_it_is_set(sandbox: Sandbox) -> None:
    client = owner(sandbox)
    assert {client.get(sandbox.url + PROPERTIES).status_code for _ in range(210)} == {200}
