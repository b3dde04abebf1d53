"""Whoever works at the business settles what needs a person, with script and without, wide and narrow."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import book_button, fill_in, hold, stage
from tests.in_process import Sandbox
from tests.plugins.browser import NewPage
from tests.plugins.live_site import LiveSite, StartLiveSite

pytestmark = pytest.mark.browser

PASSWORD = "correct horse battery"
SETTINGS = {
    "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
    "LOOKUP_GRACE_SECONDS": "0.5",
    # Nothing is tried again by itself meanwhile: what mends it is the person's pressing.
    "ATTEMPT_BACKOFF_SECONDS": "200",
}
ACCOUNT = ("--noinput", "--username", "ana", "--email", "ana@example.com")


@pytest.fixture
def studio(start_live_site: StartLiveSite) -> LiveSite:
    """A studio with an account for Ana, and one booking that Wix refuses to make."""
    live = start_live_site(SETTINGS)
    live.manage("createsuperuser", *ACCOUNT)
    return live


def refuse_a_booking(page: Page, wix: Sandbox) -> str:
    """A customer books, Wix refuses; the reference."""
    page.goto("/services/haircut/")
    hold(page)
    wix.fault("/bookings/v2/bookings", status=403, code="PERMISSION_DENIED")
    fill_in(page)
    book_button(page).click()
    expect(stage(page, "placed")).to_be_visible()
    return page.locator(".reference b").inner_text()


def type_and_enter(page: Page) -> None:
    """Log in by keyboard alone; the first field has the focus."""
    expect(page.get_by_label("Username")).to_be_focused()
    page.keyboard.type("ana")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")


@pytest.mark.parametrize(
    ("js", "width", "dark"), [(True, 1280, False), (False, 360, True)], ids=["desk", "phone"]
)
def test_a_refused_booking_is_tried_again_and_stands(
    studio: LiveSite, new_page: NewPage, *, js: bool, width: int, dark: bool
) -> None:
    wix = Sandbox(url=studio.sandbox_url)
    customer = new_page(base_url=studio.url)
    reference = refuse_a_booking(customer, wix)
    assert customer.context.cookies() == []
    page = new_page(base_url=studio.url, js=js, width=width, dark=dark)
    page.goto("/console/")
    type_and_enter(page)
    page.get_by_role("list").get_by_role("heading").get_by_role("link", name=reference).click()
    wix.clear_faults()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("status")).to_contain_text("It is tried again now")
    expect(stage(customer, "confirmed")).to_be_visible()
    page.get_by_role("link", name="What needs you").click()
    expect(page.get_by_text("Nothing needs you.")).to_be_visible()
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.get_by_role("button", name="Log out").click()
    expect(page).to_have_url(re.compile("/console/login/$"))
    assert {each["path"] for each in page.context.cookies()} <= {"/console/"}
