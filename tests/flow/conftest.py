"""A studio on a Monday before opening, and a customer who looks at more than haircuts."""

import pytest
import time_machine

from tests.flow.pilates import CLASS, FAMILY
from tests.steps import Customer


@pytest.fixture(autouse=True)
def every_test(clock: time_machine.Traveller) -> None:
    """Begins on a Monday morning."""


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
