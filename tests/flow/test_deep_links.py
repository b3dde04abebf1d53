"""A link may name a time and a party; what it names that is not there is passed over politely."""

import re

import pytest

from booking.models import Booking
from tests.in_process import Sandbox
from tests.plugins.monday import MONDAY_MORNING
from tests.steps import Customer

pytestmark = pytest.mark.django_db
DAY = "2027-03-02"
FREE = "The time in your link is free"
GONE = "The time in that link is not free."


@pytest.fixture(autouse=True)
def same_morning(sandbox: Sandbox) -> None:
    sandbox.clock(MONDAY_MORNING)


def test_a_free_time_in_a_link_is_one_press_away(maria: Customer) -> None:
    page = maria.look(date=DAY, time="14:00")
    assert f"{FREE} Tomorrow 14:00" in page.words
    maria.press(page.offers[0])
    assert f"{Booking.objects.get().line.starts:%Y-%m-%d %H:%M}" == f"{DAY} 14:00"


@pytest.mark.parametrize("clock", ["9:00", "09:00"])
def test_a_time_may_be_written_with_or_without_a_nought(maria: Customer, clock: str) -> None:
    assert FREE in maria.look(date=DAY, time=clock).words


def test_a_time_is_one_of_the_clock_that_leads_on_the_page(maria: Customer) -> None:
    assert "Tomorrow 14:00" in maria.look(date=DAY, time="14:00", tz="Asia/Tokyo").words


def test_a_time_that_is_gone_says_so_and_shows_the_day(maria: Customer) -> None:
    page = maria.look(date=DAY, time="03:15")
    assert GONE in page.words
    assert FREE not in page.words
    assert f'date={DAY}#times" aria-current="true"' in page.text
    assert page.offers


@pytest.mark.parametrize("clock", ["25:00", "14:60", "noon", "14", "١٤:٠٠", "14:00\x00", "-1:00"])
def test_a_time_that_is_none_is_passed_over_and_said(maria: Customer, clock: str) -> None:
    page = maria.look(date=DAY, time=clock)
    assert "We could not read the time in that link." in page.words
    assert page.offers


def test_of_a_day_that_is_over_no_time_is_offered_as_the_one_in_the_link(maria: Customer) -> None:
    page = maria.look(date="2027-02-01", time="14:00")
    assert "That day is over." in page.words
    assert FREE not in page.words


def test_a_time_at_several_places_is_offered_at_each(maria: Customer) -> None:
    page = maria.look(date=DAY, time="14:00")
    [chips] = re.findall(r'aria-labelledby="asked-time">(.*?)</ul>', page.text, re.DOTALL)
    assert chips.count('name="slot"') == chips.count("<li>") >= 1


def test_a_time_goes_with_its_day_and_stays_with_everything_else(maria: Customer) -> None:
    text = maria.look(date=DAY, time="14:00", party="2").text
    assert re.search(r'href="\?date=2027-03-03&amp;party=2#times"', text)
    assert re.search(rf'href="\?date={DAY}&amp;time=14%3A00&amp;party=2&amp;lang=de"', text)


def test_a_link_without_a_time_offers_the_soonest(maria: Customer) -> None:
    page = maria.look(date=DAY)
    assert FREE not in page.words
    assert "Soonest" in page.words
