"""A studio on a Monday before opening, and a customer who books a time next week."""

import pytest
import time_machine

from tests.changes.someone import NEXT_WEEK, Someone
from tests.steps import Customer


@pytest.fixture(autouse=True)
def every_test(clock: time_machine.Traveller) -> None:
    """Begins on a Monday morning."""


@pytest.fixture
def maria(maria: Customer) -> Someone:
    """A customer who books haircuts for next week, when all may still be changed."""
    return Someone(maria, NEXT_WEEK)


@pytest.fixture
def noa(noa: Customer) -> Someone:
    """Another customer, elsewhere."""
    return Someone(noa, NEXT_WEEK)
