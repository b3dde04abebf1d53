"""The customer pays on Stripe's own page, which is open as long as we say, and what we are told of it."""

from datetime import timedelta

import pytest

from booking.domain.payment import PaymentPage, Standing
from booking.providers import Provider, ProviderRefused, ProviderUnavailable
from booking.providers.stripe import Stripe
from booking.providers.stripe.locales import locale_of
from tests.providers.charges import BACK, a_charge, money, soon
from tests.stripe_in_hand import (
    ASKS,
    DECLINED,
    EMPTY,
    IN_PROCESS,
    MASTERCARD,
    StripeInHand,
)

SESSIONS = "/v1/checkout/sessions"
LANGUAGES = {
    "en": "en",
    "en-gb": "en-GB",
    "de": "de",
    "de-at": "de",
    "pt": "pt",
    "pt-br": "pt-BR",
    "pt_BR": "pt-BR",
    "es-mx": "es-419",
    "es-es": "es",
    "fr-ca": "fr-CA",
    "zh-hans": "zh",
    "zh-hant": "zh-TW",
    "nn": "nb",
    "hi": "hi-IN",
    "he": "auto",
    "ar": "auto",
    "": "auto",
}


def test_stripe_is_a_provider(provider: Stripe) -> None:
    as_promised: Provider = provider
    assert as_promised.name == "stripe"


def test_a_browser_may_be_told_where_the_page_is(provider: Stripe, page: PaymentPage) -> None:
    assert page.url.startswith(f"{provider.page_origin}/")
    assert Stripe("sk_test_1", ()).page_origin == "https://checkout.stripe.com"
    assert Stripe("sk_test_1", (), page_origin="https://pay.example").page_origin.endswith(
        "example"
    )


def test_the_customer_pays_on_stripes_page(hand: StripeInHand, page: PaymentPage) -> None:
    assert page.url.startswith(f"{IN_PROCESS}/c/pay/")
    shown = hand.open(page.url).text
    assert "Haircut with Ana" in shown
    assert "25.00 EUR" in shown


def test_the_page_is_told_what_our_customer_was_told(hand: StripeInHand, page: PaymentPage) -> None:
    (call,) = hand.calls(SESSIONS)
    told = call["params"]
    assert told["client_reference_id"] == "K7P2M9QX"
    assert told["metadata"] == told["payment_intent_data"]["metadata"] == {"reference": "K7P2M9QX"}
    assert told["payment_intent_data"]["capture_method"] == "manual"
    assert told["locale"] == "de"
    assert told["customer_email"] == "ada@example.com"
    assert told["success_url"] == told["cancel_url"] == BACK
    assert told["allowed_payment_method_types"] == {"0": "card"}
    assert told["adaptive_pricing"] == {"enabled": "false"}


def test_only_the_reference_of_a_booking_leaves_us(hand: StripeInHand, page: PaymentPage) -> None:
    (call,) = hand.calls(SESSIONS)
    assert str(call["params"]).count("K7P2M9QX") == 4  # nothing else names the booking


@pytest.mark.parametrize("email", ["", "ädä@example.com"])
def test_an_address_that_stripe_would_refuse_is_left_out(
    hand: StripeInHand, provider: Stripe, email: str
) -> None:
    provider.start(a_charge(email=email), "start")
    assert "customer_email" not in hand.calls(SESSIONS)[0]["params"]


def test_a_very_long_name_does_not_keep_anybody_from_paying(
    hand: StripeInHand, provider: Stripe
) -> None:
    assert hand.open(provider.start(a_charge(what="Haircut " * 99), "start").url).ok


@pytest.mark.parametrize(("language", "locale"), LANGUAGES.items())
def test_the_page_speaks_the_customers_language_if_it_can(
    hand: StripeInHand, provider: Stripe, language: str, locale: str
) -> None:
    assert locale_of(language) == locale
    provider.start(a_charge(language=language), "start")
    assert hand.calls(SESSIONS)[0]["params"]["locale"] == locale


def test_asking_again_gives_the_same_page(hand: StripeInHand, provider: Stripe) -> None:
    charge = a_charge()
    assert provider.start(charge, "one") == provider.start(charge, "one")
    assert provider.start(charge, "two") != provider.start(charge, "one")
    assert len(hand.ledger()["sessions"]) == 2


def test_another_end_is_another_question(provider: Stripe) -> None:
    provider.start(a_charge(until=soon(40)), "start")
    with pytest.raises(ProviderRefused, match="idempotency_error"):
        provider.start(a_charge(until=soon(41)), "start")


def test_a_page_is_paid_until_the_time_we_gave(provider: Stripe) -> None:
    until = soon(45).replace(microsecond=0)
    assert provider.start(a_charge(until=until), "start").until == until


