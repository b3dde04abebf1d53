"""Customers of a studio whose Wix misbehaves, and a clock that a test can move."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from booking.models import Site
from tests.faults.books import Books
from tests.in_process import Sandbox
from tests.steps import Customer, Worker

MONDAY_MORNING = "2027-03-01T07:00:00Z"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """A Monday before opening, the same for every run; ``shift`` moves it on."""
    with time_machine.travel(MONDAY_MORNING) as traveller:
        yield traveller


@pytest.fixture
def maria(site: Site) -> Customer:
    """A customer who wants a haircut."""
    return Customer(Client(REMOTE_ADDR="198.51.100.7"))


@pytest.fixture
def noa(site: Site) -> Customer:
    """Another customer, elsewhere."""
    return Customer(Client(REMOTE_ADDR="203.0.113.9", HTTP_USER_AGENT="another browser"))


@pytest.fixture
def books(sandbox: Sandbox, worker: Worker, clock: time_machine.Traveller) -> Books:
    """What we and Wix have written down, and time for the worker to settle it."""
    return Books(sandbox, worker, clock)
