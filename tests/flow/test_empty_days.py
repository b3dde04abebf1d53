"""An empty day or month is no dead end: it says why, and every way on from it."""

import re
from typing import Any

import pytest
from django.test import Client

from booking.models import Site
from tests.in_process import Sandbox
from tests.steps import Answer, Customer

pytestmark = pytest.mark.django_db
SLOTS = "/v2/time-slots"
TUESDAY, SUNDAY = "2027-03-02", "2027-03-07"
ALL_WEEK = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"]


@pytest.fixture
def two_chairs(sandbox: Sandbox, site: Site) -> Sandbox:
    """A small business where Ana and Bruno cut hair every day."""
    sandbox.reset("two-chairs", now="2027-03-01T07:00:00")
    return sandbox


def why(page: Answer) -> str:
    found = re.search(r'data-why="(\w+)"', page.text)
    return found[1] if found else ""


def staff_id(sandbox: Sandbox, name: str) -> str:
    members = sandbox.service("haircut")["staffMemberDetails"]["staffMembers"]
    return str(next(each["staffMemberId"] for each in members if each["name"].startswith(name)))


def policy(sandbox: Sandbox, **rules: Any) -> None:
    sandbox.seed(services=[{"slug": "haircut", "bookingPolicy": rules}])


def reaches_the_business(page: Answer) -> bool:
    section = page.text.partition('id="times"')[2].partition("</section>")[0]
    return 'href="tel:' in section and 'href="mailto:' in section


def test_a_day_on_which_nobody_works_names_the_next_and_asks_nothing_more(
    maria: Customer, sandbox: Sandbox
) -> None:
    maria.look()
    sandbox.forget_requests()
    page = maria.look(date=SUNDAY)
    assert why(page) == "nothing"
    assert "Next free day: Monday, 8 March" in page.words
    assert reaches_the_business(page)
    assert sandbox.calls() == []


def test_a_person_who_has_nothing_that_day_has_the_others_beside_them(
    maria: Customer, two_chairs: Sandbox
) -> None:
    ana, bruno = staff_id(two_chairs, "Ana"), staff_id(two_chairs, "Bruno")
    two_chairs.seed(
        staff=[{"slug": "ana", "blocked": [{"date": TUESDAY, "start": "00:00", "end": "23:59"}]}]
    )
    maria.look(staff=ana)
    two_chairs.forget_requests()
    page = maria.look(date=TUESDAY, staff=ana)
    assert why(page) == "person"
    assert "Ana has no free time on this day." in page.words
    assert "Bruno: 17 times on this day" in page.words
    assert f'href="?staff={bruno}&amp;date={TUESDAY}#times"' in page.text
    assert "Next free day: Wednesday, 3 March" in page.words
    assert "Times with anyone" in page.words
    assert two_chairs.calls() == []


def test_a_place_with_nothing_that_day_names_the_others(maria: Customer, sandbox: Sandbox) -> None:
    locations = sandbox.service("haircut")["locations"]
    places = {each["business"]["name"]: each["id"] for each in locations}
    page = maria.look(location=places["Estrela"], date="2027-03-03")
    assert why(page) == "place"
    assert "There is no free time on this day at this place: Estrela." in page.words
    assert "Chiado: 20 times on this day" in page.words
    assert f'href="?location={places["Chiado"]}&amp;date=2027-03-03#times"' in page.text


def test_a_day_of_which_all_is_kept_for_others_says_so(
    maria: Customer, noa: Customer, two_chairs: Sandbox
) -> None:
    hours = [{"days": ["TUESDAY"], "start": "09:00", "end": "09:45"}]
    two_chairs.seed(staff=[{"slug": "ana", "workingHours": hours}])
    two_chairs.seed(staff=[{"slug": "bruno", "workingHours": []}])
    noa.press(noa.look(date=TUESDAY).offers[0])
    page = maria.look(date=TUESDAY)
    assert why(page) == "kept"
    assert "is being kept for somebody just now" in page.words


