"""One Stripe account behind the protocol: every call, its key, and what may be done twice."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from booking.domain.money import Money
from booking.domain.payment import Charge, PaymentPage, ProviderNotice, Seen, Standing
from booking.providers.protocol import (
    ForgedNotice,
    ProviderError,
    ProviderRefused,
    ProviderUnavailable,
)
from booking.providers.stripe.amounts import to_stripe
from booking.providers.stripe.answers import Event, Intent, Refund, Refunds, Session, read
from booking.providers.stripe.failures import Remembered, TooSoon, failure_of, word
from booking.providers.stripe.page import page_for

if TYPE_CHECKING:
    import stripe
    from stripe.params.checkout import SessionCreateParams

PAGE_ORIGIN = "https://checkout.stripe.com"
CONNECT_SECONDS = 3.05
TOLERANCE_SECONDS = 300
"""How old a notice's signature may be. Stripe signs anew each time it sends."""

LATER = (timedelta(0), timedelta(minutes=2), timedelta(minutes=30))
"""How much longer than asked for a page may be paid, as Stripe takes none below 30 minutes.

The second is for a caller who allows exactly that and whose call takes a moment. They are tried in
this order every time, without looking at a clock: what one try has begun, the next finds by its key.
"""

KEYS = 3
"""How many keys stand for one. Stripe remembers a failure of its own (500) under a key for a day."""

_THE_PAYMENT = ["payment_intent.latest_charge"]
_UNREADABLE = (  # whatever the library or we trip over in an answer that is not Stripe's
    AttributeError,
    KeyError,
    TypeError,
    ValueError,
    RecursionError,
    msgspec.MsgspecError,
)


