"""A Stripe of the test's own, and our provider on it."""

from collections.abc import Iterator

import pytest

from booking.domain.payment import PaymentPage
from booking.providers.stripe import Stripe
from tests.providers.charges import a_charge
from tests.stripe_in_hand import StripeInHand


@pytest.fixture
def hand() -> Iterator[StripeInHand]:
    hand = StripeInHand.in_process()
    yield hand
    hand.close()


@pytest.fixture
def provider(hand: StripeInHand) -> Stripe:
    return hand.provider()


@pytest.fixture
def page(provider: Stripe) -> PaymentPage:
    """A page for 25 euros that nobody has paid on yet."""
    return provider.start(a_charge(), "start")


@pytest.fixture
def paid(hand: StripeInHand, provider: Stripe, page: PaymentPage) -> str:
    """The payment of a customer who has authorised 25 euros on ``page``."""
    hand.pay(page.url)
    return provider.look_up(page.id).payment_id