def test_a_day_too_near_tells_how_much_notice_is_asked_for(
    maria: Customer, two_chairs: Sandbox
) -> None:
    rule = {"enabled": True, "latestBookingInMinutes": 3 * 1440}
    policy(two_chairs, limitLateBookingPolicy=rule)
    page = maria.look(date=TUESDAY)
    assert why(page) == "too_late"
    assert "The business asks for 3 days of notice" in page.words


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"date": "2027-04-20"}, "This day can be booked from Tuesday, 6 April 2027 on."),
        ({"month": "2027-05"}, "This month can be booked from Saturday, 17 April 2027 on."),
    ],
)
def test_a_day_or_month_not_open_yet_says_from_when_it_is(
    maria: Customer, two_chairs: Sandbox, query: dict[str, str], said: str
) -> None:
    rule = {"enabled": True, "earliestBookingInMinutes": 14 * 1440}
    policy(two_chairs, limitEarlyBookingPolicy=rule)
    page = maria.look(**query)
    assert why(page) == "too_early"
    assert said in page.words


def test_a_month_in_which_a_person_has_nothing_names_the_others(
    maria: Customer, two_chairs: Sandbox
) -> None:
    ana = staff_id(two_chairs, "Ana")
    away = {"inDays": -1, "untilInDays": 70, "start": "00:00", "end": "00:00"}
    two_chairs.seed(staff=[{"slug": "ana", "blocked": [away]}])
    page = maria.look(month="2027-04", staff=ana)
    assert why(page) == "person"
    assert "Ana has no free time in this month." in page.words
    assert re.search(r"Bruno: \d+ times in this month", page.words)
    assert "Next free day:" in page.words


def test_a_service_without_any_time_says_so_and_names_others(
    maria: Customer, sandbox: Sandbox
) -> None:
    slugs = ("ana", "bruno", "carla", "dinis")
    sandbox.seed(staff=[{"slug": slug, "workingHours": []} for slug in slugs[:2]])
    page = maria.look()
    assert page.status == 200
    assert page.offers == []
    assert "There is no free time at the moment." in page.words
    assert re.search(r'<li><a [^>]*href="/services/(?!haircut)[\w-]+/"', page.text)
    assert "All services" in page.words
    assert reaches_the_business(page)


def test_a_service_without_any_time_asks_twice_and_then_never(
    maria: Customer, two_chairs: Sandbox
) -> None:
    two_chairs.seed(
        staff=[{"slug": "ana", "workingHours": []}, {"slug": "bruno", "workingHours": []}]
    )
    maria.look()
    assert len(two_chairs.calls(SLOTS)) == 2
    two_chairs.forget_requests()
    maria.look()
    assert two_chairs.calls() == []


def test_a_person_who_no_longer_gives_the_service_is_told_of_and_all_times_are_shown(
    maria: Customer, two_chairs: Sandbox, client: Client
) -> None:
    bruno = staff_id(two_chairs, "Bruno")
    only_ana = [staff_id(two_chairs, "Ana")]
    two_chairs.seed(services=[{"slug": "haircut", "staffMemberIds": only_ana}])
    page = maria.look(staff=bruno)
    assert "That person does not give this service." in page.words
    assert len(page.offers) == len(maria.look().offers) > 0


def test_a_far_day_after_the_last_free_one_leads_back_to_the_soonest(
    maria: Customer, two_chairs: Sandbox
) -> None:
    away = {"inDays": 5, "untilInDays": 900, "start": "00:00", "end": "00:00"}
    two_chairs.seed(
        staff=[{"slug": "ana", "blocked": [away]}, {"slug": "bruno", "blocked": [away]}]
    )
    page = maria.look(date="2027-04-20")
    assert "There is no free time on this day." in page.words
    assert len(page.offers) == 3
