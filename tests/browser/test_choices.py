"""Lengths and extras are chosen with thumb, mouse or keyboard, with script and without."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.steps import book_button, fill_in, hold, stage
from tests.browser.test_shape import HARD_TO_READ, TOO_SMALL, is_wider_than_its_window

pytestmark = pytest.mark.browser
RITUAL, FACIAL, BLOW_DRY = "/services/scalp-ritual/", "/services/facial/", "/services/blow-dry/"
ways = pytest.mark.parametrize("js", [True, False], ids=["script", "no-script"])
widths = pytest.mark.parametrize("width", [360, 1280])


def facts(page: Page) -> str:
    """What the top of the page says of the service."""
    return page.locator(".about .facts").inner_text()


def show_times(page: Page, *, js: bool) -> None:
    """Without script a button asks for the times of what was ticked."""
    if not js:
        page.get_by_role("button", name="Show times").click()
    expect(page).to_have_url(re.compile("extra-"))


@ways
@widths
def test_extras_are_ticked_counted_in_and_booked(visit: Visit, width: int, *, js: bool) -> None:
    page = visit(RITUAL, js=js, width=width)
    page.get_by_label("Neck massage").check()
    show_times(page, js=js)
    expect(page.get_by_label("Neck massage")).to_be_checked()
    expect(page.locator(".sum")).to_contain_text("1 h 10 min")
    expect(page.locator(".about .facts")).to_contain_text("1 h 10 min")
    hold(page)
    expect(page.locator(".bill")).to_contain_text("Neck massage")
    fill_in(page)
    book_button(page).click()
    expect(stage(page, "confirmed")).to_be_visible()


@ways
def test_a_length_is_chosen_by_its_link(visit: Visit, *, js: bool) -> None:
    page = visit(FACIAL, js=js)
    page.get_by_role("link", name="Full, 1 h").click()
    expect(page.get_by_role("link", name="Full, 1 h")).to_have_attribute("aria-current", "true")
    expect(page.locator(".about .facts")).to_contain_text(re.compile("1 h.*70", re.DOTALL))


@ways
def test_the_price_at_the_top_is_that_of_the_person_chosen(visit: Visit, *, js: bool) -> None:
    page = visit(BLOW_DRY, js=js)
    assert "from" in facts(page)
    page.get_by_role("link", name="Ana Ribeiro").click()
    expect(page.get_by_role("link", name="Ana Ribeiro")).to_have_attribute("aria-current", "true")
    expect(page.locator(".about .facts")).not_to_contain_text("from")
    expect(page.locator(".about .facts")).to_contain_text("32")


@ways
def test_everything_can_be_chosen_with_the_keyboard_alone(visit: Visit, *, js: bool) -> None:
    page = visit(RITUAL, js=js)
    page.get_by_label("Hot towels").focus()
    page.keyboard.press("Space")
    if not js:
        for _ in range(2):  # past the number of oils to the button
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    expect(page.locator(".sum")).to_contain_text("1 h,")
    if js:
        expect(page.get_by_label("Hot towels")).to_be_focused()


@ways
def test_too_many_of_a_group_are_told_beside_it_and_stay_ticked(visit: Visit, *, js: bool) -> None:
    page = visit(RITUAL, js=js)
    page.get_by_label("Neck massage").check()
    if js:
        expect(page.locator(".sum")).to_contain_text("1 h 10 min")
    page.get_by_label("Hot towels").check()
    show_times(page, js=js)
    expect(page.get_by_role("group", name="Would you like to stay?")).to_contain_text("Only 1")
    expect(page.get_by_label("Neck massage")).to_be_checked()
    expect(page.get_by_label("Hot towels")).to_be_checked()
    expect(page.locator("#times button").first).to_be_visible()


def test_going_back_takes_the_extra_off_again(visit: Visit) -> None:
    page = visit(RITUAL)
    page.get_by_label("Neck massage").check()
    expect(page.locator(".sum")).to_contain_text("1 h 10 min")
    page.go_back()
    expect(page.locator(".sum")).to_contain_text("50 min")
    expect(page.locator(".about .facts")).to_contain_text("50 min")


@pytest.mark.parametrize("path", [RITUAL, FACIAL, BLOW_DRY, f"{RITUAL}?lang=he"])
@pytest.mark.parametrize("dark", [False, True], ids=["day", "night"])
def test_the_choices_fit_every_screen_and_thumb(visit: Visit, path: str, *, dark: bool) -> None:
    page = visit(path, width=360, dark=dark)
    assert page.evaluate(TOO_SMALL) == []
    assert page.evaluate(HARD_TO_READ) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert not is_wider_than_its_window(page)


def test_a_page_with_all_choices_stays_light(visit: Visit) -> None:
    page = visit(RITUAL)
    sizes = page.evaluate(
        """() => performance.getEntriesByType("resource")
          .map((each) => [each.name.split("?")[0], each.encodedBodySize])"""
    )
    assert 0 < sum(size for name, size in sizes if name.endswith(".css")) <= 12 * 1024
    assert 0 < sum(size for name, size in sizes if name.endswith(".js")) <= 4.5 * 1024
