"""The stand-in tells of what has changed until it is heard, as Stripe does."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import permutations

import pytest

from booking.domain.payment import Standing
from booking.providers.stripe import Stripe
from tests.providers.charges import a_charge
from tests.sandbox.receiver import receiving, within
from tests.stripe_in_hand import DECLINED, StripeInHand


def test_notices_are_sent_until_they_are_taken(hand: StripeInHand, provider: Stripe) -> None:
    with receiving(500, 503) as receiver:
        hand.notify(receiver.url)
        provider.end(provider.start(a_charge(), "start").id, "end")
        assert within(30, lambda: len(receiver.bodies) == 3)
        (notice,) = hand.notices()
    assert notice["type"] == "checkout.session.expired"
    assert notice["statuses"] == [500, 503, 200]
    assert len(set(receiver.bodies)) == 1


def test_a_receiver_that_was_away_gets_them_later(hand: StripeInHand, provider: Stripe) -> None:
    hand.notify("http://127.0.0.1:9/")
    page = provider.start(a_charge(), "start")
    hand.pay(page.url)
    assert within(30, lambda: any(0 in each["statuses"] for each in hand.notices()))
    with receiving() as receiver:
        hand.notify(receiver.url)
        assert within(30, lambda: all(200 in each["statuses"] for each in hand.notices()))


def test_each_notice_may_come_more_than_once(hand: StripeInHand, provider: Stripe) -> None:
    with receiving() as receiver:
        hand.notify(receiver.url, copies=3)
        provider.end(provider.start(a_charge(), "start").id, "end")
        assert within(30, lambda: len(receiver.bodies) == 3)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_notices_that_are_held_come_in_the_order_and_with_the_age_a_test_wants(
    hand: StripeInHand, provider: Stripe, order: tuple[int, ...]
) -> None:
    with receiving() as receiver:
        hand.notify(receiver.url, hold=True)
        hand.pay(provider.start(a_charge(), "start").url, DECLINED)
        provider.end(provider.start(a_charge(), "another").id, "end")
        ids = [each["id"] for each in hand.notices()]
        assert len(ids) == 3
        sent = [hand.deliver(ids=[ids[number]])[0] for number in order]
        assert [each["id"] for each in sent] == [ids[number] for number in order]
        assert len(receiver.bodies) == 3
        hand.deliver(reversed=True, copies=2, secret="another", age=900)
        assert len(receiver.bodies) == 9


def test_a_receiver_may_ask_stripe_while_it_is_told(hand: StripeInHand, provider: Stripe) -> None:
    page = provider.start(a_charge(), "start")
    hand.pay(page.url)
    with ThreadPoolExecutor(2) as pool, receiving(0) as receiver:
        hand.notify(receiver.url, hold=True)
        waiting = pool.submit(hand.deliver)
        assert within(30, lambda: len(receiver.bodies) == 1)
        assert provider.look_up(page.id).standing is Standing.AUTHORISED
        receiver.enough.set()
        assert {each["status"] for each in waiting.result()} == {200}
