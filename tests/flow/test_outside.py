"""What search engines and shared links learn of a page: its one address, its words, what is sold."""

import json
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from booking.models import Site
from tests.in_process import Sandbox
from tests.plugins.monday import MONDAY_MORNING
from tests.steps import Answer, Customer

pytestmark = pytest.mark.django_db
PUBLIC = "https://book.calma.example"
NAMES = {
    "": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xhtml": "http://www.w3.org/1999/xhtml",
}


@pytest.fixture(autouse=True)
def public_address(site: Site, sandbox: Sandbox) -> None:
    """The site's own address is another than the one that tests ask at."""
    sandbox.clock(MONDAY_MORNING)
    Site.objects.update(public_url=PUBLIC)


def canonical(page: Answer) -> list[str]:
    return re.findall(r'<link rel="canonical" href="([^"]*)">', page.text)


def alternates(page: Answer) -> dict[str, str]:
    return dict(re.findall(r'rel="alternate" hreflang="([^"]+)" href="([^"]+)"', page.text))


def meta(page: Answer, name: str) -> str:
    [found] = re.findall(rf'<meta (?:property|name)="{name}" content="([^"]*)">', page.text)
    return str(found)


def data(page: Answer) -> dict[str, Any]:
    """The one piece of structured data, read as a search engine would."""
    pattern = r'<script type="application/ld\+json">(.*?)</script>'
    [found] = re.findall(pattern, page.text, re.DOTALL)
    return dict(json.loads(found))


@pytest.mark.parametrize(
    ("path", "query", "address"),
    [
        ("/", {}, "/"),
        ("/", {"category": "hair", "q": "cut", "tz": "Asia/Tokyo"}, "/"),
        ("/", {"lang": "de", "kind": "class"}, "/?lang=de"),
        ("/", {"lang": "en"}, "/"),
        ("/", {"lang": "tlh"}, "/"),
        ("/services/haircut/", {"date": "2027-03-02", "staff": "x"}, "/services/haircut/"),
        ("/services/haircut/", {"lang": "pt-BR"}, "/services/haircut/?lang=pt"),
    ],
)
def test_a_page_has_one_address_whatever_was_chosen_on_it(
    maria: Customer, path: str, query: dict[str, str], address: str
) -> None:
    page = maria.look(path, **query)
    assert canonical(page) == [f"{PUBLIC}{address}"]
    assert meta(page, "og:url") == f"{PUBLIC}{address}"


def test_the_address_is_never_the_requests_own_host(site: Site) -> None:
    page = Client(HTTP_HOST="localhost").get("/").content.decode()
    assert "localhost" not in page


def test_each_page_names_itself_in_every_language(maria: Customer) -> None:
    told = alternates(maria.look("/services/haircut/", lang="de"))
    address = f"{PUBLIC}/services/haircut/"
    others = {code: f"{address}?lang={code}" for code in ("de", "pt", "he")}
    assert told == {"x-default": address, "en": address, **others}


def test_a_shared_link_shows_name_line_and_picture(maria: Customer) -> None:
    page = maria.look("/services/haircut/", lang="de")
    assert meta(page, "og:title") == "Haircut"
    assert meta(page, "og:description") == meta(page, "description")
    assert meta(page, "og:description") == "Wash, cut and a quiet quarter of an hour"
    assert meta(page, "og:site_name") == "Estúdio Calma"
    assert meta(page, "og:locale") == "de_DE"
    picture = meta(page, "og:image")
    assert picture.startswith(f"{PUBLIC}/media/")
    assert maria.client.get(picture.removeprefix(PUBLIC)).status_code == 200


def test_the_list_tells_who_the_business_is_and_how_to_reach_it(maria: Customer) -> None:
    told = data(maria.look("/"))
    assert told["@type"] == "LocalBusiness"
    assert (told["name"], told["url"]) == ("Estúdio Calma", f"{PUBLIC}/")
    assert told["telephone"] == "+351 21 555 0142"
    assert told["address"] == {
        "@type": "PostalAddress",
        "streetAddress": "Rua Garrett 62",
        "postalCode": "1200-203",
        "addressLocality": "Lisboa",
        "addressCountry": "PT",
    }
    assert told["geo"]["@type"] == "GeoCoordinates"


def test_an_appointment_is_a_service_with_its_price(maria: Customer) -> None:
    told = data(maria.look("/services/haircut/"))
    assert (told["@context"], told["@type"]) == ("https://schema.org", "Service")
    assert told["name"] == "Haircut"
    assert told["provider"]["name"] == "Estúdio Calma"
    assert (told["offers"]["price"], told["offers"]["priceCurrency"]) == ("35", "EUR")
    assert told["offers"]["url"] == told["url"] == f"{PUBLIC}/services/haircut/"


