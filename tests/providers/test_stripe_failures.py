"""Whatever Stripe or the way to it does: the caller knows if it may have been done, and no money moves twice."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Callable
from typing import Any

import pytest

from booking.domain.payment import PaymentPage, Standing
from booking.providers import (
    ProviderError,
    ProviderRefused,
    ProviderRefusesUs,
    ProviderUnavailable,
)
from booking.providers.stripe import Stripe
from tests.providers.charges import a_charge, money
from tests.stripe_in_hand import StripeInHand

OVERLOADED: dict[str, dict[str, Any]] = {
    "hangs up before": {"cut": "before"},
    "hangs up after": {"cut": "after"},
    "answers too late": {"delay": 60},
    "500": {"status": 500},
    "500, and remembers it": {"status": 500, "remembered": True},
    "503": {"status": 503},
    "429": {"status": 429, "code": "rate_limit"},
    "400 rate_limit": {"status": 400, "code": "rate_limit"},
    "409 the key is in use": {"status": 409, "code": "idempotency_key_in_use"},
}
RUBBISH = {
    "a page": "<html>Bad gateway</html>",
    "nothing": "",
    "null": "null",
    "a list": "[]",
    "a number": "7",
    "a text": '"hello"',
    "an empty object": "{}",
    "half an object": '{"id": "cs_1", "obj',
    "no text at all": "\x00\x01",
    "other types": '{"id": 5, "object": "checkout.session", "expires_at": "soon", "data": {}}',
    "a time beyond time": json.dumps({"id": "c", "object": "x", "expires_at": 10**18}),
    "a strange object": json.dumps({"object": ["checkout.session"], "id": {}}),
    "deep": "[" * 5000,
}
REFUSED = {
    400: ("parameter_invalid", "parameter_invalid"),
    401: ("", "api_error"),
    402: ("card_declined", "card_declined"),
    403: ("more_permissions_required", "more_permissions_required"),
    404: ("resource_missing", "resource_missing"),
}


def patiently(ask: Callable[[], Any], tries: int = 4) -> Any:
    """As the worker does: ask again with the same key as long as nobody answers."""
    for _ in range(tries - 1):
        try:
            return ask()
        except ProviderUnavailable:
            continue
    return ask()


@pytest.mark.parametrize("fault", OVERLOADED.values(), ids=OVERLOADED)
def test_no_answer_means_ask_again(
    hand: StripeInHand, provider: Stripe, page: PaymentPage, fault: dict[str, Any]
) -> None:
    for call, ask in (
        ("POST /v1/checkout/sessions", lambda: provider.start(a_charge(), "another")),
        ("GET /v1/checkout/sessions", lambda: provider.look_up(page.id)),
        ("/expire", lambda: provider.end(page.id, "end")),
        ("/capture", lambda: provider.capture("pi_1", money("1"), "capture")),
        ("/cancel", lambda: provider.release("pi_1", "release")),
        ("POST /v1/refunds", lambda: provider.refund("pi_1", money("1"), "refund")),
        ("GET /v1/refunds", lambda: provider.refund("pi_1", money("1"), "refund")),
    ):
        hand.fault(call, **fault)
        with pytest.raises(ProviderUnavailable):
            ask()
        hand.clear_faults()


@pytest.mark.parametrize("fault", OVERLOADED.values(), ids=OVERLOADED)
def test_asking_again_with_the_same_key_does_it_once(
    hand: StripeInHand, provider: Stripe, page: PaymentPage, paid: str, fault: dict[str, Any]
) -> None:
    charge = a_charge()
    for call in ("POST /v1/checkout/sessions", "/capture", "POST /v1/refunds"):
        hand.fault(call, times=2, **fault)
    another = patiently(lambda: provider.start(charge, "another"))
    patiently(lambda: provider.capture(paid, money("25"), "capture"))
    refund = patiently(lambda: provider.refund(paid, money("10"), "refund"))
    assert provider.start(charge, "another") == another
    assert provider.refund(paid, money("10"), "refund") == refund
    ledger = hand.ledger()
    assert len(ledger["sessions"]) == 2
    assert [(each["id"], each["amount"]) for each in ledger["refunds"]] == [(refund, 1000)]
    assert ledger["totals"]["eur"]["kept"] == 1500


@pytest.mark.parametrize("fault", OVERLOADED.values(), ids=OVERLOADED)
def test_an_authorisation_is_released_whatever_happens(
    hand: StripeInHand, provider: Stripe, page: PaymentPage, paid: str, fault: dict[str, Any]
) -> None:
    hand.fault("/cancel", times=2, **fault)
    patiently(lambda: provider.release(paid, "release"))
    assert provider.look_up(page.id).standing is Standing.RELEASED


@pytest.mark.parametrize("rubbish", RUBBISH.values(), ids=RUBBISH)
@pytest.mark.parametrize("status", [200, 404])
def test_rubbish_is_no_answer(
    hand: StripeInHand,
    provider: Stripe,
    page: PaymentPage,
    paid: str,
    rubbish: str,
    status: int,
) -> None:
    for call, ask in (
        ("POST /v1/checkout/sessions", lambda: provider.start(a_charge(), "another")),
        ("GET /v1/checkout/sessions", lambda: provider.look_up(page.id)),
        ("/capture", lambda: provider.capture(paid, money("1"), "capture")),
        ("GET /v1/refunds", lambda: provider.refund(paid, money("1"), "refund")),
    ):
        hand.fault(call, rubbish=rubbish, status=status)
        with pytest.raises(ProviderUnavailable):
            ask()


@pytest.mark.parametrize("error", ['"no"', "5", "[]", "null", "{}", '{"type": [], "code": {}}'])
def test_an_error_that_is_no_error_of_stripes_is_still_one_of_ours(
    hand: StripeInHand, provider: Stripe, page: PaymentPage, error: str
) -> None:
    hand.fault("GET /v1/checkout/sessions", rubbish=f'{{"error": {error}}}', status=400)
    with pytest.raises(ProviderError):
        provider.look_up(page.id)


@pytest.mark.parametrize(("status", "codes"), REFUSED.items())
def test_a_no_is_told_with_stripes_word_for_why(
    hand: StripeInHand,
    provider: Stripe,
    page: PaymentPage,
    status: int,
    codes: tuple[str, str],
) -> None:
    hand.fault("GET /v1/checkout/sessions", status=status, code=codes[0])
    with pytest.raises((ProviderRefused, ProviderRefusesUs), match="req_") as refused:
        provider.look_up(page.id)
    assert str(refused.value).startswith(codes[1])
    assert isinstance(refused.value, ProviderRefusesUs) is (status in (401, 403))


def test_nothing_is_asked_twice_by_the_library_itself(
    hand: StripeInHand, provider: Stripe, page: PaymentPage
) -> None:
    hand.fault("GET", status=503, times=9)
    with pytest.raises(ProviderUnavailable):
        provider.look_up(page.id)
    assert len(hand.calls(page.id)) == 1


def test_nobody_at_the_address_is_no_answer() -> None:
    gone = Stripe("sk_test_1", (), base_url="http://127.0.0.1:9", timeout_seconds=1)
    with pytest.raises(ProviderUnavailable):
        gone.look_up("cs_1")


def test_what_stands_somewhere_we_do_not_know_decides_nothing(
    hand: StripeInHand, provider: Stripe, page: PaymentPage
) -> None:
    session = {"id": page.id, "object": "checkout.session", "expires_at": 1, "status": "resting"}
    hand.fault("GET /v1/checkout/sessions", rubbish=json.dumps(session))
    assert provider.look_up(page.id).standing is Standing.UNKNOWN


def test_a_refund_that_failed_at_the_bank_is_a_refusal(
    hand: StripeInHand, provider: Stripe, paid: str
) -> None:
    provider.capture(paid, money("25"), "capture")
    failed = {"id": "re_1", "object": "refund", "status": "failed", "metadata": None}
    hand.fault("POST /v1/refunds", rubbish=json.dumps(failed))
    with pytest.raises(ProviderRefused) as refused:
        provider.refund(paid, money("5"), "refund")
    assert refused.value.code == "refund_failed"


SECRETS = (
    "sk_test_very",
    "very_secret",
    "whsec_very_secret",
    "ada@example.com",
    "4242424242424242",
)
LEAKS: list[dict[str, Any]] = [
    {},
    {"rubbish": "sk_test_very_secret ada@example.com 4242424242424242"},
    {
        "rubbish": '{"error": {"message": "ada@example.com", "code": "ada@example.com"}}',
        "status": 400,
    },
    {"rubbish": '{"error": {"message": "sk_test_very_secret", "param": "a b@c"}}', "status": 402},
    {"cut": "before"},
    {"delay": 60},
]


@pytest.mark.parametrize("leak", LEAKS, ids=range(len(LEAKS)))
@pytest.mark.parametrize("api_key", ["sk_test_very_secret", "sk_test_stand_in"])
def test_no_key_card_or_address_is_told_by_a_failure_or_a_log(
    hand: StripeInHand, leak: dict[str, Any], api_key: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    provider = hand.provider(api_key=api_key, secrets=("whsec_very_secret",))
    hand.fault("POST /v1/checkout/sessions", **leak)
    told, charge = [repr(provider)], a_charge()
    try:
        provider.start(charge, "start")
    except ProviderError as error:
        told += traceback.format_exception(error)
        told += [repr(error), repr(error.__context__), repr(error.__cause__)]
    shown = "".join(told) + caplog.text
    assert [secret for secret in SECRETS if secret in shown] == []
