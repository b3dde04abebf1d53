"""One customer on a Monday before opening; a language that ends with its test."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.utils import translation

from booking.models import Site
from tests.steps import Customer

MONDAY_MORNING = "2027-03-01T07:00:00Z"


@pytest.fixture
def monday_morning() -> Iterator[None]:
    with time_machine.travel(MONDAY_MORNING):
        yield


@pytest.fixture
def maria(site: Site, monday_morning: None) -> Customer:
    """A customer who looks at haircuts."""
    return Customer(Client(REMOTE_ADDR="198.51.100.7"))


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Tests speak English unless they say otherwise."""
    with translation.override("en"):
        yield
