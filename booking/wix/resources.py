"""Resources: rooms and equipment, and the people too.

Source: Wix Bookings, Resources V2, "Query Resources".
"""

from typing import Any

import msgspec

from booking.domain.ids import LocationId, ResourceId, ResourceTypeId
from booking.domain.resource import Resource
from booking.wix.cursor_pages import pages
from booking.wix.wire import Answer, Reader, Wire

PATH = "/bookings/v2/resources/query"


class _Place(msgspec.Struct, rename="camel"):
    location_id: str | None = None


class _Specific(msgspec.Struct, rename="camel"):
    business_locations: list[_Place] | None = None


class _Places(msgspec.Struct, rename="camel"):
    available_in_all_locations: bool | None = None
    specific_location_options: _Specific | None = None


class _Resource(msgspec.Struct, rename="camel"):
    id: str
    type_id: str
    name: str | None = None
    location_options: _Places | None = None

    def resource(self) -> Resource:
        return Resource(
            id=ResourceId(self.id),
            type_id=ResourceTypeId(self.type_id),
            name=self.name or "",
            location_ids=self._location_ids(),
        )

    def _location_ids(self) -> tuple[LocationId, ...] | None:
        """A resource of which Wix says nothing about places is usable in all of them."""
        options = self.location_options or _Places()
        specific = options.specific_location_options
        if options.available_in_all_locations or specific is None:
            return None
        places = specific.business_locations or ()
        return tuple(LocationId(each.location_id) for each in places if each.location_id)


class _Answer(msgspec.Struct):
    resources: list[_Resource] | None = None


_read = Reader(_Answer)


class Resources:
    """What services need to be free."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def query(self, type_id: ResourceTypeId | None = None) -> tuple[Resource, ...]:
        """All of them, people too, or those of one type. Raises: WixError."""
        query: dict[str, Any] = {"filter": {"typeId": type_id}} if type_id else {}
        answers = pages(self._wire, PATH, query, check=_read)
        return tuple(each for answer in answers for each in _resources(answer))


def _resources(answer: Answer) -> list[Resource]:
    return [each.resource() for each in _read(answer).resources or ()]
