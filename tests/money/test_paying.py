"""Who pays here is charged once, for a time they got; who does not get it is not charged."""

import pytest
import time_machine
from pytest_django import Settings

from booking.models import Booking, PretendPayment
from tests.in_process import Sandbox
from tests.steps import Answer, Customer, Worker

pytestmark = pytest.mark.django_db


def card(customer: Customer, leaving: Answer, mood: str) -> Answer:
    """Press a button on the provider's page that ``leaving`` leads to."""
    path = leaving.location.removeprefix("http://testserver")
    assert path.startswith("/pretend/"), leaving.words
    return Answer(customer.client.post(path, {"mood": mood}))


def go_to_pay(customer: Customer) -> tuple[str, Answer]:
    """The booking's own path, and the answer that leads to the provider's page."""
    leaving = customer.send(customer.hold())
    assert leaving.status == 303, leaving.words
    return customer.come_back(PretendPayment.objects.latest("pk").back_url), leaving


def at_wix(sandbox: Sandbox) -> list[str]:
    kept = sandbox.bookings()
    return [e["status"] for e in kept if e["contactDetails"]["email"] == "maria@example.com"]


def test_who_pays_is_booked_and_charged_once(
    clara: Customer, worker: Worker, sandbox: Sandbox, clock: time_machine.Traveller
) -> None:
    path, leaving = go_to_pay(clara)
    card(clara, leaving, "approve")
    clock.shift(5)
    worker.run()
    page = clara.look(path)
    assert (page.main("stage"), page.main("money")) == ("confirmed", "paid")
    assert [each.captured for each in PretendPayment.objects.all()] == [65]
    assert at_wix(sandbox) == ["CONFIRMED"]


def test_what_was_paid_is_written_down_at_wix(
    clara: Customer, worker: Worker, sandbox: Sandbox, clock: time_machine.Traveller
) -> None:
    _, leaving = go_to_pay(clara)
    card(clara, leaving, "approve")
    clock.shift(5)
    worker.run()
    [order] = sandbox.orders()
    assert order["paymentStatus"] == "PAID"
    assert [each["amount"]["amount"] for each in order["payments"]] == ["65.00"]


def test_nobody_is_booked_or_charged_before_paying(
    clara: Customer, worker: Worker, sandbox: Sandbox, clock: time_machine.Traveller
) -> None:
    path, leaving = go_to_pay(clara)
    card(clara, leaving, "abandon")
    clock.shift(5)
    worker.run()
    page = clara.look(path)
    assert (page.main("stage"), page.main("money")) == ("placed", "starting")
    assert at_wix(sandbox) == ["CREATED"]


def test_a_declined_card_can_be_tried_again(
    clara: Customer, worker: Worker, clock: time_machine.Traveller
) -> None:
    path, leaving = go_to_pay(clara)
    assert "declined" in card(clara, leaving, "decline").words
    card(clara, leaving, "approve")
    clock.shift(5)
    worker.run()
    assert clara.look(path).main("money") == "paid"


def test_who_never_pays_is_told_and_the_time_is_free_again(
    clara: Customer, worker: Worker, sandbox: Sandbox, clock: time_machine.Traveller
) -> None:
    path, _ = go_to_pay(clara)
    starts = Booking.objects.get().line.starts
    clock.shift(31 * 60)
    mails = worker.run()
    page = clara.look(path)
    assert (page.status, page.main("money")) == (410, "released")
    assert "nothing was charged" in page.words
    assert at_wix(sandbox) == ["DECLINED"]
    assert [mail.to for mail in mails] == [["maria@example.com"]]
    assert starts in [each.starts for each in Booking.objects.get().lines.all()]


def test_a_time_that_was_lost_while_its_customer_paid_is_not_charged(
    clara: Customer, worker: Worker, sandbox: Sandbox, clock: time_machine.Traveller
) -> None:
    path, leaving = go_to_pay(clara)
    line = Booking.objects.get().line
    sandbox.book(
        "relaxing-massage",
        f"{line.starts:%Y-%m-%dT%H:%M}",
        staff="clara",
        location=line.location_name,
    )
    card(clara, leaving, "approve")
    clock.shift(5)
    worker.run()
    page = clara.look(path)
    assert (page.main("stage"), page.main("money")) == ("declined", "released")
    assert [each.captured for each in PretendPayment.objects.all()] == [0]


def test_five_identical_forms_are_one_charge(
    clara: Customer, worker: Worker, sandbox: Sandbox, clock: time_machine.Traveller
) -> None:
    path = clara.hold()
    page = clara.look(path)
    leavings = [clara.send(path, page) for _ in range(5)]
    assert {each.location for each in leavings} == {leavings[0].location}
    for _ in range(5):
        card(clara, leavings[0], "approve")
    clock.shift(5)
    worker.run()
    assert at_wix(sandbox) == ["CONFIRMED"]
    assert [each.captured for each in PretendPayment.objects.all()] == [65]


@pytest.fixture
def wix_keeps_times(settings: Settings) -> None:
    """The site has Wix keep each time as well while its customer pays."""
    settings.WIX_KEEPS_TIMES = True


@pytest.mark.usefixtures("wix_keeps_times")
def test_wix_keeps_the_time_too_while_its_customer_pays_where_that_is_switched_on(
    clara: Customer, worker: Worker, sandbox: Sandbox, clock: time_machine.Traveller
) -> None:
    path, leaving = go_to_pay(clara)
    assert at_wix(sandbox) == ["PENDING"]
    line = Booking.objects.get().line
    with pytest.raises(LookupError):
        sandbox.book(clara.slug, f"{line.starts:%Y-%m-%dT%H:%M}", staff=line.staff_name)
    card(clara, leaving, "approve")
    clock.shift(5)
    worker.run()
    assert at_wix(sandbox) == ["CONFIRMED"]
    assert clara.look(path).main("money") == "paid"


@pytest.mark.usefixtures("wix_keeps_times")
def test_what_wix_kept_is_free_again_if_nobody_pays(
    clara: Customer, worker: Worker, sandbox: Sandbox, clock: time_machine.Traveller
) -> None:
    path, _ = go_to_pay(clara)
    clock.shift(31 * 60)
    worker.run()
    assert at_wix(sandbox) == ["DECLINED"]
    assert clara.look(path).main("money") == "released"


def test_who_comes_back_before_we_have_looked_is_told_that_the_card_is_ready(
    clara: Customer,
) -> None:
    path, leaving = go_to_pay(clara)
    card(clara, leaving, "approve")
    page = clara.look(path)
    assert (page.main("truth"), page.main("money")) == ("payment_kept", "starting")
    assert "Go on to pay" not in page.words
