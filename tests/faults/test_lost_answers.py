"""Wix did what we asked and its answer was lost: the booking is found again, and counts once."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.faults.books import Books
from tests.faults.faults import CONFIRM, CREATE, READER
from tests.in_process import Sandbox
from tests.steps import Customer

pytestmark = pytest.mark.django_db
LOST: Mapping[str, Any] = {"lose_answer": True, "times": 1}
REQUEST = "private-yoga"


def test_a_booking_whose_answer_was_lost_is_found_by_its_reference(
    maria: Customer, sandbox: Sandbox, books: Books
) -> None:
    path = maria.hold()
    sandbox.fault(CREATE, **LOST)
    maria.send(path)
    books.settle()
    assert len(sandbox.calls("POST /bookings/v2/bookings")) == 1
    assert [each["status"] for each in books.at_wix()] == ["CONFIRMED"]
    assert books.balance()


def test_a_reader_that_lags_a_little_is_waited_for(
    maria: Customer, sandbox: Sandbox, books: Books
) -> None:
    sandbox.settings(readerLagSeconds=15)
    path = maria.hold()
    sandbox.fault(CREATE, **LOST)
    maria.send(path)
    books.settle()
    assert [each["status"] for each in books.at_wix()] == ["CONFIRMED"]
    assert books.balance()


def test_a_second_booking_made_in_doubt_is_taken_back(
    maria: Customer, sandbox: Sandbox, books: Books
) -> None:
    sandbox.settings(readerLagSeconds=45)
    path = maria.hold()
    sandbox.fault(CREATE, **LOST)
    maria.send(path)
    books.settle(10)
    assert sorted(each["status"] for each in books.at_wix()) == ["CONFIRMED", "DECLINED"]
    assert books.balance()
    assert books.outcomes() == {"mail_confirmed": 1}


@pytest.mark.parametrize("lag", [0, 15, 45])
def test_a_confirmation_whose_answer_was_lost_is_read_again(
    maria: Customer, sandbox: Sandbox, books: Books, lag: int
) -> None:
    sandbox.settings(readerLagSeconds=lag)
    path = maria.hold()
    sandbox.fault(CONFIRM, **LOST)
    maria.send(path)
    books.settle(10)
    assert [each["status"] for each in books.at_wix()] == ["CONFIRMED"]
    assert books.balance()
    assert books.outcomes() == {"mail_confirmed": 1}


def test_what_is_given_up_is_taken_back_though_a_first_look_had_nothing_to_take(
    client: Any, site: Any, sandbox: Sandbox, books: Books
) -> None:
    yoga = Customer(client, REQUEST)
    path = yoga.hold()
    sandbox.fault(CREATE, **LOST)
    yoga.send(path)
    books.settle(10)
    assert books.stage() == "awaiting_owner"
    books.settle_later(hours=24 * 8)
    books.settle()
    assert books.stage() == "declined"
    assert books.balance()


def test_what_was_confirmed_meanwhile_is_cancelled_not_forgotten(
    maria: Customer, sandbox: Sandbox, books: Books
) -> None:
    path = maria.hold()
    sandbox.fault(CONFIRM, **LOST)
    sandbox.fault(READER, status=503)
    maria.send(path)
    books.settle_later(hours=7)
    sandbox.clear_faults()
    [confirmed] = books.at_wix()
    late = {"extendedBookings": [{"booking": {**confirmed, "status": "CREATED"}}]}
    sandbox.fault(READER, body=late, times=1)
    books.settle()
    assert books.stage() == "declined"
    assert books.living() == []
