"""The page of a class shows every session that Wix tells, less what we keep, and what can be done."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from booking.models import Booking
from booking.page_cache import PARAMETERS
from tests.flow.pilates import CLASS, change, rule, sessions, teach
from tests.in_process import Json, Sandbox
from tests.steps import Answer, Customer

pytestmark = pytest.mark.django_db


def states(page: Answer) -> list[str]:
    """What stands beside each session, in order."""
    found = re.findall(r'class="session-state">([^<]*)<', page.text)
    return [re.sub(r"\s+", " ", each).strip() for each in found]


def test_the_first_page_shows_the_week_of_the_next_session_by_day(pilates: Customer) -> None:
    page = pilates.look()
    assert page.main("kind") == "class"
    assert len(page.offers) == 2
    assert "Tomorrow Tue, 2 Mar" in page.words
    assert page.words.index("Book 08:00 , Tuesday, 2 March") < page.words.index(
        "Book 08:00 , Thursday, 4 March"
    )
    assert "Duarte Melo" in page.words
    assert states(page) == ["Last place", "8 places left"]


def test_a_week_has_seven_days_with_headings(pilates: Customer) -> None:
    page = pilates.look()
    assert len(re.findall(r"<h3>", page.text)) == 7
    assert "Today Mon, 1 Mar" in page.words


def test_weeks_are_turned_by_links(pilates: Customer) -> None:
    page = pilates.look()
    assert 'rel="prev"' not in page.text
    [following] = re.findall(r'href="\?date=([\d-]+)#times" rel="next"', page.text)
    page = pilates.look(date=following)
    assert "Tue, 9 Mar" in page.words
    assert len(page.offers) == 2
    assert 'rel="prev"' in page.text


def test_a_list_shows_eight_weeks_of_sessions(pilates: Customer, sandbox: Sandbox) -> None:
    page = pilates.look(view="list")
    assert len(page.offers) == len(sessions(sandbox)) == 16


def test_a_week_beyond_the_eight_is_asked_for_by_itself(
    pilates: Customer, sandbox: Sandbox
) -> None:
    pilates.look()
    sandbox.forget_requests()
    pilates.look(date="2027-06-01")
    asked = [each for each in sandbox.calls() if each.endswith("/event")]
    # The week, and once whether there is anything after it.
    assert len(asked) == 2


def test_sessions_that_are_far_away_are_found_and_opened(
    pilates: Customer, sandbox: Sandbox
) -> None:
    sandbox.clock("2027-06-14T09:00:00")  # its classes are planned from fourteen days before
    page = pilates.look()
    assert page.offers
    assert "Tue, 15 Jun" in page.words


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"capacity": 1}, "Last place"),
        ({"capacity": 2}, "2 places left"),
        ({"capacity": 0}, "Full"),
        ({"cancelled": True}, "Cancelled"),
        ({"reserved": 8, "waiting": 8}, "The last places are kept for the waiting list"),
    ],
)
def test_what_is_left_of_a_session_is_said_in_words(
    pilates: Customer, sandbox: Sandbox, changed: Json, said: str
) -> None:
    change(sandbox, {}, changed)
    assert states(pilates.look())[1] == said


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        (
            {"limitEarlyBookingPolicy": {"enabled": True, "earliestBookingInMinutes": 1440}},
            "Opens Wed, 3 Mar, 08:00",
        ),
        (
            {"limitLateBookingPolicy": {"enabled": True, "latestBookingInMinutes": 7200}},
            "Too late to book online",
        ),
    ],
    ids=["too early", "too late"],
)
def test_a_session_that_the_policy_keeps_closed_says_why(
    pilates: Customer, sandbox: Sandbox, policy: Json, said: str
) -> None:
    rule(sandbox, **policy)
    assert said in states(pilates.look(date="2027-03-01"))


def test_a_full_session_with_a_waiting_list_leads_to_the_business_s_own_page(
    pilates: Customer, sandbox: Sandbox
) -> None:
    change(sandbox, {"capacity": 0})
    assert "/service-page/" not in pilates.look(date="2027-03-02").text
    rule(sandbox, waitlistPolicy={"enabled": True})
    cache.clear()
    page = pilates.look(date="2027-03-02")
    assert re.search(rf'href="[^"]*/service-page/{CLASS}"[^>]*>Waiting list', page.text)


def test_places_that_we_keep_for_others_are_not_shown(pilates: Customer) -> None:
    pilates.hold(1, party="2")
    assert states(pilates.look()) == ["Last place", "6 places left"]
    pilates.hold()
    assert states(pilates.look()) == ["Full", "6 places left"]


def test_a_week_without_room_leads_to_the_next_that_has(
    pilates: Customer, sandbox: Sandbox
) -> None:
    change(sandbox, {"capacity": 0}, {"capacity": 0})
    assert "Tue, 9 Mar" in pilates.look().words  # opened by itself
    page = pilates.look(date="2027-03-02")
    assert states(page) == ["Full", "Full"]
    assert "Nothing can be booked in this week." in page.words
    assert 'href="?date=2027-03-09#times"' in page.text
    assert "Or ask the business:" in page.words


def test_a_class_without_any_session_is_no_dead_end(pilates: Customer, sandbox: Sandbox) -> None:
    sandbox.seed(services=[{"slug": CLASS, "sessions": []}])
    page = pilates.look()
    assert (page.status, page.offers) == (200, [])
    assert "No session can be booked at the moment." in page.words
    assert "Or ask the business:" in page.words


def test_people_far_away_see_both_clocks(pilates: Customer) -> None:
    page = pilates.look(tz="Asia/Tokyo")
    assert re.search(r"08:00–08:50\s*17:00", page.words)


@pytest.mark.parametrize("several", ["", "1"])
def test_filters_are_links_where_there_is_a_choice(
    pilates: Customer, sandbox: Sandbox, several: str
) -> None:
    teach(sandbox, ("TUESDAY", "08:00", "duarte"), ("TUESDAY", "18:00", "ana"))
    page = pilates.look(several=several)
    [ana] = re.findall(r'href="[^"]*staff=([\w-]+)[^"]*">Ana Ribeiro', page.text)
    assert "part=evening" in page.text
    assert "location=" not in page.text
    for narrowed in ({"staff": ana}, {"part": "evening"}):
        found = pilates.look(**narrowed, view="list")
        assert len(found.offers) == 8
        assert "18:00" in found.words
        assert "08:00" not in found.words


def test_a_place_can_be_chosen_where_there_are_several(pilates: Customer, sandbox: Sandbox) -> None:
    park = sandbox.slots("park-yoga", "2027-03-01", "2027-04-01")[0]["location"] | {"id": "park"}
    change(sandbox, {}, {"location": park})
    page = pilates.look(location="park", view="list")
    assert len(page.offers) == 1
    assert "Jardim da Estrela" in page.words


def test_nothing_is_filtered_where_there_is_no_choice(pilates: Customer) -> None:
    assert "narrowing" not in pilates.look().text


@pytest.mark.parametrize(
    "query",
    [
        {"date": "2020-01-01"},
        {"date": "yesterday"},
        {"date": "9999-12-31"},
        {"date": "2150-01-01"},
        {"staff": "nobody"},
        {"location": "nowhere"},
        {"part": "midnight"},
        {"tz": "Mars/Olympus"},
        {"party": "3"},
        {"party": "0"},
        {"party": "-1"},
        {"party": "two"},
        {"party": "999999999999"},
        {"people-Dog": "1"},
        {"several": "1", "each": "8-25:00"},
    ],
    ids=str,
)
def test_a_link_that_makes_no_sense_still_shows_sessions_and_says_so(
    pilates: Customer, query: dict[str, str]
) -> None:
    page = pilates.look(**query)
    assert page.status == 200
    assert page.offers or page.ticks
    assert 'class="message"' in page.text


@pytest.mark.parametrize("query", [{"view": "mosaic"}, {"several": "yes"}, {"each": "1-08:00"}])
def test_a_view_that_there_is_not_is_the_usual_one(
    pilates: Customer, query: dict[str, str]
) -> None:
    assert len(pilates.look(**query).offers) == 2


def test_a_party_marks_what_does_not_fit_it_and_hides_nothing(pilates: Customer) -> None:
    page = pilates.look(party="2")
    assert states(page) == ["Only 1 place left: too few for you", "8 places left"]
    assert len(page.offers) == 1
    assert "2 people: 32 € per session" in page.words.replace("\N{NO-BREAK SPACE}", " ")


def test_a_total_for_adults_and_children_is_right_without_script(family: Customer) -> None:
    page = family.look(**{"people-Adult": "2", "people-Child": "1"})
    words = page.words.replace("\N{NO-BREAK SPACE}", " ")
    assert "2 × Adult 1 × Child : 30 € per session" in words
    assert page.field("people-Adult") == "2"


def test_who_comes_is_kept_through_links_and_the_press(family: Customer) -> None:
    who = {"people-Adult": "2", "people-Child": "1"}
    page = family.look(**who)
    assert "?people-Adult=2&amp;people-Child=1&amp;view=list" in page.text
    family.press(page.offers[0], **{name: page.field(name) for name in who})
    assert Booking.objects.get().line.participants == 3


@pytest.mark.parametrize("name", ["view", "part", "several", "each"])
def test_a_kept_page_depends_on_all_that_changes_it(name: str) -> None:
    assert name in PARAMETERS


def test_a_link_in_a_booking_s_name_is_kept_by_nobody(pilates: Customer) -> None:
    again = pilates.look(pilates.hold()).again
    page = pilates.look(again=again)
    assert page.headers["Cache-Control"] == "no-store"
    assert page.field("again") == again


@given(
    zone=st.sampled_from(
        ["Europe/Lisbon", "Etc/GMT+12", "Pacific/Kiritimati", "Asia/Kathmandu", "America/St_Johns"]
    ),
    day=st.integers(min_value=0, max_value=49),
)
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_session_is_lost_or_doubled_on_any_clock(
    pilates: Customer, sandbox: Sandbox, zone: str, day: int
) -> None:
    """A week of the page has what Wix gives between its first and its last midnight."""
    lisbon = ZoneInfo("Europe/Lisbon")
    asked = datetime(2027, 3, 1, tzinfo=lisbon) + timedelta(days=day)
    first = asked - timedelta(days=(asked.weekday() + 1) % 7)  # weeks begin on Sunday in Portugal
    starts = [
        datetime.fromisoformat(each["localStartDate"]).replace(tzinfo=lisbon)
        for each in sessions(sandbox)
    ]
    expected = {
        each.astimezone(UTC)
        for each in starts
        if first.date() <= each.date() < (first + timedelta(days=7)).date()
    }
    page = pilates.look(date=f"{asked:%Y-%m-%d}", tz=zone)
    shown = re.findall(r'<time datetime="([^"]+)"', page.text)
    assert len(shown) == len(set(shown))
    assert {datetime.fromisoformat(each).astimezone(UTC) for each in shown} == expected
