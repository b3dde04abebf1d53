"""Where the owner decides, the customer is told what was asked, and then what came of it."""

import pytest

from tests.faults.books import Books
from tests.faults.faults import READER
from tests.in_process import Sandbox
from tests.steps import Customer

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(maria: Customer, books: Books) -> str:
    """The page of a request that stands at Wix; the customer has been told so."""
    page = Customer(maria.client, "private-yoga").book()
    books.settle()
    return page


def test_a_request_waits_for_the_owner(maria: Customer, books: Books, page: str) -> None:
    assert maria.look(page).main("stage") == "awaiting_owner"
    assert books.living() == ["PENDING"]
    assert books.outcomes() == {"mail_awaiting": 1}
    assert books.balance()


@pytest.mark.parametrize(
    ("answer", "stage", "truth"),
    [
        ("confirm", "confirmed", "booked"),
        ("decline", "declined", "refused"),
        ("cancel", "cancelled", "called_off"),
    ],
)
def test_the_owners_answer_is_noticed_and_told(
    maria: Customer,
    sandbox: Sandbox,
    books: Books,
    page: str,
    answer: str,
    stage: str,
    truth: str,
) -> None:
    anyway = {"flowControlSettings": {"ignoreCancellationPolicy": True}}
    sandbox.change(books.at_wix()[0], answer, **anyway)
    books.settle(20)
    assert maria.look(page).main("truth") == truth
    assert books.outcomes() == {"mail_awaiting": 1, f"mail_{stage}": 1}
    assert books.balance()


def test_the_owners_answer_is_noticed_though_wix_was_away(
    maria: Customer, sandbox: Sandbox, books: Books, page: str
) -> None:
    sandbox.change(books.at_wix()[0], "confirm")
    sandbox.fault(READER, status=503)
    books.settle(30)
    assert maria.look(page).main("stage") == "awaiting_owner"
    sandbox.clear_faults()
    books.settle(20)
    assert maria.look(page).main("stage") == "confirmed"


def test_no_answer_until_the_time_has_come_is_a_no(
    maria: Customer, books: Books, page: str
) -> None:
    books.settle_later(hours=24 * 8)
    books.settle()
    assert maria.look(page).main("stage") == "declined"
    assert [each["status"] for each in books.at_wix()] == ["DECLINED"]
    assert books.outcomes() == {"mail_awaiting": 1, "mail_declined": 1}
    assert books.balance()
