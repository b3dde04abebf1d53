"""A studio whose customers can pay here with a card that nobody has, on a Monday before opening."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from booking import wiring
from booking.models import Site
from tests.in_process import Sandbox
from tests.money.moody import NAME, Moods, calm
from tests.money.paying import Desk
from tests.steps import Customer, Worker

MONDAY_MORNING = "2027-03-01T07:00:00Z"


@pytest.fixture(autouse=True)
def cards(settings: Settings) -> Iterator[None]:
    """The pretend provider takes cards."""
    settings.PAYMENT_PROVIDER = "pretend"
    wiring.provider.cache_clear()
    yield
    wiring.provider.cache_clear()


@pytest.fixture(autouse=True)
def monday_morning() -> Iterator[time_machine.Traveller]:
    """The same moment for every run; a test may move on from it."""
    with time_machine.travel(MONDAY_MORNING) as clock:
        yield clock


@pytest.fixture
def clara(site: Site) -> Customer:
    """A customer who looks at a massage that is paid online only."""
    return Customer(Client(REMOTE_ADDR="198.51.100.7"), "relaxing-massage")


@pytest.fixture
def noa(site: Site) -> Customer:
    """Another customer of the same, elsewhere."""
    return Customer(
        Client(REMOTE_ADDR="203.0.113.9", HTTP_USER_AGENT="another"), "relaxing-massage"
    )


@pytest.fixture
def desk(
    clara: Customer, sandbox: Sandbox, worker: Worker, monday_morning: time_machine.Traveller
) -> Desk:
    """A customer who is about to pay for a massage, and everybody's books."""
    return Desk(clara, sandbox, worker, monday_morning)


@pytest.fixture
def moods(settings: Settings, cards: None) -> Iterator[Moods]:
    """The provider has a temper, and a test may set it."""
    settings.PAYMENT_PROVIDER = NAME
    with calm() as moods:
        yield moods
