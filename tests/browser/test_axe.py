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
def test_axe_finds_nothing_in_english_by_day_nor_in_hebrew_by_night(
    saved_pages: Path, new_page: NewPage, axe: str, language: str
) -> None:
    page, faults = new_page(dark=language in AT_NIGHT), {}
    for name, (sign, _) in PAGES.items():
        open_saved(page, saved(saved_pages, name, language))
        attribute, value = sign.split("=")
        expect(page.locator("main")).to_have_attribute(f"data-{attribute}", value)
        expect(page.locator("main")).to_have_css("direction", LANGUAGES[language])
        expect(page.locator("html")).to_have_attribute("lang", language)
        faults[name] = found(page, axe)
    assert {name: each for name, each in faults.items() if each} == {}


def test_axe_would_find_something(saved_pages: Path, new_page: NewPage, axe: str) -> None:
    page = new_page()
    open_saved(page, saved(saved_pages, "times", "en"))
    page.locator(".slot").first.evaluate("button => button.replaceChildren()")
    assert found(page, axe)[0].startswith("button-name: <button")
