"""A card says when its service is next, if that is known without asking, and never anything wrong."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from booking import wiring
from booking.actions.windows import course_now, session_window
from booking.domain.service import Service
from booking.models import Site
from tests.builders import keep
from tests.in_process import Sandbox
from tests.plugins.monday import MONDAY_MORNING
from tests.steps import Customer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def same_morning(sandbox: Sandbox) -> None:
    """Wix's clock stands where ours does: on a Monday at seven."""
    sandbox.clock(MONDAY_MORNING)


def service(site: Site, slug: str) -> Service:
    return wiring.facts_of(site).service(slug)


def look_at_sessions(site: Site, slug: str) -> None:
    """What the page of a class asks."""
    facts, asked = wiring.facts_of(site), service(site, slug)
    starts, ends = session_window(facts, timezone.now())
    wiring.wix_of(site).cached.event_time_slots.list(
        [asked.id], starts=starts, ends=ends, zone=facts.business.zone
    )


def look_at_course(site: Site, slug: str, *, places: bool = True) -> None:
    """What the page of a course asks."""
    facts, asked = wiring.facts_of(site), service(site, slug)
    courses, now = wiring.wix_of(site).cached.courses, course_now(facts, timezone.now())
    courses.meetings(asked, now=now, zone=facts.business.zone)
    if places:
        courses.places(asked)


def keep_places(site: Site, wix_id: str, places: int) -> None:
    """Of a session or a course, for some weeks to come."""
    now = timezone.now()
    keep(site, wix_id, now, now + timedelta(days=60), now=now, places=places)


def card(maria: Customer, words: str, **query: str) -> str:
    """The words of the list that is left when ``words`` are looked for."""
    return maria.look("/", q=words, **query).words


def test_of_what_nobody_has_looked_at_nothing_is_said_and_nothing_is_asked(
    maria: Customer, sandbox: Sandbox
) -> None:
    maria.look("/")
    sandbox.forget_requests()
    assert "Next" not in maria.look("/").words
    assert sandbox.calls() == []


def test_the_next_free_time_is_that_of_the_services_own_page_and_costs_no_call(
    maria: Customer, sandbox: Sandbox
) -> None:
    maria.look()
    sandbox.forget_requests()
    assert "Next free: Today 09:00" in card(maria, "wash cut quiet")
    assert "Times in Lisbon time." in maria.look("/").words
    assert sandbox.calls() == []


def test_a_visitor_elsewhere_is_told_both_clocks(maria: Customer) -> None:
    maria.look()
    said = card(maria, "wash cut quiet", tz="Asia/Tokyo")
    assert "Today 09:00 (18:00)" in said
    assert "Times in Lisbon time, in brackets Tokyo time." in said


def test_what_is_held_is_not_free(maria: Customer, sandbox: Sandbox) -> None:
    nine, *_ = sandbox.slots("haircut", "2027-03-01", "2027-03-02")
    people = len(nine["availableResources"][0]["resources"])
    for at in range(people):
        maria.press(maria.look(date="2027-03-01").offers[0], press=f"press-{at}")
    sandbox.forget_requests()
    assert "Next free: Today 10:00" in card(maria, "wash cut quiet")
    assert sandbox.calls() == []


def test_after_a_booking_nothing_is_said_until_somebody_has_looked_again(maria: Customer) -> None:
    maria.book()
    assert "Next free" not in card(maria, "wash cut quiet")
    with time_machine.travel("2027-03-01T07:00:30Z"):
        maria.look()
        assert "Next free" in card(maria, "wash cut quiet")


def test_what_is_older_than_ten_minutes_is_not_said(maria: Customer) -> None:
    maria.look()
    with time_machine.travel("2027-03-01T07:09:00Z"):
        assert "Next free" in card(maria, "wash cut quiet")
    with time_machine.travel("2027-03-01T07:10:01Z"):
        assert "Next free" not in card(maria, "wash cut quiet")


