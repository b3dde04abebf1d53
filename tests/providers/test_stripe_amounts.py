"""An amount goes to Stripe and comes back exactly, or not at all."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain.money import Money
from booking.domain.payment import Standing
from booking.providers import ProviderRefused
from booking.providers.stripe import Stripe
from booking.providers.stripe.amounts import DECIMALS, STEP, from_stripe, to_stripe
from tests.providers.charges import a_charge, money
from tests.stripe_in_hand import StripeInHand
from tests.stripe_stand_in import money as stripes

WRITTEN = [
    ("25", "EUR", 2500),
    ("25.00", "EUR", 2500),
    ("0.50", "EUR", 50),
    ("999999.99", "USD", 99_999_999),
    ("1234", "HUF", 123_400),
    ("1234.50", "TWD", 123_450),
    ("3000", "JPY", 3000),
    ("3000.00", "JPY", 3000),
    ("50000", "KRW", 50_000),
    ("1000", "XPF", 1000),
    ("1.5", "KWD", 1500),
    ("1.230", "KWD", 1230),
    ("10.25", "BHD", 10_250),
    ("0.990", "TND", 990),
    ("40", "ISK", 4000),
    ("40.00", "ISK", 4000),
    ("5", "UGX", 500),
]
IMPOSSIBLE = [
    ("25.001", "EUR"),
    ("0.005", "USD"),
    ("3000.5", "JPY"),
    ("1.234", "KWD"),
    ("1.2345", "KWD"),
    ("40.10", "ISK"),
    ("5.50", "UGX"),
    ("0", "EUR"),
    ("-5", "EUR"),
    ("NaN", "EUR"),
    ("Infinity", "EUR"),
    ("-Infinity", "JPY"),
]


@pytest.mark.parametrize(("amount", "currency", "written"), WRITTEN)
def test_stripe_is_told_the_smallest_unit(amount: str, currency: str, written: int) -> None:
    assert to_stripe(money(amount, currency)) == written
    assert from_stripe(written, currency.lower()) == money(amount, currency)


@pytest.mark.parametrize(("amount", "currency"), IMPOSSIBLE)
def test_what_cannot_be_written_is_refused_and_not_rounded(
    hand: StripeInHand, provider: Stripe, amount: str, currency: str
) -> None:
    wrong = money(amount, currency)
    for ask in (
        lambda: provider.start(a_charge(amount=wrong), "key"),
        lambda: provider.capture("pi_1", wrong, "key"),
        lambda: provider.refund("pi_1", wrong, "key"),
    ):
        with pytest.raises(ProviderRefused, match=f"amount_not_possible in {currency}"):
            ask()
    assert hand.calls() == []


@pytest.mark.parametrize(
    ("amount", "currency"), [(amount, currency) for amount, currency, _ in WRITTEN]
)
def test_the_customer_is_asked_for_the_price_and_that_is_captured_and_given_back(
    hand: StripeInHand, provider: Stripe, amount: str, currency: str
) -> None:
    price = money(amount, currency)
    page = provider.start(a_charge(amount=price), "start")
    hand.pay(page.url)
    authorised = provider.look_up(page.id)
    assert authorised.amount == price
    provider.capture(authorised.payment_id, price, "capture")
    provider.refund(authorised.payment_id, price, "refund")
    seen = provider.look_up(page.id)
    assert (seen.standing, seen.amount, seen.refunded) == (Standing.CAPTURED, price, price)


@pytest.mark.parametrize(
    ("amount", "code"), [("0.10", "amount_too_small"), ("1000000", "amount_too_large")]
)
def test_stripes_own_limits_are_told(provider: Stripe, amount: str, code: str) -> None:
    with pytest.raises(ProviderRefused) as refused:
        provider.start(a_charge(amount=money(amount)), "start")
    assert refused.value.code == code


@given(st.integers(1, 99_999_999), st.sampled_from([*DECIMALS, *STEP, "EUR", "USD", "HUF"]))
def test_whatever_stripe_says_comes_back_as_it_was(amount: int, currency: str) -> None:
    whole = amount - amount % STEP.get(currency, 1)
    assert whole == 0 or to_stripe(from_stripe(whole, currency.lower())) == whole


def test_the_stand_in_has_the_same_tables_and_has_not_copied_them() -> None:
    assert {code.upper(): 0 for code in stripes.WITHOUT_DECIMALS} | {
        code.upper(): 3 for code in stripes.WITH_THREE
    } == DECIMALS
    assert {code.upper() for code in (*stripes.WHOLE_ONLY, *stripes.WITH_THREE)} == set(STEP)


def test_an_amount_is_exact_however_it_was_written() -> None:
    assert to_stripe(Money(Decimal("2.5E+1"), "EUR")) == 2500
