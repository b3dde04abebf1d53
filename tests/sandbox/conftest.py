"""A sandbox whose clock stands still on a Monday morning in Lisbon: 3 June 2030, 09:00."""

from collections.abc import Iterator

import pytest

from booking.sandbox import make_app
from tests.in_process import Sandbox

MONDAY = "2030-06-03T09:00:00"


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    sandbox = Sandbox(make_app("empty"))
    sandbox.reset("studio", now=MONDAY)
    yield sandbox
    sandbox.close()


@pytest.fixture
def two_chairs(sandbox: Sandbox) -> Sandbox:
    """One haircut of 45 minutes, Ana and Bruno, every day from nine to six."""
    sandbox.reset("two-chairs", now=MONDAY)
    return sandbox
