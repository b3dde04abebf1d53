"""The calendar is one stop of the Tab key: keys move in it and choose, and what opens is said aloud."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from booking.actions.windows import HORIZON
from tests.browser.conftest import TIMES, Visit
from tests.browser.steps import heading_of_day

pytestmark = pytest.mark.browser

STUDIO = ZoneInfo("Europe/Lisbon")
TODAY = datetime.now(STUDIO).date()
AHEAD = (TODAY.replace(day=1) + timedelta(days=75)).replace(day=15)
"""The middle of a month that is neither this nor the next one."""
SAID = re.compile(r"^\w+day,? \d+ \w+, \d+ times?$")
DAY_IN_FOCUS = """() => {
  const cell = document.activeElement.closest("td");
  const table = cell?.closest("[role=grid]");
  if (!table) return document.activeElement.outerHTML.slice(0, 80);
  const first = Date.parse(table.dataset.first);
  const index = [...table.querySelectorAll("td")].indexOf(cell);
  return new Date(first + index * 86400000).toISOString().slice(0, 10);
}"""


def at(day: date, query: str = "") -> str:
    return f"{TIMES}?date={day.isoformat()}{query}"


def stop(page: Page) -> Locator:
    """Where the Tab key enters the calendar."""
    return page.get_by_role("grid").locator("[tabindex='0']")


def said(page: Page) -> Locator:
    return page.locator("main > [role=status]")


def expect_focus_on(page: Page, day: date) -> None:
    """Wait until that day has the focus; its month may still be on its way."""
    page.wait_for_function(f"day => ({DAY_IN_FOCUS})() === day", arg=day.isoformat())


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def month_on(day: date) -> date:
    """The first of the month after."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def long_month() -> date:
    """The last day of a month ahead whose next month is shorter."""
    ends = AHEAD
    while not (ends.day == 31 and (month_on(ends) + timedelta(days=30)).day == 1):
        ends += timedelta(days=1)
    return ends


def test_the_calendar_is_one_stop_of_the_tab_key(visit: Visit) -> None:
    page = visit()
    stops = page.evaluate(
        """() => [...document.querySelectorAll(".days, .days *")]
          .filter((each) => each.tabIndex >= 0).map((each) => each.className)"""
    )
    # At a month's end the chosen day may be "beyond" the month as well.
    assert [each.split()[-1] for each in stops] == ["chosen"]
    stop(page).focus()
    press(page, "Tab")
    expect(page.locator("#times button").first).to_be_focused()


@pytest.mark.parametrize(
    ("keys", "days"),
    [
        ("ArrowRight", 1),
        ("ArrowLeft", -1),
        ("ArrowDown", 7),
        ("ArrowUp", -7),
        ("ArrowDown ArrowDown ArrowDown ArrowRight", 22),
    ],
)
@pytest.mark.parametrize(("language", "onward"), [("en", 1), ("he", -1)])
def test_arrows_move_by_day_and_week(
    visit: Visit, keys: str, days: int, language: str, onward: int
) -> None:
    page = visit(at(AHEAD, f"&lang={language}"))
    stop(page).focus()
    press(page, *keys.split())
    weeks = round(days / 7) * 7
    expect_focus_on(page, AHEAD + timedelta(days=weeks + onward * (days - weeks)))


def test_arrows_cross_into_another_month(visit: Visit) -> None:
    page = visit(at(AHEAD))
    stop(page).focus()
    for weeks in range(1, 8):
        press(page, "ArrowDown")
        expect_focus_on(page, AHEAD + timedelta(days=7 * weeks))
    assert page.get_by_role("grid").get_attribute("data-month") != AHEAD.strftime("%Y-%m")
    expect(said(page)).to_have_text(page.locator("#month").inner_text())


