"""From a link to a booking: two presses and two fields, with script and without, wide and narrow."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Frame, Page, Request, expect

from tests.browser.conftest import TIMES, Visit
from tests.browser.steps import (
    book_button,
    fill_in,
    heading_of_day,
    hold,
    soonest,
    stage,
)

pytestmark = pytest.mark.browser
WITH_AND_WITHOUT_SCRIPT = pytest.mark.parametrize("js", [True, False], ids=["script", "no-script"])


def posts_of(page: Page) -> list[str]:
    """The addresses that forms are sent to from now on; grows by itself."""
    sent: list[str] = []

    def note(request: Request) -> None:
        sent.extend([request.url.rsplit("/", 2)[1]] if request.method == "POST" else [])

    page.on("request", note)
    return sent


def pages_of(page: Page) -> list[str]:
    """The pages that are opened from now on."""
    opened: list[str] = []

    def note(frame: Frame) -> None:
        opened.append(frame.url)

    page.on("framenavigated", note)
    return opened


@WITH_AND_WITHOUT_SCRIPT
@pytest.mark.parametrize("width", [360, 1280])
def test_a_time_is_booked_with_two_presses_two_fields_and_two_pages(
    visit: Visit, width: int, *, js: bool
) -> None:
    page = visit(js=js, width=width)
    posts, pages = posts_of(page), pages_of(page)
    soonest(page).first.click()
    fill_in(page)
    book_button(page).click()
    expect(stage(page, "confirmed")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Booked")
    assert posts == ["hold", "details"]
    assert len(pages) == 2


@WITH_AND_WITHOUT_SCRIPT
def test_two_quick_presses_on_a_time_hold_it_once(visit: Visit, *, js: bool) -> None:
    page = visit(js=js)
    soonest(page).nth(1).dblclick()
    expect(stage(page, "held")).to_be_visible()
    expect(page.get_by_role("button", name="Keep it longer")).to_be_visible()


def test_script_sends_a_form_once_however_often_it_is_pressed(visit: Visit) -> None:
    page = visit()
    posts = posts_of(page)
    soonest(page).first.dblclick()
    fill_in(page)
    book_button(page).dblclick()
    expect(stage(page, "confirmed")).to_be_visible()
    assert posts == ["hold", "details"]


def test_nothing_but_a_keyboard_is_needed(visit: Visit) -> None:
    page = visit()
    tab_to(page, lambda: page.evaluate("document.activeElement.name === 'slot'"))
    page.keyboard.press("Enter")
    expect(stage(page, "held")).to_be_visible()
    tab_to(page, lambda: is_focused(page, "id_first_name"))
    page.keyboard.type("Maria")
    tab_to(page, lambda: is_focused(page, "id_email"))
    page.keyboard.type("maria@example.com")
    page.keyboard.press("Enter")
    expect(stage(page, "confirmed")).to_be_visible()


def is_focused(page: Page, html_id: str) -> bool:
    return bool(page.evaluate("id => document.activeElement.id === id", html_id))


def tab_to(page: Page, there: Callable[[], bool], most: int = 40) -> None:
    """Press Tab until the focus is there; fails if that takes more than ``most``."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if there():
            return
    pytest.fail("the focus never came there")


@WITH_AND_WITHOUT_SCRIPT
def test_what_was_wrong_is_said_on_top_and_what_was_typed_stays(visit: Visit, *, js: bool) -> None:
    page = visit(js=js)
    hold(page)
    page.get_by_label("E-mail").fill("maria at example")
    page.get_by_text("Add a note").click()
    page.get_by_label("Note").fill("A left-handed stylist, please")
    book_button(page).click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(page).to_have_title("Error: Your details – Estúdio Calma")
    expect(page.get_by_label("E-mail")).to_have_value("maria at example")
    expect(page.get_by_label("Note")).to_have_value("A left-handed stylist, please")
    summary.get_by_role("link", name="first name").click()
    expect(page.get_by_label("First name")).to_be_focused()


@WITH_AND_WITHOUT_SCRIPT
def test_a_time_is_kept_longer_on_request(visit: Visit, *, js: bool) -> None:
    page = visit(js=js)
    hold(page)
    page.get_by_role("button", name="Keep it longer").click()
    expect(stage(page, "held")).to_be_visible()
    expect(page.get_by_text("Kept for you until")).to_be_visible()


def test_the_end_of_a_hold_is_said_aloud_in_time(visit: Visit) -> None:
    page = visit("/")
    page.clock.install()
    page.goto("/services/haircut/")
    hold(page)
    status = page.locator("form.kept [role=status]")
    expect(status).to_have_text("")
    page.clock.fast_forward("08:05")
    expect(status).to_have_text("Your time is kept for two more minutes.")
    page.clock.fast_forward("01:30")
    expect(status).to_have_text("Your time is kept for thirty more seconds.")


@WITH_AND_WITHOUT_SCRIPT
def test_choosing_another_time_leads_back_to_the_form(visit: Visit, *, js: bool) -> None:
    page = visit(js=js)
    hold(page)
    page.get_by_role("link", name="Choose another time").click()
    expect(page.get_by_text("Choose another time. Your first one stays kept")).to_be_visible()
    hold(page, which=2)
    expect(book_button(page)).to_be_visible()


def test_a_booking_goes_into_the_customer_s_calendar(visit: Visit) -> None:
    page = visit()
    hold(page)
    fill_in(page)
    book_button(page).click()
    expect(stage(page, "confirmed")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Add to calendar").click()
    assert download.value.suggested_filename.endswith(".ics")


def test_customers_get_no_cookie(visit: Visit) -> None:
    page = visit()
    hold(page)
    fill_in(page)
    book_button(page).click()
    expect(stage(page, "confirmed")).to_be_visible()
    assert page.context.cookies() == []


def test_who_goes_back_may_press_the_same_time_again(visit: Visit) -> None:
    page = visit("/services/private-yoga/")
    hold(page)
    page.go_back()
    expect(heading_of_day(page)).to_be_visible()
    hold(page)


def test_nothing_typed_is_left_for_the_next_one_at_the_same_screen(visit: Visit) -> None:
    page = visit()
    hold(page)
    fill_in(page)
    book_button(page).click()
    expect(stage(page, "confirmed")).to_be_visible()
    page.goto(TIMES)
    page.reload()  # a browser may keep the page of times for some seconds
    hold(page)
    expect(page.get_by_label("E-mail")).to_have_value("")
