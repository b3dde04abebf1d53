"""A studio on a Monday before opening, one of its staff, and a customer who pays here by card."""

from collections.abc import Iterator

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from booking import wiring
from booking.models import Booking, Site
from tests.faults.books import Books
from tests.in_process import Sandbox
from tests.steps import Customer, Worker

MONDAY_MORNING = "2027-03-01T07:00:00Z"
PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """The same moment for every run; a test may move on from it."""
    with time_machine.travel(MONDAY_MORNING) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def cards(settings: Settings) -> Iterator[None]:
    """The pretend provider takes cards."""
    settings.PAYMENT_PROVIDER = "pretend"
    wiring.provider.cache_clear()
    yield
    wiring.provider.cache_clear()


@pytest.fixture
def ana(site: Site) -> User:
    """A member of staff."""
    return User.objects.create_user("ana", password=PASSWORD, is_staff=True)


@pytest.fixture
def staff(ana: User) -> Client:
    """Ana's browser, logged in."""
    client = Client(REMOTE_ADDR="192.0.2.4")
    client.force_login(ana)
    return client


@pytest.fixture
def maria(site: Site) -> Customer:
    """A customer who wants a haircut, which is paid on site."""
    return Customer(Client(REMOTE_ADDR="198.51.100.7"))


@pytest.fixture
def clara(site: Site) -> Customer:
    """A customer who wants a massage, which is paid online only."""
    return Customer(Client(REMOTE_ADDR="198.51.100.8"), "relaxing-massage")


@pytest.fixture
def books(sandbox: Sandbox, worker: Worker, clock: time_machine.Traveller) -> Books:
    """What we and Wix have written down, and time for the worker to settle it."""
    return Books(sandbox, worker, clock)


@pytest.fixture
def refused(maria: Customer, sandbox: Sandbox, books: Books) -> Booking:
    """A booking that Wix refuses to make, since our permission is gone."""
    path = maria.hold()
    sandbox.fault("/bookings/v2/bookings", status=403, code="PERMISSION_DENIED")
    maria.send(path)
    return Booking.objects.get()
