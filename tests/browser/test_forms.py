"""A service's own form can be filled in by everybody: with and without script, by thumb and by keyboard."""

from functools import partial

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.steps import book_button, fill_in, hold, stage
from tests.browser.test_booking import WITH_AND_WITHOUT_SCRIPT, is_focused, tab_to
from tests.browser.test_shape import HARD_TO_READ, TOO_SMALL, is_wider_than_its_window

pytestmark = pytest.mark.browser
BRIDAL = "/services/bridal-styling/"
MEASURES = """() => [...document.querySelectorAll(".form :is(input, select, textarea)")]
  .filter((each) => each.checkVisibility())
  .map((each) => [each, getComputedStyle(each.closest(".pick") ?? each).fontSize])
  .map(([each, size]) => [(each.closest(".pick") ?? each).getBoundingClientRect().height, size])"""


def answer(page: Page) -> None:
    fill_in(page)
    page.get_by_label("Last name").fill("Silva")
    page.get_by_label("Phone").fill("912 345 678")
    page.get_by_label("To the shoulder").check()
    page.get_by_label("A veil").check()
    page.get_by_label("The colour of the dress").fill("Ivory")
    page.get_by_label("You may show pictures").check()


@WITH_AND_WITHOUT_SCRIPT
@pytest.mark.parametrize("width", [360, 1280])
def test_a_service_with_questions_of_its_own_is_booked(
    visit: Visit, width: int, *, js: bool
) -> None:
    page = visit(BRIDAL, js=js, width=width)
    hold(page)
    answer(page)
    book_button(page).click()
    expect(stage(page, "confirmed")).to_be_visible()


@WITH_AND_WITHOUT_SCRIPT
def test_mistakes_lead_to_their_fields_and_all_answers_stay(visit: Visit, *, js: bool) -> None:
    page = visit(BRIDAL, js=js, width=360)
    hold(page)
    page.get_by_label("A veil").check()
    page.get_by_label("Tell us about the day").fill("In the garden")
    book_button(page).click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(page).to_have_title("Error: Your details – Estúdio Calma")
    assert summary.get_by_role("link").count() == 6
    expect(page.get_by_label("A veil")).to_be_checked()
    expect(page.get_by_label("Tell us about the day")).to_have_value("In the garden")
    summary.get_by_role("link", name="How long is your hair?").click()
    expect(page.get_by_label("Short")).to_be_focused()
    summary.get_by_role("link", name="pictures of my hair").click()
    expect(page.get_by_label("You may show pictures")).to_be_focused()
    group = page.get_by_role("group", name="How long is your hair?")
    expect(group).to_have_accessible_description(
        "Choose an answer to “\u2068How long is your hair?\u2069”."
    )


def test_nothing_but_a_keyboard_is_needed_for_a_form(visit: Visit) -> None:
    page = visit(BRIDAL)
    hold(page)
    for field, text in (
        ("first_name", "Maria"),
        ("last_name", "Silva"),
        ("email", "maria@example.com"),
        ("phone", "912345678"),
    ):
        tab_to(page, partial(is_focused, page, f"id_{field}"))
        page.keyboard.type(text)
    tab_to(page, lambda: is_focused(page, "id_q-length_1a2b_0"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Longer")).to_be_checked()
    tab_to(page, lambda: is_focused(page, "id_q-wishes_3c4d_0"))
    page.keyboard.press("Space")
    expect(page.get_by_label("A veil")).to_be_checked()
    tab_to(page, lambda: is_focused(page, "id_q-pictures_1e2f"))
    page.keyboard.press("Space")
    tab_to(page, lambda: bool(page.evaluate("document.activeElement.tagName === 'SUMMARY'")))
    page.keyboard.press("Enter")
    tab_to(page, lambda: is_focused(page, "id_note"))
    page.keyboard.type("By the window")
    tab_to(
        page, lambda: bool(page.evaluate("document.activeElement.textContent.includes('Book ')"))
    )
    page.keyboard.press("Enter")
    expect(stage(page, "confirmed")).to_be_visible()


@pytest.mark.parametrize("dark", [False, True], ids=["day", "night"])
@pytest.mark.parametrize("language", ["en", "he"])
def test_a_form_with_mistakes_fits_every_screen_and_can_be_read(
    visit: Visit, language: str, *, dark: bool
) -> None:
    page = visit(f"{BRIDAL}?lang={language}", width=320, dark=dark)
    page.locator(".chips button").first.click()
    expect(stage(page, "held")).to_be_visible()
    page.locator(".form-end button").click()
    page.get_by_role("alert").wait_for()
    assert not is_wider_than_its_window(page)
    assert page.evaluate(TOO_SMALL) == []
    assert page.evaluate(HARD_TO_READ) == []


def test_fields_are_high_and_their_text_is_large(visit: Visit) -> None:
    page = visit(BRIDAL, width=1280)
    hold(page)
    for height, size in page.evaluate(MEASURES):
        assert height >= 48
        assert size == "17px"
    column = page.locator(".form").bounding_box()
    assert column
    assert column["width"] <= 560


def test_a_note_is_folded_away_until_it_is_wanted(visit: Visit) -> None:
    page = visit(js=False)
    hold(page)
    expect(page.get_by_label("Note")).to_be_hidden()
    page.get_by_text("Add a note").click()
    page.get_by_label("Note").fill("By the window")
    book_button(page).click()
    expect(page.get_by_label("Note")).to_have_value("By the window")
