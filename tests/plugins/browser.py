"""A real Chromium, through Playwright's own API.

Its synchronous API keeps an event loop in the thread, where Django's ORM then refuses to work.
Therefore a browser lives as long as one test file, and such a file reads through HTTP only.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)

from tests.plugins import chromium
from tests.plugins.needs import need

ARGUMENTS = (
    "--no-sandbox",  # containers run as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MILLISECONDS = 20_000
# The status of a page is its test's business; a broken part of a page is found by its answer.
NO_NEWS = "Failed to load resource: the server responded with a status of"


@dataclass
class Watch:
    """What the pages of one test did that a customer should never meet.

    A test that means to provoke one of these empties the list itself.
    """

    console_errors: list[str] = field(default_factory=list)
    foreign_requests: list[str] = field(default_factory=list)
    broken_parts: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", lambda error: self.console_errors.append(str(error.error)))
        context.on("request", self._request)
        context.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(NO_NEWS):
            self.console_errors.append(message.text)

    def _request(self, request: Request) -> None:
        if not request.is_navigation_request() and _origin(request.url) != _origin(
            request.frame.url
        ):
            self.foreign_requests.append(request.url)

    def _response(self, response: Response) -> None:
        if not response.request.is_navigation_request() and not response.status < 400:
            self.broken_parts.append(f"{response.status} {response.url}")


class NewPage(Protocol):
    """Opens a page in a context of its own: no cookies, no history of another page.

    Further keywords are Playwright's for a context: ``locale``, ``timezone_id``, ``base_url``.
    """

    def __call__(
        self, *, js: bool = True, width: int = 1280, dark: bool = False, **context: Any
    ) -> Page: ...


@pytest.fixture(scope="module")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    executable = chromium.find()
    if executable is None:
        need(request, chromium.NONE_FOUND)
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def watch() -> Iterator[Watch]:
    """What to look at when a test expects an error; at the end of the test it must be empty."""
    watch = Watch()
    yield watch
    assert watch == Watch()


@pytest.fixture
def new_page(browser: Browser, watch: Watch) -> Iterator[NewPage]:
    """Open pages that are watched for errors, foreign requests and broken parts."""
    contexts: list[BrowserContext] = []

    def open_page(
        *, js: bool = True, width: int = 1280, dark: bool = False, **context: Any
    ) -> Page:
        opened = browser.new_context(
            java_script_enabled=js,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            **({"locale": "en-GB"} | context),
        )
        opened.set_default_timeout(PATIENCE_MILLISECONDS)
        watch.over(opened)
        contexts.append(opened)
        return opened.new_page()

    yield open_page
    for context in contexts:
        context.close()


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc
