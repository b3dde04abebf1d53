"""The stand-in of Stripe keeps Stripe's rules, over a socket as anybody would ask it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import requests
import stripe

from booking.providers import ProviderUnavailable
from booking.providers.stripe import Stripe
from tests.providers.charges import a_charge, money
from tests.stripe_in_hand import StripeInHand
from tests.stripe_stand_in import API_KEY, SECRET

ROOT = Path(__file__).resolve().parents[3]
KEY = {"Authorization": f"Bearer {API_KEY}"}


@pytest.fixture
def library(hand: StripeInHand) -> stripe.StripeClient:
    """Stripe's own library, as it is."""
    return stripe.StripeClient(API_KEY, base_addresses={"api": hand.url}, max_network_retries=0)


def a_session(**changes: Any) -> Any:
    price = {"currency": "eur", "unit_amount": 2500, "product_data": {"name": "Haircut"}}
    return {
        "mode": "payment",
        "line_items": [{"quantity": 2, "price_data": price}],
        "payment_intent_data": {"capture_method": "manual"},
        "success_url": "https://book.example/",
        "cancel_url": "https://book.example/",
    } | changes


def test_stripes_own_library_pays_captures_and_refunds(
    hand: StripeInHand, library: stripe.StripeClient
) -> None:
    session = library.v1.checkout.sessions.create(params=a_session())
    assert (session.status, session.payment_status, session.amount_total) == (
        "open",
        "unpaid",
        5000,
    )
    hand.pay(session.url or "")
    session = library.v1.checkout.sessions.retrieve(
        session.id, params={"expand": ["payment_intent.latest_charge"]}
    )
    intent = session.payment_intent
    assert isinstance(intent, stripe.PaymentIntent)
    assert (session.status, session.url, intent.status) == ("complete", None, "requires_capture")
    library.v1.payment_intents.capture(intent.id, params={"amount_to_capture": 3000})
    library.v1.refunds.create(params={"payment_intent": intent.id, "amount": 1000})
    refunds = library.v1.refunds.list(params={"payment_intent": intent.id})
    assert [each.amount for each in refunds.data] == [1000]
    assert hand.ledger()["totals"] == {
        "eur": {"capturable": 0, "captured": 3000, "refunded": 1000, "kept": 2000}
    }


def test_without_manual_capture_the_money_is_taken_at_once(
    hand: StripeInHand, library: stripe.StripeClient
) -> None:
    session = library.v1.checkout.sessions.create(params=a_session(payment_intent_data={}))
    hand.pay(session.url or "")
    assert hand.ledger()["totals"]["eur"]["captured"] == 5000


REFUSED = {
    "a word it does not know": ({"colour": "red"}, "colour"),
    "another mode": ({"mode": "subscription"}, "mode"),
    "nothing to buy": ({"line_items": []}, "line_items"),
    "no way back": ({"success_url": ""}, "success_url"),
    "a language it does not speak": ({"locale": "he"}, "locale"),
    "an address that is none": ({"customer_email": "ada"}, "customer_email"),
    "an end too soon": ({"expires_at": 1}, "expires_at"),
    "an end that is no number": ({"expires_at": "soon"}, "expires_at"),
}


@pytest.mark.parametrize(("changes", "param"), REFUSED.values(), ids=REFUSED)
def test_a_wrong_question_is_refused_by_the_name_of_what_is_wrong(
    library: stripe.StripeClient, changes: dict[str, Any], param: str
) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        library.v1.checkout.sessions.create(params=a_session(**changes))
    assert refused.value.param == param


@pytest.mark.parametrize(
    ("amount", "currency"), [(4010, "isk"), (1234, "kwd"), (-5, "eur"), (10, "eur"), (1, "EUR")]
)
def test_an_amount_that_no_card_is_charged_with_is_refused(
    library: stripe.StripeClient, amount: int, currency: str
) -> None:
    price = {"currency": currency, "unit_amount": amount, "product_data": {"name": "x"}}
    lines = [{"quantity": 1, "price_data": price}]
    with pytest.raises(stripe.InvalidRequestError):
        library.v1.checkout.sessions.create(params=a_session(line_items=lines))


def test_a_wrong_key_gets_nothing(hand: StripeInHand) -> None:
    for headers in ({}, {"Authorization": "Bearer sk_test_other"}):
        assert requests.get(f"{hand.url}/v1/refunds", headers=headers, timeout=5).status_code == 401
    assert requests.get(f"{hand.url}/v1/refunds", headers=KEY, timeout=5).status_code == 200
    assert requests.get(f"{hand.url}/v1/cats", headers=KEY, timeout=5).status_code == 404


def test_a_key_gives_the_same_answer_for_the_same_question_only(
    hand: StripeInHand, library: stripe.StripeClient
) -> None:
    create = library.v1.checkout.sessions.create
    same: stripe.RequestOptions = {"idempotency_key": "one"}
    first = create(params=a_session(), options=same)
    again = create(params=a_session(), options=same)
    assert again.id == first.id
    assert again.last_response is not None
    assert again.last_response.headers["Idempotent-Replayed"] == "true"
    with pytest.raises(stripe.IdempotencyError):
        create(params=a_session(locale="de"), options=same)
    hand.advance(25 * 3600)
    assert create(params=a_session(), options=same).id != first.id


