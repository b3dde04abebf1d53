"""A double click is one press, however slow Wix is; two presses that a script tells apart are two."""

from datetime import date, timedelta
from functools import partial
from itertools import count

import pytest

from tests.races.conftest import Rush, soon
from tests.races.crowd import a_customer, all_at_once
from tests.steps import Answer, Customer

pytestmark = pytest.mark.slow
_days = count(8)


@pytest.fixture
def maria(rush: Rush) -> Customer:
    """A customer with one browser at one address."""
    return a_customer(rush.url, 77)


@pytest.fixture
def offer(maria: Customer) -> str:
    """A time that is free, on a day that every other test leaves alone."""
    day = date.today() + timedelta(days=next(_days))  # noqa: DTZ011 - as the site's clock
    return maria.look(date=day.isoformat()).offers[-1]


def test_two_presses_at_once_from_one_browser_are_one_booking(
    rush: Rush, maria: Customer, offer: str
) -> None:
    rush.slow_down()
    first, second = all_at_once([partial(maria.press, offer) for _ in range(2)])
    assert (first.status, second.status) == (303, 303)
    assert first.location == second.location


def test_a_second_press_while_wix_is_still_asked_about_the_first_is_the_same(
    rush: Rush, maria: Customer, offer: str
) -> None:
    rush.slow_down()
    rush.wix.forget_requests()
    first, second = all_at_once(
        [partial(maria.press, offer), partial(_press_once_asked, rush, maria, offer)]
    )
    assert (first.status, second.status) == (303, 303)
    assert first.location == second.location


def test_one_press_id_that_arrives_twice_at_once_is_one_booking(
    rush: Rush, maria: Customer, offer: str
) -> None:
    rush.slow_down()
    press = partial(maria.press, offer, press=f"once-{offer[-20:]}")
    first, second = all_at_once([press, press])
    assert (first.status, second.status) == (303, 303)
    assert first.location == second.location


def test_two_press_ids_at_one_address_are_two_customers(
    rush: Rush, maria: Customer, offer: str
) -> None:
    presses = [partial(maria.press, offer, press=f"{who}-{offer[-20:]}") for who in ("a", "b")]
    first, second = all_at_once(presses)
    assert (first.status, second.status) == (303, 303)
    assert first.location != second.location


def test_one_form_sent_five_times_at_once_is_one_booking_at_wix(
    rush: Rush, maria: Customer, offer: str
) -> None:
    path = maria.press(offer).location
    page, email = maria.look(path), f"five-{offer[-8:].lower()}@example.com"
    rush.slow_down()
    answers = all_at_once([partial(maria.send, path, page, email=email) for _ in range(5)])
    assert {each.status for each in answers} == {303}
    assert len({each.location for each in answers}) == 1
    assert soon(lambda: rush.statuses(email), ["CONFIRMED"]) == ["CONFIRMED"]
    assert soon(lambda: rush.mails(email), {email: 1}) == {email: 1}


def _press_once_asked(rush: Rush, customer: Customer, offer: str) -> Answer:
    """Press when Wix is being asked about somebody's press."""
    soon(lambda: bool(rush.wix.calls("/time-slots/get")), True)
    return customer.press(offer)
