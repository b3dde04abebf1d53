"""A provider's notice is only a hint to look: forged, old, changed, repeated or late, it changes nothing else."""

import json
import time
from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from booking.models import Attempt, Booking
from tests.in_process import Sandbox
from tests.money.paying import MASSAGE, Desk
from tests.stripe_in_hand import StripeInHand
from tests.stripe_stand_in import API_KEY, SECRET, StripeStandIn
from tests.stripe_stand_in.notices import signature
from tests.stripe_stand_in.server import serving

pytestmark = pytest.mark.django_db
DAY = 86_400
PAID = ("confirmed", "paid")


@pytest.fixture
def stripe(settings: Settings, cards: None) -> Iterator[StripeInHand]:
    """Cards are taken by a stand-in of Stripe, over a socket, by the site's own settings."""
    with serving(StripeStandIn()) as url:
        settings.PAYMENT_PROVIDER = "stripe"
        settings.STRIPE_SECRET_KEY, settings.STRIPE_BASE_URL = API_KEY, url
        settings.STRIPE_WEBHOOK_SECRETS = [SECRET]
        hand = StripeInHand(url)
        yield hand
        hand.close()


@pytest.fixture
def authorised(desk: Desk, stripe: StripeInHand) -> str:
    """The path of a booking whose customer has paid and was not seen since; nobody has looked yet."""
    leaving = desk.customer.send(desk.customer.hold())
    return desk.customer.come_back(stripe.pay(leaving.location).headers["Location"])


def tell(body: str, *, secret: str = SECRET, age: float = 0) -> int:
    """Deliver a notice that was signed ``age`` seconds ago; how it was answered."""
    signed = signature(body, secret, int(time.time() - age))
    headers = {"Stripe-Signature": signed}
    sent = Client().post("/webhooks/stripe/", body, "application/json", headers=headers)
    return sent.status_code


def is_waiting() -> bool:
    """True while nobody is to ask the provider just now."""
    return Attempt.objects.filter(step="look", settled=None, due__gt=timezone.now()).exists()


def completed(stripe: StripeInHand) -> str:
    """The notice that names the page that was paid."""
    return str(stripe.notices("checkout.session.completed")[0]["body"])


def bodies(stripe: StripeInHand) -> list[str]:
    return [str(each["body"]) for each in stripe.notices()]


def test_a_notice_has_the_payment_looked_up_at_once(
    desk: Desk, stripe: StripeInHand, authorised: str
) -> None:
    assert is_waiting()
    assert tell(completed(stripe)) == 200
    desk.let_pass(0)
    assert desk.page(authorised) == PAID


def test_a_notice_with_another_signature_is_refused(stripe: StripeInHand, authorised: str) -> None:
    assert tell(completed(stripe), secret="whsec_of_somebody") == 400
    assert is_waiting()


def test_a_notice_that_was_signed_long_ago_is_refused(
    stripe: StripeInHand, authorised: str
) -> None:
    assert tell(completed(stripe), age=3600) == 400
    assert is_waiting()


def test_a_notice_without_a_signature_is_refused(stripe: StripeInHand, authorised: str) -> None:
    body = completed(stripe)
    assert Client().post("/webhooks/stripe/", body, "application/json").status_code == 400


def test_a_notice_of_a_booking_that_nobody_knows_is_taken_and_does_nothing(
    desk: Desk, stripe: StripeInHand, authorised: str
) -> None:
    told = json.loads(completed(stripe))
    told["data"]["object"]["id"] = "cs_test_of_another_shop"
    assert tell(json.dumps(told)) == 200
    assert is_waiting()


@pytest.mark.parametrize("changed", [{"amount_total": 1}, {"currency": "jpy"}], ids=str)
def test_a_notice_of_another_amount_is_not_what_is_believed(
    desk: Desk, stripe: StripeInHand, authorised: str, changed: dict[str, object]
) -> None:
    told = json.loads(completed(stripe))
    told["data"]["object"] |= changed
    tell(json.dumps(told))
    desk.settle()
    assert desk.page(authorised) == PAID
    assert [each["captured"] for each in stripe.ledger()["payments"]] == [6500]


def test_notices_that_come_three_times_charge_once(
    desk: Desk, stripe: StripeInHand, authorised: str
) -> None:
    for body in bodies(stripe) * 3:
        assert tell(body) == 200
    desk.settle()
    assert [each["captured"] for each in stripe.ledger()["payments"]] == [6500]
    assert desk.at_wix() == ["CONFIRMED"]


def test_notices_out_of_order_come_to_the_same(
    desk: Desk, stripe: StripeInHand, authorised: str
) -> None:
    desk.settle()
    for body in reversed(bodies(stripe)):
        assert tell(body) == 200
    desk.settle()
    assert (desk.page(authorised), desk.at_wix()) == (PAID, ["CONFIRMED"])


def test_notices_two_days_late_find_everything_done(
    desk: Desk, stripe: StripeInHand, authorised: str
) -> None:
    desk.settle()
    desk.let_pass(2 * DAY)
    assert {tell(body) for body in bodies(stripe)} == {200}
    desk.settle()
    assert [each["captured"] for each in stripe.ledger()["payments"]] == [6500]


def test_a_provider_that_answers_rubbish_is_asked_again(
    desk: Desk, stripe: StripeInHand, authorised: str
) -> None:
    stripe.fault("GET /v1/checkout", rubbish="<html>", times=2)
    stripe.fault("/capture", cut="after")
    desk.settle()
    assert desk.page(authorised) == PAID
    assert [each["captured"] for each in stripe.ledger()["payments"]] == [6500]


@pytest.mark.parametrize(
    ("currency", "price", "smallest"),
    [
        pytest.param("JPY", "6500", 6500, id="yen, which have no decimals"),
        pytest.param("KWD", "12.500", 12500, id="dinars, which have three"),
        pytest.param("EUR", "0.50", 50, id="half a euro"),
    ],
)
def test_an_amount_is_the_same_everywhere(
    desk: Desk,
    stripe: StripeInHand,
    sandbox: Sandbox,
    currency: str,
    price: str,
    smallest: int,
) -> None:
    money = {"value": price, "currency": currency}
    massage = {"slug": MASSAGE, "payment": {"fixed": {"price": money}}}
    sandbox.seed(site={"paymentCurrency": currency}, services=[massage])
    leaving = desk.customer.send(desk.customer.hold())
    stripe.pay(leaving.location)
    desk.settle()
    [charged], [order] = stripe.ledger()["payments"], sandbox.orders()
    booking = Booking.objects.get()
    assert (booking.stage, booking.due) == PAID
    assert (charged["captured"], charged["currency"]) == (smallest, currency.lower())
    assert order["currency"] == currency
    assert [float(each["amount"]["amount"]) for each in order["payments"]] == [float(price)]
