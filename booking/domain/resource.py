"""Rooms and equipment: what a service needs beside the person who gives it."""

from dataclasses import dataclass

from booking.domain.ids import LocationId, ResourceId, ResourceTypeId


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceType:
    """A kind of resource; its name is the owner's."""

    id: ResourceTypeId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """``location_ids`` is None where it can be used in every place of the business."""

    id: ResourceId
    type_id: ResourceTypeId
    name: str
    location_ids: tuple[LocationId, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One resource of that type must be free; ``resource_ids`` empty means any of the type."""

    type_id: ResourceTypeId
    resource_ids: tuple[ResourceId, ...] = ()
