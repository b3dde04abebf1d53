"""Where services are given.

Source: Wix Bookings, Services V2, "Query Locations".
"""

from dataclasses import dataclass

import msgspec

from booking.domain.ids import LocationId
from booking.domain.service import Location, LocationKind
from booking.wix.service_filter import EVERY, ServiceFilter
from booking.wix.shapes import WireAddress
from booking.wix.wire import Answer, Reader, Wire

PATH = "/bookings/v2/services/locations/query"


class _Location(msgspec.Struct):
    id: str
    name: str | None = None
    address: WireAddress | None = None

    def location(self) -> Location:
        return Location(
            kind=LocationKind.BUSINESS,
            id=LocationId(self.id),
            name=self.name or "",
            place=self.address.place() if self.address else None,
        )


class _Kind(msgspec.Struct):
    exists: bool | None = None
    locations: list[_Location] | None = None


class _Answer(msgspec.Struct, rename="camel"):
    business_locations: _Kind | None = None
    custom_locations: _Kind | None = None
    customer_locations: _Kind | None = None


_read = Reader(_Answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLocations:
    """The business's own places; of the others Wix tells only whether any service has one."""

    business: tuple[Location, ...] = ()
    has_custom: bool = False
    has_customer: bool = False


class Locations:
    """The places of services."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def query(self, where: ServiceFilter = EVERY) -> ServiceLocations:
        """Places of the services that fit. Raises: WixError."""
        question = {"filter": {"services": where.body()}}
        return _places(self._wire.read(PATH, question, check=_places))


def _places(answer: Answer) -> ServiceLocations:
    told = _read(answer)
    business = told.business_locations or _Kind()
    return ServiceLocations(
        business=tuple(each.location() for each in business.locations or ()),
        has_custom=bool((told.custom_locations or _Kind()).exists),
        has_customer=bool((told.customer_locations or _Kind()).exists),
    )
