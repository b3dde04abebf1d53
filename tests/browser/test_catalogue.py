"""The service list is narrowed by anybody, and read by search engines under our content policy."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.steps import stage

pytestmark = pytest.mark.browser
WITH_AND_WITHOUT_SCRIPT = pytest.mark.parametrize("js", [True, False], ids=["script", "no-script"])


def cards(page: Page) -> list[str]:
    return page.get_by_role("article").get_by_role("heading").all_inner_texts()


@WITH_AND_WITHOUT_SCRIPT
@pytest.mark.parametrize("width", [360, 1280])
def test_filters_are_a_plain_form_whose_address_can_be_shared(
    visit: Visit, *, js: bool, width: int
) -> None:
    page = visit("/?lang=en", js=js, width=width)
    page.get_by_label("Category").select_option(label="Classes (5)")
    page.get_by_label("Place").select_option(label="Estrela (13)")
    page.get_by_label("What are you looking for?").fill("YÓGA")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("status")).to_contain_text("2 of 20 services")
    assert cards(page) == ["Vinyasa yoga", "Family yoga"]
    again = visit(page.url.partition(page.url.split("/")[2])[2], js=js)
    assert cards(again) == ["Vinyasa yoga", "Family yoga"]


@WITH_AND_WITHOUT_SCRIPT
def test_a_list_narrowed_to_nothing_leads_back_to_all(visit: Visit, *, js: bool) -> None:
    page = visit("/?q=helicopter&lang=de", js=js)
    expect(page.get_by_role("article")).to_have_count(0)
    page.locator(".found").get_by_role("link").click()
    expect(page.get_by_role("article")).to_have_count(20)
    expect(page.locator("html")).to_have_attribute("lang", "de")


def test_the_filters_are_used_without_a_mouse(visit: Visit) -> None:
    page = visit("/")
    page.get_by_label("What are you looking for?").focus()
    page.keyboard.type("pilates")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("1 of 20 services")


def test_a_card_tells_the_next_free_time_once_somebody_has_looked(visit: Visit) -> None:
    visit("/services/private-yoga/")
    page = visit("/?q=private yoga")
    expect(page.get_by_role("article").first).to_contain_text("Next free:")


@pytest.mark.parametrize(
    ("path", "kind"), [("/", "LocalBusiness"), ("/services/haircut/", "Service")]
)
def test_structured_data_reaches_its_reader_through_our_content_policy(
    visit: Visit, path: str, kind: str
) -> None:
    page = visit(path)
    told = page.locator('script[type="application/ld+json"]').all_text_contents()
    assert [json.loads(each)["@type"] for each in told] == [kind]


@WITH_AND_WITHOUT_SCRIPT
def test_a_time_in_a_link_is_one_press_away(visit: Visit, *, js: bool) -> None:
    page = visit("/services/haircut/", js=js)
    free = page.locator("#times button b").last.inner_text()
    day = page.locator(".days a[aria-current]").get_attribute("href") or ""
    found = re.search(r"date=([0-9-]+)", day)
    assert found
    page.goto(f"/services/haircut/?date={found[1]}&time={free}")
    page.get_by_role("list", name="The time in your link is free").get_by_role("button").click()
    expect(stage(page, "held")).to_contain_text(free)
