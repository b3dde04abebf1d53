"""A studio on the net for all tests of this folder, and visitors who each come from elsewhere."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Page

from tests.plugins.browser import NewPage
from tests.plugins.live_site import LiveSite, _Starting

TIMES = "/services/haircut/"
SETTINGS = {"TRUSTED_PROXIES": "127.0.0.1"}
_visitors = count(1)


class Visit(Protocol):
    """Open a page of the studio as a new visitor. Keywords as for ``NewPage``."""

    def __call__(self, path: str = TIMES, **wishes: Any) -> Page: ...


@pytest.fixture(scope="package")
def studio(prepared_files: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    """The site and its worker; it believes what a proxy says of where a visitor comes from."""
    starting = _Starting(prepared_files, tmp_path_factory.mktemp("browser"))
    yield starting(SETTINGS)
    starting.stop_all()


@pytest.fixture
def visit(studio: LiveSite, new_page: NewPage) -> Visit:
    def open_page(path: str = TIMES, **wishes: Any) -> Page:
        address = f"10.{next(_visitors) >> 8}.{next(_visitors) & 255}.7"
        told = {"extra_http_headers": {"X-Forwarded-For": address}, "timezone_id": "Europe/Lisbon"}
        page = new_page(base_url=studio.url, **(told | wishes))
        page.goto(path)
        return page

    return open_page
