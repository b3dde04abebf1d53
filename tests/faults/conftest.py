"""A studio whose Wix misbehaves, on a Monday before opening."""

import pytest
import time_machine


@pytest.fixture(autouse=True)
def every_test(clock: time_machine.Traveller) -> None:
    """Begins on a Monday morning."""
