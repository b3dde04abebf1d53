"""Two customers, each with a browser and an address of their own, on a Monday before opening."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from booking.models import Site
from tests.flow.pilates import CLASS, FAMILY
from tests.steps import Customer

MONDAY_MORNING = "2027-03-01T07:00:00Z"


@pytest.fixture(autouse=True)
def monday_morning() -> Iterator[None]:
    """The same moment for every run: no test depends on the hour at which it runs."""
    with time_machine.travel(MONDAY_MORNING):
        yield


@pytest.fixture
def maria(site: Site) -> Customer:
    """A customer who looks at haircuts."""
    return Customer(Client(REMOTE_ADDR="198.51.100.7"))


@pytest.fixture
def noa(site: Site) -> Customer:
    """Another customer, elsewhere."""
    return Customer(Client(REMOTE_ADDR="203.0.113.9", HTTP_USER_AGENT="another browser"))


@pytest.fixture
def bride(maria: Customer) -> Customer:
    """Maria, who looks at the service with a form of its own."""
    return Customer(maria.client, "bridal-styling")


@pytest.fixture
def pilates(maria: Customer) -> Customer:
    """Maria, who looks at a class."""
    return Customer(maria.client, CLASS)


@pytest.fixture
def family(maria: Customer) -> Customer:
    """Maria, who looks at a class for adults and children."""
    return Customer(maria.client, FAMILY)
