"""The site of the environment, and the choice of a site by host."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from booking.domain.errors import BookingError
from booking.domain.ways import Way
from booking.models import Site

DEFAULT = "default"


class UnknownHost(BookingError):
    """Several sites exist, and none of them is served on this host."""


def ensure_site(
    public_url: str,
    ways: Sequence[Way] = (),
    service_ways: Mapping[str, Sequence[Way]] | None = None,
) -> tuple[Site, bool]:
    """Make the environment's site, or bring it up to date; True if it was made.

    ``ways`` and ``service_ways`` as ``Site`` keeps them. Running it again with the same changes nothing.
    """
    host = urlsplit(public_url).hostname or ""
    known = {
        "public_url": public_url.rstrip("/"),
        "hosts": [host],
        "payment_ways": list(ways),
        "service_ways": {slug: list(told) for slug, told in (service_ways or {}).items()},
    }
    return Site.objects.update_or_create(name=DEFAULT, defaults=known)


def site_for(host: str) -> Site:
    """The site served on ``host`` (without port); while only one exists, any host is that one.

    Raises: UnknownHost if several exist and none has this host, or none exists at all.
    """
    sites = list(Site.objects.all())
    if len(sites) == 1:
        return sites[0]
    found = next((each for each in sites if host in each.hosts), None)
    if found is None:
        raise UnknownHost(host)
    return found
