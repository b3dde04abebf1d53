"""A studio whose customers may pay on Wix's checkout page, on a Monday before opening."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from booking.models import Site
from tests.at_wix.paying import Payer
from tests.in_process import Sandbox
from tests.steps import Worker

MONDAY_MORNING = "2027-03-01T07:00:00Z"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """The same moment for every run; a test may move on from it."""
    with time_machine.travel(MONDAY_MORNING) as clock:
        yield clock


@pytest.fixture
def clara(
    site: Site, sandbox: Sandbox, worker: Worker, clock: time_machine.Traveller
) -> Payer:
    """A customer who looks at a massage that is paid online only."""
    client = Client(REMOTE_ADDR="198.51.100.7")
    return Payer(client, "relaxing-massage", sandbox=sandbox, worker=worker, clock=clock)
