"""A customer cancels by the rules they booked under, is told the price of it first, and does it once."""

import pytest
import time_machine
from django.core import mail

from booking.models import Booking
from tests.changes.someone import Someone
from tests.faults.books import Books
from tests.faults.faults import every_fault
from tests.in_process import Sandbox
from tests.steps import Worker

pytestmark = pytest.mark.django_db

CANCEL = "*/cancel"


def test_the_page_says_what_it_costs_before_anything_is_done(maria: Someone, books: Books) -> None:
    path = maria.book()
    page = maria.look(f"{path}cancel/")
    assert page.status == 200
    assert "Cancelling costs nothing" in page.words
    assert books.living() == ["CONFIRMED"]


def test_who_cancels_in_time_is_out_of_the_calendar_and_gets_a_mail(
    maria: Someone, books: Books
) -> None:
    path = maria.book()
    answer = maria.press(path, "cancel")
    assert answer.location == path
    assert maria.look(path).main("stage") == "cancelled"
    books.settle()
    assert books.living() == []
    assert books.outcomes()["mail_cancelled"] == 1
    assert books.balance()


def test_the_time_can_be_booked_by_somebody_else(maria: Someone, noa: Someone) -> None:
    first = maria.offers()[0]
    path = maria.book()
    assert first not in noa.offers()
    maria.press(path, "cancel")
    assert first in noa.offers()


def test_five_presses_cancel_once(maria: Someone, books: Books, sandbox: Sandbox) -> None:
    path = maria.book()
    answers = [maria.press(path, "cancel") for _ in range(5)]
    assert {each.status for each in answers} == {303}
    books.settle()
    assert len(sandbox.calls("/cancel")) == 1
    assert books.outcomes()["mail_cancelled"] == 1


def test_too_late_is_told_with_the_way_to_the_business_and_changes_nothing(
    maria: Someone, books: Books, clock: time_machine.Traveller
) -> None:
    path = maria.book()
    clock.move_to("2027-03-09T06:00:00Z")
    assert "/cancel/" not in maria.look(path).text
    for page in (maria.look(f"{path}cancel/"), maria.press(path, "cancel")):
        assert page.status == 409
        assert "can no longer be cancelled" in page.words
        assert "Your booking stands as it was" in page.words
        assert Booking.objects.get().reference in page.words
    assert books.living() == ["CONFIRMED"]


def test_a_request_that_nobody_has_answered_can_always_be_withdrawn(
    maria: Someone, books: Books
) -> None:
    path = maria.at("private-yoga").book()
    assert maria.look(path).main("stage") == "awaiting_owner"
    maria.press(path, "cancel")
    books.settle()
    assert maria.look(path).main("stage") == "cancelled"
    assert books.balance()


def test_what_is_only_on_its_way_to_wix_is_called_off_and_taken_back(
    maria: Someone, books: Books, sandbox: Sandbox
) -> None:
    sandbox.fault("*:confirmOrDecline", status=503)
    path = maria.book()
    assert maria.look(path).main("stage") == "placed"
    maria.press(path, "cancel")
    assert maria.look(path).main("stage") == "cancelled"
    sandbox.clear_faults()
    books.settle()
    assert books.balance()


@every_fault
def test_whatever_wix_answers_it_is_cancelled_once_and_the_page_never_says_so_too_early(
    fault: dict[str, object], maria: Someone, books: Books, sandbox: Sandbox
) -> None:
    path = maria.book()
    sandbox.fault(CANCEL, times=2, **fault)
    maria.press(path, "cancel")
    page = maria.look(path)
    told = {"cancelled": "This booking is cancelled", "confirmed": "We are cancelling your booking"}
    assert told[page.main("stage")] in page.words
    books.settle(15)
    assert maria.look(path).main("stage") == "cancelled"
    assert books.outcomes()["mail_cancelled"] == 1
    assert books.balance()


def test_a_visit_of_several_services_is_cancelled_as_a_whole(maria: Someone, books: Books) -> None:
    path = maria.visit()
    books.settle()
    assert books.living() == ["CONFIRMED", "CONFIRMED"]
    maria.press(path, "cancel")
    books.settle()
    assert books.living() == []
    assert maria.look(path).main("stage") == "cancelled"


def test_a_calendar_is_told_to_take_it_out(maria: Someone, worker: Worker) -> None:
    path = maria.book()
    maria.press(path, "cancel")
    worker.run()
    [name, content, kind] = mail.outbox[-1].attachments[0]
    assert (name.endswith(".ics"), kind) == (True, "text/calendar")
    assert "STATUS:CANCELLED" in str(content)


def test_nobody_cancels_with_a_key_that_is_wrong(maria: Someone, books: Books) -> None:
    maria.book()
    assert maria.press("/b/AAAAAAAAAAAAAAAAAAAAAA/", "cancel").status == 404
    assert books.living() == ["CONFIRMED"]
