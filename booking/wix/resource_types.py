"""Resource Types: the kinds of rooms and equipment that the owner has named.

Source: Wix Bookings, Resource Types, "Query Resource Types". The type of staff members is Wix's own
and may be missing from the list.
"""

import msgspec

from booking.domain.ids import ResourceTypeId
from booking.domain.resource import ResourceType
from booking.wix.cursor_pages import pages
from booking.wix.wire import Answer, Reader, Wire

PATH = "/bookings/v2/resources/resource-types/query"


class _Type(msgspec.Struct):
    id: str
    name: str | None = None


class _Answer(msgspec.Struct, rename="camel"):
    resource_types: list[_Type] | None = None


_read = Reader(_Answer)


class ResourceTypes:
    """The kinds of resources."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def query(self) -> tuple[ResourceType, ...]:
        """All of them. Raises: WixError."""
        answers = pages(self._wire, PATH, check=_read)
        return tuple(each for answer in answers for each in _types(answer))


def _types(answer: Answer) -> list[ResourceType]:
    listed = _read(answer).resource_types or ()
    return [ResourceType(id=ResourceTypeId(each.id), name=each.name or "") for each in listed]
