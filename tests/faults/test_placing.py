"""When Wix fails while a booking is made, it ends as one booking, one outcome and one mail."""

from typing import Any

import pytest

from tests.faults.books import Books
from tests.faults.faults import CONFIRM, CREATE, FAULTS, READER, SERVICE, every_fault
from tests.in_process import Sandbox
from tests.steps import Customer

pytestmark = pytest.mark.django_db


@every_fault
def test_details_are_not_lost_when_wix_cannot_say_whether_the_service_is_open(
    maria: Customer, sandbox: Sandbox, books: Books, fault: dict[str, Any]
) -> None:
    path = maria.hold()
    page = maria.look(path)
    books.clock.shift(2)  # what was asked about a press is believed for a second and a half
    sandbox.fault(SERVICE, **fault)
    answer = maria.send(path, page, note="by the window")
    assert answer.status == 503
    assert answer.field("email") == "maria@example.com"
    assert "by the window" in answer.text
    assert books.at_wix() == []
    sandbox.clear_faults()
    assert maria.send(path, answer).status == 303
    assert books.stage() == "confirmed"


@every_fault
@pytest.mark.parametrize("step", [CREATE, CONFIRM], ids=["create", "confirm"])
def test_a_step_that_fails_once_or_longer_ends_as_one_confirmed_booking(
    maria: Customer, sandbox: Sandbox, books: Books, step: str, fault: dict[str, Any]
) -> None:
    path = maria.hold()
    sandbox.fault(step, **fault)
    answer = maria.send(path)
    assert answer.status == 303
    assert maria.look(answer.location).main("stage") == "placed"
    books.settle(2)
    sandbox.clear_faults()
    books.settle()
    assert books.balance()
    assert maria.look(answer.location).main("stage") == "confirmed"
    assert books.outcomes() == {"mail_confirmed": 1}


@every_fault
@pytest.mark.parametrize("step", [CREATE, CONFIRM], ids=["create", "confirm"])
def test_a_step_that_nobody_answers_for_until_the_time_has_come_ends_as_no_booking(
    maria: Customer, sandbox: Sandbox, books: Books, step: str, fault: dict[str, Any]
) -> None:
    path = maria.hold()
    sandbox.fault(step, **fault)
    sandbox.fault(READER, **fault)
    page = maria.send(path).location
    books.settle()
    books.settle_later(hours=7)
    sandbox.clear_faults()
    books.settle(30)
    assert books.balance()
    assert maria.look(page).main("stage") == "declined"
    assert books.living() == []
    assert books.outcomes() == {"mail_declined": 1}


@pytest.mark.parametrize("fault", [FAULTS["overloaded"], FAULTS["a web page"]], ids=str)
@pytest.mark.parametrize("step", [CREATE, CONFIRM], ids=["create", "confirm"])
def test_a_lost_answer_is_looked_for_until_the_reader_works_again(
    maria: Customer, sandbox: Sandbox, books: Books, step: str, fault: dict[str, Any]
) -> None:
    path = maria.hold()
    sandbox.fault(step, lose_answer=True, times=1)
    sandbox.fault(READER, **fault)
    maria.send(path)
    books.settle(3)
    assert len(books.at_wix()) == 1
    sandbox.clear_faults()
    books.settle()
    assert books.balance()
    assert len(books.at_wix()) == 1
    assert books.outcomes() == {"mail_confirmed": 1}
