"""A browser test fails when a page breaks in a way that a customer would not report."""

import pytest
from playwright.sync_api import Route

from tests.plugins.browser import NewPage, Watch

SITE = "http://site.test/"
PAGES = {
    SITE + "tidy": "<p>Nothing to see</p>",
    SITE + "foreign": "<img src='http://elsewhere.test/picture.png'>",
    SITE + "broken": "<img src='/missing.png'>",
    SITE + "failing": "<script>missing()</script>",
}

pytestmark = pytest.mark.browser


def answer(route: Route) -> None:
    page = PAGES.get(route.request.url)
    route.fulfill(status=200 if page else 404, body=page or "gone", content_type="text/html")


def watch_of(new_page: NewPage, watch: Watch, path: str) -> Watch:
    """What was seen on a page; afterwards forgotten, so that this test itself passes."""
    page = new_page()
    page.route("**/*", answer)
    page.goto(SITE + path)
    seen = Watch(list(watch.console_errors), list(watch.foreign_requests), list(watch.broken_parts))
    for kind in (watch.console_errors, watch.foreign_requests, watch.broken_parts):
        kind.clear()
    return seen


def test_a_tidy_page_passes(new_page: NewPage, watch: Watch) -> None:
    assert watch_of(new_page, watch, "tidy") == Watch()


def test_a_picture_from_elsewhere_is_seen(new_page: NewPage, watch: Watch) -> None:
    seen = watch_of(new_page, watch, "foreign")
    assert seen.foreign_requests == ["http://elsewhere.test/picture.png"]


def test_a_missing_picture_is_seen(new_page: NewPage, watch: Watch) -> None:
    assert watch_of(new_page, watch, "broken").broken_parts == [f"404 {SITE}missing.png"]


def test_a_script_that_fails_is_seen(new_page: NewPage, watch: Watch) -> None:
    assert "missing is not defined" in watch_of(new_page, watch, "failing").console_errors[0]


def test_the_status_of_a_page_is_left_to_its_test(new_page: NewPage, watch: Watch) -> None:
    assert watch_of(new_page, watch, "no-such-page") == Watch()


def test_a_page_may_have_no_script_be_narrow_and_dark(new_page: NewPage) -> None:
    page = new_page(js=False, width=360, dark=True)
    page.set_content(
        "<noscript>no script</noscript>"
        "<style>@media (max-width: 360px) and (prefers-color-scheme: dark) {"
        " body::after { content: 'narrow and dark' } }</style>"
    )
    assert page.get_by_text("no script").is_visible()
    shown = page.evaluate("getComputedStyle(document.body, '::after').content")
    assert shown == '"narrow and dark"'
