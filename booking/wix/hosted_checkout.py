"""Two APIs of Wix lead to its checkout page; either can stand behind ``hosted_checkout``, and
callers cannot tell which.
"""

from typing import Literal, Protocol, get_args

from booking.domain.checkout import Checkout, NewCheckout, PlacedOrder, Totals
from booking.domain.ids import CheckoutId

CheckoutApi = Literal["cart", "checkout"]
"""Cart V2, or the older Checkout V1, which Wix removes on 2027-02-01."""


class HostedCheckout(Protocol):
    """What both APIs can do; see ``Carts``."""

    def create(self, new: NewCheckout) -> Checkout: ...

    def get(self, checkout_id: CheckoutId) -> Checkout: ...

    def totals(self, checkout_id: CheckoutId) -> Totals: ...

    def checkout_url(self, checkout_id: CheckoutId) -> str: ...

    def place_order(self, checkout_id: CheckoutId, proof: str = "") -> PlacedOrder: ...

    def delete(self, checkout_id: CheckoutId) -> None: ...


def checkout_api(name: str) -> CheckoutApi:
    """The API of this name. Raises: ValueError for a name there is not, listing those there are."""
    for known in get_args(CheckoutApi):
        if name == known:
            chosen: CheckoutApi = known
            return chosen
    raise ValueError(f"{name!r} is none of {', '.join(get_args(CheckoutApi))}")
