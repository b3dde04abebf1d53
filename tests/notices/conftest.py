"""A studio whose Wix tells us what happens there, by notices that a test lets through or loses."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from booking.models import Site
from tests.in_process import Sandbox
from tests.notices.post import Post
from tests.steps import Customer, Worker

MONDAY_MORNING = "2027-03-01T07:00:00Z"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """A Monday before opening, the same for every run; ``shift`` moves it on."""
    with time_machine.travel(MONDAY_MORNING) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def connected(settings: Settings, sandbox: Sandbox) -> None:
    """The site knows the app that Wix's notices are for."""
    told = sandbox.credentials
    settings.WIX_PUBLIC_KEY = told["publicKey"]
    settings.WIX_APP_ID, settings.WIX_INSTANCE_ID = told["appId"], told["instanceId"]


@pytest.fixture
def maria(site: Site) -> Customer:
    """A customer who wants a haircut."""
    return Customer(Client(REMOTE_ADDR="198.51.100.7"))


@pytest.fixture
def post(sandbox: Sandbox, worker: Worker, clock: time_machine.Traveller) -> Post:
    """Carries the notices of Wix to the site."""
    return Post(sandbox, worker, clock, Client())
