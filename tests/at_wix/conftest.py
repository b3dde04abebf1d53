"""A studio whose customers may pay on Wix's checkout page, on a Monday before opening."""

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from booking import wiring
from booking.models import Site
from tests.at_wix.paying import Payer
from tests.in_process import Sandbox
from tests.notices.post import Post
from tests.plugins.site import wix_on
from tests.steps import Worker


@pytest.fixture(autouse=True)
def every_test(clock: time_machine.Traveller) -> None:
    """Begins on a Monday morning."""


@pytest.fixture(autouse=True)
def at_wix(settings: Settings) -> None:
    """On site or at Wix, as each service allows: what a site offers where nobody takes cards."""
    settings.PAYMENT_WAYS = []


@pytest.fixture
def older_checkout(settings: Settings, site: Site, sandbox: Sandbox) -> None:
    """Checkout V1 in place of Cart V2."""
    settings.WIX_CHECKOUT_API = "checkout"
    wiring.clients[site.name] = wix_on(sandbox)


@pytest.fixture
def client_of_wix(settings: Settings, sandbox: Sandbox) -> None:
    """A headless client, through which Wix's pages lead back to us."""
    settings.WIX_CLIENT_ID = sandbox.credentials["clientId"]


@pytest.fixture
def clara(site: Site, sandbox: Sandbox, worker: Worker, clock: time_machine.Traveller) -> Payer:
    """A customer who looks at a massage that is paid online only."""
    client = Client(REMOTE_ADDR="198.51.100.7")
    return Payer(client, "relaxing-massage", sandbox=sandbox, worker=worker, clock=clock)


@pytest.fixture
def post(settings: Settings, clara: Payer) -> Post:
    """Carries the notices of Wix, whose worker would by itself look again only much later."""
    told = clara.sandbox.credentials
    settings.WIX_PUBLIC_KEY = told["publicKey"]
    settings.WIX_APP_ID, settings.WIX_INSTANCE_ID = told["appId"], told["instanceId"]
    return Post(clara.sandbox, clara.worker, clara.clock, Client())


@pytest.fixture
def cards_too(cards: None, settings: Settings, site: Site) -> None:
    """Cards as well, after Wix."""
    settings.PAYMENT_WAYS = ["wix", "card", "on_site"]
    call_command("ensure_site", verbosity=0)
