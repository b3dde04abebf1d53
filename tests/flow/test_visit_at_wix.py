"""Several services in one visit are booked at Wix as a whole, or lost as a whole."""

import pytest

from booking.models import Attempt, Booking
from tests.flow.visits import CUT, TRIM, hold, later, look, ours, press
from tests.in_process import Sandbox
from tests.steps import Customer, Worker

pytestmark = pytest.mark.django_db
CREATE = "*/multi_service_bookings"
CONFIRM = "*/multi_service_bookings/*/confirm"


def wait(sandbox: Sandbox, worker: Worker, seconds: int) -> None:
    """Let the worker look again and again, here and at Wix, for so long."""
    for gone in range(10, seconds, 10):
        sandbox.advance(10)
        with later(seconds=gone):
            worker.run()


def test_a_visit_is_one_booking_of_ours_and_one_package_at_wix(
    maria: Customer, sandbox: Sandbox
) -> None:
    path = hold(maria)
    page = maria.look(path)
    assert "Haircut 35 € Beard trim 18 € In all 53 €" in page.words
    confirmed = maria.look(maria.send(path).location)
    assert confirmed.main("stage") == "confirmed"
    cut, trim = ours(sandbox)
    assert [cut["status"], trim["status"]] == ["CONFIRMED", "CONFIRMED"]
    info = [each["multiServiceBookingInfo"]["id"] for each in (cut, trim)]
    booking = Booking.objects.get()
    assert {booking.package_id} == set(info)
    slots = [each["bookedEntity"]["slot"] for each in (cut, trim)]
    assert slots[0]["endDate"] == slots[1]["startDate"]
    assert [each["externalUserId"] for each in (cut, trim)] == [
        each.reference for each in booking.lines.all()
    ]


def test_a_part_that_was_taken_meanwhile_is_told_with_a_way_back(
    maria: Customer, sandbox: Sandbox
) -> None:
    row = look(maria, CUT, TRIM, date="2027-03-03").rows[0]
    sandbox.book(TRIM, "2027-03-03T10:30", staff="bruno")
    answer = press(maria, row)
    assert answer.status == 409
    assert "none of them was booked" in answer.words
    assert answer.text.count("service=") >= 2
    assert not Booking.objects.exists()


def test_a_part_that_is_lost_while_somebody_types_loses_the_whole(
    maria: Customer, sandbox: Sandbox, worker: Worker
) -> None:
    path = press(maria, look(maria, CUT, TRIM, date="2027-03-03").rows[0]).location
    sandbox.book(TRIM, "2027-03-03T10:30", staff="bruno")
    page = maria.look(maria.send(path).location)
    worker.run()
    assert page.main("stage") == "declined"
    assert [each for each in ours(sandbox) if each["status"] not in ("DECLINED", "CANCELED")] == []


def test_a_part_that_is_lost_between_making_and_confirming_loses_the_whole(
    maria: Customer, sandbox: Sandbox, worker: Worker
) -> None:
    path = hold(maria)
    sandbox.fault(CONFIRM, status=428, code="NO_OPEN_SPOTS")
    page = maria.look(maria.send(path).location)
    sandbox.clear_faults()
    worker.run()
    assert page.main("stage") == "declined"
    assert [each["status"] for each in ours(sandbox)] == ["DECLINED", "DECLINED"]


@pytest.mark.parametrize("lag", [0, 15])
def test_a_visit_whose_answer_was_lost_is_found_again(
    maria: Customer, sandbox: Sandbox, worker: Worker, lag: int
) -> None:
    sandbox.settings(readerLagSeconds=lag)
    path = hold(maria)
    sandbox.fault(CREATE, lose_answer=True, times=1)
    answer = maria.send(path)
    wait(sandbox, worker, 200)
    assert maria.look(answer.location).main("stage") == "confirmed"
    assert [each["status"] for each in ours(sandbox)] == ["CONFIRMED", "CONFIRMED"]


def test_a_second_package_made_in_doubt_is_taken_back(
    maria: Customer, sandbox: Sandbox, worker: Worker
) -> None:
    sandbox.settings(readerLagSeconds=45)
    path = hold(maria)
    sandbox.fault(CREATE, lose_answer=True, times=1)
    answer = maria.send(path)
    wait(sandbox, worker, 400)
    assert maria.look(answer.location).main("stage") == "confirmed"
    assert sorted(each["status"] for each in ours(sandbox)) == ["CONFIRMED"] * 2 + ["DECLINED"] * 2


def test_a_confirmation_whose_answer_was_lost_is_not_made_twice(
    maria: Customer, sandbox: Sandbox, worker: Worker
) -> None:
    path = hold(maria)
    sandbox.fault(CONFIRM, lose_answer=True, times=1)
    answer = maria.send(path)
    with later(seconds=60):
        worker.run()
    assert maria.look(answer.location).main("stage") == "confirmed"
    assert len(ours(sandbox)) == 2
    assert not Attempt.objects.filter(settled=None).exists()
