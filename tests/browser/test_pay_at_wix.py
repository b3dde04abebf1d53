"""A customer goes to Wix's checkout page in the same window, and finds the truth when they come back."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit
from tests.browser.steps import fill_in, hold, stage
from tests.plugins.live_site import LiveSite

pytestmark = pytest.mark.browser

MASSAGE = "/services/relaxing-massage/"
WORKER_LOOKS = 20_000
with_and_without_script = pytest.mark.parametrize(
    "browser_has", [pytest.param({}, id="script"), pytest.param({"js": False}, id="no script")]
)


def go_to_wix(page: Page, studio: LiveSite) -> None:
    """From the times to Wix's page, in one window."""
    hold(page)
    fill_in(page)
    page.get_by_role("button", name=re.compile("^Continue to pay")).click()
    at_wix(page, studio)


def at_wix(page: Page, studio: LiveSite) -> None:
    expect(page).to_have_url(re.compile(f"^{re.escape(studio.sandbox_url)}/checkout/"))


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def pay(page: Page) -> None:
    """Press "Pay" at Wix, and wait for the booking's page to say that it is booked."""
    button(page, "Pay").click()
    expect(stage(page, "confirmed")).to_be_visible(timeout=WORKER_LOOKS)


@with_and_without_script
def test_who_pays_comes_back_and_is_booked(
    visit: Visit, studio: LiveSite, browser_has: dict[str, bool]
) -> None:
    page = visit(MASSAGE, **browser_has)
    go_to_wix(page, studio)
    pay(page)
    expect(page.locator("main")).to_have_attribute("data-money", "paid")


@with_and_without_script
def test_who_leaves_without_paying_may_go_there_again(
    visit: Visit, studio: LiveSite, browser_has: dict[str, bool]
) -> None:
    page = visit(MASSAGE, **browser_has)
    go_to_wix(page, studio)
    button(page, "Leave without paying").click()
    expect(page.locator("main[data-truth=at_wix]")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Go on to pay")).click()
    at_wix(page, studio)
    pay(page)


def test_who_says_that_they_have_paid_need_not_wait(visit: Visit, studio: LiveSite) -> None:
    page = visit(MASSAGE, js=False)
    go_to_wix(page, studio)
    button(page, "Leave without paying").click()
    button(page, "I have paid: look again").click()
    expect(page.locator("main[data-truth=at_wix]")).to_be_visible()


def choose_wix(page: Page) -> None:
    page.get_by_label(re.compile("checkout page at Wix")).check()


def test_a_class_is_paid_there(visit: Visit, studio: LiveSite) -> None:
    page = visit("/services/sound-bath/?view=list")
    page.locator(".session button").last.click()
    fill_in(page)
    page.get_by_role("button", name=re.compile("^Continue to pay")).click()
    at_wix(page, studio)
    pay(page)


def test_a_course_is_paid_there_by_whoever_chooses_so(visit: Visit, studio: LiveSite) -> None:
    page = visit("/services/massage-for-couples/", js=False)
    page.get_by_role("button", name=re.compile("^Join this course")).click()
    fill_in(page)
    choose_wix(page)
    page.locator("form button.button-wide").click()
    at_wix(page, studio)
    pay(page)


def test_a_card_that_is_declined_there_can_be_followed_by_another(
    visit: Visit, studio: LiveSite
) -> None:
    page = visit(MASSAGE)
    go_to_wix(page, studio)
    button(page, "Pay with a card that is declined").click()
    page.get_by_role("link", name="Try again").click()
    pay(page)
