"""A business that cancels in Wix's calendar gives the money back, whether or not Wix tells us of it."""

import pytest
from pytest_django import Settings

from booking import tasks, wiring
from booking.actions.cancel import cancel
from booking.models import Attempt, Booking, PretendPayment
from tests.in_process import Sandbox
from tests.money.test_paying import card, go_to_pay
from tests.notices.post import Post, named, owner_cancels
from tests.steps import Customer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cards")]


@pytest.fixture
def page(maria: Customer, post: Post) -> str:
    """The page of a massage that is paid."""
    clara = Customer(maria.client, "relaxing-massage")
    path, leaving = go_to_pay(clara)
    card(clara, leaving, "approve")
    post.clock.shift(5)
    post.work()
    assert clara.look(path).main("money") == "paid"
    return path


def given_back() -> list[int]:
    return [int(each.refunded) for each in PretendPayment.objects.all()]


def test_told_of_it_we_give_back_all_at_once(
    maria: Customer, sandbox: Sandbox, post: Post, page: str
) -> None:
    post.bring()
    owner_cancels(sandbox)
    mails = post.bring()
    answer = maria.look(page)
    assert (answer.main("truth"), answer.main("money")) == ("called_off", "refunded")
    assert given_back() == [65]
    assert [each.subject.partition(":")[0] for each in mails] == ["Cancelled by the business"]
    assert "back to your card" in str(mails[0].body)


def test_not_told_of_it_we_find_out_within_two_rounds(
    maria: Customer, sandbox: Sandbox, post: Post, page: str, settings: Settings
) -> None:
    settings.WIX_PUBLIC_KEY = ""
    tasks.begin_rounds()
    post.work()
    owner_cancels(sandbox)
    post.work(settings.REVIEW_SECONDS + 60)
    assert maria.look(page).main("money") == "refunded"
    assert given_back() == [65]


def test_what_was_paid_is_looked_at_until_it_begins(
    sandbox: Sandbox, post: Post, page: str, settings: Settings
) -> None:
    """Once an hour, by one attempt, and not any more afterwards."""
    tasks.begin_rounds()
    tasks.begin_rounds()
    post.work()
    sandbox.forget_requests()
    for _ in range(3):
        tasks.begin_rounds()
        post.work(settings.REVIEW_SECONDS)
    assert len(sandbox.calls("/extended-bookings/query")) == 3
    assert Attempt.objects.filter(step="review").count() == 1
    post.clock.move_to(Booking.objects.get().line.starts)
    post.work()
    assert not Attempt.objects.filter(settled=None).exists()
    tasks.begin_rounds()
    assert not Attempt.objects.filter(settled=None).exists()


def test_a_notice_hurries_the_round_that_waits(post: Post, page: str) -> None:
    tasks.begin_rounds()
    post.work()
    waiting = Attempt.objects.get(step="review", settled=None)
    post.bring()
    assert Attempt.objects.filter(step="review").count() == 1
    assert Attempt.objects.get(pk=waiting.pk).tries == waiting.tries + 1


def test_what_is_paid_on_site_is_not_looked_at(maria: Customer, post: Post) -> None:
    maria.book()
    post.work()
    tasks.begin_rounds()
    assert not Attempt.objects.filter(step="review").exists()


def test_who_is_cancelled_while_the_customer_pays_is_not_charged(
    maria: Customer, sandbox: Sandbox, post: Post
) -> None:
    clara = Customer(maria.client, "relaxing-massage")
    path, leaving = go_to_pay(clara)
    owner_cancels(sandbox, named(sandbox))
    post.bring()
    assert clara.look(path).main("truth") == "called_off"
    card(clara, leaving, "approve")
    post.work(120)
    post.work(120)
    assert given_back() == [0]
    assert [int(each.captured) for each in PretendPayment.objects.all()] == [0]


def test_what_the_customer_cancels_is_told_as_theirs(maria: Customer, post: Post) -> None:
    """Also where Wix's notice of it is quicker than the answer to us."""
    page = Customer(maria.client, "private-yoga").book()
    post.bring()
    booking = Booking.objects.get()
    cancel(booking, booking.created, wiring.patience())
    post.bring()
    post.work(120)
    post.bring()
    assert maria.look(page).main("truth") == "cancelled"
