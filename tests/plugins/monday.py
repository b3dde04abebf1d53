"""A Monday before opening, two customers of the studio, and everybody's books.

Nothing of it is there unless a test or a folder asks for it.
"""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from booking.models import Site
from tests.faults.books import Books
from tests.in_process import Sandbox
from tests.steps import Customer, Worker

MONDAY_MORNING = "2027-03-01T07:00:00Z"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The same moment for every run: no test depends on its hour; ``shift`` moves it on."""
    with time_machine.travel(MONDAY_MORNING) as traveller:
        yield traveller


@pytest.fixture
def maria(clock: time_machine.Traveller, site: Site) -> Customer:
    """A customer who looks at haircuts."""
    return Customer(Client(REMOTE_ADDR="198.51.100.7"))


@pytest.fixture
def noa(clock: time_machine.Traveller, site: Site) -> Customer:
    """Another customer, elsewhere."""
    return Customer(Client(REMOTE_ADDR="203.0.113.9", HTTP_USER_AGENT="another browser"))


@pytest.fixture
def books(clock: time_machine.Traveller, sandbox: Sandbox, worker: Worker) -> Books:
    """What we and Wix have written down, and time for the worker to settle it."""
    return Books(sandbox, worker, clock)
