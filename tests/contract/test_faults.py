"""What can go wrong at Wix goes wrong in the sandbox, and the client says what it was."""

import pytest

from booking.wix import ApiKey, AppCredentials, Wix
from booking.wix.auth import Auth
from booking.wix.errors import (
    AppMissing,
    SlotNotAvailable,
    WixAnswerMalformed,
    WixError,
    WixForbidden,
    WixNotConnected,
    WixThrottled,
    WixUnreachable,
)
from tests.contract.conftest import Client, the_booking, the_service, the_slots
from tests.in_process import Sandbox

QUERY, CREATE = "/bookings/v2/services/query", "/bookings/v2/bookings"


@pytest.mark.parametrize(
    "fault",
    [{"cut": True}, {"status": 500}, {"status": 503, "html": True}, {"status": 429}, {"delay": 60}],
    ids=str,
)
def test_a_read_that_fails_once_is_not_noticed(
    wix: Wix, sandbox: Sandbox, fault: dict[str, object]
) -> None:
    sandbox.fault(QUERY, times=1, **fault)
    assert wix.services.query()
    assert len(sandbox.calls(QUERY)) == 2


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ({"cut": True}, WixUnreachable),
        ({"delay": 60}, WixUnreachable),
        ({"status": 503, "html": True}, WixUnreachable),
        ({"status": 429, "headers": {"Retry-After": "60"}}, WixThrottled),
        ({"html": True}, WixAnswerMalformed),
        ({"malformed": True}, WixAnswerMalformed),
        ({"empty": True}, WixAnswerMalformed),
        ({"status": 403, "empty": True}, WixForbidden),
        ({"status": 403, "code": "PERMISSION_DENIED"}, WixForbidden),
        ({"status": 428, "code": "REQUIRED_APP_NOT_INSTALLED"}, AppMissing),
    ],
    ids=str,
)
def test_a_read_that_keeps_failing_says_why(
    wix: Wix, sandbox: Sandbox, fault: dict[str, object], kind: type[WixError]
) -> None:
    sandbox.fault(QUERY, **fault)
    with pytest.raises(kind):
        wix.services.query()


@pytest.mark.parametrize(
    "fault",
    [
        {"lose_answer": True},
        {"cut": True},
        {"delay": 60},
        {"status": 503},
        {"status": 500, "empty": True},
        {"html": True},
        {"empty": True},
    ],
    ids=str,
)
def test_a_booking_whose_answer_is_lost_is_asked_for_once_and_is_in_doubt(
    wix: Wix, sandbox: Sandbox, fault: dict[str, object]
) -> None:
    slot = the_slots(wix, the_service(wix, "haircut").id).slots[0]
    sandbox.fault(CREATE, times=1, **fault)
    with pytest.raises(WixError) as caught:
        wix.bookings.create(the_booking(slot))
    assert caught.value.maybe_done
    assert len(sandbox.calls(CREATE)) == 1


def test_a_booking_whose_answer_was_lost_is_found_by_its_reference(
    wix: Wix, sandbox: Sandbox
) -> None:
    slot = the_slots(wix, the_service(wix, "haircut").id).slots[0]
    sandbox.fault(CREATE, times=1, lose_answer=True)
    with pytest.raises(WixUnreachable):
        wix.bookings.create(the_booking(slot))
    (found,) = wix.extended_bookings.by_reference("line-1")
    assert found.starts == slot.starts


def test_a_throttled_booking_is_made_a_moment_later(wix: Wix, sandbox: Sandbox) -> None:
    slot = the_slots(wix, the_service(wix, "haircut").id).slots[0]
    sandbox.fault(CREATE, times=1, status=429)
    wix.bookings.create(the_booking(slot))
    assert len(sandbox.calls(CREATE)) == 2


def test_a_refused_booking_is_certain(wix: Wix, sandbox: Sandbox) -> None:
    slot = the_slots(wix, the_service(wix, "haircut").id).slots[0]
    sandbox.fault(CREATE, times=1, status=428, code="SLOT_NOT_AVAILABLE")
    with pytest.raises(SlotNotAvailable) as caught:
        wix.bookings.create(the_booking(slot))
    assert not caught.value.maybe_done


def test_every_error_carries_wixs_request_id(wix: Wix, sandbox: Sandbox) -> None:
    sandbox.fault(QUERY, status=403, code="PERMISSION_DENIED")
    with pytest.raises(WixForbidden) as caught:
        wix.services.query()
    assert caught.value.request_id


@pytest.mark.parametrize("site_id", ["", "5e100000-0000-4000-8000-0000000000ff"])
def test_a_key_for_another_site_is_not_connected(
    client: Client, sandbox: Sandbox, site_id: str
) -> None:
    with pytest.raises(WixForbidden):
        client(ApiKey(sandbox.credentials["apiKey"], site_id)).services.query()


def test_a_wrong_key_is_not_connected(client: Client, sandbox: Sandbox) -> None:
    with pytest.raises(WixNotConnected):
        client(ApiKey("IST.wrong", sandbox.credentials["siteId"])).services.query()


def test_a_wrong_app_secret_is_not_connected(client: Client, sandbox: Sandbox) -> None:
    told = sandbox.credentials
    with pytest.raises(WixNotConnected):
        client(AppCredentials(told["appId"], "wrong", told["instanceId"])).services.query()


def test_a_token_that_wix_no_longer_takes_is_renewed(
    client: Client, sandbox: Sandbox, app: Auth
) -> None:
    wix = client(app)
    wix.services.query()
    sandbox.advance(5 * 3600)  # Wix's clock runs on, ours does not: the token ends unseen
    assert wix.services.query()
    assert len(sandbox.calls("/oauth2/token")) == 2


def test_more_calls_than_wix_allows_a_minute_are_throttled(wix: Wix, sandbox: Sandbox) -> None:
    sandbox.settings(rateLimitPerMinute=2)
    wix.site_properties.get()
    wix.site_properties.get()
    with pytest.raises(WixThrottled):
        wix.site_properties.get()