@pytest.mark.parametrize(("minutes", "later"), [(29.9, 2), (20, 30), (1, 30)])
def test_a_page_that_would_end_too_soon_for_stripe_ends_later_and_says_so(
    provider: Stripe, minutes: float, later: int
) -> None:
    until = soon(minutes).replace(microsecond=0)
    page = provider.start(a_charge(until=until), "start")
    assert page.until == until + timedelta(minutes=later)


def test_a_page_that_ends_later_is_still_the_same_page_when_asked_again(
    hand: StripeInHand, provider: Stripe
) -> None:
    charge = a_charge(until=soon(31))
    page = provider.start(charge, "start")
    hand.advance(600)
    assert provider.start(charge, "start") == page
    near = a_charge(until=soon(5 + 10))
    page = provider.start(near, "near")
    hand.advance(300)
    assert provider.start(near, "near") == page
    assert len(hand.ledger()["sessions"]) == 2


@pytest.mark.parametrize("minutes", [-1, 25 * 60])
def test_a_time_that_stripe_never_takes_is_refused(provider: Stripe, minutes: float) -> None:
    with pytest.raises(ProviderRefused, match="expires_at"):
        provider.start(a_charge(until=soon(minutes)), "start")


def test_a_new_page_is_open(provider: Stripe, page: PaymentPage) -> None:
    seen = provider.look_up(page.id)
    assert (seen.id, seen.standing, seen.reference) == (page.id, Standing.OPEN, "K7P2M9QX")
    assert (seen.payment_id, seen.amount, seen.card) == ("", None, "")


def test_a_paid_page_is_an_authorisation_that_lapses(
    hand: StripeInHand, provider: Stripe, page: PaymentPage
) -> None:
    back = hand.pay(page.url)
    assert (back.status_code, back.headers["Location"]) == (303, BACK)
    seen = provider.look_up(page.id)
    assert (seen.standing, seen.amount) == (Standing.AUTHORISED, money("25"))
    assert seen.payment_id
    assert seen.card == "Visa 4242"
    assert seen.lapses is not None
    assert timedelta(days=6) < seen.lapses - soon(0) < timedelta(days=7)


@pytest.mark.parametrize("number", [DECLINED, EMPTY])
def test_a_declined_card_leaves_the_page_open_for_another(
    hand: StripeInHand, provider: Stripe, page: PaymentPage, number: str
) -> None:
    assert "declined" in hand.pay(page.url, number).text
    assert provider.look_up(page.id).standing is Standing.OPEN
    hand.pay(page.url, MASTERCARD)
    seen = provider.look_up(page.id)
    assert (seen.standing, seen.card) == (Standing.AUTHORISED, "Mastercard 4444")


def test_a_bank_that_asks_first_leaves_the_page_open_until_it_knows(
    hand: StripeInHand, provider: Stripe, page: PaymentPage
) -> None:
    asked = hand.pay(page.url, ASKS).headers["Location"]
    assert asked.endswith(f"/c/prove/{page.id}")
    assert provider.look_up(page.id).standing is Standing.OPEN
    hand.prove(page.id, proved=False)
    assert provider.look_up(page.id).standing is Standing.OPEN
    hand.pay(page.url, ASKS)
    hand.prove(page.id)
    assert provider.look_up(page.id).standing is Standing.AUTHORISED


def test_the_way_back_goes_to_the_booking(hand: StripeInHand, page: PaymentPage) -> None:
    assert f'href="{BACK}"' in hand.open(page.url).text


def test_a_page_that_ran_out_has_ended(
    hand: StripeInHand, provider: Stripe, page: PaymentPage
) -> None:
    hand.advance(36 * 60)
    assert provider.look_up(page.id).standing is Standing.ENDED
    hand.pay(page.url)
    assert provider.look_up(page.id).standing is Standing.ENDED


def test_a_page_that_ran_out_after_a_declined_card_has_ended(
    hand: StripeInHand, provider: Stripe, page: PaymentPage
) -> None:
    hand.pay(page.url, DECLINED)
    hand.advance(36 * 60)
    assert provider.look_up(page.id).standing is Standing.ENDED


def test_an_ended_page_cannot_be_paid(
    hand: StripeInHand, provider: Stripe, page: PaymentPage
) -> None:
    assert provider.end(page.id, "end").standing is Standing.ENDED
    hand.pay(page.url)
    assert provider.end(page.id, "end").standing is Standing.ENDED
    assert hand.ledger()["totals"] == {}


def test_ending_a_page_that_was_paid_meanwhile_tells_so(
    provider: Stripe, page: PaymentPage, paid: str
) -> None:
    seen = provider.end(page.id, "end")
    assert (seen.standing, seen.payment_id) == (Standing.AUTHORISED, paid)


def test_a_page_that_cannot_be_closed_now_is_asked_for_again(
    hand: StripeInHand, provider: Stripe, page: PaymentPage
) -> None:
    hand.fault("/expire", status=400, remembered=True)
    with pytest.raises(ProviderUnavailable, match="cannot be closed"):
        provider.end(page.id, "end")
    assert provider.end(page.id, "end").standing is Standing.ENDED
