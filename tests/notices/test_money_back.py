"""A business that cancels in Wix's calendar gives the money back, whether or not Wix tells us of it."""

import pytest

from booking import wiring
from booking.actions.cancel import cancel
from booking.models import Booking, PretendPayment
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
    assert [each.subject.partition(":")[0] for each in mails] == ["Cancelled"]
    assert "back to your card" in str(mails[0].body)


def test_not_told_of_it_we_give_back_all_in_the_next_round(
    maria: Customer, sandbox: Sandbox, post: Post, page: str
) -> None:
    owner_cancels(sandbox)
    post.go_round()
    assert maria.look(page).main("money") == "refunded"
    assert given_back() == [65]


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
