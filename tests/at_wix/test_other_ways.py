"""Where Wix's page cannot take the money, the customer gets a way that works, and the owner is told."""

import logging
from typing import Any

import pytest
from django.core.management import call_command
from pytest_django import Settings

from booking.domain.needs import Need
from booking.models import Attempt, Booking, Handover
from tests.at_wix.paying import Payer
from tests.in_process import Sandbox

pytestmark = pytest.mark.django_db

UNABLE = {
    "not published": {"published": False},
    "without a checkout page": {"checkoutPage": False},
}
every_inability = pytest.mark.parametrize(
    "site_is", [pytest.param(each, id=name) for name, each in UNABLE.items()]
)


@every_inability
def test_nothing_is_booked_where_there_is_no_other_way(
    clara: Payer, sandbox: Sandbox, site_is: dict[str, Any]
) -> None:
    sandbox.settings(**site_is)
    page = clara.look(clara.send(clara.hold()).location)
    assert (page.main("stage"), page.main("truth")) == ("declined", "no_way_to_pay")
    assert "Nothing was booked and nothing was charged" in page.words
    assert "+351 21 555 0142" in page.words
    assert page.again
    clara.worker.run()
    assert clara.statuses() == ["DECLINED"]


@every_inability
def test_who_may_also_pay_on_site_does(
    clara: Payer, sandbox: Sandbox, site_is: dict[str, Any]
) -> None:
    sandbox.settings(**site_is)
    customer = clara.at("beard-trim")
    page = customer.look(customer.send(customer.hold(), way="wix").location)
    assert (page.main("stage"), page.main("money")) == ("confirmed", "due_on_site")


def test_who_may_also_pay_by_card_here_is_led_there(
    clara: Payer, sandbox: Sandbox, cards_too: None
) -> None:
    sandbox.settings(published=False)
    leaving = clara.send(clara.hold(), way="wix")
    assert leaving.location.startswith("http://testserver/pretend/")


def test_the_older_checkout_says_before_that_a_site_takes_no_payments(
    clara: Payer, sandbox: Sandbox, older_checkout: None
) -> None:
    sandbox.settings(acceptsPayments=False)
    page = clara.look(clara.send(clara.hold()).location)
    assert page.main("truth") == "no_way_to_pay"


def test_the_owner_is_told_also_if_the_booking_came_to_be(
    clara: Payer, sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    sandbox.settings(published=False)
    customer = clara.at("beard-trim")
    with caplog.at_level(logging.WARNING, "booking.cannot_sell"):
        customer.send(customer.hold(), way="wix")
    booking = Booking.objects.get(offered_for=None)
    assert booking.stage == "confirmed"
    assert booking.needs_owner == Need.CANNOT_SELL_AT_WIX
    assert f"{booking.reference} cannot be paid at Wix" in caplog.text


def test_a_cart_of_what_is_paid_otherwise_is_gone(clara: Payer, sandbox: Sandbox) -> None:
    sandbox.settings(published=False)
    customer = clara.at("beard-trim")
    customer.send(customer.hold(), way="wix")
    assert [each for each in sandbox.calls() if each.startswith("DELETE /ecom/v2/carts/")]


def test_the_site_chooses_what_it_offers(clara: Payer, settings: Settings) -> None:
    settings.PAYMENT_WAYS = ["on_site"]
    call_command("ensure_site", verbosity=0)
    assert clara.look().offers == []
    settings.SERVICE_PAYMENT_WAYS = ["relaxing-massage=wix"]
    call_command("ensure_site", verbosity=0)
    assert clara.look().offers


def test_the_first_way_of_the_site_is_the_one_of_who_chooses_nothing(
    clara: Payer, settings: Settings
) -> None:
    settings.PAYMENT_WAYS = ["wix", "on_site"]
    call_command("ensure_site", verbosity=0)
    customer = clara.at("beard-trim")
    form = customer.look(customer.hold())
    assert form.words.index("checkout page at Wix:") < form.words.index("On site:")


def test_who_cannot_pay_at_wix_may_pay_on_site_instead(clara: Payer, sandbox: Sandbox) -> None:
    sandbox.settings(acceptsPayments=False)
    customer = clara.at("beard-trim")
    leaving = customer.leave(way="wix")
    assert "SITE_NOT_ACCEPTING_PAYMENTS" in customer.press_at_wix(leaving).text
    assert "Does it not work there?" in customer.page().words
    page = customer.look(customer.pay_otherwise("on_site").location)
    assert (page.main("stage"), page.main("money")) == ("confirmed", "due_on_site")
    assert customer.press_at_wix(leaving).status_code == 404
    assert not customer.much_later(3)[1:]


def test_who_cannot_pay_at_wix_may_pay_by_card_instead(
    clara: Payer, sandbox: Sandbox, cards_too: None
) -> None:
    leaving = clara.leave(way="wix")
    led = clara.pay_otherwise("card")
    assert led.location.startswith("http://testserver/pretend/")
    assert clara.press_at_wix(leaving).status_code == 404
    assert clara.page().main("truth") == "to_be_paid"


def test_who_has_paid_meanwhile_has_paid(clara: Payer, cards_too: None) -> None:
    clara.press_at_wix(clara.leave(way="wix"))
    clara.pay_otherwise("card")
    clara.much_later(1)
    assert clara.page().main("money") == "paid"
    assert clara.statuses() == ["CONFIRMED"]


@pytest.mark.parametrize("way", ["card", "wix", "nothing", ""])
def test_what_was_not_offered_is_no_other_way(clara: Payer, way: str) -> None:
    clara.leave()
    clara.pay_otherwise(way)
    assert clara.page().main("truth") == "at_wix"


@pytest.mark.parametrize("leaves", ["for another way", "and is not seen again"])
def test_the_owner_of_a_site_that_takes_no_payments_is_told(
    clara: Payer, sandbox: Sandbox, leaves: str
) -> None:
    """A cart can be made there all the same: Wix says so on its page alone."""
    sandbox.settings(acceptsPayments=False)
    customer = clara.at("beard-trim")
    customer.leave(way="wix")
    way = "on_site" if leaves == "for another way" else "nothing"
    customer.pay_otherwise(way)
    customer.much_later(40)
    assert customer.called_for() == [Need.CANNOT_SELL_AT_WIX]


def test_it_is_told_once_and_not_for_each_booking(clara: Payer, sandbox: Sandbox) -> None:
    sandbox.settings(published=False)
    customer = clara.at("beard-trim")
    for number in range(3):
        customer.send(customer.hold(number), way="wix")
    assert Handover.objects.count() == 1
    assert Attempt.objects.filter(step="mail_owner").count() == 1


def test_a_site_that_takes_payments_is_left_alone(clara: Payer, sandbox: Sandbox) -> None:
    clara.leave()
    clara.much_later(40)
    assert clara.page().status == 410
    assert not Handover.objects.exists()
    assert sandbox.orders() == []
    assert len([each for each in sandbox.calls() if each.endswith("/remove-line-items")]) == 1


def test_a_site_that_has_just_sold_something_is_not_even_asked(
    clara: Payer, sandbox: Sandbox
) -> None:
    clara.press_at_wix(clara.leave())
    clara.later()
    clara.leave(way="wix")
    clara.much_later(40)
    assert clara.sandbox.calls("/ecom/v1/checkouts") == []
