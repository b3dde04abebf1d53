"""Times are told on the business's clock and the visitor's, and a change of clocks before then is said."""

import re

import pytest

from tests.in_process import Sandbox
from tests.steps import Answer, Customer

pytestmark = pytest.mark.django_db
# It is Monday, 1 March 2027. Lisbon's clocks change on 28 March, New York's on 14 March.
BEFORE, BETWEEN, AFTER = "2027-03-09", "2027-03-23", "2027-03-30"


def changes(page: Answer) -> list[str]:
    return re.findall(r'data-clocks-change="([^"]+)"', page.text)


@pytest.mark.parametrize(
    ("day", "zone", "told"),
    [
        (BEFORE, "", []),
        (BETWEEN, "", []),
        (AFTER, "", ["Europe/Lisbon"]),
        (BEFORE, "America/New_York", []),
        (BETWEEN, "America/New_York", ["America/New_York"]),
        (AFTER, "America/New_York", ["Europe/Lisbon", "America/New_York"]),
        (AFTER, "Asia/Kathmandu", ["Europe/Lisbon"]),
        (AFTER, "Europe/London", ["Europe/Lisbon"]),
    ],
)
def test_a_change_between_today_and_the_open_day_is_told_for_every_clock_on_the_page(
    maria: Customer, day: str, zone: str, told: list[str]
) -> None:
    page = maria.look(date=day, tz=zone)
    assert changes(page) == told
    assert page.words.count("the clocks change before this day") == len(told)


def test_on_the_day_itself_it_is_said_of_the_day(maria: Customer, sandbox: Sandbox) -> None:
    sandbox.seed(
        staff=[
            {
                "slug": "ana",
                "workingHours": [{"days": ["SUNDAY"], "start": "00:00", "end": "09:00"}],
            }
        ]
    )
    page = maria.look(date="2027-03-28")
    assert "Lisbon time: the clocks change on this day;" in page.words


def test_a_page_without_times_says_nothing_of_clocks(maria: Customer) -> None:
    assert changes(maria.look(date="2027-04-04")) == []


def test_who_comes_in_person_reads_the_business_s_clock_first(maria: Customer) -> None:
    page = maria.look(tz="Asia/Tokyo").text
    times = re.findall(r'<button class="slot"[^>]*>.*?<b>(\d\d:\d\d)</b>.*?<small>([^<]+)', page)
    assert 'data-zone="Europe/Lisbon" data-other="Asia/Tokyo"' in page
    assert times[0][0] < "13:00"
    assert times[0][1] == f"{int(times[0][0][:2]) + 9:02d}{times[0][0][2:]}"


def test_who_is_visited_or_called_reads_their_own_clock_first(
    maria: Customer, sandbox: Sandbox
) -> None:
    sandbox.seed(services=[{"slug": "haircut", "locations": [{"type": "CUSTOMER"}]}])
    page = maria.look(tz="Asia/Tokyo").text
    assert 'data-zone="Asia/Tokyo" data-other="Europe/Lisbon"' in page
