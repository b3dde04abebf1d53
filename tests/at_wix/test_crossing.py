"""A customer, the business and the bank decide in one moment: nothing is forgotten, nobody is out of money."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.utils import timezone

from booking.actions import await_wix, money_at_wix
from booking.actions import cancel as cancelling
from booking.models import Booking
from booking.wiring import patience
from tests.at_wix.paying import Payer, given_back, left_open
from tests.at_wix.test_switching import kept_at_wix, kept_on_cards
from tests.money.moody import NAME, calm
from tests.money.test_paying import card
from tests.notices.post import Post

pytestmark = pytest.mark.django_db


def one() -> Booking:
    return Booking.objects.get(offered_for=None)


@contextmanager
def cancelled_meanwhile(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The customer cancels while Wix is being asked what was paid."""
    asked = money_at_wix.moved_for
    happened: list[object] = []

    def slow(*told: Any) -> Any:
        moved = asked(*told)
        if not happened:
            happened.append(cancelling.cancel(one(), timezone.now(), patience()))
        return moved

    with monkeypatch.context() as patched:
        patched.setattr(await_wix, "moved_for", slow)
        yield
    assert happened


@pytest.fixture
def stuck(clara: Payer) -> Payer:
    """Somebody who has paid, and whose booking Wix does not confirm."""
    clara.sandbox.settings(bookingsHears=False)
    clara.press_at_wix(clara.leave())
    clara.much_later(40)
    return clara


def all_is_back(clara: Payer) -> None:
    assert (one().stage, one().due) == ("cancelled", "refunded")
    assert (given_back(clara.sandbox), left_open()) == (["65.00"], set())


def test_who_cancels_as_their_time_begins_unconfirmed_gets_all_back(
    stuck: Payer, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck.clock.move_to(one().useless_from + timedelta(seconds=5))
    with cancelled_meanwhile(monkeypatch):
        stuck.much_later(60)
    all_is_back(stuck)


def test_who_cancels_as_wix_confirms_at_last_gets_all_back(
    stuck: Payer, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck.sandbox.change(stuck.at_wix()[0], "confirm")
    with cancelled_meanwhile(monkeypatch):
        stuck.much_later(60)
    all_is_back(stuck)


@pytest.mark.usefixtures("cards_too")
def test_the_cart_of_what_the_business_declined_goes_though_its_customer_wanted_to_pay_otherwise(
    clara: Payer, post: Post
) -> None:
    clara.leave(way="wix")
    order = clara.go_to_the_bank()
    clara.sandbox.change(clara.at_wix()[0], "decline")
    clara.pay_otherwise("card")
    clara.much_later(20)
    assert (one().stage, one().due) == ("declined", "released")
    clara.bank_says_yes(order)
    post.bring()
    clara.much_later(60)
    assert given_back(clara.sandbox) == ["65.00"]


@pytest.mark.usefixtures("cards_too")
def test_what_comes_in_a_third_time_goes_back_as_well(clara: Payer, post: Post) -> None:
    clara.leave(way="wix")
    order = clara.go_to_the_bank()
    card(clara, clara.pay_otherwise("card"), "approve")
    clara.much_later(20)
    for amount in ("65.00", "20.00"):
        clara.bank_says_yes(order, amount)
        post.bring()
        clara.much_later(5)
        assert (kept_on_cards(), kept_at_wix(clara)) == (65, 0)


@pytest.mark.usefixtures("cards_too")
def test_a_provider_that_does_not_know_the_page_is_told_to_the_business(
    clara: Payer, post: Post, settings: Any
) -> None:
    settings.PAYMENT_PROVIDER = NAME
    with calm() as moods:
        clara.leave(way="wix")
        order = clara.go_to_the_bank()
        clara.pay_otherwise("card")
        clara.bank_says_yes(order)
        moods.refuse("end")
        post.bring()
        clara.much_later(5)
    assert "provider_refuses" in clara.called_for()


def test_the_look_a_day_later_is_not_taken_away_by_a_notice(clara: Payer, post: Post) -> None:
    clara.leave()
    order = clara.go_to_the_bank()
    clara.much_later(45)
    post.bring()
    assert left_open() == {"review"}
    clara.bank_says_yes(order)
    clara.later(24 * 60 * 60)
    clara.much_later(2)
    assert given_back(clara.sandbox) == ["65.00"]


def test_the_rest_of_a_deposit_that_is_paid_soon_afterwards_is_kept(
    clara: Payer, post: Post
) -> None:
    customer = clara.at("colour-and-gloss")
    customer.press_at_wix(customer.leave())
    customer.later(600)
    customer.bank_says_yes(str(clara.sandbox.orders()[0]["id"]), "65.00")
    post.bring()
    customer.much_later(5)
    assert (given_back(clara.sandbox), customer.called_for()) == ([], [])


def test_a_way_back_from_before_is_not_found(clara: Payer) -> None:
    clara.leave()
    token = signing.dumps(str(one().uuid), salt="booking.return")
    assert clara.look(f"/back/{token}/").status == 404
