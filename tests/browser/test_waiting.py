"""Who waits for the business's calendar sees when it has answered, and is not disturbed before."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.saved import open_saved
from tests.browser.steps import stage
from tests.plugins.browser import NewPage
from tests.save_pages import saved

pytestmark = pytest.mark.browser


def test_the_page_stays_as_it_is_until_there_is_news(saved_pages: Path, new_page: NewPage) -> None:
    page = new_page()
    page.clock.install()
    placed, confirmed = (saved(saved_pages, name, "en") for name in ("placed", "confirmed"))
    open_saved(page, placed, placed, confirmed, confirmed)
    page.evaluate("window.stillHere = true")
    with page.expect_response("**/"):
        page.clock.run_for(3000)
    assert page.evaluate("window.stillHere")
    expect(stage(page, "placed")).to_be_visible()
    page.clock.run_for(3000)
    expect(stage(page, "confirmed")).to_be_visible()


def test_without_script_the_browser_looks_again_by_itself(
    saved_pages: Path, new_page: NewPage
) -> None:
    page = new_page(js=False)
    placed, confirmed = (saved(saved_pages, name, "en") for name in ("placed", "confirmed"))
    open_saved(page, placed, confirmed)
    expect(stage(page, "confirmed")).to_be_visible()
