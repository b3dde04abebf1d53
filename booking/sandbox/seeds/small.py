"""Three tiny businesses: two chairs to race for, one with times far ahead only, one with nothing."""

from __future__ import annotations

from booking.sandbox.seeds.build import location, service, staff_member
from booking.sandbox.seeds.forms import default_form
from booking.sandbox.wire import Json

DAYS = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"]
NINE_WEEKS = 63


def _business(name: str) -> Json:
    return {
        "timeZone": "Europe/Lisbon",
        "locale": {"languageCode": "en", "country": "PT"},
        "language": "en",
        "paymentCurrency": "EUR",
        "businessName": name,
        "siteDisplayName": name,
        "email": "ola@cadeiras.example",
        "phone": "+351 21 555 0199",
        "address": {"street": "Rua da Bica", "city": "Lisboa", "zip": "1200-054", "country": "PT"},
    }


def _seed(slug: str, name: str, *, staff: list[Json], services: list[Json]) -> Json:
    place = location("shop", {"name": name, "default": True, "address": _address()})
    return {
        "name": slug,
        "site": _business(name),
        "splitInterval": {"sameAsDuration": False, "valueInMinutes": 30},
        "sessionChanges": {},
        "forms": [default_form()],
        "locations": [place],
        "staff": staff,
        "services": [service(one["slug"], one, locations=[place], staff=staff) for one in services],
    }


def _address() -> Json:
    return {
        "addressLine": "Rua da Bica 12",
        "city": "Lisboa",
        "postalCode": "1200-054",
        "country": "PT",
        "formattedAddress": "Rua da Bica 12, 1200-054 Lisboa, Portugal",
        "geocode": {"latitude": 38.7096, "longitude": -9.1467},
    }


def two_chairs() -> Json:
    """One haircut, two staff, every day: for races."""
    hours = [{"days": DAYS, "start": "09:00", "end": "18:00"}]
    staff = [staff_member(slug, {"workingHours": hours}) for slug in ("ana", "bruno")]
    haircut = {"slug": "haircut", "name": "Haircut", "tagLine": "Wash, cut and dry"}
    return _seed("two-chairs", "Duas Cadeiras", staff=staff, services=[haircut])


def faraway() -> Json:
    """One service whose first time is nine weeks ahead."""
    hours = [{"days": DAYS, "start": "09:00", "end": "17:00"}]
    away = {"inDays": -7, "untilInDays": NINE_WEEKS, "start": "00:00", "end": "00:00"}
    staff = [staff_member("vera", {"workingHours": hours, "blocked": [away]})]
    portrait = {"slug": "portrait", "name": "Portrait sitting", "tagLine": "Back in the spring"}
    return _seed("faraway", "Vera Photographs", staff=staff, services=[portrait])


def empty() -> Json:
    """A site where nothing can be booked."""
    return _seed("empty", "Nothing Yet", staff=[], services=[])
