"""Who wants to pay with a plan can buy it first, and finds their time and their words again."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from booking.actions import attempts
from booking.domain.needs import Need
from booking.models import Booking, Step
from tests.at_wix.paying import Payer
from tests.in_process import Sandbox
from tests.notices.post import owner_cancels
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


def with_plan(yoga: Payer, date: str = "") -> str:
    """Buy a plan, come back and choose to pay with it; the address of Wix's page."""
    path = yoga.press((yoga.look(date=date) if date else yoga.look()).offers[-1]).location
    yoga.sandbox.buy_plan(buy(yoga, path).location)
    return yoga.follow(yoga.send(path, way="plan"))


def test_whoever_is_back_finds_their_plan_chosen(yoga: Payer, sandbox: Sandbox) -> None:
    path = yoga.hold()
    sandbox.buy_plan(buy(yoga, path).location)
    assert re.search(r'value="plan"[^>]* checked', yoga.look(path).text)


def test_a_plan_pays_on_the_page_at_wix_and_the_booking_stands(yoga: Payer) -> None:
    leaving = with_plan(yoga)
    assert "With your plan" in yoga.page().words
    yoga.press_at_wix(leaving, "plan")
    [mail] = yoga.later()
    page = yoga.page()
    assert (page.main("stage"), page.main("money")) == ("confirmed", "covered")
    assert "Covered by your plan" in page.words
    assert "Covered by your plan" in mail.body
    assert yoga.statuses() == ["CONFIRMED"]


def test_whoever_has_no_plan_pays_in_another_way_after_all(yoga: Payer) -> None:
    leaving = yoga.follow(yoga.send(yoga.hold(), way="plan"))
    assert yoga.press_at_wix(leaving, "plan").status_code == 428
    yoga.pay_otherwise("on_site")
    yoga.later()
    page = yoga.page()
    assert (page.main("stage"), page.main("money")) == ("confirmed", "due_on_site")


def test_who_cancels_gets_the_session_of_their_plan_back(yoga: Payer) -> None:
    yoga.press_at_wix(with_plan(yoga, "2027-03-10"), "plan")
    yoga.later()
    assert "your plan gets the session back" in yoga.look(f"{yoga.path}cancel/").words
    yoga.client.post(f"{yoga.path}cancel/")
    yoga.later()
    page = yoga.page()
    assert (page.main("stage"), page.main("money")) == ("cancelled", "covered")
    assert "Your plan gets the session back" in page.words
    assert [each["paymentStatus"] for each in yoga.at_wix()] == ["REFUNDED"]
    assert not Booking.objects.get().needs_owner


def test_what_becomes_of_the_session_when_the_business_cancels_is_for_the_business_to_say(
    yoga: Payer,
) -> None:
    yoga.press_at_wix(with_plan(yoga, "2027-03-10"), "plan")
    yoga.later()
    owner_cancels(yoga.sandbox)
    attempts.anew(Booking.objects.get(), Step.REVIEW, timezone.now())
    yoga.later()
    page = yoga.page()
    assert (page.main("stage"), page.main("money")) == ("cancelled", "covered")
    assert "Ask the business for your plan’s session" in page.words


def test_asking_for_more_time_never_makes_it_less(yoga: Payer) -> None:
    path = yoga.hold()
    buy(yoga, path)
    until = Booking.objects.get().kept_until
    yoga.client.post(f"{path.partition('?')[0]}extend/")
    assert Booking.objects.get().kept_until == until


def test_the_business_is_told_of_a_plan_that_paid_for_a_place_that_was_gone(yoga: Payer) -> None:
    leaving = with_plan(yoga)
    start = f"{Booking.objects.get().line.starts:%Y-%m-%dT%H:%M}"
    [session] = yoga.sandbox.slots(yoga.slug, start, f"{start[:10]}T23:59")[:1]
    for _ in range(session["remainingCapacity"]):
        yoga.sandbox.book(yoga.slug, start)
    yoga.press_at_wix(leaving, "plan")
    yoga.later()
    assert yoga.page().main("stage") == "declined"
    assert Booking.objects.get(offered_for=None).needs_owner == Need.PLAN_NOT_BOOKED


def test_without_a_headless_client_no_plan_is_offered(yoga: Payer, settings: Settings) -> None:
    settings.WIX_CLIENT_ID = ""
    page = yoga.look(yoga.hold())
    assert page.main("stage") == "held"
    assert 'value="plan"' not in page.text
