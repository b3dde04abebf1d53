"""The pages book with either of Wix's availability APIs; a setting chooses, and a wrong one stops us."""

import pytest
from django.core.checks import run_checks
from pytest_django import Settings

from booking import wiring
from booking.models import Site
from tests.in_process import Sandbox
from tests.plugins.site import wix_on
from tests.steps import Customer

pytestmark = pytest.mark.django_db

TIME_SLOTS, CALENDAR = "/v2/time-slots", "/v1/availability/query"


@pytest.fixture(params=[("time-slots", TIME_SLOTS), ("availability-calendar", CALENDAR)])
def api(request: pytest.FixtureRequest, settings: Settings) -> str:
    """The path that is asked; the setting is made before the site and its client are."""
    settings.WIX_AVAILABILITY_API, path = request.param
    return str(path)


def test_a_haircut_is_booked_with_either(api: str, maria: Customer, sandbox: Sandbox) -> None:
    page = maria.look(maria.book())
    [booking] = [each for each in sandbox.bookings() if each.get("externalUserId")]
    assert page.main("stage") == "confirmed"
    assert booking["status"] == "CONFIRMED"
    assert [path for path in (TIME_SLOTS, CALENDAR) if sandbox.calls(path)] == [api]


def test_a_taken_time_is_refused_with_either(
    api: str, maria: Customer, noa: Customer, site: Site
) -> None:
    offer = noa.look("/services/private-yoga/").offers[0]
    Customer(maria.client, "private-yoga").book()
    assert Customer(noa.client, "private-yoga").press(offer).status == 409


def test_both_show_the_same_times(
    maria: Customer, sandbox: Sandbox, site: Site, settings: Settings
) -> None:
    newer = maria.look().words
    settings.WIX_AVAILABILITY_API = "availability-calendar"
    wiring.clients[site.name] = wix_on(sandbox)
    older = maria.look().words
    assert sandbox.calls(CALENDAR)
    assert older == newer


@pytest.mark.parametrize("name", ["", "v3", "TIME-SLOTS"])
def test_another_value_stops_the_start_with_the_ones_there_are(
    name: str, settings: Settings
) -> None:
    settings.WIX_AVAILABILITY_API = name
    [error] = [each for each in run_checks() if each.id == "booking.E010"]
    assert "time-slots, availability-calendar" in str(error.hint)
