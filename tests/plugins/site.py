"""A site in this process, on a sandbox in this process: the quick way to test pages and actions."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.core.management import call_command
from pytest_django import Settings

from booking import wiring
from booking.models import Site
from booking.wix import ApiKey, RetryRule, Wix
from booking.wix.limits import Limits, Time
from tests.in_process import Sandbox, WSGIAdapter
from tests.steps import Worker


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A Wix of this test's own, with the studio in it."""
    sandbox = Sandbox.in_process()
    yield sandbox
    sandbox.close()


@pytest.fixture
def site(db: None, sandbox: Sandbox) -> Iterator[Site]:
    """The site of the environment, with its client on the sandbox."""
    with site_on(sandbox) as site:
        yield site


@pytest.fixture
def worker(site: Site) -> Worker:
    """Does what the worker process does, when told to."""
    return Worker(site)


@pytest.fixture
def cards(settings: Settings) -> Iterator[None]:
    """The pretend provider takes cards."""
    settings.PAYMENT_PROVIDER = "pretend"
    wiring.provider.cache_clear()
    yield
    wiring.provider.cache_clear()


@contextmanager
def site_on(sandbox: Sandbox) -> Iterator[Site]:
    """The same for a while, in whatever transaction is open."""
    call_command("ensure_site", verbosity=0)
    site = Site.objects.get()
    cache.clear()
    wiring.clients[site.name] = wix_on(sandbox)
    yield site
    wiring.clients.pop(site.name)
    cache.clear()


def wix_on(sandbox: Sandbox) -> Wix:
    """A client as the site makes it, whose calls end in ``sandbox``; its retries do not sleep."""
    told = sandbox.credentials
    return wiring.make_client(
        "default",
        base_url=sandbox.url,
        media_url=f"{sandbox.url}/media/",
        auth=ApiKey(told["apiKey"], told["siteId"]),
        adapter=lambda: WSGIAdapter(sandbox.app) if sandbox.app else None,
        retry=RetryRule(attempts=2),
        time=Time(sleep=lambda _seconds: None),
        limits=Limits(failures=1000),
    )
