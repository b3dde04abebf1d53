"""The page of times keeps its measures on a phone and on a desk, and nothing in it jumps."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import TIMES, Visit
from tests.browser.steps import days, heading_of_day

pytestmark = pytest.mark.browser

YOGA = "/services/private-yoga/"
"""One place only: its times stand side by side."""
SHIFTS = """() => {
  window.shifts = [];
  new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((each) => each.value)))
    .observe({ type: "layout-shift", buffered: true });
}"""
MOST_SHIFT = 0.02


def size(page: Page, selector: str) -> tuple[float, float]:
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return round(box["width"], 1), round(box["height"], 1)


def columns(page: Page, selector: str) -> int:
    """In how many columns the children stand."""
    lefts = page.locator(f"{selector} > *").evaluate_all(
        "all => all.map((each) => Math.round(each.getBoundingClientRect().left))"
    )
    return len(set(lefts))


def test_on_a_phone_days_and_times_are_as_large_as_a_thumb(visit: Visit) -> None:
    page = visit(YOGA, width=360)
    width, height = size(page, ".day a")
    assert (width, height) >= (45, 48)
    assert size(page, ".slot")[1] >= 48
    assert size(page, ".chip")[1] >= 56
    assert columns(page, ".slots") == 3


def test_on_a_desk_days_are_square_and_times_stand_in_two_columns(visit: Visit) -> None:
    page = visit(YOGA, width=1280)
    width, height = size(page, ".day a")
    assert 56 <= width < 58
    assert height == 56
    assert size(page, ".slot")[1] == 44
    assert columns(page, ".slots") == 2
    assert size(page, ".about")[0] == 280
    assert size(page, ".picker")[1] >= 520


@pytest.mark.parametrize("width", [640, 768, 1023])
def test_on_a_tablet_the_calendar_stands_beside_the_times(visit: Visit, width: int) -> None:
    page = visit(YOGA, width=width)
    assert size(page, ".day a")[0] >= 44
    calendar, times = (page.locator(each).bounding_box() for each in (".calendar", ".times"))
    assert calendar is not None
    assert times is not None
    assert calendar["x"] + calendar["width"] < times["x"]


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_every_month_is_six_weeks_tall(visit: Visit, width: int) -> None:
    page = visit(width=width)
    heights = {size(page, ".days")[1]}
    for _ in range(3):
        name = page.locator("#month").inner_text()
        page.locator("a[rel=next]").click()
        expect(page.locator("#month")).not_to_have_text(name)
        heights.add(size(page, ".days")[1])
    assert len(heights) == 1
    assert page.locator(".days tbody tr:visible").count() == 6


@pytest.mark.parametrize("first_day", ["as it is", "nearly full"])
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_jumps_while_a_page_loads_and_days_and_months_change(
    visit: Visit, width: int, first_day: str
) -> None:
    page = visit("/", width=width)
    page.add_init_script(f"({SHIFTS})()")
    page.goto(TIMES)
    page.wait_for_load_state("networkidle")
    if first_day == "nearly full":
        page.locator(".slots").evaluate_all("all => all.forEach((each) => each.remove())")
    first = heading_of_day(page).inner_text()
    days(page).nth(3).click()
    expect(heading_of_day(page)).not_to_have_text(first)
    page.locator("a[rel=next]").click()
    expect(page).to_have_url(re.compile("month="))
    page.evaluate(
        "() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn, 50)))"
    )
    shifts = page.evaluate("window.shifts")
    assert sum(shifts) <= MOST_SHIFT, shifts


@pytest.mark.parametrize("path", ["/", TIMES])
def test_every_picture_says_its_size_before_it_is_there(visit: Visit, path: str) -> None:
    page = visit(path)
    unsized = page.locator("img:not([width][height])")
    assert page.locator("img").count() >= 1
    assert unsized.count() == 0
