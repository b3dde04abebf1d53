"""The page of a course says all that it contains, whether it can be joined, and what to do if not."""

import re

import pytest
import time_machine

from booking.models import Booking
from tests.in_process import Json, Sandbox
from tests.steps import Answer, Customer

pytestmark = pytest.mark.django_db
COURSE = "yoga-for-beginners"  # Tuesdays at 19:00 from 16 March, six times, 120 €, up to two people


@pytest.fixture
def course(maria: Customer) -> Customer:
    return Customer(maria.client, COURSE)


def plain(page: Answer) -> str:
    return page.words.replace("\N{NO-BREAK SPACE}", " ")


def meetings(sandbox: Sandbox) -> list[str]:
    """The event ids of its meetings, in order."""
    question = {
        "fromLocalDate": "2027-03-01T00:00:00",
        "toLocalDate": "2027-06-01T00:00:00",
        "timeZone": "Europe/Lisbon",
        "recurrenceType": ["INSTANCE", "EXCEPTION"],
        "query": {"filter": {"scheduleId": sandbox.service(COURSE)["schedule"]["id"]}},
    }
    found = sandbox.call("POST", "/calendar/v3/events/query", question).json()["events"]
    return [each["id"] for each in found]


def change(sandbox: Sandbox, **changes: Json) -> None:
    """Change meetings by their number: ``m2={"cancelled": True}``."""
    ids = meetings(sandbox)
    told = {ids[int(number[1:]) - 1]: each for number, each in changes.items()}
    sandbox.seed(sessionChanges=told)


def rule(sandbox: Sandbox, **policy: Json) -> None:
    sandbox.seed(services=[{"slug": COURSE, "bookingPolicy": policy}])


def rows(page: Answer) -> list[str]:
    """The rows of the list of dates."""
    body = page.text.partition('<tbody role="rowgroup">')[2].partition("</tbody>")[0]
    found = re.findall(r"<tr.*?</tr>", body, re.DOTALL)
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", each)).strip() for each in found]


def test_a_course_says_when_with_whom_where_and_for_how_much(course: Customer) -> None:
    page = course.look()
    assert page.main("kind") == "course"
    words = plain(page)
    for fact in (
        "Starts in 15 days",
        "Tuesday, 16 March 2027 – Tuesday, 20 April 2027",
        "6 sessions",
        "Duarte Melo",
        "Estrela, Rua da Estrela 18",
        "120 € per person for the whole course",
        "20 € per session",
        "10 places left of 10",
        "Join until Tue, 16 Mar, 19:00 (Lisbon time)",
        "Join this course – 120 €",
    ):
        assert fact in words


def test_all_dates_are_listed_and_the_change_of_clocks_is_marked(course: Customer) -> None:
    told = rows(course.look())
    assert told == [
        "1 Tue, 16 Mar 19:00–20:15",
        "2 Tue, 23 Mar 19:00–20:15",
        "The clocks change here; the times stay as written",
        "3 Tue, 30 Mar 19:00–20:15",
        "4 Tue, 6 Apr 19:00–20:15",
        "5 Tue, 13 Apr 19:00–20:15",
        "6 Tue, 20 Apr 19:00–20:15",
    ]


def test_people_far_away_see_both_clocks_and_when_theirs_differs(course: Customer) -> None:
    told = rows(course.look(tz="America/New_York"))
    assert told[0] == "1 Tue, 16 Mar 19:00–20:15 15:00"
    assert told[2] == "The clocks change here: look at both times"
    assert told[3] == "3 Tue, 30 Mar 19:00–20:15 14:00"


def test_what_is_unusual_about_a_date_stands_beside_it(course: Customer, sandbox: Sandbox) -> None:
    ana = next(
        each["staffMemberId"]
        for each in sandbox.service("haircut")["staffMemberDetails"]["staffMembers"]
        if each["name"].startswith("Ana")
    )
    park = sandbox.slots("park-yoga", "2027-03-01", "2027-04-01")[0]["location"]
    change(
        sandbox,
        m1={"resource_id": ana},
        m2={"cancelled": True},
        m4={"location": park},
        m6={"start": 1809363600, "end": 1809369000},  # 3 May 2027, 18:00 in Lisbon
    )
    page = course.look()
    told = rows(page)
    assert told[0] == "1 Tue, 16 Mar 19:00–20:15 With Ana Ribeiro"
    assert told[1] == "Tue, 23 Mar 19:00–20:15 Cancelled"
    assert told[4].startswith("3 Tue, 6 Apr 19:00–20:15 At Jardim da Estrela")
    assert told[6:] == ["No session for 1 week", "5 Mon, 3 May 18:00–19:30 Other time than usual"]
    assert "<s><time" in page.text
    assert "24 € per session" in plain(page)


