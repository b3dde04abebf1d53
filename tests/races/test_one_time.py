"""Fifty customers want one time: as many get it as there are staff, the others are offered more."""

from collections import Counter
from datetime import date, timedelta
from functools import partial

import pytest

from tests.races.conftest import Rush, soon
from tests.races.crowd import a_customer, all_at_once
from tests.steps import Answer

pytestmark = pytest.mark.slow
CROWD = range(50)


def test_one_of_fifty_gets_a_time_that_one_person_gives(rush: Rush) -> None:
    ana = rush.wix.service("haircut")["staffMemberIds"][0]
    answers = _press_together(rush, staff=ana, date=_day(2))
    assert _statuses(answers) == {303: 1, 409: 49}
    assert {len(each.offers) for each in answers if each.status == 409} == {3}
    assert _stages_after_details(rush, answers, "one") == ["confirmed"]
    assert rush.statuses("one") == ["CONFIRMED"]


def test_two_of_fifty_get_a_time_that_either_of_two_gives(rush: Rush) -> None:
    answers = _press_together(rush, date=_day(4))
    assert _statuses(answers) == {303: 2, 409: 48}
    assert {len(each.offers) for each in answers if each.status == 409} == {3}
    assert _stages_after_details(rush, answers, "two") == ["confirmed", "confirmed"]
    assert rush.statuses("two") == ["CONFIRMED", "CONFIRMED"]
    assert len(_taken(rush, "two")) == 2


def test_fifty_who_take_what_they_are_offered_never_share_a_time(rush: Rush) -> None:
    offer = a_customer(rush.url).look(date=_day(6)).offers[-1]
    rush.slow_down()
    ends = all_at_once([partial(_take_something, rush, at, offer) for at in CROWD])
    happy = Counter(each for each in ends if each)
    assert len(happy) >= 8
    assert rush.statuses("crowd") == ["CONFIRMED"] * len(happy)
    assert len(_taken(rush, "crowd")) == len(happy)
    assert soon(lambda: rush.mails("crowd"), happy) == happy


def _day(ahead: int) -> str:
    """Each test has a day of its own: none finds what another has booked."""
    return (date.today() + timedelta(days=ahead)).isoformat()  # noqa: DTZ011 - as the site's clock


def _press_together(rush: Rush, **asked: str) -> list[Answer]:
    offer = a_customer(rush.url).look(**asked).offers[-1]
    rush.slow_down()
    crowd = [a_customer(rush.url, number) for number in CROWD]
    return all_at_once([partial(one.press, offer) for one in crowd])


def _statuses(answers: list[Answer]) -> Counter[int]:
    return Counter(each.status for each in answers)


def _stages_after_details(rush: Rush, answers: list[Answer], who: str) -> list[str]:
    """Those who got it send their details, at once; what their pages say then."""
    paths = [each.location for each in answers if each.status == 303]
    return all_at_once([partial(_send, rush, path, f"{who}@example.com") for path in paths])


def _send(rush: Rush, path: str, email: str) -> str:
    customer = a_customer(rush.url, sum(path.encode()))
    return customer.look(customer.send(path, email=email).location).main("stage")


def _take_something(rush: Rush, number: int, offer: str) -> str:
    """Press, and press what is offered instead, three times at most; then send the details.

    Returns the mail address that was booked with, "" if all offers went to others.
    """
    customer, email = a_customer(rush.url, number), f"crowd-{number}@example.com"
    answer = customer.press(offer)
    for _ in range(2):
        if answer.status == 409:
            answer = customer.press(answer.offers[number % 3])
    if answer.status == 409:
        return ""
    assert answer.status == 303, answer.words
    assert _send(rush, answer.location, email) == "confirmed"
    return email


def _taken(rush: Rush, who: str) -> set[tuple[str, str]]:
    """Who gives what they have booked, and when."""
    slots = [each["bookedEntity"]["slot"] for each in rush.booked(who)]
    return {(slot["resource"]["id"], slot["startDate"]) for slot in slots}
