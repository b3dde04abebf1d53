"""The app learns what the owner allowed it, and who opens its pages inside Wix."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from booking.domain.installation import Presented
from booking.wix.auth import Auth
from booking.wix.errors import NotFromWix, WixForbidden
from booking.wix.signed_instance import read_signed_instance
from tests.contract.conftest import Client
from tests.in_process import Sandbox

MANAGE = "SCOPE.DC-BOOKINGS.MANAGE-BOOKINGS"


def verified(sandbox: Sandbox, value: str, **changes: str) -> Presented:
    told = {"secret": sandbox.credentials["appSecret"], "app_id": sandbox.credentials["appId"]}
    return read_signed_instance(value, **(told | changes), now=sandbox.now())


def test_an_app_is_told_its_permissions_and_its_site(
    client: Client, app: Auth, sandbox: Sandbox
) -> None:
    installation = client(app).app_instance.get()
    assert installation.instance_id == sandbox.credentials["instanceId"]
    assert installation.site_id == sandbox.credentials["siteId"]
    assert MANAGE in installation.permissions
    assert "bookings" in installation.installed_apps
    assert (installation.site_name, installation.site_url) == ("Estúdio Calma", sandbox.url + "/")


def test_what_the_owner_did_not_allow_is_not_listed(
    client: Client, app: Auth, sandbox: Sandbox
) -> None:
    sandbox.settings(withoutPermissions=[MANAGE], published=False)
    installation = client(app).app_instance.get()
    assert MANAGE not in installation.permissions
    assert installation.site_url == ""


def test_an_owners_key_has_no_instance(client: Client, owner: Auth) -> None:
    with pytest.raises(WixForbidden):
        client(owner).app_instance.get()


def test_an_owner_who_opens_our_page_is_known(sandbox: Sandbox) -> None:
    shown = verified(sandbox, sandbox.signed_instance())
    assert shown.is_owner
    assert shown.instance_id == sandbox.credentials["instanceId"]


def test_a_visitor_is_no_owner(sandbox: Sandbox) -> None:
    shown = verified(sandbox, sandbox.signed_instance(visitor=True))
    assert (shown.is_owner, shown.user_id) == (False, "")


def test_an_old_value_opens_nothing(sandbox: Sandbox) -> None:
    value = sandbox.signed_instance()
    sandbox.advance(timedelta(hours=4).total_seconds())
    with pytest.raises(NotFromWix, match="too old"):
        verified(sandbox, value)


def test_another_secret_or_another_app_opens_nothing(sandbox: Sandbox) -> None:
    value = sandbox.signed_instance()
    with pytest.raises(NotFromWix, match="wrong signature"):
        verified(sandbox, value, secret="guessed")
    with pytest.raises(NotFromWix, match="another app"):
        verified(sandbox, value, app_id="another")


def test_the_installer_sends_a_proof_along(sandbox: Sandbox) -> None:
    session = sandbox.mount(requests.Session())
    query = {
        "appId": sandbox.credentials["appId"],
        "postInstallationUrl": "https://us.example/installed?state=s1",
    }
    answer = session.get(f"{sandbox.url}/app-installer", params=query, allow_redirects=False)
    told = parse_qs(urlsplit(answer.headers["Location"]).query)
    shown = verified(sandbox, told["signedInstance"][0])
    assert told["state"] == ["s1"]
    assert told["tenantId"] == [sandbox.credentials["siteId"]]
    assert [shown.instance_id] == told["instanceId"]
