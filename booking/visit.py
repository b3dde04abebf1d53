"""A request as our views get it: with what the middleware found out."""

from zoneinfo import ZoneInfo

from django.http import HttpRequest

from booking.models import Site


class Visit(HttpRequest):
    """A request to a site. ``visitor_zone`` is None unless the address or the form names one;
    ``zone_unknown`` says that it names one that does not exist.
    """

    site: Site  # type: ignore[assignment]  # Django's own sites app, which we do not use, has one too
    client_address: str
    visitor_zone: ZoneInfo | None
    zone_unknown: bool
