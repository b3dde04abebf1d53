"""Several services are put together and booked in one visit, with script and without, by thumb and key."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.steps import book_button, fill_in, stage
from tests.browser.test_shape import HARD_TO_READ, TOO_SMALL, is_wider_than_its_window

pytestmark = pytest.mark.browser
ways = pytest.mark.parametrize("js", [True, False], ids=["script", "no-script"])
CHOSEN = "/together/?service=haircut&service=beard-trim"


def show_times(page: Page) -> None:
    page.get_by_role("button", name="Show times").click()


@ways
@pytest.mark.parametrize("width", [360, 1280])
def test_a_visit_is_booked_from_a_service_s_page(visit: Visit, width: int, *, js: bool) -> None:
    page = visit(js=js, width=width)
    page.get_by_role("link", name="Book together with another service").click()
    page.get_by_label("Beard trim").check()
    page.get_by_label("Chiado").check()
    show_times(page)
    page.locator("button[name=row]").last.click()
    expect(stage(page, "held")).to_be_visible()
    expect(page.locator(".parts li")).to_have_count(2)
    fill_in(page)
    book_button(page).click()
    expect(stage(page, "confirmed")).to_be_visible()


def test_it_can_be_done_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit(CHOSEN, js=False)
    page.get_by_label("Chiado").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("button[name=row]").first).to_be_visible()
    page.locator("button[name=row]").last.focus()
    page.keyboard.press("Enter")
    expect(stage(page, "held")).to_be_visible()


@ways
def test_another_day_and_another_order_are_links(visit: Visit, *, js: bool) -> None:
    page = visit(CHOSEN, js=js)
    page.get_by_label("Chiado").check()
    show_times(page)
    page.get_by_role("navigation", name="Days").get_by_role("link").nth(1).click()
    expect(
        page.get_by_role("navigation", name="Days").get_by_role("link").nth(1)
    ).to_have_attribute("aria-current", "true")
    page.get_by_role("link", name="Earlier Beard trim").click()
    expect(page.locator("button[name=row]").first).to_contain_text("Beard trim")
    expect(page.locator(".visit-parts li").first).to_contain_text("Beard trim")


@pytest.mark.parametrize("path", ["/together/", CHOSEN, f"{CHOSEN}&lang=he"])
@pytest.mark.parametrize("dark", [False, True], ids=["day", "night"])
def test_the_page_fits_every_screen_and_thumb(visit: Visit, path: str, *, dark: bool) -> None:
    page = visit(path, width=360, dark=dark)
    assert page.evaluate(TOO_SMALL) == []
    assert page.evaluate(HARD_TO_READ) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert not is_wider_than_its_window(page)
    assert page.get_by_role("heading", level=1).count() == 1
