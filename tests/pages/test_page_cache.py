"""Pages without a customer are rendered once for many, and never show what is gone."""

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults

import brotli
import pytest
import time_machine
from django.core.wsgi import get_wsgi_application
from django.test import Client

from booking.models import Site, stamp
from booking.page_cache import MOST_PAGES, PageCache
from tests.plugins.monday import MONDAY_MORNING
from tests.steps import Customer

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/services/private-yoga/"


class Shop:
    """The site as a WSGI program behind the cache, with a count of what was rendered."""

    def __init__(self, sign: Path) -> None:
        self.rendered = 0
        self.now = 0.0
        self.meanwhile: Callable[[], None] = _nothing
        self.others: list[bytes] = []
        self._site = get_wsgi_application()
        self._cached = PageCache(self._count, sign, clock=lambda: self.now)

    def get(self, path: str, query: str = "", **headers: str) -> tuple[str, dict[str, str], bytes]:
        environ: dict[str, Any] = {"PATH_INFO": path, "QUERY_STRING": query}
        setup_testing_defaults(environ)
        environ |= {"HTTP_HOST": "testserver", **headers}
        started: list[Any] = []

        def start_response(*told: Any) -> Callable[[bytes], object]:
            started.extend(told)
            return lambda _data: None

        body = b"".join(self._cached(environ, start_response))
        return started[0], dict(started[1]), body

    def _count(self, environ: Any, start_response: Callable[..., Any]) -> Any:
        self.rendered += 1
        meanwhile, self.meanwhile = self.meanwhile, _nothing
        meanwhile()
        return self._site(environ, start_response)


@pytest.fixture
def shop(site: Site) -> Iterator[Shop]:
    with time_machine.travel(MONDAY_MORNING):
        yield Shop(stamp.path())


@pytest.mark.parametrize("path", ["/", PAGE])
def test_many_visitors_cost_one_rendering(shop: Shop, path: str) -> None:
    pages = {shop.get(path)[2] for _ in range(5)}
    assert len(pages) == 1
    assert shop.rendered == 1


def test_after_five_seconds_it_is_rendered_anew(shop: Shop) -> None:
    shop.get("/")
    shop.now = 5.1
    shop.get("/")
    assert shop.rendered == 2


def test_while_one_renders_anew_the_others_are_given_the_page_for_another_second(
    shop: Shop,
) -> None:
    old = shop.get("/")[2]
    shop.now = 4.5
    shop.meanwhile = lambda: shop.others.append(shop.get("/")[2])
    shop.get("/")
    assert shop.others == [old]
    assert shop.rendered == 2


def test_who_waits_too_long_for_another_renders_alone(shop: Shop) -> None:
    shop.meanwhile = lambda: shop.others.append(shop.get("/")[2])
    shop.get("/")
    assert len(shop.others) == 1
    assert shop.rendered == 2


def test_a_hold_is_off_the_page_at_once(shop: Shop) -> None:
    before = shop.get(PAGE)[2].count(b'name="slot"')
    Customer(Client(), "private-yoga").hold()
    assert shop.get(PAGE)[2].count(b'name="slot"') < before


def test_a_campaign_in_the_address_changes_nothing(shop: Shop) -> None:
    shop.get("/", "utm_source=letter")
    shop.get("/", "utm_source=poster")
    assert shop.rendered == 1


def test_each_language_zone_and_day_is_a_page_of_its_own(shop: Shop) -> None:
    for query in ("", "lang=de", "tz=Asia/Kathmandu", "date=2027-03-03", "lang=de&tz=Asia/Tokyo"):
        shop.get(PAGE, query)
    assert shop.rendered == 5


def test_each_way_to_narrow_the_list_is_a_page_of_its_own(shop: Shop) -> None:
    for query in ("", "category=hair", "kind=class", "place=chiado", "q=yoga"):
        shop.get("/", query)
        shop.get("/", query)
    assert shop.rendered == 5


def test_each_time_in_a_link_is_a_page_of_its_own(shop: Shop) -> None:
    for query in ("date=2027-03-03", "date=2027-03-03&time=14:00", "party=2"):
        shop.get(PAGE, query)
    assert shop.rendered == 3


def test_of_two_equal_parameters_the_last_counts(shop: Shop) -> None:
    german = shop.get(PAGE, "lang=pt&lang=de")
    assert shop.get(PAGE, "lang=de") == german
    assert b'<html lang="de"' in german[2]


@pytest.mark.parametrize(
    ("path", "query"), [("/my-link/", ""), (PAGE, "again=token"), ("/services/nothing/", "")]
)
def test_a_page_with_a_customer_or_an_error_is_never_kept(
    shop: Shop, path: str, query: str
) -> None:
    shop.get(path, query)
    shop.get(path, query)
    assert shop.rendered == 2


def test_a_page_comes_in_the_encoding_that_the_browser_reads(shop: Shop) -> None:
    plain = shop.get("/")[2]
    _, zipped, body = shop.get("/", HTTP_ACCEPT_ENCODING="gzip")
    _, newest, small = shop.get("/", HTTP_ACCEPT_ENCODING="gzip, br")
    assert gzip.decompress(body) == brotli.decompress(small) == plain
    assert (zipped["Content-Encoding"], newest["Content-Encoding"]) == ("gzip", "br")
    assert newest["Vary"] == "Accept-Encoding"


def test_a_browser_that_has_the_page_is_told_so(shop: Shop) -> None:
    etag = shop.get("/")[1]["ETag"]
    status, _, body = shop.get("/", HTTP_IF_NONE_MATCH=etag)
    assert (status, body) == ("304 Not Modified", b"")


def test_the_page_keeps_its_protective_headers(shop: Shop) -> None:
    shop.get("/")
    headers = shop.get("/")[1]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_no_more_than_a_bounded_number_is_kept(shop: Shop) -> None:
    cache = PageCache(_small_page, Path("/nowhere"))
    for at in range(MOST_PAGES + 50):
        environ: dict[str, Any] = {"PATH_INFO": f"/services/{at}/", "QUERY_STRING": ""}
        setup_testing_defaults(environ)
        list(cache(environ, lambda *_: lambda _data: None))
    assert len(cache._pages) == MOST_PAGES  # there is no other way to see it


def _nothing() -> None:
    """Nobody else comes."""


def _small_page(_environ: Any, start_response: Callable[..., Any]) -> list[bytes]:
    start_response("200 OK", [("Content-Type", "text/html")])
    return [b"page"]
