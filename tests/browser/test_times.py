"""Finding a time: days, people, places and clocks, each a link that can be shared."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.steps import book_button, days, fill_in, heading_of_day, hold, stage

pytestmark = pytest.mark.browser
WITH_AND_WITHOUT_SCRIPT = pytest.mark.parametrize("js", [True, False], ids=["script", "no-script"])


def mark(page: Page) -> None:
    """Leave a mark that is gone once the page is loaded anew."""
    page.evaluate("window.stillHere = true")


def is_marked(page: Page) -> bool:
    return bool(page.evaluate("window.stillHere === true"))


@WITH_AND_WITHOUT_SCRIPT
def test_a_day_of_the_calendar_opens_its_times(visit: Visit, *, js: bool) -> None:
    page = visit(js=js)
    day = days(page).nth(3)
    name = day.inner_text().split("\n")[-1]
    day.click()
    expect(heading_of_day(page)).to_contain_text(name.rpartition(",")[0].strip())
    expect(page).to_have_url(re.compile(r"\?date=\d{4}-\d\d-\d\d"))
    expect(page.locator("#times button").first).to_be_visible()


def test_script_opens_a_day_without_loading_the_page_and_leads_the_focus(visit: Visit) -> None:
    page = visit()
    mark(page)
    first = heading_of_day(page).inner_text()
    days(page).nth(3).click()
    expect(heading_of_day(page)).not_to_have_text(first)
    expect(heading_of_day(page)).to_be_focused()
    assert is_marked(page)
    page.go_back()
    expect(heading_of_day(page)).to_have_text(first, use_inner_text=True)
    assert is_marked(page)


@WITH_AND_WITHOUT_SCRIPT
def test_the_next_month_is_one_press_away_and_its_first_free_day_is_open(
    visit: Visit, *, js: bool
) -> None:
    page = visit(js=js)
    page.locator("a[rel=next]").click()
    expect(page).to_have_url(re.compile(r"\?month=\d{4}-\d\d$"))
    expect(page.locator("#times button").first).to_be_visible()
    expect(page.locator("a[rel=prev]")).to_be_visible()


@WITH_AND_WITHOUT_SCRIPT
def test_one_person_may_be_chosen(visit: Visit, *, js: bool) -> None:
    page = visit(js=js)
    page.get_by_role("link", name="Ana Ribeiro").click()
    expect(page.get_by_role("link", name="Ana Ribeiro")).to_have_attribute("aria-current", "true")
    hold(page)
    expect(page.locator(".summary")).to_contain_text("Ana Ribeiro")


def test_a_visitor_elsewhere_is_offered_a_second_clock_that_stays(visit: Visit) -> None:
    page = visit(timezone_id="America/New_York")
    page.get_by_role("link", name="Show your time too (New York)").click()
    expect(page).to_have_url(re.compile(r"tz=America%2FNew_York"))
    expect(page.locator(".zone summary")).to_contain_text("New York time")
    hold(page)
    expect(page.locator(".summary")).to_contain_text("New York time")
    fill_in(page)
    book_button(page).click()
    expect(stage(page, "confirmed")).to_contain_text("New York time")


def test_a_visitor_on_the_same_clock_is_offered_none(visit: Visit) -> None:
    page = visit(timezone_id="Europe/London")
    expect(page.locator(".zone summary")).to_be_visible()
    expect(page.locator("[data-zone-offer]")).to_be_hidden()


def test_without_script_the_second_clock_is_chosen_from_a_list(visit: Visit) -> None:
    page = visit(js=False)
    page.locator(".zone summary").click()
    page.get_by_label("Show the times also in").select_option("Asia/Tokyo")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(".zone summary")).to_contain_text("Tokyo time")


@pytest.mark.parametrize(
    ("language", "direction", "with_anyone"),
    [
        ("de", "ltr", "Am frühesten"),
        ("pt", "ltr", "O mais cedo"),
        ("he", "rtl", "הכי מוקדם"),
    ],
)
def test_a_language_chosen_by_link_stays_until_the_end(
    visit: Visit, language: str, direction: str, with_anyone: str
) -> None:
    page = visit(f"/services/haircut/?lang={language}")
    page.get_by_role("list", name=with_anyone).get_by_role("button").first.click()
    expect(stage(page, "held")).to_be_visible()
    page.locator("#id_first_name").fill("Maria")
    page.locator("#id_email").fill("maria@example.com")
    page.locator(".form-end button").click()
    expect(stage(page, "confirmed")).to_be_visible()
    html = page.locator("html")
    expect(html).to_have_attribute("lang", language)
    expect(html).to_have_attribute("dir", direction)


def test_a_service_that_cannot_be_booked_says_so_and_offers_no_time(visit: Visit) -> None:
    page = visit("/services/hair-extensions/")
    expect(page.get_by_role("heading", level=2).first).to_contain_text("Not bookable")
    expect(page.locator("button[name=slot]")).to_have_count(0)
    expect(page.get_by_role("main").get_by_role("link", name="+351 21 555 0142")).to_be_visible()
