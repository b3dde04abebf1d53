"""However notices travel, doubled, lost or in any order, a booking ends as it stands at Wix."""

import pytest

from booking.models import Attempt, Booking, Notice
from tests.in_process import Sandbox
from tests.notices.post import Post, named, order_at_wix, owner_cancels
from tests.steps import Customer

pytestmark = pytest.mark.django_db

WAYS = ["as they came", "backwards", "doubled", "only the first", "only the last"]


def travelled(bodies: list[bytes], way: str) -> list[bytes]:
    """The same notices as a bad way brings them."""
    other = [*bodies[1::2], *bodies[::2]]
    return {
        "as they came": bodies,
        "backwards": bodies[::-1],
        "doubled": [*bodies, *other],
        "only the first": bodies[:1],
        "only the last": bodies[-1:],
    }[way]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("answer", "stage", "mails"),
    [
        ("confirm", "confirmed", ["Booked"]),
        ("decline", "declined", ["Not booked"]),
        ("cancel", "cancelled", ["Cancelled"]),
    ],
)
def test_a_request_ends_as_the_business_answered(
    maria: Customer,
    sandbox: Sandbox,
    post: Post,
    answer: str,
    stage: str,
    mails: list[str],
    way: str,
) -> None:
    page = Customer(maria.client, "private-yoga").book()
    post.worker.run()
    anyway = {"flowControlSettings": {"ignoreCancellationPolicy": True}}
    sandbox.change(named(sandbox), answer, **anyway)
    told = post.bring(travelled(post.new(), way))
    assert maria.look(page).main("stage") == stage
    assert [each.subject.partition(":")[0] for each in told] == mails
    assert not Attempt.objects.filter(settled=None).exists()


@pytest.mark.parametrize("way", WAYS)
def test_what_was_confirmed_and_then_cancelled_is_cancelled(
    maria: Customer, sandbox: Sandbox, post: Post, way: str
) -> None:
    page = maria.book()
    post.worker.run()
    owner_cancels(sandbox)
    told = post.bring(travelled(post.new(), way))
    assert maria.look(page).main("truth") == "called_off"
    assert len(told) == 1


@pytest.mark.parametrize("way", WAYS)
def test_what_was_bought_at_wix_is_looked_at_for_its_order(
    maria: Customer, sandbox: Sandbox, post: Post, way: str
) -> None:
    """The bookings of an order are those that Wix names when it is asked, not those of the notice."""
    maria.book()
    post.worker.run()
    post.new()
    order_at_wix(post.worker, sandbox)
    post.bring(travelled(post.new(), way))
    assert set(Notice.objects.values_list("about", "result")) <= {
        ("order", "looked again"),
        ("booking", "looked again"),
    }
    assert Attempt.objects.filter(step="review", result__startswith="at Wix").exists()


def test_notices_of_bookings_that_are_none_of_ours_do_nothing(
    maria: Customer, sandbox: Sandbox, post: Post
) -> None:
    sandbox.book("haircut", "2027-03-04T15:00")
    sandbox.forget_requests()
    assert post.bring() == []
    assert post.results() == {"none of ours"}
    assert sandbox.calls() == []
    assert not Booking.objects.exists()
