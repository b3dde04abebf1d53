"""Who closes the window after paying is booked by notice alone, however the notices travel."""

from datetime import timedelta

import pytest
from django.utils import timezone

from booking.models import Attempt, Booking
from tests.at_wix.paying import Payer
from tests.in_process import Sandbox
from tests.notices.post import Post
from tests.notices.test_any_order import WAYS, travelled

pytestmark = pytest.mark.django_db


def put_off_every_look() -> None:
    """Only news makes us look again today."""
    looks = Attempt.objects.filter(step="await", settled=None)
    assert looks.update(due=looks.get().due.replace(year=2028)) == 1


def pay_and_close_the_window(clara: Payer) -> None:
    leaving = clara.leave()
    put_off_every_look()
    clara.press_at_wix(leaving)
    clara.clock.shift(5)
    clara.sandbox.settle()


@pytest.mark.parametrize("way", WAYS)
def test_it_is_booked_and_paid_whatever_becomes_of_the_notices(
    clara: Payer, post: Post, way: str
) -> None:
    pay_and_close_the_window(clara)
    mails = post.bring(travelled(post.new(), way))
    booking = Booking.objects.get()
    assert (booking.stage, booking.due) == ("confirmed", "paid")
    assert [each.subject[:6] for each in mails] == ["Booked"]


def test_without_any_news_it_is_booked_when_the_worker_looks(clara: Payer) -> None:
    leaving = clara.leave()
    clara.press_at_wix(leaving)
    clara.later(60)
    assert Booking.objects.get().due == "paid"


@pytest.mark.parametrize("way", WAYS)
def test_a_card_that_is_declined_there_books_nothing(clara: Payer, post: Post, way: str) -> None:
    leaving = clara.leave()
    put_off_every_look()
    clara.press_at_wix(leaving, "decline")
    bodies = post.new()
    post.bring(travelled(bodies, way) if bodies else [])
    booking = Booking.objects.get()
    assert (booking.stage, booking.due) == ("placed", "at_wix")


@pytest.mark.parametrize("way", WAYS)
def test_what_the_business_cancels_afterwards_goes_back_through_wix(
    clara: Payer, post: Post, sandbox: Sandbox, way: str
) -> None:
    pay_and_close_the_window(clara)
    post.bring()
    [made] = clara.at_wix()
    sandbox.change(made, "cancel", flowControlSettings={"ignoreCancellationPolicy": True})
    post.bring(travelled(post.new(), way))
    booking = Booking.objects.get()
    assert (booking.stage, booking.due) == ("cancelled", "refunded")
    [order] = sandbox.orders()
    assert order["paymentStatus"] == "FULLY_REFUNDED"


def test_who_is_declined_while_somebody_looks_at_the_payment_is_told_by_them(
    clara: Payer, post: Post, sandbox: Sandbox
) -> None:
    """The look at the payment is in other hands when the notice comes: it knows what to say."""
    clara.leave()
    post.bring()
    sandbox.change(clara.at_wix()[0], "decline")
    looks = Attempt.objects.filter(step="await", settled=None)
    looks.update(lease_until=timezone.now() + timedelta(seconds=30))
    assert post.bring() == []
    assert Booking.objects.get().stage == "placed"
    clara.later(60)
    booking = Booking.objects.get(offered_for=None)
    assert (booking.stage, booking.lost_to) == ("declined", "")
