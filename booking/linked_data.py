"""What a page tells machines about the business and what it sells, in the words of schema.org.

Search engines read it (JSON-LD): https://schema.org/LocalBusiness, /Service, /Event, /Course.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from booking.actions.coming import Coming
from booking.domain.business import Business, Place
from booking.domain.money import Money
from booking.domain.service import Kind, Location, LocationKind, Price, PriceKind, Service

type Thing = dict[str, Any]
"""What is empty is left out by ``_said``."""

SCHEMA = "https://schema.org"


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Absolute ones: of the service list, of the page itself, and of its picture ("" without one)."""

    home: str
    page: str
    picture: str = ""


def of_business(business: Business, addresses: Addresses) -> Thing:
    """The business behind the site."""
    return {"@context": SCHEMA} | _said(
        {
            "@type": "LocalBusiness",
            "@id": f"{addresses.home}#business",
            "name": business.name,
            "url": addresses.home,
            "image": addresses.picture,
            "telephone": business.phone,
            "email": business.email,
            "address": _address(business.place, business.country),
            "geo": _point(business.place),
            "currenciesAccepted": business.currency,
        }
    )


def of_service(
    service: Service, business: Business, addresses: Addresses, coming: Coming | None = None
) -> Thing:
    """One service: a class of which a session is known is an event, a course is a course."""
    about = {
        "name": service.name,
        "description": service.description or service.tag_line,
        "url": addresses.page,
        "image": addresses.picture,
    }
    offer = _offer(service.price, business, addresses.page, coming)
    if service.kind is Kind.COURSE:
        rest = _course(service, business, addresses, coming)
    elif service.kind is Kind.CLASS and coming is not None:
        rest = _event(service, business, addresses, coming)
    else:
        rest = {
            "@type": "Service",
            "serviceType": service.category,
            "provider": _provider(business, addresses),
        }
    return {"@context": SCHEMA} | _said({**rest, **about, "offers": offer})


def _event(service: Service, business: Business, addresses: Addresses, coming: Coming) -> Thing:
    return {
        "@type": "Event",
        **_stretch(coming, business),
        "eventStatus": f"{SCHEMA}/EventScheduled",
        "location": _location(service, business),
        "organizer": _provider(business, addresses),
        "remainingAttendeeCapacity": coming.places,
    }


def _course(
    service: Service, business: Business, addresses: Addresses, coming: Coming | None
) -> Thing:
    run: Thing = {}
    if coming is not None:
        run = {
            "@type": "CourseInstance",
            "courseMode": "Onsite",
            **_stretch(coming, business),
            "location": _location(service, business),
        }
    provider = _provider(business, addresses)
    return {"@type": "Course", "provider": provider, "hasCourseInstance": _said(run)}


def _provider(business: Business, addresses: Addresses) -> Thing:
    return _said(
        {
            "@type": "LocalBusiness",
            "@id": f"{addresses.home}#business",
            "name": business.name,
            "url": addresses.home,
            "telephone": business.phone,
            "address": _address(business.place, business.country),
        }
    )


def _offer(price: Price, business: Business, page: str, coming: Coming | None) -> Thing:
    """What it costs; {} where the owner says it in words only, which no machine could read."""
    offer: Thing = {"url": page}
    if coming is not None:
        state = "SoldOut" if coming.places == 0 else "InStock"
        offer["availability"] = f"{SCHEMA}/{state}"
    match price:
        case Price(kind=PriceKind.FREE):
            return {
                "@type": "Offer",
                **_amount("price", Money(Decimal(0), business.currency)),
                **offer,
            }
        case Price(kind=PriceKind.VARIED, lowest=Money() as low):
            high = _amount("highPrice", price.highest) if price.highest else {}
            return {"@type": "AggregateOffer", **high, **_amount("lowPrice", low), **offer}
        case Price(kind=PriceKind.FIXED, amount=Money() as fixed):
            return {"@type": "Offer", **_amount("price", fixed), **offer}
    return {}


def _amount(name: str, money: Money) -> Thing:
    return {name: f"{money.amount:f}", "priceCurrency": money.currency}


def _stretch(coming: Coming, business: Business) -> Thing:
    """When, on the business's clock."""
    zone = ZoneInfo(business.zone)
    ends = _local(coming.ends, zone) if coming.ends else None
    return {"startDate": _local(coming.starts, zone), "endDate": ends}


def _local(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).isoformat(timespec="seconds")


def _location(service: Service, business: Business) -> Thing:
    """Where: the first place that is one, else the business's own."""
    where = next(
        (each for each in service.locations if each.kind is not LocationKind.CUSTOMER), None
    )
    return _place(where, business)


def _place(location: Location | None, business: Business) -> Thing:
    place = location.place if location and location.place else business.place
    name = location.name if location else ""
    return _said(
        {
            "@type": "Place",
            "name": name or business.name,
            "address": _address(place, business.country),
            "geo": _point(place),
        }
    )


def _address(place: Place | None, country: str) -> Thing | str:
    """In its parts where they are known, else in the one line there is."""
    if place is None:
        return ""
    if not (place.street and place.city):
        return place.text
    return _said(
        {
            "@type": "PostalAddress",
            "streetAddress": place.street,
            "postalCode": place.postcode,
            "addressLocality": place.city,
            "addressCountry": country,
        }
    )


def _point(place: Place | None) -> Thing:
    if place is None or place.latitude is None or place.longitude is None:
        return {}
    return {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude}


def _said(told: Mapping[str, Any]) -> Thing:
    """Without what is not known. A number may be 0."""
    return {name: value for name, value in told.items() if value not in ("", None, {})}
