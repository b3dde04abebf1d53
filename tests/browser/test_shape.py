"""Every page fits every screen, can be hit with a thumb, and can be read by day and by night."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from bench.__main__ import PAGES as MEASURED
from bench.view import first_view
from tests.browser.conftest import TIMES, Visit
from tests.browser.steps import book_button, hold
from tests.plugins.live_site import LiveSite

pytestmark = pytest.mark.browser

PAGES = {
    "catalogue": "/",
    "narrowed catalogue": "/?category=hair&q=a&place=atlantis",
    "catalogue of nothing": "/?q=helicopter",
    "times": TIMES,
    "two clocks": f"{TIMES}?tz=Asia/Tokyo",
    "a time that is gone": f"{TIMES}?date=2031-01-01&time=14:00",
    "no times left on a day": f"{TIMES}?date=2031-01-01",
    "class": "/services/family-yoga/?people-Adult=2&people-Child=1",
    "class on two clocks": "/services/vinyasa-yoga/?tz=Asia/Tokyo",
    "several sessions": "/services/morning-pilates/?several=1&each=2-08:00",
    "course": "/services/yoga-for-beginners/?tz=America/New_York&party=2",
    "closed service": "/services/hair-extensions/",
    "lost link": "/my-link/",
    "not found": "/nothing/",
}

# A card and a box with its label are pressed anywhere; links in running text are as small as the text.
TOO_SMALL = """() => [...document.querySelectorAll("a, button, input, select, textarea, summary")]
  .filter((each) => each.checkVisibility() && !each.closest(".skip, .spoken, .trap"))
  .filter((each) => !each.closest("p:not([class]), dd, .ways span"))
  .map((each) => each.closest(".card, .tick") ?? each)
  .map((each) => [each.outerHTML.slice(0, 90), each.getBoundingClientRect()])
  .filter(([, box]) => Math.min(box.width, box.height) < 43.5)
  .map(([html, box]) => `${html}: ${Math.round(box.width)} x ${Math.round(box.height)}`)"""

# Luminance and contrast as WCAG 2 defines them; the colour behind a text is the nearest opaque one.
HARD_TO_READ = """() => {
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const linear = (part) => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  const light = (colour) => numbers(colour).slice(0, 3)
    .reduce((sum, part, at) => sum + [0.2126, 0.7152, 0.0722][at] * linear(part), 0);
  const behind = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const colour = getComputedStyle(each).backgroundColor;
      if ((numbers(colour)[3] ?? 1) === 1) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const contrast = (element) => {
    const both = [light(getComputedStyle(element).color), light(behind(element))].sort();
    return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
  };
  const texts = [...document.querySelectorAll("body *")].filter((each) => each.checkVisibility()
    && [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
  return texts.filter((each) => contrast(each) < 4.5)
    .map((each) => `${each.outerHTML.slice(0, 90)}: ${contrast(each).toFixed(2)}`);
}"""


def is_wider_than_its_window(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def each_page(page: Page, language: str = "en") -> Iterator[str]:
    """Open one after the other; their names."""
    for name, path in PAGES.items():
        page.goto(path + ("&" if "?" in path else "?") + f"lang={language}")
        yield name


@pytest.mark.parametrize("language", ["en", "he"])
def test_no_page_scrolls_sideways(visit: Visit, language: str) -> None:
    page, too_wide = visit(), []
    for name in each_page(page, language):
        for width in (320, 360, 768, 1280, 1920):
            page.set_viewport_size({"width": width, "height": 800})
            too_wide += [(name, width)] * is_wider_than_its_window(page)
    assert too_wide == []


def test_everything_on_a_phone_is_large_enough_for_a_thumb(visit: Visit) -> None:
    page = visit(width=360)
    too_small = {name: page.evaluate(TOO_SMALL) for name in each_page(page)}
    assert too_small == {name: [] for name in PAGES}


@pytest.mark.parametrize("dark", [False, True], ids=["day", "night"])
def test_every_text_stands_out_from_what_is_behind_it(visit: Visit, *, dark: bool) -> None:
    page = visit(dark=dark)
    hard_to_read = {name: page.evaluate(HARD_TO_READ) for name in each_page(page)}
    assert hard_to_read == {name: [] for name in PAGES}


@pytest.mark.parametrize("dark", [False, True], ids=["day", "night"])
def test_a_booking_s_page_keeps_to_all_of_this_with_its_errors_too(
    visit: Visit, *, dark: bool
) -> None:
    page = visit(width=320, dark=dark)
    hold(page)
    book_button(page).click()
    page.get_by_role("alert").wait_for()
    assert not is_wider_than_its_window(page)
    assert page.evaluate(TOO_SMALL) == []
    assert page.evaluate(HARD_TO_READ) == []


def test_every_page_has_one_title_and_says_its_language(visit: Visit) -> None:
    page = visit()
    titles = page.get_by_role("heading", level=1)
    found = {
        name: (titles.count(), page.locator("html").get_attribute("lang"))
        for name in each_page(page, "de")
    }
    assert found == dict.fromkeys(PAGES, (1, "de"))


def test_times_can_be_pressed_on_a_phone_without_scrolling(visit: Visit) -> None:
    page = visit(width=360)
    page.set_viewport_size({"width": 360, "height": 740})
    box = page.get_by_role("list", name="Soonest").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 740


@pytest.mark.parametrize("slug", ["morning-pilates", "family-yoga"])
def test_sessions_can_be_pressed_on_a_phone_without_scrolling(visit: Visit, slug: str) -> None:
    page = visit(f"/services/{slug}/", width=360)
    page.set_viewport_size({"width": 360, "height": 740})
    box = page.locator(".session button").first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 740


@pytest.mark.parametrize("width", [320, 360])
def test_a_session_is_a_row_of_a_thumb_s_height_on_a_phone(visit: Visit, width: int) -> None:
    page = visit("/services/vinyasa-yoga/?view=list", width=width)
    rows = page.locator(".session").all()
    boxes = [each.bounding_box() for each in rows]
    assert all(box and box["height"] >= 72 for box in boxes)


def test_a_week_has_seven_columns_on_a_wide_screen(visit: Visit) -> None:
    page = visit("/services/vinyasa-yoga/")
    days = [each.bounding_box() for each in page.locator(".week-day").all()]
    assert len({box["y"] for box in days if box}) == 1
    assert next(round(box["width"]) for box in days if box) >= 140
    assert len(days) == 7


def test_a_booking_fits_one_small_sheet_of_paper(visit: Visit) -> None:
    page = visit()
    hold(page)
    page.get_by_label("First name").fill("Maria")
    page.get_by_label("E-mail").fill("maria@example.com")
    book_button(page).click()
    page.locator("main[data-stage=confirmed]").wait_for()
    sheets = page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")
    assert sheets == 1


@pytest.mark.parametrize("path", MEASURED)
def test_the_first_view_is_light_and_all_our_own(studio: LiveSite, visit: Visit, path: str) -> None:
    view = first_view(visit("/healthz"), studio.url + path)
    assert view.html > 0
    assert 0 < view.css <= 12 * 1024
    assert view.js <= 4 * 1024
    assert view.html + view.css + view.js <= 60 * 1024
    assert view.foreign == 0
