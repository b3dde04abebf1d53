"""The time or the service goes while a customer chooses, types or waits: a clear page, no booking."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from booking.actions import choices
from booking.models import Booking
from tests.faults.books import Books
from tests.faults.faults import CONFIRM
from tests.in_process import Sandbox
from tests.steps import Customer

pytestmark = pytest.mark.django_db

YOGA = "private-yoga"
HIDDEN: dict[str, Any] = {"hidden": True}
CLOSED: dict[str, Any] = {"onlineBooking": {"enabled": False}}


@pytest.fixture
def yoga(maria: Customer) -> Customer:
    """Maria looks at a service that one person gives at one place."""
    return Customer(maria.client, YOGA)


def test_a_time_booked_elsewhere_is_refused_and_the_three_nearest_are_offered(
    yoga: Customer, sandbox: Sandbox
) -> None:
    offer = yoga.look().offers[0]
    sandbox.book(YOGA, _local(choices.read(offer).starts))
    answer = yoga.press(offer)
    assert answer.status == 409
    assert len(answer.offers) == 3
    assert yoga.press(answer.offers[0]).status == 303


def test_a_held_time_that_is_booked_elsewhere_is_declined_with_other_times_and_a_mail(
    yoga: Customer, sandbox: Sandbox, books: Books
) -> None:
    path = yoga.hold()
    sandbox.book(YOGA, _local(Booking.objects.get().line.starts))
    page = yoga.look(yoga.send(path).location)
    assert page.main("stage") == "declined"
    assert len(page.kept_instead) == 3
    books.settle()
    assert books.balance()
    assert books.outcomes() == {"mail_declined": 1}


def test_a_time_that_goes_before_wix_confirms_is_declined(
    maria: Customer, sandbox: Sandbox, books: Books
) -> None:
    path = maria.hold()
    sandbox.fault(CONFIRM, status=503, times=1)
    page = maria.send(path).location
    line = Booking.objects.get().line
    sandbox.book("haircut", _local(line.starts), staff=line.staff_name)
    books.settle()
    assert maria.look(page).main("stage") == "declined"
    assert books.balance()
    assert books.outcomes() == {"mail_declined": 1}


def test_who_was_declined_takes_another_time_without_typing_again(
    yoga: Customer, sandbox: Sandbox
) -> None:
    path = yoga.hold()
    sandbox.book(YOGA, _local(Booking.objects.get().line.starts))
    declined = yoga.look(yoga.send(path).location)
    form = yoga.look(yoga.take_instead(declined).location)
    assert form.field("email") == "maria@example.com"


def test_a_double_click_on_the_time_offered_instead_is_one_press(
    yoga: Customer, sandbox: Sandbox
) -> None:
    path = yoga.hold()
    sandbox.book(YOGA, _local(Booking.objects.get().line.starts))
    declined = yoga.look(yoga.send(path).location)
    first, second = (yoga.take_instead(declined) for _ in range(2))
    assert (first.status, second.status) == (303, 303)
    assert first.location == second.location


@pytest.mark.parametrize(
    ("change", "status"), [(HIDDEN, 404), (CLOSED, 409)], ids=["hidden", "closed"]
)
def test_a_service_withdrawn_before_the_press_keeps_nothing(
    maria: Customer, sandbox: Sandbox, change: dict[str, Any], status: int
) -> None:
    offer = maria.look().offers[0]
    sandbox.seed(services=[{"slug": "haircut", **change}])
    assert maria.press(offer).status == status
    assert not Booking.objects.exists()


@pytest.mark.parametrize("change", [HIDDEN, CLOSED], ids=["hidden", "closed"])
def test_a_service_withdrawn_before_the_details_books_nothing_and_keeps_what_was_typed(
    maria: Customer, sandbox: Sandbox, books: Books, change: dict[str, Any]
) -> None:
    path = maria.hold()
    page = maria.look(path)
    sandbox.seed(services=[{"slug": "haircut", **change}])
    books.clock.shift(5)
    answer = maria.send(path, page, note="by the window")
    assert answer.status == 409
    assert books.at_wix() == []
    books.settle()
    assert not books.outcomes()
    sandbox.seed(
        services=[{"slug": "haircut", "hidden": False, "onlineBooking": {"enabled": True}}]
    )
    assert maria.look(path).field("email") == "maria@example.com"


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (428, "SLOT_NOT_AVAILABLE"),
        (428, "BOOKING_POLICY_VIOLATION"),
        (404, "SERVICE_NOT_FOUND"),
        (400, "VALIDATION_FAILURE"),
    ],
)
def test_what_wix_refuses_for_good_is_declined_at_once(
    maria: Customer, sandbox: Sandbox, books: Books, status: int, code: str
) -> None:
    path = maria.hold()
    sandbox.fault("/bookings/v2/bookings", status=status, code=code)
    page = maria.look(maria.send(path).location)
    assert page.main("stage") == "declined"
    assert len(page.kept_instead) == 3
    books.settle()
    assert books.balance()
    assert books.outcomes() == {"mail_declined": 1}


def _local(moment: datetime) -> str:
    return moment.astimezone(ZoneInfo("Europe/Lisbon")).replace(tzinfo=None).isoformat()
