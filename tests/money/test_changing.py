"""Money follows the booking: it goes back when that is cancelled in time, and along when that is moved."""

import pytest
import time_machine
from django.core import mail

from booking.models import Booking, Payment, PretendPayment
from tests.changes.someone import NEXT_WEEK, Someone
from tests.in_process import Sandbox
from tests.money.test_paying import card
from tests.steps import Customer, Worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def paid(clara: Customer, worker: Worker, clock: time_machine.Traveller) -> str:
    """The page of a booking for next week that was paid by card."""
    kept = clara.press(clara.look(date=NEXT_WEEK).offers[-2])
    leaving = clara.send(kept.location)
    back = clara.come_back(PretendPayment.objects.latest("pk").back_url)
    card(clara, leaving, "approve")
    clock.shift(5)
    worker.run()
    assert clara.look(back).main("money") == "paid"
    return back


def test_who_cancels_in_time_is_told_what_comes_back_and_gets_all_of_it(
    clara: Customer, paid: str, worker: Worker
) -> None:
    someone = Someone(clara, NEXT_WEEK)
    asked = someone.look(f"{paid}cancel/")
    assert "65 € goes back to your card (Pretend 4242)" in asked.words
    someone.press(paid, "cancel")
    assert "goes back to your card" in someone.look(paid).words
    worker.run()
    page = someone.look(paid)
    assert (page.main("stage"), page.main("money")) == ("cancelled", "refunded")
    assert "65 € given back to your card" in page.words
    assert [each.refunded for each in PretendPayment.objects.all()] == [65]


def test_what_went_back_is_written_down_at_wix(
    clara: Customer, paid: str, worker: Worker, sandbox: Sandbox
) -> None:
    Someone(clara, NEXT_WEEK).press(paid, "cancel")
    worker.run()
    [order] = sandbox.orders()
    assert order["paymentStatus"] == "FULLY_REFUNDED"


def test_five_presses_give_the_money_back_once(clara: Customer, paid: str, worker: Worker) -> None:
    for _ in range(5):
        Someone(clara, NEXT_WEEK).press(paid, "cancel")
        worker.run()
    assert [each.refunded for each in PretendPayment.objects.all()] == [65]
    assert [each.subject[:9] for each in mail.outbox].count("Cancelled") == 1


def test_a_payment_goes_along_to_the_new_time(
    clara: Customer, paid: str, worker: Worker, sandbox: Sandbox
) -> None:
    someone = Someone(clara, NEXT_WEEK)
    kept = someone.keep_another(paid, day="2027-03-10")
    assert "what you have paid counts for the new time" in someone.look(kept.location).words
    someone.press(paid, "move")
    worker.run()
    page = someone.look(paid)
    assert (page.main("stage"), page.main("money")) == ("confirmed", "paid")
    assert "10 March" in page.words
    assert Payment.objects.count() == 1
    assert len(sandbox.orders()) == 1


def test_who_changes_their_mind_on_the_card_page_owes_nothing(
    clara: Customer, worker: Worker, clock: time_machine.Traveller
) -> None:
    kept = clara.press(clara.look(date=NEXT_WEEK).offers[-2])
    leaving = clara.send(kept.location)
    path = clara.come_back(PretendPayment.objects.get().back_url)
    Someone(clara, NEXT_WEEK).press(path, "cancel")
    worker.run()
    card(clara, leaving, "approve")
    clock.shift(60)
    worker.run()
    page = clara.look(path)
    assert (page.main("stage"), page.main("money")) == ("cancelled", "released")
    assert Booking.objects.get().payment is not None
    assert [each.captured for each in PretendPayment.objects.all()] == [0]
