"""A studio on a Monday before opening, one of its staff, and a customer who pays here by card."""

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client

from booking.models import Booking, Site
from tests.faults.books import Books
from tests.in_process import Sandbox
from tests.steps import Customer

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def every_test(clock: time_machine.Traveller, cards: None) -> None:
    """Begins on a Monday morning, and customers can pay by card."""


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
def clara(site: Site) -> Customer:
    """A customer who wants a massage, which is paid online only."""
    return Customer(Client(REMOTE_ADDR="198.51.100.8"), "relaxing-massage")


@pytest.fixture
def refused(maria: Customer, sandbox: Sandbox, books: Books) -> Booking:
    """A booking that Wix refuses to make, since our permission is gone."""
    path = maria.hold()
    sandbox.fault("/bookings/v2/bookings", status=403, code="PERMISSION_DENIED")
    maria.send(path)
    return Booking.objects.get()
