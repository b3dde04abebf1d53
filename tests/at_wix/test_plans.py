"""Who wants to pay with a plan can buy it first, and finds their time and their words again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from booking.models import Booking
from tests.at_wix.paying import Payer
from tests.in_process import Sandbox
from tests.steps import Answer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("client_of_wix")]


@pytest.fixture
def yoga(clara: Payer) -> Payer:
    """Clara at a class that two plans pay for."""
    return clara.at("vinyasa-yoga")


def buy(yoga: Payer, path: str, **typed: str) -> Answer:
    """Press the first plan on the details form that stands at ``path``."""
    page = yoga.look(path)
    fields = {"leads_to": page.field("leads_to"), "plan": page.buttons("plan")[0], **typed}
    return Answer(yoga.client.post(f"{path.partition('?')[0]}plan/", fields))


def test_the_plans_that_would_pay_are_offered_with_their_prices(yoga: Payer) -> None:
    page = yoga.look(yoga.hold())
    assert "Buy a plan first" in page.words
    assert len(page.buttons("plan")) == 2


def test_whoever_buys_one_comes_back_to_the_same_time_and_their_words(
    yoga: Payer, sandbox: Sandbox
) -> None:
    path = yoga.hold()
    leaving = buy(yoga, path, first_name="Clara", email="clara@example.com")
    assert leaving.location.startswith(f"{sandbox.url}/redirect/"), leaving.words
    yoga.clock.shift(timedelta(minutes=25))
    back = sandbox.buy_plan(leaving.location)
    form = yoga.look(yoga.look(back.removeprefix("http://testserver")).location)
    assert form.main("stage") == "held"
    assert (form.field("first_name"), form.field("email")) == ("Clara", "clara@example.com")
    assert Booking.objects.get().kept_until > timezone.now()


def test_nobody_else_gets_the_time_meanwhile_and_after_half_an_hour_it_is_free(yoga: Payer) -> None:
    path = yoga.hold()
    buy(yoga, path)
    yoga.clock.shift(timedelta(minutes=29))
    assert yoga.look(path).main("stage") == "held"
    yoga.clock.shift(timedelta(minutes=2))
    assert yoga.look(path).status == 410


def test_another_plan_than_those_offered_leads_nowhere(yoga: Payer) -> None:
    path = yoga.hold()
    until = Booking.objects.get().kept_until
    answer = Answer(yoga.client.post(f"{path.partition('?')[0]}plan/", {"plan": "other"}))
    assert answer.status == 404
    assert Booking.objects.get().kept_until == until


def test_a_site_without_plans_offers_none(yoga: Payer, sandbox: Sandbox) -> None:
    sandbox.settings(pricingPlansInstalled=False)
    page = yoga.look(yoga.hold())
    assert (page.main("stage"), page.buttons("plan")) == ("held", [])


def test_a_service_that_no_plan_pays_for_offers_none(clara: Payer) -> None:
    assert clara.look(clara.hold()).buttons("plan") == []
