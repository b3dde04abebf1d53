"""A customer goes to Wix's checkout page in the same window, and finds the truth when they come back."""

import base64
import re
from contextlib import closing

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import SETTINGS, Visit
from tests.browser.steps import fill_in, hold, stage
from tests.in_process import Sandbox
from tests.plugins.browser import NewPage
from tests.plugins.live_site import LiveSite, StartLiveSite
from tests.sandbox.receiver import within

pytestmark = pytest.mark.browser

MASSAGE = "/services/relaxing-massage/"
READER = "/_api/bookings-reader/v2/extended-bookings/query"
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
    expect(stage(page, "confirmed")).to_be_visible()


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


def leave_and_go_there_again(page: Page, studio: LiveSite) -> str:
    """To Wix's page, back to the booking's own, whose address is returned, and to Wix's page again."""
    go_to_wix(page, studio)
    button(page, "Leave without paying").click()
    expect(page.locator("main[data-truth=at_wix]")).to_be_visible()
    address = page.url
    page.get_by_role("button", name=re.compile("^Go on to pay")).click()
    at_wix(page, studio)
    return address


def pay_and_close_the_window(page: Page, studio: LiveSite) -> None:
    """Wix takes the money, and nothing of ours is opened any more."""
    page.context.route(f"{studio.url}/**", lambda route: route.abort())
    with page.expect_response(re.compile("/checkout/.*/pay$")):
        button(page, "Pay").click()
    page.close()


def test_who_closes_the_window_is_booked_once_the_worker_has_asked(
    visit: Visit, studio: LiveSite
) -> None:
    page = visit(MASSAGE)
    address = leave_and_go_there_again(page, studio)
    pay_and_close_the_window(page, studio)
    page = visit(address)
    expect(stage(page, "confirmed")).to_be_visible()
    expect(page.locator("main")).to_have_attribute("data-money", "paid")


@pytest.fixture
def telling(start_live_site: StartLiveSite) -> LiveSite:
    """A studio whose Wix sends notices; its worker would look only minutes after a look that failed."""
    with closing(Sandbox.in_process()) as same:
        told = same.credentials
    notices = {
        "WIX_PUBLIC_KEY": base64.b64encode(told["publicKey"].encode()).decode(),
        "WIX_APP_ID": told["appId"],
        "WIX_INSTANCE_ID": told["instanceId"],
        "ATTEMPT_BACKOFF_SECONDS": "200",
    }
    live = start_live_site(SETTINGS | notices)
    Sandbox(url=live.sandbox_url).webhooks(url=f"{live.url}/webhooks/wix/")
    return live


def test_who_closes_the_window_is_booked_by_the_notice_of_it_alone(
    telling: LiveSite, new_page: NewPage
) -> None:
    page, wix = new_page(base_url=telling.url), Sandbox(url=telling.sandbox_url)
    page.goto(MASSAGE)
    address = leave_and_go_there_again(page, telling)
    looks = len(wix.calls(READER))
    wix.fault(READER, status=403, times=1)
    assert within(30, lambda: len(wix.calls(READER)) > looks)
    pay_and_close_the_window(page, telling)
    page = new_page()
    page.goto(address)
    expect(stage(page, "confirmed")).to_be_visible()
    expect(page.locator("main")).to_have_attribute("data-money", "paid")
