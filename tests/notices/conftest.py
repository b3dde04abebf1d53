"""A studio whose Wix tells us what happens there, by notices that a test lets through or loses."""

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from tests.in_process import Sandbox
from tests.notices.post import Post
from tests.steps import Worker


@pytest.fixture(autouse=True)
def every_test(clock: time_machine.Traveller) -> None:
    """Begins on a Monday morning."""


@pytest.fixture(autouse=True)
def connected(clock: time_machine.Traveller, settings: Settings, sandbox: Sandbox) -> None:
    """The site knows the app that Wix's notices are for."""
    told = sandbox.credentials
    settings.WIX_PUBLIC_KEY = told["publicKey"]
    settings.WIX_APP_ID, settings.WIX_INSTANCE_ID = told["appId"], told["instanceId"]


@pytest.fixture
def post(sandbox: Sandbox, worker: Worker, clock: time_machine.Traveller) -> Post:
    """Carries the notices of Wix to the site."""
    return Post(sandbox, worker, clock, Client())