@pytest.mark.parametrize(
    ("slug", "offer"),
    [
        ("free-consultation", {"@type": "Offer", "price": "0", "priceCurrency": "EUR"}),
        (
            "blow-dry",
            {
                "@type": "AggregateOffer",
                "lowPrice": "26",
                "highPrice": "32",
                "priceCurrency": "EUR",
            },
        ),
    ],
)
def test_free_and_varying_prices_are_offers_too(
    maria: Customer, slug: str, offer: dict[str, str]
) -> None:
    told = data(maria.look(f"/services/{slug}/"))["offers"]
    assert told == {**offer, "url": f"{PUBLIC}/services/{slug}/"}


def test_a_price_in_words_is_no_offer(maria: Customer) -> None:
    assert "offers" not in data(maria.look("/services/bridal-styling/"))


def test_a_class_is_an_event_with_its_next_session(maria: Customer) -> None:
    told = data(maria.look("/services/vinyasa-yoga/"))
    assert told["@type"] == "Event"
    assert told["startDate"] == "2027-03-01T18:30:00+00:00"
    assert told["endDate"] == "2027-03-01T19:30:00+00:00"
    assert told["location"]["name"] == "Estrela"
    assert told["offers"]["availability"] == "https://schema.org/InStock"


def test_a_class_without_a_session_is_a_service(maria: Customer, sandbox: Sandbox) -> None:
    sandbox.seed(services=[{"slug": "vinyasa-yoga", "sessions": []}])
    assert data(maria.look("/services/vinyasa-yoga/"))["@type"] == "Service"


def test_a_course_tells_from_when_until_when_it_runs(maria: Customer) -> None:
    told = data(maria.look("/services/yoga-for-beginners/"))
    assert (told["@type"], told["offers"]["price"]) == ("Course", "120")
    assert told["hasCourseInstance"]["startDate"] == "2027-03-16T19:00:00+00:00"
    assert told["hasCourseInstance"]["endDate"] == "2027-04-20T20:15:00+01:00"


def test_no_text_can_end_the_element_it_stands_in(maria: Customer, sandbox: Sandbox) -> None:
    text = "</script><script>alert(1)</script><!-- & \u2028"
    sandbox.seed(services=[{"slug": "odd", "name": text, "tagLine": "", "description": text}])
    page = maria.look("/services/odd/")
    assert data(page)["name"] == text
    assert "<script>" not in page.text
    assert "<!-- &" not in page.text


def pages_of(answer: Answer) -> Iterator[tuple[str, dict[str, str]]]:
    for url in ET.fromstring(answer.text).iterfind("url", NAMES):  # noqa: S314  # ours
        links = url.iterfind("xhtml:link", NAMES)
        yield (
            str(url.findtext("loc", "", NAMES)),
            {each.attrib["hreflang"]: each.attrib["href"] for each in links},
        )


def test_the_sitemap_lists_every_page_in_every_language(maria: Customer) -> None:
    answer = maria.look("/sitemap.xml")
    assert answer.headers["Content-Type"].startswith("application/xml")
    told = dict(pages_of(answer))
    assert len(told) == (1 + 20) * 4
    assert told[f"{PUBLIC}/services/haircut/"] == told[f"{PUBLIC}/services/haircut/?lang=he"]
    assert set(told[f"{PUBLIC}/"]) == {"en", "de", "pt", "he"}
    assert set(told) >= set(told[f"{PUBLIC}/"].values())
    assert "team-haircut" not in answer.text


def test_what_the_sitemap_lists_is_what_the_pages_say_of_themselves(maria: Customer) -> None:
    for address, others in list(pages_of(maria.look("/sitemap.xml")))[:12]:
        page = Answer(maria.client.get(address.removeprefix(PUBLIC)))
        assert canonical(page) == [address]
        assert alternates(page).items() >= others.items()


def test_slugs_of_any_script_are_written_as_addresses_are(
    maria: Customer, sandbox: Sandbox
) -> None:
    sandbox.seed(services=[{"slug": "תספורת", "name": "תספורת"}])
    assert f"{PUBLIC}/services/%D7%AA%D7%A1%D7%A4%D7%95%D7%A8%D7%AA/" in dict(
        pages_of(maria.look("/sitemap.xml"))
    )


def test_crawlers_are_kept_from_bookings_and_shown_the_sitemap(
    maria: Customer, sandbox: Sandbox
) -> None:
    sandbox.forget_requests()
    answer = maria.look("/robots.txt")
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert answer.text.splitlines() == [
        "User-agent: *",
        "Disallow: /b/",
        "Disallow: /back/",
        f"Sitemap: {PUBLIC}/sitemap.xml",
    ]
    assert sandbox.calls() == []


@pytest.mark.parametrize("path", ["/my-link/", "/nothing/"])
def test_a_page_that_nobody_should_find_claims_no_address(maria: Customer, path: str) -> None:
    assert canonical(maria.look(path)) == []


def test_a_bookings_page_is_never_found(maria: Customer) -> None:
    page = maria.look(maria.hold())
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert canonical(page) == []
    assert "ld+json" not in page.text