def test_the_price_for_two_is_on_the_button(course: Customer) -> None:
    page = course.look(party="2")
    assert "Join this course – 240 €" in plain(page)
    assert "2 people: 240 € for the whole course" in plain(page)
    course.press(page.offers[0], party=page.field("party"))
    assert Booking.objects.get().line.participants == 2


def test_places_that_we_keep_for_others_are_taken_off(course: Customer) -> None:
    course.hold(party="2")
    assert "8 places left of 10" in course.look().words


@pytest.mark.parametrize(
    ("policy", "barrier", "said"),
    [
        (
            {"limitEarlyBookingPolicy": {"enabled": True, "earliestBookingInMinutes": 1440}},
            "too_early",
            "opens for booking Mon, 15 Mar, 19:00 (Lisbon time)",
        ),
        (
            {"limitLateBookingPolicy": {"enabled": True, "latestBookingInMinutes": 28800}},
            "too_late",
            "could be joined until Wed, 24 Feb, 19:00 (Lisbon time)",
        ),
    ],
    ids=["too early", "too late"],
)
def test_a_course_that_the_policy_keeps_closed_says_why(
    course: Customer, sandbox: Sandbox, policy: Json, barrier: str, said: str
) -> None:
    rule(sandbox, **policy)
    page = course.look()
    assert (page.main("barrier"), page.offers) == (barrier, [])
    assert said in page.words
    assert "Or ask the business:" in page.words


def test_a_course_that_is_full_says_so(course: Customer, sandbox: Sandbox) -> None:
    for _ in range(5):
        sandbox.book(COURSE, participants=2)
    page = course.look()
    assert (page.main("barrier"), page.offers) == ("full", [])
    assert "This course is full." in page.words


def test_a_party_that_does_not_fit_is_told_how_many_do(course: Customer, sandbox: Sandbox) -> None:
    for people in (2, 2, 2, 2, 1):
        sandbox.book(COURSE, participants=people)
    assert "Last place" in course.look().words
    page = course.look(party="2")
    assert (page.main("barrier"), page.offers) == ("full", [])
    assert "Only 1 place is left: too few for 2 people." in page.words


def test_a_course_that_has_begun_says_so(course: Customer) -> None:
    with time_machine.travel("2027-03-17T09:00:00Z"):
        page = course.look()
    assert (page.main("barrier"), page.offers) == ("started", [])
    assert "Under way: 1 of 6 sessions are over" in page.words
    assert "has begun and takes nobody any more" in page.words
    assert rows(page)[0].endswith("Over")


def test_a_course_that_lets_people_in_later_can_be_joined(
    course: Customer, sandbox: Sandbox
) -> None:
    rule(sandbox, bookAfterStartPolicy={"enabled": True})
    with time_machine.travel("2027-03-17T09:00:00Z"):
        page = course.look()
        assert "Under way" in page.words
        assert "Join until Tue, 20 Apr, 19:00 (Lisbon time)" in page.words
        assert course.press(page.offers[0]).status == 303


def test_a_course_without_dates_says_so(course: Customer, sandbox: Sandbox) -> None:
    sandbox.seed(services=[{"slug": COURSE, "meetings": None}])
    page = course.look()
    assert (page.status, page.main("barrier"), page.offers) == (200, "unscheduled", [])
    assert "No dates yet" in page.words
    assert "Ask when it begins" in page.words


def test_a_press_on_a_course_that_has_begun_meanwhile_says_so(course: Customer) -> None:
    with time_machine.travel("2027-03-16T18:59:00Z"):
        offer = course.look().offers[0]
    with time_machine.travel("2027-03-16T19:01:00Z"):
        page = course.press(offer)
    assert page.status == 409
    assert "This course has begun and takes nobody any more." in page.words
    assert "Nothing was booked and nothing is owed." in page.words


@pytest.mark.parametrize("party", ["0", "-1", "3", "two", "999999999999"])
def test_a_party_that_makes_no_sense_is_passed_over_and_said(course: Customer, party: str) -> None:
    page = course.look(party=party)
    assert 'class="message"' in page.text
    assert "Join this course – 120 €" in plain(page)
    assert course.press(page.offers[0], party=party).status == 422


def test_a_deposit_is_said_in_words(course: Customer, sandbox: Sandbox) -> None:
    payment = {
        "fixed": {"deposit": {"value": "30", "currency": "EUR"}},
        "options": {"deposit": True},
    }
    sandbox.seed(services=[{"slug": COURSE, "payment": payment}])
    assert "of it 30 € as a deposit, the rest (90 €) on site" in plain(course.look())
