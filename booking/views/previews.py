"""How a page looks from outside: in a search engine's list, and where somebody shares its address."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from booking import linked_data, wiring, wording
from booking.actions.coming import coming
from booking.actions.facts import Facts
from booking.domain.business import Business
from booking.domain.service import Kind, Service
from booking.domain.words import first_line
from booking.linked_data import Addresses, Thing
from booking.models import Site
from booking.visit import Visit

PICTURE_WIDTH = 1280


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """``address`` is the page's one address in its language, ``plain`` the one without a language.

    ``alternates`` are the page in all languages. ``picture`` may be "".
    """

    title: str
    description: str
    address: str
    plain: str
    alternates: Sequence[tuple[str, str]]
    locale: str
    picture: str
    data: Thing


def of_catalogue(request: Visit, facts: Facts) -> Preview:
    """The service list, whatever it is narrowed to."""
    business = facts.business
    words = gettext("Services of %(business)s: prices, free times and booking online.")
    home = request.site.address(reverse("booking:catalogue"))
    picture = _picture(request.site, business.logo)
    addresses = Addresses(home=home, page=home, picture=picture)
    return _preview(
        request.site,
        business,
        reverse("booking:catalogue"),
        title=gettext("Services"),
        description=words % {"business": business.name},
        picture=picture,
        data=linked_data.of_business(business, addresses),
    )


def of_service(request: Visit, facts: Facts, service: Service) -> Preview:
    """One service, whatever day or person is chosen."""
    site, path = request.site, reverse("booking:service", args=[service.slug])
    picture = _picture(site, service.cover or service.image)
    addresses = Addresses(
        home=site.address(reverse("booking:catalogue")), page=site.address(path), picture=picture
    )
    soonest = None
    if service.kind is not Kind.APPOINTMENT:  # whose times no search engine shows
        found = coming(site, wiring.wix_of(site), facts, [service], timezone.now())
        soonest = found.get(service.id)
    return _preview(
        site,
        facts.business,
        path,
        title=service.name,
        description=first_line(service.tag_line or service.description),
        picture=picture,
        data=linked_data.of_service(service, facts.business, addresses, soonest),
    )


def in_language(site: Site, business: Business, path: str, language: str) -> str:
    """The one address of a page in a language; the business's own needs no naming."""
    address = site.address(path)
    if language == wiring.supported_language(business.language):
        return address
    return f"{address}?{urlencode({'lang': language})}"


def in_all_languages(site: Site, business: Business, path: str) -> list[tuple[str, str]]:
    """Each language with the page's address in it."""
    return [(code, in_language(site, business, path, code)) for code, _ in settings.LANGUAGES]


def _preview(
    site: Site,
    business: Business,
    path: str,
    *,
    title: str,
    description: str,
    picture: str,
    data: Thing,
) -> Preview:
    language = translation.get_language() or settings.LANGUAGE_CODE
    return Preview(
        address=in_language(site, business, path, language),
        plain=site.address(path),
        alternates=in_all_languages(site, business, path),
        locale=str(wording.locale_of(language)),
        title=title,
        description=description,
        picture=picture,
        data=data,
    )


def _picture(site: Site, media_id: str | None) -> str:
    if not media_id:
        return ""
    return site.address(reverse("booking:media", args=[media_id, PICTURE_WIDTH]))
