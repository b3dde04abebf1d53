"""Keys, secrets and tokens appear nowhere: not in reprs, errors, tracebacks or logs."""

import logging
import traceback
from collections.abc import Callable

import pytest
import requests

from booking.wix import ApiKey, AppCredentials, Wix
from booking.wix.auth import Auth
from booking.wix.errors import WixError
from tests.wix.stand_in import Script, StandIn, Told, a_transport, ok, refusal

SECRETS = ("IST.very-secret", "app-very-secret", "token-very-secret")
TOKEN = ok({"access_token": "token-very-secret"})
TROUBLES: list[Script] = [
    Told(401),
    Told(403),
    Told(500, b"Authorization: IST.very-secret app-very-secret token-very-secret"),
    refusal(400, "token-very", "IST.very-secret app-very-secret token-very-secret"),
    requests.ConnectionError("no route"),
    Told(200, b'{"access_token": 1, "was": "token-very-secret"}'),
]


def api_key() -> Auth:
    return ApiKey("IST.very-secret", "site")


def app() -> Auth:
    return AppCredentials("app-id", "app-very-secret", "instance")


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG)
    return caplog


def test_reprs_tell_which_site_and_not_with_what() -> None:
    transport = a_transport(StandIn(TOKEN, ok({})), auth=app())
    transport.read("/p")
    shown = [repr(each) for each in (api_key(), app(), api_key().sign(lambda _: b""), transport)]
    assert not any(secret in each for each in shown for secret in SECRETS)
    assert "site_id='site'" in shown[0]
    assert "app-id" in shown[1]


@pytest.mark.parametrize("trouble", TROUBLES, ids=range(len(TROUBLES)))
@pytest.mark.parametrize("auth", [api_key, app])
@pytest.mark.parametrize("first", [[], [TOKEN]], ids=["at once", "after a token"])
def test_no_failure_gives_a_secret_away(
    trouble: Script, auth: Callable[[], Auth], first: list[Script], log: pytest.LogCaptureFixture
) -> None:
    wix = Wix(a_transport(StandIn(*first, trouble), auth=auth()))
    with pytest.raises(WixError) as caught:
        wix.site_properties.get()
    told = "".join(traceback.format_exception(caught.value)) + repr(caught.value) + log.text
    assert not any(secret in told for secret in SECRETS)