class Stripe:
    """One Stripe account. ``api_key`` may be a restricted one; of ``webhook_secrets`` any may have signed.

    ``base_url`` is another address for the API and the pages, ``http_client`` another way to it: both for tests.
    ``page_origin`` is where the pages are if the account has a domain of its own for them.
    """

    name = "stripe"

    def __init__(
        self,
        api_key: str,
        webhook_secrets: tuple[str, ...],
        *,
        base_url: str = "",
        page_origin: str = "",
        timeout_seconds: float = 10.0,
        http_client: stripe.HTTPClient | None = None,
    ) -> None:
        import stripe  # noqa: PLC0415 - an extra: a site without cards does not have it

        # Else it keeps a file at home and tells what machine this is.
        stripe.enable_telemetry = False
        # Below warnings it writes down what was sent, with the customer's address.
        logging.getLogger("stripe").setLevel(logging.WARNING)
        self.page_origin = page_origin or base_url.rstrip("/") or PAGE_ORIGIN
        self._stripe = stripe
        self._webhook_secrets = webhook_secrets
        patience = (CONNECT_SECONDS, timeout_seconds)
        self._client = stripe.StripeClient(
            api_key,
            base_addresses={"api": base_url.rstrip("/")} if base_url else None,
            max_network_retries=0,  # when to ask again is ours to know
            http_client=http_client or stripe.RequestsClient(timeout=patience),
        )

    def start(self, charge: Charge, key: str) -> PaymentPage:
        """As the protocol says. ``charge.until`` may be at most a day away.

        It should be more than 30 minutes away: the page is open that long at least, as it then says.
        """
        params = page_for(charge)
        for later in LATER:
            params["expires_at"] = int((charge.until + later).timestamp())
            key_of_try = f"{key}+{later.seconds}" if later else key
            try:
                return self._begin(params, key_of_try)
            except TooSoon:
                if later is LATER[-1]:
                    raise
        raise AssertionError("the last try returns or raises")

    def look_up(self, page_id: str) -> Seen:
        sessions = self._client.v1.checkout.sessions
        return self._ask(
            lambda: sessions.retrieve(page_id, params={"expand": _THE_PAYMENT}), Session
        ).seen()

    def end(self, page_id: str, _key: str, /) -> Seen:
        """As the protocol says. Closing twice is closing once, so the key is not passed on.

        Under a key Stripe would repeat an old refusal, given while the customer was just paying.
        """
        sessions = self._client.v1.checkout.sessions
        try:
            return self._ask(
                lambda: sessions.expire(page_id, params={"expand": _THE_PAYMENT}), Session
            ).seen()
        except ProviderRefused:
            seen = self.look_up(page_id)
            if seen.standing is Standing.OPEN:
                raise ProviderUnavailable("the page cannot be closed now") from None
            return seen

    def capture(self, payment_id: str, amount: Money, key: str) -> None:
        taken = to_stripe(amount)
        intents = self._client.v1.payment_intents
        try:
            self._write(
                key,
                lambda its_key: intents.capture(
                    payment_id,
                    params={"amount_to_capture": taken},
                    options={"idempotency_key": its_key},
                ),
                Intent,
            )
        except ProviderRefused:
            now = self._intent(payment_id)  # Stripe forgets keys after a day
            if (now.status, now.amount_received) != ("succeeded", taken):
                raise

    def release(self, payment_id: str, key: str) -> None:
        intents = self._client.v1.payment_intents
        try:
            self._write(
                key,
                lambda its_key: intents.cancel(payment_id, options={"idempotency_key": its_key}),
                Intent,
            )
        except ProviderRefused:
            if self._intent(payment_id).status != "canceled":
                raise

    def refund(self, payment_id: str, amount: Money, key: str) -> str:
        """As the protocol says. The key stands in the refund as well: Stripe forgets keys after a day."""
        given = to_stripe(amount)
        refunds = self._client.v1.refunds
        made = self._ask(
            lambda: refunds.list(params={"payment_intent": payment_id, "limit": 100}), Refunds
        )
        for refund in made.data:
            if (refund.metadata or {}).get("key") == key:
                return _done(refund)
        refund = self._write(
            key,
            lambda its_key: refunds.create(
                params={"payment_intent": payment_id, "amount": given, "metadata": {"key": key}},
                options={"idempotency_key": its_key},
            ),
            Refund,
        )
        return _done(refund)

    def read_notice(self, body: bytes, headers: Mapping[str, str]) -> ProviderNotice:
        named = (text for name, text in headers.items() if name.lower() == "stripe-signature")
        signature = next(named, "")
        if not any(self._signed(body, signature, secret) for secret in self._webhook_secrets):
            raise ForgedNotice("no good signature, or an old one")
        try:
            event = msgspec.json.decode(body, type=Event)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            raise ForgedNotice("signed, but no notice") from None
        return event.notice()

    def _begin(self, params: SessionCreateParams, key: str) -> PaymentPage:
        sessions = self._client.v1.checkout.sessions
        session = self._write(
            key,
            lambda its_key: sessions.create(params=params, options={"idempotency_key": its_key}),
            Session,
        )
        if not session.url:
            raise ProviderUnavailable("a page without an address")
        return session.page()

    def _intent(self, payment_id: str) -> Intent:
        return self._ask(lambda: self._client.v1.payment_intents.retrieve(payment_id), Intent)

    def _write[T](self, key: str, call: Callable[[str], stripe.StripeObject], shape: type[T]) -> T:
        """Change something once. ``call`` is given the key under which it is to be done.

        A failure that Stripe only remembers is not the last word: a further key stands for the same
        change then. That does nothing twice: whoever saw that failure was given no page, an intent is
        captured or cancelled once, and refunds are looked for first.
        """
        for number in range(1, KEYS):
            with suppress(Remembered):
                return self._ask(partial(call, _numbered(key, number)), shape)
        return self._ask(partial(call, _numbered(key, KEYS)), shape)

    def _ask[T](self, call: Callable[[], stripe.StripeObject], shape: type[T]) -> T:
        """Raises: ProviderUnavailable, ProviderRefused, without the library's error: it quotes."""
        failure: ProviderError
        try:
            return read(call().to_dict(), shape)
        except self._stripe.StripeError as error:
            failure = failure_of(error)
        except _UNREADABLE:
            failure = ProviderUnavailable("an answer that cannot be read")
        raise failure

    def _signed(self, body: bytes, signature: str, secret: str) -> bool:
        check = self._stripe.WebhookSignature.verify_header
        try:
            return bool(check(body, signature, secret, TOLERANCE_SECONDS))
        except self._stripe.SignatureVerificationError:
            return False
        except (TypeError, ValueError):  # letters that no signature has; a body that is no text
            return False


def _done(refund: Refund) -> str:
    """The refund's id. Raises: ProviderRefused if nothing will come of it."""
    if refund.status in ("failed", "canceled"):
        raise ProviderRefused(f"refund_{refund.status}", word(refund.id))
    return refund.id


def _numbered(key: str, number: int) -> str:
    return key if number == 1 else f"{key}#{number}"
