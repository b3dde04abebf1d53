"""Saved pages in a browser: their own scripts and styles, and nothing behind them."""

import mimetypes
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, Route

from tests.project.sources import ROOT

ORIGIN = "http://studio.test"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 5"><path fill="#789" d="M0 0h8v5H0"/></svg>'


def open_saved(page: Page, *files: Path) -> None:
    """Show the first of ``files``; whoever asks for the page again gets the next one."""
    answers: Iterator[Path] = iter(files)

    def give_page(route: Route) -> None:
        route.fulfill(path=next(answers), content_type="text/html")

    page.route(f"{ORIGIN}/**", give_part)
    page.route(f"{ORIGIN}/", give_page)
    page.goto(f"{ORIGIN}/")


def give_part(route: Route) -> None:
    """A style sheet or script of ours, or a picture that stands for one of the business's."""
    path = urlsplit(route.request.url).path
    if path.startswith("/static/"):
        file = ROOT / path.removeprefix("/")
        route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file.name)[0])
    else:
        route.fulfill(body=PICTURE, content_type="image/svg+xml")
