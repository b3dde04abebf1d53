"""A studio on a Monday before opening, and a customer who books a time next week."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from booking.models import Site
from tests.changes.someone import NEXT_WEEK, Someone
from tests.faults.books import Books
from tests.in_process import Sandbox
from tests.steps import Customer, Worker

MONDAY_MORNING = "2027-03-01T07:00:00Z"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """The same moment for every run; a test may move on from it."""
    with time_machine.travel(MONDAY_MORNING) as traveller:
        yield traveller


@pytest.fixture
def books(sandbox: Sandbox, worker: Worker, clock: time_machine.Traveller) -> Books:
    return Books(sandbox, worker, clock)


@pytest.fixture
def maria(site: Site) -> Someone:
    """A customer who books haircuts for next week, when all may still be changed."""
    return Someone(Customer(Client(REMOTE_ADDR="198.51.100.7")), NEXT_WEEK)


@pytest.fixture
def noa(site: Site) -> Someone:
    """Another customer, elsewhere."""
    browser = Client(REMOTE_ADDR="203.0.113.9", HTTP_USER_AGENT="another browser")
    return Someone(Customer(browser), NEXT_WEEK)