@pytest.mark.parametrize(("key", "column"), [("Home", 0), ("End", 6)])
@pytest.mark.parametrize(("language", "begins"), [("de", "Montag"), ("he", "יום ראשון")])
def test_home_and_end_lead_to_the_ends_of_the_reader_s_week(
    visit: Visit, key: str, column: int, language: str, begins: str
) -> None:
    page = visit(at(AHEAD, f"&lang={language}"))
    stop(page).focus()
    press(page, key)
    assert page.evaluate("document.activeElement.cellIndex") == column
    heads = page.get_by_role("grid").locator("th")
    assert heads.first.get_attribute("abbr") == begins


def test_page_keys_turn_to_the_same_day_of_another_month(visit: Visit) -> None:
    page = visit(at(AHEAD))
    stop(page).focus()
    press(page, "PageDown")
    expect_focus_on(page, month_on(AHEAD).replace(day=15))
    press(page, "PageUp")
    expect_focus_on(page, AHEAD)
    expect(said(page)).to_have_text(page.locator("#month").inner_text())


def test_a_shorter_month_is_entered_on_its_last_day(visit: Visit) -> None:
    page = visit(at(long_month()))
    stop(page).focus()
    press(page, "PageDown")
    expect_focus_on(page, month_on(month_on(long_month())) - timedelta(days=1))


def test_with_shift_page_keys_turn_by_a_year_and_stop_where_bookings_do(visit: Visit) -> None:
    page = visit(at(AHEAD))
    stop(page).focus()
    press(page, "Shift+PageDown")
    expect_focus_on(page, AHEAD.replace(year=AHEAD.year + 1))
    press(page, "Shift+PageDown")
    expect_focus_on(page, TODAY + HORIZON)


def test_nobody_is_led_before_this_month(visit: Visit) -> None:
    page = visit(at(AHEAD))
    stop(page).focus()
    press(page, "Shift+PageUp")
    expect_focus_on(page, TODAY.replace(day=1))
    press(page, "ArrowUp")
    expect_focus_on(page, TODAY.replace(day=1))


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_chosen_day_is_opened_said_and_read_from_its_heading_on(visit: Visit, key: str) -> None:
    page = visit(at(AHEAD))
    stop(page).focus()
    press(page, "Home", "n", "n")
    name = page.locator(":focus .spoken").inner_text()
    assert SAID.match(name)
    press(page, key)
    expect(heading_of_day(page)).to_be_focused()
    expect(said(page)).to_have_text(name)
    expect(page.locator("[aria-selected]")).to_have_text(re.compile(re.escape(name)))
    expect(heading_of_day(page)).to_contain_text(name.rpartition(",")[0])
    press(page, "Shift+Tab")
    expect(page.locator("[aria-selected=true]")).to_be_focused()


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_day_without_times_says_so_and_keeps_the_focus(visit: Visit, key: str) -> None:
    page = visit(at(AHEAD))
    address = page.url
    closed = page.get_by_role("gridcell", disabled=True).nth(1)
    closed.focus()
    press(page, key)
    expect(said(page)).to_have_text(re.compile(r"^\w+day,? \d+ \w+, no times$"))
    expect(closed).to_be_focused()
    assert page.url == address


def test_n_and_p_lead_to_the_next_and_the_previous_day_with_times(visit: Visit) -> None:
    page = visit(at(AHEAD))
    free = page.evaluate(
        """() => [...document.querySelectorAll(".days td")]
          .map((cell, index) => cell.querySelector("a") ? index : -1).filter((index) => index >= 0)"""
    )
    first = date.fromisoformat(page.get_by_role("grid").get_attribute("data-first") or "")
    page.get_by_role("gridcell").first.focus()
    passed = [index for index in free if index > 0]
    for index in passed:
        press(page, "n")
        expect_focus_on(page, first + timedelta(days=index))
    press(page, "P")
    expect_focus_on(page, first + timedelta(days=passed[-2]))
    press(page, "n", "n")
    page.wait_for_function(
        "day => document.querySelector('.days').dataset.first > day", arg=str(first)
    )
    expect(page.locator(":focus .spoken")).to_have_text(SAID)


