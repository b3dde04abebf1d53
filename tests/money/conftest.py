"""A studio whose customers can pay here with a card that nobody has, on a Monday before opening."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from booking.models import Site
from tests.in_process import Sandbox
from tests.money.moody import NAME, Moods, calm
from tests.money.paying import Desk
from tests.steps import Customer, Worker


@pytest.fixture(autouse=True)
def every_test(clock: time_machine.Traveller, cards: None) -> None:
    """Begins on a Monday morning, and customers can pay by card."""


@pytest.fixture
def clara(site: Site) -> Customer:
    """A customer who looks at a massage that is paid online only."""
    return Customer(Client(REMOTE_ADDR="198.51.100.7"), "relaxing-massage")


@pytest.fixture
def noa(noa: Customer) -> Customer:
    """Another customer of the same, elsewhere."""
    return Customer(noa.client, "relaxing-massage")


@pytest.fixture
def desk(clara: Customer, sandbox: Sandbox, worker: Worker, clock: time_machine.Traveller) -> Desk:
    """A customer who is about to pay for a massage, and everybody's books."""
    return Desk(clara, sandbox, worker, clock)


@pytest.fixture
def moods(settings: Settings, cards: None) -> Iterator[Moods]:
    """The provider has a temper, and a test may set it."""
    settings.PAYMENT_PROVIDER = NAME
    with calm() as moods:
        yield moods
