"""A notice counts only if Stripe signed it just now; what it says is a hint to look the payment up."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import Any

import pytest
import time_machine

from booking.domain.payment import PaymentPage
from booking.providers import ForgedNotice
from booking.providers.stripe import Stripe
from tests.providers.charges import money
from tests.stripe_in_hand import StripeInHand
from tests.stripe_stand_in import SECRET
from tests.stripe_stand_in.notices import signature


def an_event(**changes: Any) -> str:
    event: dict[str, Any] = {
        "id": "evt_1",
        "object": "event",
        "type": "checkout.session.completed",
        "data": {"object": {"id": "cs_1", "object": "checkout.session", "payment_intent": "pi_1"}},
    }
    return json.dumps(event | changes)


def signed(body: str, *, secret: str = SECRET, age: int = 0) -> dict[str, str]:
    return {"Stripe-Signature": signature(body, secret, int(time.time()) - age)}


def test_every_notice_of_a_payment_names_what_to_look_up(
    hand: StripeInHand, provider: Stripe, page: PaymentPage, paid: str
) -> None:
    provider.capture(paid, money("25"), "capture")
    provider.refund(paid, money("10"), "refund")
    told = [
        provider.read_notice(each["body"].encode(), {"Stripe-Signature": each["signature"]})
        for each in hand.notices()
    ]
    assert len({notice.id for notice in told}) == len(told)
    assert {notice.payment_id for notice in told} == {paid}
    assert {notice.kind: notice.page_id for notice in told if notice.page_id} == {
        "checkout.session.completed": page.id
    }
    assert {notice.kind for notice in told} >= {
        "payment_intent.amount_capturable_updated",
        "payment_intent.succeeded",
        "charge.captured",
        "charge.refunded",
        "refund.created",
    }


def test_a_page_that_ran_out_is_told_without_a_payment(
    hand: StripeInHand, provider: Stripe, page: PaymentPage
) -> None:
    hand.advance(36 * 60)
    (told,) = hand.notices("checkout.session.expired")
    notice = provider.read_notice(told["body"].encode(), {"Stripe-Signature": told["signature"]})
    assert (notice.page_id, notice.payment_id) == (page.id, "")


@pytest.mark.parametrize(
    "event",
    [
        {"type": "brand.new", "data": {"object": {"object": "novelty", "id": "n_1"}}},
        {"type": "v2.core.thing", "object": "v2.core.event", "data": {}},
        {"type": "account.updated", "data": {"object": {"id": None, "payment_intent": None}}},
    ],
)
def test_a_kind_that_we_do_not_know_is_a_notice_all_the_same(
    provider: Stripe, event: dict[str, Any]
) -> None:
    body = an_event(**event)
    notice = provider.read_notice(body.encode(), signed(body))
    assert (notice.id, notice.kind) == ("evt_1", event["type"])
    assert (notice.page_id, notice.payment_id) == ("", "")


def test_a_payment_that_is_told_in_full_is_named(provider: Stripe) -> None:
    subject = {"id": "cs_1", "object": "checkout.session", "payment_intent": {"id": "pi_7"}}
    body = an_event(data={"object": subject})
    assert provider.read_notice(body.encode(), signed(body)).payment_id == "pi_7"


@pytest.mark.parametrize("name", ["Stripe-Signature", "stripe-signature", "STRIPE-SIGNATURE"])
def test_the_signature_is_found_however_its_header_is_written(provider: Stripe, name: str) -> None:
    body = an_event()
    headers = {"Host": "book.example", name: signed(body)["Stripe-Signature"]}
    assert provider.read_notice(body.encode(), headers).id == "evt_1"


def test_while_a_secret_is_changed_the_old_and_the_new_one_count(hand: StripeInHand) -> None:
    provider = hand.provider(secrets=("whsec_new", "whsec_old"))
    body = an_event()
    for secret in ("whsec_new", "whsec_old"):
        assert provider.read_notice(body.encode(), signed(body, secret=secret)).id == "evt_1"
    with pytest.raises(ForgedNotice):
        provider.read_notice(body.encode(), signed(body, secret="whsec_other"))


def test_one_good_signature_of_several_is_enough(provider: Stripe) -> None:
    body = an_event()
    header = signed(body)["Stripe-Signature"]
    started, _, good = header.partition(",")
    both = {"Stripe-Signature": f"{started},v1={'0' * 64},v0=abc,{good}"}
    assert provider.read_notice(body.encode(), both).id == "evt_1"


GOOD = signed(an_event())["Stripe-Signature"]
FORGED = {
    "no header": {},
    "an empty header": {"Stripe-Signature": ""},
    "no signature in it": {"Stripe-Signature": f"t={int(time.time())}"},
    "no time in it": {"Stripe-Signature": "v1=" + "0" * 64},
    "no number as time": {"Stripe-Signature": "t=now,v1=" + "0" * 64},
    "an old scheme only": {"Stripe-Signature": GOOD.replace("v1=", "v0=")},
    "another secret": signed(an_event(), secret="whsec_other"),
    "another body": signed(an_event(id="evt_2")),
    "another time": {"Stripe-Signature": GOOD.replace("t=", "t=9")},
    "letters beyond ASCII": {"Stripe-Signature": f"t={int(time.time())},v1=ä"},
    "rubbish": {"Stripe-Signature": "=,=,,t,v1"},
}


@pytest.mark.parametrize("headers", FORGED.values(), ids=FORGED)
def test_a_forged_notice_is_not_read(provider: Stripe, headers: dict[str, str]) -> None:
    with pytest.raises(ForgedNotice):
        provider.read_notice(an_event().encode(), headers)


@pytest.mark.parametrize("secrets", [(), ("",), (" ",)])
def test_without_a_secret_no_notice_is_believed(
    hand: StripeInHand, secrets: tuple[str, ...]
) -> None:
    body = an_event()
    for secret in ("", " ", SECRET):
        with pytest.raises(ForgedNotice):
            hand.provider(secrets=secrets).read_notice(body.encode(), signed(body, secret=secret))


def test_an_old_notice_is_not_believed_and_the_same_one_signed_anew_is(provider: Stripe) -> None:
    body = an_event()
    assert provider.read_notice(body.encode(), signed(body, age=290)).id == "evt_1"
    with pytest.raises(ForgedNotice):
        provider.read_notice(body.encode(), signed(body, age=310))
    headers = signed(body)
    with (
        time_machine.travel(time.time() + 600, tick=False),
        pytest.raises(ForgedNotice),
    ):
        provider.read_notice(body.encode(), headers)


@pytest.mark.parametrize(
    "body", ["", "null", "[]", "{}", '{"id": 1}', '{"id": "e"', an_event(type=None), "[" * 5000]
)
def test_a_signed_body_that_is_no_notice_is_not_one(provider: Stripe, body: str) -> None:
    with pytest.raises(ForgedNotice):
        provider.read_notice(body.encode(), signed(body))


def test_a_body_that_is_no_text_is_not_one(provider: Stripe) -> None:
    with pytest.raises(ForgedNotice):
        provider.read_notice(b"\xff\xfe", signed(""))


def test_stripes_library_is_imported_only_when_it_is_used() -> None:
    told = "import booking.providers.stripe, sys; assert 'stripe' not in sys.modules"
    subprocess.run([sys.executable, "-c", told], check=True)
