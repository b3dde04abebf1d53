"""Who leaves Wix's page for another way to pay pays once, whatever their bank still does there."""

import pytest

from booking.domain.needs import Need
from booking.models import Booking, PretendPayment
from tests.at_wix.paying import Payer, given_back
from tests.money.test_paying import card
from tests.notices.post import Post
from tests.steps import Answer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cards_too")]


@pytest.fixture
def at_the_bank(clara: Payer) -> tuple[str, Answer]:
    """Pays at Wix, loses patience, and goes on to pay by card here: the order, and the card's page."""
    clara.leave(way="wix")
    order = clara.go_to_the_bank()
    return order, clara.pay_otherwise("card")


def kept_on_cards() -> int:
    return sum(int(each.captured - each.refunded) for each in PretendPayment.objects.all())


def kept_at_wix(clara: Payer) -> int:
    sold = [
        each for each in clara.sandbox.orders() if not each["channelInfo"].get("externalOrderId")
    ]
    paid = sum(float(each["amount"]["amount"]) for order in sold for each in order["payments"])
    back = (
        part for order in sold for refund in order["refunds"] for part in refund["transactions"]
    )
    return int(paid - sum(float(each["amount"]["amount"]) for each in back))


@pytest.mark.parametrize("told", ["by notices", "without any news"])
def test_both_say_yes_and_one_of_them_is_paid(
    clara: Payer, post: Post, at_the_bank: tuple[str, Answer], told: str
) -> None:
    order, led = at_the_bank
    clara.bank_says_yes(order)
    card(clara, led, "approve")
    clara.sandbox.settle()
    post.bring(post.new() if told == "by notices" else [])
    clara.much_later(60)
    booking = Booking.objects.get(offered_for=None)
    assert (booking.stage, kept_on_cards(), kept_at_wix(clara)) == ("confirmed", 65, 0)


def test_the_bank_says_yes_when_the_card_has_paid_already(
    clara: Payer, post: Post, at_the_bank: tuple[str, Answer]
) -> None:
    order, led = at_the_bank
    card(clara, led, "approve")
    clara.much_later(20)
    post.bring()
    clara.bank_says_yes(order)
    post.bring()
    clara.much_later(5)
    page = clara.page()
    assert (page.main("stage"), page.main("money")) == ("confirmed", "paid")
    assert (kept_on_cards(), kept_at_wix(clara)) == (65, 0)
    assert clara.called_for() == [Need.PAID_TWICE]


def test_who_has_paid_at_wix_is_booked_and_cannot_pay_by_card_as_well(
    clara: Payer, at_the_bank: tuple[str, Answer]
) -> None:
    order, led = at_the_bank
    clara.bank_says_yes(order)
    clara.much_later(8)
    card(clara, led, "approve")
    clara.much_later(5)
    page = clara.page()
    assert (page.main("stage"), page.main("money")) == ("confirmed", "paid")
    assert "65 € paid at Wix" in page.words
    assert (kept_on_cards(), kept_at_wix(clara)) == (0, 65)
    assert clara.called_for() == []


def test_nor_is_it_given_up_while_wix_has_not_confirmed_it(
    clara: Payer, post: Post, at_the_bank: tuple[str, Answer]
) -> None:
    post.bring()
    clara.sandbox.settings(bookingsHears=False)
    clara.bank_says_yes(at_the_bank[0])
    post.bring()
    clara.much_later(60)
    assert (clara.page().main("truth"), clara.page().main("stage")) == ("page_over", "placed")
    clara.sandbox.change(clara.at_wix()[0], "confirm")
    clara.much_later(5)
    assert clara.page().main("money") == "paid"


def test_the_bank_says_yes_when_nobody_has_paid_by_card(
    clara: Payer, post: Post, at_the_bank: tuple[str, Answer]
) -> None:
    clara.much_later(60)
    post.bring()
    clara.bank_says_yes(at_the_bank[0])
    mails = [*post.bring(), *clara.much_later(3)]
    page = clara.page()
    assert (page.main("truth"), page.main("money")) == ("given_back", "refunded")
    assert (kept_on_cards(), kept_at_wix(clara)) == (0, 0)
    assert clara.called_for() == [Need.PAID_NOT_BOOKED]
    assert "given back through Wix" in mails[-1].body


def test_who_wants_to_pay_on_site_and_has_paid_is_not_asked_again(clara: Payer) -> None:
    customer = clara.at("beard-trim")
    customer.leave(way="wix")
    order = customer.go_to_the_bank()
    customer.pay_otherwise("on_site")
    total = clara.sandbox.orders()[0]["priceSummary"]["total"]["amount"]
    customer.bank_says_yes(order, total)
    mails = customer.much_later(10)
    page = customer.page()
    assert (page.main("stage"), page.main("money")) == ("confirmed", "paid")
    assert "paid at Wix" in mails[-1].body
    assert given_back(clara.sandbox) == []


def test_who_switches_and_pays_nothing_there_is_left_alone(
    clara: Payer, at_the_bank: tuple[str, Answer]
) -> None:
    card(clara, at_the_bank[1], "approve")
    clara.much_later(10)
    assert clara.page().main("money") == "paid"
    assert clara.called_for() == []
    assert not Booking.objects.get(offered_for=None).attempts.filter(settled=None)
