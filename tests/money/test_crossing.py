"""A customer who gives up just while somebody is being asked is left with nothing booked and nothing charged."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import pytest

from booking.models import Booking
from tests.in_process import Sandbox
from tests.money.moody import Moods
from tests.money.paying import Desk, give_up
from tests.steps import Customer

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

pytestmark = pytest.mark.django_db
CREATE, CONFIRM = "/bookings/v2/bookings", ":confirmOrDecline"
Cross = Callable[[str], None]


class Crossing:
    """Wix, and what happens once while it answers on a path that ends so."""

    def __init__(self, wix: "WSGIApplication", path: str, happens: Callable[[], object]) -> None:
        self._wix, self._path, self._happens = wix, path, happens

    def __call__(self, asked: "WSGIEnvironment", answer: "StartResponse") -> Iterable[bytes]:
        told = list(self._wix(asked, answer))
        if asked["PATH_INFO"].endswith(self._path):
            happens, self._happens = self._happens, lambda: None
            happens()
        return told


@pytest.fixture
def cross(sandbox: Sandbox) -> Iterator[Cross]:
    """Have the customer give up while Wix answers on this path."""
    wix = sandbox.app
    assert wix is not None

    def cross(path: str) -> None:
        sandbox.app = Crossing(wix, path, give_up)

    yield cross
    sandbox.app = wix


@pytest.mark.parametrize("path", [CREATE, CONFIRM])
def test_while_wix_is_asked_to_book_it_and_it_is_paid_on_site(
    desk: Desk, cross: Cross, path: str
) -> None:
    cross(path)
    haircut = Customer(desk.customer.client, "haircut")
    answer = haircut.send(haircut.hold())
    desk.settle()
    assert answer.status == 303
    assert Booking.objects.get().stage == "cancelled"
    assert (set(desk.at_wix()) <= {"DECLINED", "CANCELED"}, desk.left_open()) == (True, [])


@pytest.mark.parametrize("path", [CREATE, CONFIRM])
def test_while_wix_is_asked_to_book_it_and_it_is_paid_by_card(
    desk: Desk, cross: Cross, path: str
) -> None:
    cross(path)
    desk.customer.send(desk.customer.hold())
    desk.card_if_asked()
    desk.settle()
    booking = Booking.objects.get()
    assert (booking.stage, booking.due) == ("cancelled", "released")
    assert (set(desk.at_wix()) <= {"DECLINED", "CANCELED"}, desk.left_open()) == (True, [])
    assert (sum(desk.captured()), desk.open_authorisations()) == (0, [])


def test_while_the_provider_makes_the_page(desk: Desk, moods: Moods) -> None:
    moods.meanwhile("start", give_up)
    answer = desk.customer.send(desk.customer.hold())
    desk.settle()
    booking = Booking.objects.get()
    assert (answer.status, booking.stage, booking.due) == (303, "cancelled", "released")
    assert (desk.left_open(), desk.at_wix()) == ([], ["DECLINED"])


def test_while_the_provider_is_asked_whether_it_was_paid(desk: Desk, moods: Moods) -> None:
    path = desk.go_to_pay()
    desk.card()
    moods.meanwhile("look_up", give_up)
    desk.settle()
    assert desk.page(path) == ("cancelled", "released")
    assert (desk.captured(), desk.open_authorisations()) == ([0], [])


def test_while_the_money_is_taken_it_goes_back(desk: Desk, moods: Moods) -> None:
    path = desk.go_to_pay("2027-03-16")
    desk.card()
    moods.meanwhile("capture", give_up)
    desk.settle()
    assert (desk.page(path), desk.given_back()) == (("cancelled", "refunded"), [65])


def test_after_a_capture_whose_answer_was_lost_it_goes_back(desk: Desk, moods: Moods) -> None:
    path = desk.go_to_pay("2027-03-16")
    desk.card()
    moods.lose_answer("capture")
    desk.let_pass()
    moods.down = True
    give_up()
    desk.settle()
    assert desk.page(path)[0] == "cancelled"
    moods.down = False
    desk.let_pass(3600)
    assert (desk.page(path), desk.given_back()) == (("cancelled", "refunded"), [65])
