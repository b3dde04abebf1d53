"""Bookings Settings V2: what the owner has switched on for the site's bookings.

Source: Wix Bookings, Bookings Settings, "Get Bookings Settings".
"""

import msgspec

from booking.domain.business import Switches
from booking.wix.wire import Answer, Reader, Wire

PATH = "/_api/bookings-settings/v2/settings"


class _Switch(msgspec.Struct):
    enabled: bool | None = None


class _Settings(msgspec.Struct, rename="camel"):
    multi_service_appointments: _Switch | None = None


class _Answer(msgspec.Struct, rename="camel"):
    bookings_settings: _Settings | None = None


_read = Reader(_Answer)


class BookingsSettings:
    """The one set of switches that a site has."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def get(self) -> Switches:
        """What is switched on; what Wix does not tell is off. Raises: WixError."""
        return _switches(self._wire.read(PATH, method="GET", check=_switches))


def _switches(answer: Answer) -> Switches:
    told = _read(answer).bookings_settings or _Settings()
    several = told.multi_service_appointments or _Switch()
    return Switches(several_services=bool(several.enabled))
