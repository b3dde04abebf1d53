"""From a link to a place in a class or a course: two presses, two fields, script or not."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.steps import book_button, fill_in, stage

pytestmark = pytest.mark.browser
WITH_AND_WITHOUT_SCRIPT = pytest.mark.parametrize("js", [True, False], ids=["script", "no-script"])
PILATES, PARK = "/services/morning-pilates/", "/services/park-yoga/"
COURSE = "/services/yoga-for-beginners/"


def finish(page: Page) -> None:
    expect(stage(page, "held")).to_be_visible()
    fill_in(page)
    book_button(page).click()
    expect(stage(page, "confirmed")).to_be_visible()


@WITH_AND_WITHOUT_SCRIPT
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", [PILATES, PARK], ids=["on site", "free"])
def test_a_class_is_booked_with_two_presses_and_two_fields(
    visit: Visit, path: str, width: int, *, js: bool
) -> None:
    page = visit(f"{path}?view=list", js=js, width=width)
    page.locator(".session button").last.click()
    finish(page)


@WITH_AND_WITHOUT_SCRIPT
@pytest.mark.parametrize("width", [360, 1280])
def test_a_course_is_joined_with_two_presses_and_two_fields(
    visit: Visit, width: int, *, js: bool
) -> None:
    page = visit(COURSE, js=js, width=width)
    page.get_by_role("button", name=re.compile("^Join this course")).click()
    finish(page)


def test_nothing_but_a_keyboard_is_needed(visit: Visit) -> None:
    page = visit("/services/family-yoga/?view=list")
    page.locator("#sessions").focus()
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name === 'slot'"):
            break
    page.keyboard.press("Enter")
    expect(stage(page, "held")).to_be_visible()
    page.get_by_label("First name").focus()
    page.keyboard.type("Maria")
    page.get_by_label("E-mail").focus()
    page.keyboard.type("maria@example.com")
    page.keyboard.press("Enter")
    expect(stage(page, "confirmed")).to_be_visible()


@WITH_AND_WITHOUT_SCRIPT
def test_weeks_are_turned_and_lists_opened_by_links(visit: Visit, *, js: bool) -> None:
    page = visit(PILATES, js=js)
    heading = page.locator("#sessions")
    first = heading.inner_text()
    page.get_by_role("navigation", name="More sessions").get_by_text("Next week").click()
    expect(heading).not_to_have_text(first)
    page.get_by_role("link", name="List", exact=True).click()
    expect(page).to_have_url(re.compile(r"\?view=list$"))


@WITH_AND_WITHOUT_SCRIPT
def test_who_comes_is_asked_and_the_total_shown_at_once(visit: Visit, *, js: bool) -> None:
    page = visit("/services/family-yoga/", js=js)
    page.get_by_label("Adult").fill("2")
    page.get_by_label("Child").fill("1")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".party-total")).to_contain_text("30 €")
    page.locator(".session button").first.click()
    expect(stage(page, "held")).to_contain_text("30 €")


@WITH_AND_WITHOUT_SCRIPT
def test_several_sessions_are_booked_in_one_go(visit: Visit, *, js: bool) -> None:
    page = visit(f"{PILATES}?several=1", js=js, width=360)
    ticks = page.get_by_role("checkbox")
    ticks.nth(4).check()
    ticks.nth(6).check()
    page.locator(".several button").click()
    finish(page)


def test_script_counts_and_adds_up_what_is_ticked(visit: Visit) -> None:
    page = visit(f"{PILATES}?several=1")
    button, ticks = page.locator(".several button"), page.get_by_role("checkbox")
    expect(button).to_have_text("Book the chosen sessions")
    ticks.nth(2).check()
    expect(button).to_have_text("Book 1 session, 16 €")
    ticks.nth(3).check()
    expect(button).to_have_text("Book 2 sessions, 32 €")
    ticks.nth(2).uncheck()
    ticks.nth(3).uncheck()
    expect(button).to_have_text("Book the chosen sessions")


def test_a_weekly_hour_is_ticked_by_one_press_and_counted(visit: Visit) -> None:
    page = visit(f"{PILATES}?several=1")
    page.get_by_role("link", name=re.compile("^Thursday, 08:00, until")).click()
    ticked = page.locator("[name=slot]:checked").count()
    assert ticked >= 7
    expect(page.locator(".several button")).to_contain_text(f"Book {ticked} sessions")
