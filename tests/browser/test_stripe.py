"""Cards by Stripe in a real browser: to Stripe's page and back, on a desk, and on a phone without script.

Stripe is our stand-in, as a process with an address of its own, behind Stripe's own library.
"""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bookingsite.processes import Processes, free_port
from tests.browser.steps import fill_in, hold, stage
from tests.plugins.browser import NewPage
from tests.plugins.live_site import LiveSite, _Starting
from tests.stripe_stand_in import API_KEY, SECRET

pytestmark = pytest.mark.browser

MASSAGE = "/services/relaxing-massage/"
PATIENCE = 40_000  # milliseconds: the worker asks Stripe every few seconds
_visitors = count(1)
on_every_screen = pytest.mark.parametrize(
    ("js", "width"), [(True, 1280), (False, 360)], ids=["desk", "phone without script"]
)


@dataclass(frozen=True)
class Till:
    """A studio that takes cards by Stripe, and where Stripe's pages are."""

    studio: LiveSite
    stripe_url: str


@pytest.fixture(scope="module")
def till(prepared_files: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Till]:
    folder, port = tmp_path_factory.mktemp("stripe"), free_port()
    stripe, starting = Processes(folder / "stripe-log"), _Starting(prepared_files, folder)
    url = f"http://127.0.0.1:{port}"
    command = (sys.executable, "-m", "tests.stripe_stand_in", "--port", str(port))
    stripe.start("stripe", *command, env=os.environ)
    stripe.wait_until_it_answers("stripe", f"{url}/_stand_in/ledger")
    settings = {
        "TRUSTED_PROXIES": "127.0.0.1",
        "PAYMENT_PROVIDER": "stripe",
        "STRIPE_SECRET_KEY": API_KEY,
        "STRIPE_WEBHOOK_SECRETS": SECRET,
        "STRIPE_BASE_URL": url,
        "STRIPE_PAGE_ORIGIN": url,
    }
    try:
        yield Till(starting(settings), url)
    finally:
        starting.stop_all()
        stripe.stop()


def at_stripe(till: Till, new_page: NewPage, *, js: bool, width: int) -> Page:
    """A customer who has given their details and stands on Stripe's page."""
    address = f"10.9.0.{next(_visitors)}"
    told: dict[str, Any] = {"extra_http_headers": {"X-Forwarded-For": address}}
    page = new_page(base_url=till.studio.url, js=js, width=width, **told)
    page.goto(MASSAGE)
    hold(page)
    fill_in(page)
    page.get_by_role("button", name="Continue to pay").click()
    expect(page.get_by_role("heading", name="Relaxing massage")).to_be_visible()
    assert page.url.startswith(till.stripe_url)
    return page


def pay_with(page: Page, card: str) -> None:
    """Choose the test card of this meaning and send Stripe's form."""
    page.get_by_label(card).first.check()
    page.get_by_role("button", name="Book").click()


@on_every_screen
def test_who_pays_comes_back_to_a_booking(
    till: Till, new_page: NewPage, *, js: bool, width: int
) -> None:
    page = at_stripe(till, new_page, js=js, width=width)
    pay_with(page, "pays")
    expect(stage(page, "confirmed")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("heading", level=1)).to_have_text("Booked")
    assert page.url.startswith(f"{till.studio.url}/b/")
    assert page.context.cookies() == []


@on_every_screen
def test_a_declined_card_is_followed_by_another(
    till: Till, new_page: NewPage, *, js: bool, width: int
) -> None:
    page = at_stripe(till, new_page, js=js, width=width)
    pay_with(page, "is declined")
    expect(page.get_by_role("alert")).to_contain_text("declined")
    pay_with(page, "pays")
    expect(stage(page, "confirmed")).to_be_visible(timeout=PATIENCE)


@on_every_screen
def test_who_goes_back_without_paying_is_told_and_may_go_on(
    till: Till, new_page: NewPage, *, js: bool, width: int
) -> None:
    page = at_stripe(till, new_page, js=js, width=width)
    page.get_by_role("link", name="Back").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Waiting for your payment")
    expect(page.get_by_text("Nothing is booked and nothing is charged before that")).to_be_visible()
    page.get_by_role("button", name="Go on to pay").click()
    expect(page.get_by_role("heading", name="Relaxing massage")).to_be_visible()
    assert page.url.startswith(till.stripe_url)


def test_forms_lead_to_stripe_from_the_pages_that_pay_and_nowhere_else(
    till: Till, new_page: NewPage
) -> None:
    page = at_stripe(till, new_page, js=True, width=1280)
    page.get_by_role("link", name="Back").click()
    expect(stage(page, "placed")).to_be_visible()
    paying = page.reload()
    elsewhere = page.goto("/")
    assert paying is not None
    assert elsewhere is not None
    assert targets(paying.headers) == ["'self'", till.stripe_url]
    assert targets(elsewhere.headers) == ["'self'"]


def targets(headers: dict[str, str]) -> list[str]:
    """Where a page's policy lets its forms lead."""
    rules = (each.split() for each in headers["content-security-policy"].split(";"))
    return next(allowed for name, *allowed in rules if name == "form-action")