def test_a_failed_check_is_not_kept_under_a_key_and_a_failed_try_is(
    hand: StripeInHand, provider: Stripe
) -> None:
    wrong, right = a_charge(amount=money("0.10")), a_charge()
    with pytest.raises(Exception, match="amount_too_small"):
        provider.start(wrong, "one")
    provider.start(right, "one")
    hand.fault("POST", status=500, remembered=True)
    for _ in range(2):
        answer = requests.post(
            f"{hand.url}/v1/refunds", headers=KEY | {"Idempotency-Key": "two"}, timeout=5
        )
        assert answer.status_code == 500
    assert [call["replayed"] for call in hand.calls("/v1/refunds")] == [False, True]


def test_many_at_once_with_one_key_make_one_page(hand: StripeInHand, provider: Stripe) -> None:
    charge = a_charge()
    with ThreadPoolExecutor(8) as pool:
        pages = set(pool.map(lambda _: provider.start(charge, "one"), range(16)))
    assert len(pages) == len(hand.ledger()["sessions"]) == 1


def test_many_refunds_at_once_never_give_back_more_than_was_taken(
    hand: StripeInHand, provider: Stripe
) -> None:
    page = provider.start(a_charge(), "start")
    hand.pay(page.url)
    paid = provider.look_up(page.id).payment_id
    provider.capture(paid, money("25"), "capture")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: _tried(provider, paid, f"refund {n}"), range(8)))
    assert hand.ledger()["totals"]["eur"] == {
        "capturable": 0,
        "captured": 2500,
        "refunded": 2000,
        "kept": 500,
    }


def _tried(provider: Stripe, paid: str, key: str) -> object:
    """What went wrong, if it did."""
    try:
        return provider.refund(paid, money("10"), key)
    except Exception as error:  # noqa: BLE001 - what came of it is in the ledger
        return error


def test_a_cut_connection_is_cut_on_a_socket_too(hand: StripeInHand, provider: Stripe) -> None:
    charge = a_charge()
    for cut in ("before", "after"):
        hand.fault("POST /v1/checkout/sessions", cut=cut)
        with pytest.raises(ProviderUnavailable):
            provider.start(charge, "start")
    provider.start(charge, "start")
    assert len(hand.ledger()["sessions"]) == 1


def test_a_slow_answer_comes_after_the_work(hand: StripeInHand) -> None:
    hurried = hand.provider(timeout_seconds=0.2)
    hand.fault("POST /v1/checkout/sessions", delay=0.6)
    with pytest.raises(ProviderUnavailable):
        hurried.start(a_charge(), "start")
    assert len(hand.ledger()["sessions"]) == 1


def test_the_page_of_a_paid_or_ended_session_takes_no_card(
    hand: StripeInHand, provider: Stripe
) -> None:
    paid, ended = (provider.start(a_charge(), key) for key in ("one", "two"))
    hand.pay(paid.url)
    provider.end(ended.id, "end")
    for page in (paid, ended):
        assert "<form" not in hand.open(page.url).text
        assert hand.pay(page.url).status_code == 200
    assert len(hand.ledger()["payments"]) == 1
    assert hand.open(f"{hand.url}/c/pay/cs_nothing").status_code == 404


def test_a_number_that_is_no_cards_is_told(hand: StripeInHand, provider: Stripe) -> None:
    page = provider.start(a_charge(what="<b>Cut & dry</b>"), "start")
    told = hand.pay(page.url, "1234").text
    assert "card number is incorrect" in told
    assert "&lt;b&gt;Cut &amp; dry&lt;/b&gt;" in told
    assert hand.ledger()["payments"] == []


def test_after_a_reset_nothing_is_left(hand: StripeInHand, provider: Stripe) -> None:
    hand.pay(provider.start(a_charge(), "start").url)
    hand.fault(status=500)
    hand.advance(3600)
    hand.reset()
    assert hand.ledger() == {"sessions": [], "payments": [], "refunds": [], "totals": {}}
    assert (hand.calls(), hand.notices()) == ([], [])
    provider.start(a_charge(), "start")


@pytest.mark.parametrize("order", [{"colour": "red"}, {"status": 500, "when": "later"}])
def test_an_order_that_makes_no_sense_is_not_taken(hand: StripeInHand, order: Any) -> None:
    with pytest.raises(ValueError, match="no fault knows"):
        hand.fault(**order)
    assert hand.open(f"{hand.url}/_stand_in/cats").status_code == 404


def test_it_imports_nothing_of_the_site() -> None:
    told = "import tests.stripe_stand_in.__main__, sys; print(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", told], check=True, capture_output=True, text=True, cwd=ROOT
    )
    foreign = ("booking", "django", "stripe", "requests")
    assert [name for name in ran.stdout.split() if name.partition(".")[0] in foreign] == []


def test_it_runs_alone(hand: StripeInHand) -> None:
    command = [sys.executable, "-m", "tests.stripe_stand_in", "--port", "0"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        words = process.stdout.readline().split()
        assert API_KEY in words
        assert SECRET in words
        (url,) = (word for word in words if word.startswith("http://"))
        alone = StripeInHand(url)
        assert alone.provider().start(a_charge(), "start").url.startswith(url)
        alone.close()
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
