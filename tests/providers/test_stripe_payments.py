"""Stripe takes what was authorised when we say it, and gives it back."""

import pytest

from booking.domain.payment import PaymentPage, Standing
from booking.providers import ProviderRefused
from booking.providers.stripe import Stripe
from tests.providers.charges import money
from tests.stripe_in_hand import StripeInHand


def test_capturing_takes_all_of_it(
    hand: StripeInHand, provider: Stripe, page: PaymentPage, paid: str
) -> None:
    provider.capture(paid, money("25"), "capture")
    seen = provider.look_up(page.id)
    assert (seen.standing, seen.amount, seen.refunded) == (
        Standing.CAPTURED,
        money("25"),
        money("0"),
    )
    assert seen.lapses is None


def test_capturing_a_part_gives_the_rest_up_and_that_is_no_refund(
    provider: Stripe, page: PaymentPage, paid: str
) -> None:
    provider.capture(paid, money("20"), "capture")
    seen = provider.look_up(page.id)
    assert (seen.amount, seen.refunded) == (money("20"), money("0"))
    provider.refund(paid, money("5"), "refund")
    seen = provider.look_up(page.id)
    assert (seen.standing, seen.amount, seen.refunded) == (
        Standing.CAPTURED,
        money("20"),
        money("5"),
    )


@pytest.mark.parametrize("wait", [0, 2 * 86_400], ids=["at once", "when Stripe forgot the key"])
def test_whatever_is_asked_again_is_done_once(
    hand: StripeInHand, provider: Stripe, page: PaymentPage, paid: str, wait: int
) -> None:
    for _ in range(2):
        provider.capture(paid, money("25"), "capture")
        hand.advance(wait)
    first = provider.refund(paid, money("10"), "refund")
    hand.advance(wait)
    assert provider.refund(paid, money("10"), "refund") == first
    assert provider.refund(paid, money("10"), "another") != first
    assert hand.ledger()["totals"]["eur"] == {
        "capturable": 0,
        "captured": 2500,
        "refunded": 2000,
        "kept": 500,
    }


def test_more_than_was_authorised_cannot_be_captured(provider: Stripe, paid: str) -> None:
    with pytest.raises(ProviderRefused, match="amount_too_large"):
        provider.capture(paid, money("25.01"), "capture")


def test_another_amount_cannot_be_captured_afterwards(provider: Stripe, paid: str) -> None:
    provider.capture(paid, money("20"), "capture")
    with pytest.raises(ProviderRefused, match="payment_intent_unexpected_state"):
        provider.capture(paid, money("25"), "again")


def test_more_than_was_captured_cannot_go_back(
    hand: StripeInHand, provider: Stripe, paid: str
) -> None:
    provider.capture(paid, money("20"), "capture")
    with pytest.raises(ProviderRefused):
        provider.refund(paid, money("21"), "refund")
    provider.refund(paid, money("20"), "refund all")
    with pytest.raises(ProviderRefused, match="charge_already_refunded"):
        provider.refund(paid, money("1"), "refund more")
    assert hand.ledger()["totals"]["eur"]["kept"] == 0


@pytest.mark.parametrize("wait", [0, 2 * 86_400], ids=["at once", "when Stripe forgot the key"])
def test_releasing_gives_the_authorisation_up_once(
    hand: StripeInHand, provider: Stripe, page: PaymentPage, paid: str, wait: int
) -> None:
    provider.release(paid, "release")
    hand.advance(wait)
    provider.release(paid, "release")
    provider.release(paid, "somebody else")
    seen = provider.look_up(page.id)
    assert (seen.standing, seen.amount) == (Standing.RELEASED, money("25"))
    assert hand.ledger()["totals"]["eur"]["capturable"] == 0


def test_what_was_captured_cannot_be_released(provider: Stripe, paid: str) -> None:
    provider.capture(paid, money("25"), "capture")
    with pytest.raises(ProviderRefused, match="payment_intent_unexpected_state"):
        provider.release(paid, "release")


def test_an_authorisation_that_lapsed_is_released_and_cannot_be_captured(
    hand: StripeInHand, provider: Stripe, page: PaymentPage, paid: str
) -> None:
    hand.advance(7 * 86_400)
    assert provider.look_up(page.id).standing is Standing.RELEASED
    with pytest.raises(ProviderRefused, match="payment_intent_unexpected_state"):
        provider.capture(paid, money("25"), "capture")


def test_a_page_that_is_not_stripes_is_refused(provider: Stripe) -> None:
    for ask in (
        lambda: provider.look_up("cs_test_nothing"),
        lambda: provider.capture("pi_nothing", money("1"), "key"),
        lambda: provider.release("pi_nothing", "key"),
        lambda: provider.refund("pi_nothing", money("1"), "key"),
    ):
        with pytest.raises(ProviderRefused, match="resource_missing"):
            ask()


def test_a_key_that_was_used_for_something_else_is_refused(provider: Stripe, paid: str) -> None:
    provider.capture(paid, money("25"), "one key")
    with pytest.raises(ProviderRefused, match="idempotency_error"):
        provider.refund(paid, money("25"), "one key")
