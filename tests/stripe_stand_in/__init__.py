"""A stand-in of Stripe for tests: one account, in memory, over HTTP.

It answers Stripe's official library: Checkout Sessions, payment intents with manual capture, refunds,
idempotency keys, signed notices, and the page on which a customer types a card. Its own controls are under
``/_stand_in/``. It shares no code with the site, so that neither can hide the other's mistakes.
``python -m tests.stripe_stand_in --port 8200`` runs it alone.

What it does is what Stripe's pages say; each module names them. Nobody has compared it with a live account.
"""

from tests.stripe_stand_in.app import API_KEY, StripeStandIn
from tests.stripe_stand_in.notices import SECRET

__all__ = ["API_KEY", "SECRET", "StripeStandIn"]
