"""Money that comes in at Wix when nobody waits for it any more goes back, and people hear of it."""

import pytest
from django.utils import timezone

from booking.actions.needs import look_again
from booking.domain.needs import Need
from booking.models import Booking
from booking.wiring import patience
from tests.at_wix.paying import Payer, given_back
from tests.at_wix.test_cancelling import call_off
from tests.notices.post import ANYWAY, Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def paid(clara: Payer, post: Post) -> Payer:
    """Somebody who has paid and is booked; all news of that has come."""
    clara.press_at_wix(clara.leave())
    clara.later()
    post.bring()
    return clara


def order_of(clara: Payer) -> str:
    return str(clara.sandbox.orders()[0]["id"])


def person_looks(clara: Payer) -> None:
    """A person has Wix asked in the console, and the worker does it."""
    booking = Booking.objects.get(offered_for=None)
    look_again(booking, timezone.now(), patience())
    clara.much_later(3)


@pytest.mark.parametrize("minutes", [45, 24 * 60])
def test_a_bank_that_says_yes_when_it_is_long_given_up_pays_nothing(
    clara: Payer, post: Post, minutes: int
) -> None:
    clara.leave()
    order = clara.go_to_the_bank()
    clara.much_later(45)
    clara.later((minutes - 45) * 60)
    post.bring()
    clara.bank_says_yes(order)
    mails = [*post.bring(), *clara.much_later(2)]
    assert given_back(clara.sandbox) == ["65.00"]
    assert Booking.objects.get(offered_for=None).due == "refunded"
    assert clara.called_for()[-1] == Need.PAID_NOT_BOOKED
    assert [mail.subject[:10] for mail in mails] == ["Not booked"]
    assert "money" in mails[0].body


def test_without_any_notice_that_is_found_a_day_later(clara: Payer) -> None:
    clara.leave()
    order = clara.go_to_the_bank()
    clara.much_later(45)
    clara.bank_says_yes(order)
    clara.later(24 * 60 * 60)
    clara.much_later(2)
    assert given_back(clara.sandbox) == ["65.00"]
    assert Booking.objects.get(offered_for=None).due == "refunded"


def test_nor_does_it_when_its_customer_has_cancelled(clara: Payer, post: Post) -> None:
    clara.leave()
    order = clara.go_to_the_bank()
    call_off()
    clara.much_later(10)
    post.bring()
    clara.bank_says_yes(order)
    post.bring()
    clara.much_later(2)
    page = clara.page()
    assert (page.main("stage"), page.main("money")) == ("cancelled", "refunded")
    assert given_back(clara.sandbox) == ["65.00"]


def test_told_often_it_goes_back_once(clara: Payer, post: Post) -> None:
    clara.leave()
    order = clara.go_to_the_bank()
    clara.much_later(45)
    clara.bank_says_yes(order)
    bodies = post.new()
    for _ in range(3):
        post.bring(bodies)
        clara.sandbox.redeliver()
        post.bring()
    clara.much_later(5)
    assert given_back(clara.sandbox) == ["65.00"]


def test_what_wix_refuses_to_send_back_is_not_asked_for_with_each_notice(
    clara: Payer, post: Post
) -> None:
    clara.leave()
    order = clara.go_to_the_bank()
    clara.much_later(45)
    clara.sandbox.fault("*/refund-payments", status=428, code="PAYMENT_NOT_REFUNDABLE")
    for _ in range(3):
        clara.bank_says_yes(order)
        post.bring()
    assert len(clara.sandbox.calls("/ecom/v1/order-billing/refund-payments")) == 1
    assert clara.called_for()[-1] == Need.NOT_GIVEN_BACK_AT_WIX


@pytest.mark.parametrize("seconds", [5, 3 * 3600])
def test_what_is_paid_once_more_later_goes_back(paid: Payer, post: Post, seconds: int) -> None:
    paid.later(seconds)
    paid.bank_says_yes(order_of(paid))
    post.bring()
    person_looks(paid)
    page = paid.page()
    assert (page.main("stage"), page.main("money")) == ("confirmed", "paid")
    assert given_back(paid.sandbox) == ["65.00"]
    assert paid.called_for() == [Need.PAID_TWICE]


def test_a_deposit_that_is_paid_once_more_goes_back(clara: Payer, post: Post) -> None:
    customer = clara.at("colour-and-gloss")
    customer.press_at_wix(customer.leave())
    customer.later()
    customer.later(60)
    customer.bank_says_yes(order_of(customer), "30.00")
    post.bring()
    person_looks(customer)
    assert given_back(customer.sandbox) == ["30.00"]


@pytest.mark.parametrize("taken", ["on site", "by a link"])
def test_the_rest_of_a_deposit_stays(clara: Payer, post: Post, taken: str) -> None:
    """The business writes it down at Wix when it takes it, or lets Wix take it."""
    customer = clara.at("colour-and-gloss")
    customer.press_at_wix(customer.leave())
    customer.later()
    customer.later(3 * 3600)
    customer.bank_says_yes(order_of(customer), "65.00", on_site=taken == "on site")
    post.bring()
    person_looks(customer)
    assert given_back(customer.sandbox) == []
    assert customer.called_for() == []


def test_what_is_paid_once_more_for_what_was_given_back_goes_back_too(
    paid: Payer, post: Post
) -> None:
    paid.sandbox.change(paid.at_wix()[0], "cancel", **ANYWAY)
    post.bring()
    assert given_back(paid.sandbox) == ["65.00"]
    paid.bank_says_yes(order_of(paid))
    post.bring()
    paid.much_later(2)
    assert given_back(paid.sandbox) == ["65.00", "65.00"]
