"""Whatever stands in the way, the page says what it is, what was kept, and what to do next."""

import re
from dataclasses import fields
from typing import Any

import pytest
from django.template.loader import render_to_string

from booking.domain.business import Business, Place
from booking.domain.course import JoinBarrier
from booking.domain.service import Kind, Obstacle
from booking.domain.session import Barrier
from tests.builders import a_service, a_session
from tests.steps import Customer
from tests.wording.test_translations import LANGUAGES, texts

CALMA = Business(
    name="Estúdio Calma",
    zone="Europe/Lisbon",
    currency="EUR",
    phone="+351 21 555 0142",
    email="ola@calma.example",
    place=Place(text="Rua Garrett 62, Lisboa"),
)
NOTICES = (
    "past_day",
    "time_gone",
    "too_many_people",
    "unknown_category",
    "unknown_day",
    "unknown_kind",
    "unknown_location",
    "unknown_parts",
    "unknown_place",
    "unknown_staff",
    "unknown_time",
    "unknown_zone",
)
ERRORS = (
    "already_sent",
    "bad_request",
    "broken",
    "calendar_unavailable",
    "form_stale",
    "hold_expired",
    "not_bookable",
    "not_found",
    "not_joinable",
    "part_taken",
    "slot_taken",
    "too_many",
    "too_many_sessions",
    "unknown_booking",
    "wrong_choice",
)


def words(template: str, **context: Any) -> str:
    """The words of a template without its markup, white space folded."""
    text = re.sub(r"<[^>]*>", " ", render_to_string(template, context))
    return re.sub(r"\s+", " ", text).strip()


@pytest.mark.parametrize("obstacle", Obstacle)
def test_each_obstacle_is_explained_with_a_way_to_reach_the_business(obstacle: Obstacle) -> None:
    told = words("components/obstacle.html", service=a_service(), obstacle=obstacle, business=CALMA)
    assert "cannot" in told or "only" in told or "paid online" in told
    assert "+351 21 555 0142" in told


@pytest.mark.parametrize(("kind", "said"), [(Kind.CLASS, "Classes"), (Kind.COURSE, "Courses")])
def test_classes_and_courses_are_called_by_their_name(kind: Kind, said: str) -> None:
    service = a_service(kind=kind)
    told = words("components/obstacle.html", service=service, obstacle=Obstacle.KIND)
    assert f"{said} cannot be booked on this site yet." in told


def test_what_is_paid_online_is_booked_on_the_business_s_own_site_meanwhile() -> None:
    service = a_service(page_url="https://calma.example/haircut")
    page = render_to_string(
        "components/obstacle.html", {"service": service, "obstacle": Obstacle.PAYS_ONLINE}
    )
    assert 'href="https://calma.example/haircut"' in page
    assert "this site does not offer that." in page


@pytest.mark.parametrize("notice", NOTICES)
def test_a_link_that_was_not_followed_says_why(notice: str) -> None:
    others = {words("components/notice.html", notice=each) for each in NOTICES if each != notice}
    told = words("components/notice.html", notice=notice)
    assert told
    assert told not in others


@pytest.mark.parametrize("barrier", JoinBarrier)
def test_a_course_that_cannot_be_joined_says_why_and_what_to_do(barrier: JoinBarrier) -> None:
    others = {
        words("components/join_barrier.html", barrier=each)
        for each in JoinBarrier
        if each is not barrier
    }
    told = words("components/join_barrier.html", barrier=barrier)
    assert "sk" in told or "Come back" in told
    assert told not in others


@pytest.mark.parametrize("barrier", Barrier)
def test_a_session_that_cannot_be_booked_says_why(barrier: Barrier) -> None:
    def told(each: Barrier) -> str:
        session = a_session(bookable=False, barriers=(each,))
        return words("components/session_state.html", session=session, people=1)

    assert told(barrier)
    assert told(barrier) not in {told(each) for each in Barrier if each is not barrier}


@pytest.mark.parametrize("error", ERRORS)
def test_an_error_page_needs_no_context_to_say_what_happened(error: str) -> None:
    page = render_to_string(f"errors/{error}.html")
    assert len(re.findall(r"<h1>\s*[^<\s]", page)) == 1
    assert '<a class="button' in page


@pytest.mark.django_db
def test_the_business_and_how_to_reach_it_are_on_every_page(maria: Customer) -> None:
    for path in ("/", "/services/haircut/", "/my-link/", "/nothing/", maria.hold(), maria.book(5)):
        page = maria.look(path)
        assert "Estúdio Calma" in page.words
        assert 'href="tel:+351215550142"' in page.text
        assert 'href="mailto:ola@calma.example"' in page.text
        assert "maps/dir/?api=1" in page.text


@pytest.mark.django_db
def test_price_and_rules_stand_before_the_first_time(maria: Customer) -> None:
    page = maria.look().text
    first_time = page.index('name="slot"')
    assert page.index("35\N{NO-BREAK SPACE}€") < first_time
    assert page.index("You can cancel or move your booking up to 24 hours") < first_time


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/services/haircut/", "/my-link/", "/nothing/"])
def test_no_page_carries_style_or_script_of_its_own(maria: Customer, path: str) -> None:
    page = maria.look(path).text
    told_to_machines = '<script type="application/ld+json">'  # browsers do not run it
    own = r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)"
    assert not re.search(own, page.replace(told_to_machines, ""))


@pytest.mark.django_db
def test_a_day_without_times_is_no_dead_end(maria: Customer) -> None:
    page = maria.look(date="2027-03-07")
    assert "There is no free time on this day." in page.words
    assert "Next free day: Monday, 8 March" in page.words
    assert 'href="?date=2027-03-08#times"' in page.text


@pytest.mark.django_db
def test_links_to_days_keep_what_was_chosen(maria: Customer) -> None:
    page = maria.look(lang="de", tz="Asia/Tokyo").text
    assert re.search(r'href="\?lang=de&amp;tz=Asia%2FTokyo&amp;date=2027-03-\d\d#times"', page)


def test_no_field_of_a_business_is_needed_but_its_name() -> None:
    bare = Business(name="Calma", zone="Europe/Lisbon", currency="EUR")
    page = render_to_string("booking/lost_link.html", {"business": bare, "sent": True})
    assert "Calma" in page
    assert "None" not in page
    assert {field.name for field in fields(Business)} >= {"phone", "email", "place"}


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_english_is_left_in_another_language(maria: Customer, language: str) -> None:
    whole_sentences = [text for text in texts() if " " in text.strip() and "%" not in text]
    held = maria.hold(lang=language)
    sent = maria.send(held, first_name="", lang=language)
    for page in (maria.look("/", lang=language), maria.look(lang=language), maria.look(held), sent):
        assert f'lang="{language}"' in page.text
        assert [text for text in whole_sentences if text in page.words] == []


@pytest.mark.django_db
def test_language_and_clock_come_along_when_another_time_is_chosen(maria: Customer) -> None:
    page = maria.look(maria.hold(lang="de", tz="Asia/Tokyo")).text
    assert re.search(r"\?lang=de&amp;tz=Asia%2FTokyo&amp;again=[^\"]+\"", page)