def test_what_is_too_late_by_now_is_not_said(maria: Customer) -> None:
    with time_machine.travel("2027-03-01T07:55:00Z"):
        maria.look()
    with time_machine.travel("2027-03-01T08:01:00Z"):  # an hour before is the latest
        assert "Next free: Today 09:30" in card(maria, "wash cut quiet")


def test_nothing_is_said_of_a_service_that_is_closed_online(
    maria: Customer, sandbox: Sandbox, site: Site
) -> None:
    sandbox.seed(services=[{"slug": "vinyasa-yoga", "onlineBooking": {"enabled": False}}])
    look_at_sessions(site, "vinyasa-yoga")
    assert "Next" not in card(maria, "vinyasa")


def test_a_class_tells_its_next_session_and_the_places_left(
    maria: Customer, sandbox: Sandbox, site: Site
) -> None:
    sandbox.book("vinyasa-yoga", "2027-03-01T18:30", participants=3)
    look_at_sessions(site, "vinyasa-yoga")
    sandbox.forget_requests()
    assert "Next: Today 18:30 9 places left" in card(maria, "vinyasa")
    assert sandbox.calls() == []


def test_places_that_somebody_is_taking_just_now_are_not_left(
    maria: Customer, sandbox: Sandbox, site: Site
) -> None:
    [monday, *_] = sandbox.slots("vinyasa-yoga", "2027-03-01", "2027-03-02")
    look_at_sessions(site, "vinyasa-yoga")
    keep_places(site, monday["eventInfo"]["eventId"], 11)
    assert "Next: Today 18:30 1 place left" in card(maria, "vinyasa")


def test_of_full_sessions_nothing_is_said_but_the_next_one_with_room(
    maria: Customer, sandbox: Sandbox, site: Site
) -> None:
    [monday, *_] = sandbox.slots("vinyasa-yoga", "2027-03-01", "2027-03-02")
    look_at_sessions(site, "vinyasa-yoga")
    keep_places(site, monday["eventInfo"]["eventId"], 12)
    said = card(maria, "vinyasa")
    assert "Today" not in said
    assert "Next: Wed, 3 Mar 18:30 3 places left" in said


@pytest.mark.parametrize(
    ("slug", "words", "said"),
    [
        ("yoga-for-beginners", "very start", "Tue, 16 Mar 6 sessions 10 places left"),
        ("massage-for-couples", "four evenings", "Thu, 25 Mar 4 sessions 12 places left"),
    ],
)
def test_a_course_tells_its_start_its_sessions_and_its_places(
    maria: Customer, sandbox: Sandbox, site: Site, slug: str, words: str, said: str
) -> None:
    look_at_course(site, slug)
    sandbox.forget_requests()
    assert f"Starts: {said}" in card(maria, words)
    assert sandbox.calls() == []


def test_a_course_whose_places_are_not_known_tells_the_rest(maria: Customer, site: Site) -> None:
    look_at_course(site, "yoga-for-beginners", places=False)
    said = card(maria, "very start")
    assert "Starts: Tue, 16 Mar 6 sessions" in said
    assert "left" not in said


def test_a_course_that_is_taken_up_is_said_to_be_full(maria: Customer, site: Site) -> None:
    course = service(site, "yoga-for-beginners")
    look_at_course(site, "yoga-for-beginners")
    keep_places(site, course.schedule_id or "", 10)
    assert "6 sessions fully booked" in card(maria, "very start")


def test_of_a_course_that_has_begun_no_start_is_said(maria: Customer, site: Site) -> None:
    with time_machine.travel("2027-03-16T18:55:00Z"):
        look_at_course(site, "yoga-for-beginners")
        assert "Starts" in card(maria, "very start")
    with time_machine.travel("2027-03-16T19:01:00Z"):
        assert "Starts" not in card(maria, "very start")


def test_the_list_needs_one_more_question_to_the_database_however_many_are_known(
    maria: Customer, site: Site, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for slug in ("haircut", "beard-trim", "private-yoga"):
        maria.look(f"/services/{slug}/")
    look_at_sessions(site, "vinyasa-yoga")
    with django_assert_max_num_queries(2):
        assert maria.look("/").words.count("Next") == 4
