"""What people do on our pages, in their words."""

import re

from playwright.sync_api import Locator, Page, expect


def soonest(page: Page) -> Locator:
    """The buttons of the three earliest times."""
    return page.get_by_role("list", name="Soonest").get_by_role("button")


def hold(page: Page, which: int = 0) -> None:
    """Press one of the earliest times and wait for the details page."""
    soonest(page).nth(which).click()
    expect(stage(page, "held")).to_be_visible()


def fill_in(page: Page) -> None:
    page.get_by_label("First name").fill("Maria")
    page.get_by_label("E-mail").fill("maria@example.com")


def book_button(page: Page) -> Locator:
    return page.get_by_role("button", name=re.compile("^Book "))


def stage(page: Page, name: str) -> Locator:
    """The main element, if the booking stands there."""
    return page.locator(f"main[data-stage={name}]")


def heading_of_day(page: Page) -> Locator:
    return page.locator("#times h2")


def days(page: Page) -> Locator:
    """The days of the calendar that have times."""
    return page.locator(".days").get_by_role("link")