def test_letters_do_nothing_outside_the_calendar(visit: Visit) -> None:
    page = visit(at(AHEAD))
    page.locator(".zone summary").click()
    zones = page.get_by_label("Show the times also in")
    zones.focus()
    press(page, "n", "p")
    expect(zones).to_be_focused()


def test_the_keys_are_explained_to_who_hears_and_to_who_sees(visit: Visit) -> None:
    page = visit()
    grid = page.get_by_role("grid")
    expect(grid).to_have_accessible_description(re.compile("Arrow keys .* N and P .*"))
    explained = page.get_by_text("Arrow keys move")
    expect(explained).to_be_hidden()
    page.locator("a[rel=next]").focus()
    press(page, "Tab")
    expect(explained).to_be_visible()


def test_each_day_says_its_name_and_what_it_is(visit: Visit) -> None:
    page = visit(at(TODAY))
    today = page.locator("td[aria-current=date]")
    assert today.count() == 1
    expect(today).to_have_text(re.compile(rf"day,? {TODAY.day} \w+, (no|\d+) times?$"))
    expect(page.locator("[aria-selected]")).to_have_count(1)
    for day in page.get_by_role("gridcell", disabled=True).all():
        expect(day).to_have_accessible_name(re.compile(r"day,? \d+ \w+, no times$"))
    for day in page.get_by_role("gridcell", disabled=False).all():
        expect(day).to_have_accessible_name(re.compile(r"day,? \d+ \w+, \d+ times?$"))


def test_the_old_month_stays_until_the_new_one_is_there(visit: Visit) -> None:
    page = visit(at(AHEAD))
    waiting: list[Route] = []

    def keep(route: Route) -> None:
        waiting.append(route)

    page.route(re.compile(r"month="), keep)
    old = page.locator("#month").inner_text()
    stop(page).focus()
    press(page, "PageDown")
    expect(page.locator(".picker")).to_have_attribute("aria-busy", "true")
    expect(page.locator("#month")).to_have_text(old)
    expect_focus_on(page, AHEAD)
    for route in waiting:
        route.continue_()
    expect_focus_on(page, month_on(AHEAD).replace(day=15))
    expect(page.locator(".picker")).not_to_have_attribute("aria-busy", "true")


def test_the_back_button_returns_and_keeps_the_focus_near(visit: Visit) -> None:
    page = visit(at(AHEAD))
    old = page.locator("#month").inner_text()
    stop(page).focus()
    press(page, "PageDown")
    expect(page.locator("#month")).not_to_have_text(old)
    page.go_back()
    expect(page.locator("#month")).to_have_text(old)
    expect(heading_of_day(page)).to_be_focused()


def test_turning_the_month_says_which_one_it_is_and_keeps_the_focus(visit: Visit) -> None:
    page = visit()
    named = page.locator("a[rel=next]").inner_text()
    page.locator("a[rel=next]").press("Enter")
    expect(said(page)).to_have_text(named)
    expect(page.locator("#month")).to_have_text(named)
    expect(page.locator("a[rel=next]")).to_be_focused()


def test_without_script_free_days_are_links_and_the_others_text(visit: Visit) -> None:
    page = visit(js=False)
    table = page.get_by_role("table")
    expect(table.get_by_role("link").first).to_have_accessible_name(SAID)
    expect(table.get_by_role("cell")).to_have_count(42)
    expect(table.get_by_text(re.compile(r"day,? \d+ \w+, no times$")).first).to_be_attached()
    assert page.locator(".days [tabindex], .days [role]").count() == 0


def test_without_script_the_days_can_be_skipped(visit: Visit) -> None:
    page = visit(js=False)
    skip = page.get_by_role("link", name="Skip to the times")
    skip.focus()
    box = skip.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    press(page, "Enter", "Tab")
    expect(page.locator("#times button").first).to_be_focused()
