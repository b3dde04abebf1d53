"""What a customer has withdrawn stays withdrawn, whoever is quicker and however far Wix's reader is behind."""

import pytest

from booking import wiring
from booking.models import Booking
from tests.in_process import Sandbox
from tests.money.paying import Desk, needs_approval, owner

pytestmark = pytest.mark.django_db
DAY = "2027-03-16"
LAG_SECONDS = 10
HOUR = 3_600
CANCEL = "/bookings/v2/bookings/*/cancel"


@pytest.fixture
def paid(desk: Desk) -> str:
    """The page of a booking that is paid by card."""
    path = desk.go_to_pay(DAY)
    desk.card()
    desk.settle()
    assert desk.page(path) == ("confirmed", "paid")
    return path


@pytest.fixture
def asked(desk: Desk, sandbox: Sandbox) -> str:
    """The page of a request whose money is kept on a card until the business has answered."""
    needs_approval(sandbox)
    path = desk.go_to_pay(DAY)
    desk.card()
    desk.let_pass()
    desk.let_pass(60)
    assert desk.page(path) == ("awaiting_owner", "authorised")
    return path


def press_cancel(desk: Desk, path: str) -> None:
    assert desk.customer.client.post(f"{path}cancel/").status_code == 303


def cancelled_by_its_customer(desk: Desk, path: str, money: str) -> None:
    """So it stands everywhere, and nothing is kept of anybody's."""
    page = desk.customer.look(path)
    assert (page.main("truth"), page.main("money")) == ("cancelled", money)
    assert desk.at_wix() == ["CANCELED"]
    assert sum(desk.captured()) == sum(desk.given_back())
    assert (desk.open_authorisations(), desk.left_open()) == ([], [])


def test_a_booking_that_was_touched_at_wix_just_before_is_cancelled_once_that_can_be_seen(
    desk: Desk, sandbox: Sandbox, paid: str
) -> None:
    sandbox.settings(readerLagSeconds=LAG_SECONDS)
    made = [each for each in sandbox.bookings() if each.get("externalUserId")][-1]
    wix = wiring.wix_of(desk.worker.site).live
    wix.bookings.update_extended_fields(made["id"], "@account/app", {"seen": True})
    press_cancel(desk, paid)
    desk.settle()
    cancelled_by_its_customer(desk, paid, "refunded")


def test_a_cancellation_whose_answer_was_lost_is_found_though_the_reader_lags(
    desk: Desk, sandbox: Sandbox, paid: str
) -> None:
    sandbox.settings(readerLagSeconds=LAG_SECONDS)
    sandbox.fault(CANCEL, lose_answer=True, times=1)
    press_cancel(desk, paid)
    desk.settle()
    cancelled_by_its_customer(desk, paid, "refunded")


def test_a_yes_that_crosses_the_withdrawal_charges_nobody(
    desk: Desk, sandbox: Sandbox, asked: str
) -> None:
    sandbox.settings(readerLagSeconds=LAG_SECONDS)
    owner(sandbox, "confirm")
    press_cancel(desk, asked)
    desk.settle()
    desk.let_pass(2 * HOUR)
    cancelled_by_its_customer(desk, asked, "released")


def test_a_yes_while_wix_does_not_take_the_withdrawal_charges_nobody(
    desk: Desk, sandbox: Sandbox, asked: str
) -> None:
    sandbox.fault(CANCEL, status=503)
    press_cancel(desk, asked)
    owner(sandbox, "confirm")
    for _ in range(10):
        desk.let_pass(20)
    booking = Booking.objects.get()
    assert (booking.stage, booking.due) == ("confirmed", "authorised")
    assert desk.customer.look(asked).main("truth") == "being_cancelled"
    sandbox.clear_faults()
    desk.settle()
    cancelled_by_its_customer(desk, asked, "released")
    assert desk.captured() == [0]
