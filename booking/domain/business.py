"""The business behind the site, as Wix's site properties describe it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A postal address in one line, and where it is on a map if that is known.

    ``street``, ``city`` and ``postcode`` are its parts, "" where only the line is known.
    """

    text: str
    street: str = ""
    city: str = ""
    postcode: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Business:
    """One business. ``zone`` is an IANA name: all its schedules are in it.

    ``logo`` is a media id without host; ``language`` ISO 639-1; ``country`` ISO 3166-1 or "".
    """

    name: str
    zone: str
    currency: str
    language: str = "en"
    country: str = ""
    email: str = ""
    phone: str = ""
    place: Place | None = None
    logo: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Switches:
    """What the owner has switched on: ``several_services`` may be booked in one visit."""

    several_services: bool = False
