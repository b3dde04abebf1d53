"""What Stripe's page shows and does. Source: Stripe, API reference, "Create a Checkout Session"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booking.domain.payment import Charge
from booking.providers.stripe.amounts import to_stripe
from booking.providers.stripe.locales import locale_of

if TYPE_CHECKING:
    from stripe.params.checkout import SessionCreateParams

LONGEST_NAME = 250  # characters of a product's name


def page_for(charge: Charge) -> SessionCreateParams:
    """All but ``expires_at``. Raises: ProviderRefused if Stripe cannot write the amount."""
    name = charge.what[:LONGEST_NAME]
    reference = {"reference": charge.reference}
    params: SessionCreateParams = {
        "mode": "payment",
        "submit_type": "book",
        "allowed_payment_method_types": ["card"],
        "adaptive_pricing": {"enabled": False},  # the price is asked for as it was shown
        "client_reference_id": charge.reference,
        "metadata": reference,
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": charge.amount.currency.lower(),
                    "unit_amount": to_stripe(charge.amount),
                    "product_data": {"name": name},
                },
            }
        ],
        "payment_intent_data": {
            "capture_method": "manual",
            "description": f"{charge.reference} {name}",
            "metadata": reference,
        },
        "locale": locale_of(charge.language),
        "success_url": charge.back_url,
        "cancel_url": charge.back_url,
    }
    if charge.email and charge.email.isascii():  # others Stripe refuses, and with them the payment
        params["customer_email"] = charge.email
    return params
