"""Nothing on any page is in the way of people with disabilities, as far as axe-core can see."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.saved import open_saved
from tests.every_page import LANGUAGES, PAGES
from tests.plugins.browser import NewPage
from tests.save_pages import saved

pytestmark = pytest.mark.browser

FOUND = """() => axe.run({ resultTypes: ["violations"] }).then(({ violations }) => violations
  .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 120)}`)))"""


def found(page: Page, axe: str) -> list[str]:
    page.evaluate(axe)
    return list(page.evaluate(FOUND))


AT_NIGHT = {"he"}
"""Each language has one time of day: together both directions and both schemes are looked at."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_in_english_by_day_nor_in_hebrew_by_night(
    saved_pages: Path, new_page: NewPage, axe: str, name: str, language: str
) -> None:
    page = new_page(dark=language in AT_NIGHT)
    open_saved(page, saved(saved_pages, name, language))
    attribute, value = PAGES[name][0].split("=")
    expect(page.locator("main")).to_have_attribute(f"data-{attribute}", value)
    expect(page.locator("main")).to_have_css("direction", LANGUAGES[language])
    assert found(page, axe) == []


def test_axe_would_find_something(saved_pages: Path, new_page: NewPage, axe: str) -> None:
    page = new_page()
    open_saved(page, saved(saved_pages, "times", "en"))
    page.locator(".slot").first.evaluate("button => button.replaceChildren()")
    assert found(page, axe)[0].startswith("button-name: <button")
