"""Which of a member's plans would pay for a service, before anything is booked."""

from datetime import UTC, datetime

import pytest

from booking.domain.ids import PlanId, ServiceId
from booking.sandbox.pricing_plans import FIRST_VISIT, OPEN_MONTH, TEN_CLASSES
from booking.wix import Wix
from booking.wix.errors import AppMissing, WixForbidden, WixRefused
from tests.contract.conftest import Client
from tests.contract.shop import (
    NOWHERE,
    RITA,
    SOMEBODY_ELSE,
    covered_by_plan,
    member,
    sold_plan,
    visitor,
)
from tests.in_process import Sandbox

AT = datetime(2030, 6, 4, 10, tzinfo=UTC)
TEN = PlanId(TEN_CLASSES)


@pytest.fixture
def massage(sandbox: Sandbox) -> ServiceId:
    """A service that ten classes pay for."""
    covered_by_plan(sandbox, "relaxing-massage", TEN)
    return ServiceId(sandbox.service("relaxing-massage")["id"])


def test_a_plan_that_covers_the_service_would_pay(
    wix: Wix, sandbox: Sandbox, massage: ServiceId
) -> None:
    sold_plan(sandbox, TEN)
    sold_plan(sandbox, PlanId(OPEN_MONTH))
    (benefit,) = wix.benefit_programs.eligible(massage, RITA, at=AT)
    assert (benefit.service_id, benefit.price) == (massage, "1")
    assert wix.benefit_programs.eligible(massage, SOMEBODY_ELSE, at=AT) == ()


def test_a_plan_pays_for_no_more_than_is_left_on_it(
    wix: Wix, sandbox: Sandbox, massage: ServiceId
) -> None:
    sold_plan(sandbox, TEN)
    assert wix.benefit_programs.eligible(massage, RITA, at=AT, count=10)
    assert wix.benefit_programs.eligible(massage, RITA, at=AT, count=11) == ()


def test_a_plan_for_other_services_would_not_pay(
    wix: Wix, sandbox: Sandbox, massage: ServiceId
) -> None:
    sold_plan(sandbox, PlanId(FIRST_VISIT))
    assert wix.benefit_programs.eligible(massage, RITA, at=AT) == ()


def test_members_ask_for_themselves(client: Client, sandbox: Sandbox, massage: ServiceId) -> None:
    sold_plan(sandbox, TEN)
    mine = member(client, sandbox)
    assert mine.benefit_programs.eligible(massage, RITA, at=AT)
    with pytest.raises(WixForbidden):
        mine.benefit_programs.eligible(massage, SOMEBODY_ELSE, at=AT)
    with pytest.raises(WixForbidden):
        client(visitor(sandbox)).benefit_programs.eligible(massage, RITA, at=AT)


def test_a_service_there_is_not_is_no_item(wix: Wix) -> None:
    with pytest.raises(WixRefused) as refused:
        wix.benefit_programs.eligible(ServiceId(NOWHERE), RITA, at=AT)
    assert refused.value.code == "INVALID_ITEM_REFERENCE"


def test_a_site_without_plans_says_so(wix: Wix, sandbox: Sandbox, massage: ServiceId) -> None:
    sandbox.settings(pricingPlansInstalled=False)
    with pytest.raises(AppMissing):
        wix.benefit_programs.eligible(massage, RITA, at=AT)
