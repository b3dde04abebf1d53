"""The stand-in of Stripe, over a socket."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.stripe_in_hand import StripeInHand
from tests.stripe_stand_in import StripeStandIn
from tests.stripe_stand_in.server import serving


@pytest.fixture
def hand() -> Iterator[StripeInHand]:
    """Here over a socket."""
    stand_in = StripeStandIn()
    with serving(stand_in) as url:
        hand = StripeInHand(url)
        yield hand
        hand.close()
    stand_in.close()
