"""Cards by Stripe: its own page (Checkout), authorised first and captured when we say so.

The card is typed on Stripe's page; nothing of it comes here but its brand and last digits. Stripe's
library is an extra; it is imported when a ``Stripe`` is made.

Source: Stripe's API reference ("Checkout Sessions", "PaymentIntents", "Refunds", "Idempotent
requests", "Errors") and guides ("Place a hold on a payment method", "Webhooks").
"""

from booking.providers.stripe.client import Stripe

__all__ = ["Stripe"]
