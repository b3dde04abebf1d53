"""Rooms and equipment that an appointment needs beside a person: one free of each kind.

Source: Wix Bookings, Services V2, ``serviceResources``; Resources V2: one without working hours is
open day and night at its locations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from booking.sandbox.diary import Entry
from booking.sandbox.wire import Json

if TYPE_CHECKING:
    from booking.sandbox.world import World


def free_rooms(
    world: World, service: Json, start: int, end: int, place: str
) -> dict[str, list[str]]:
    """Resource ids by the type that is needed; a type with none is one that is missing.

    ``place`` is a location's id; "" stands for any.
    """
    return {
        needed["resourceType"]["id"]: [
            room_id
            for room_id in _candidates(world, needed, place)
            if not _is_busy(world, service, room_id, start, end)
        ]
        for needed in service["serviceResources"]
    }


def has_rooms(world: World, service: Json, start: int, end: int, place: str) -> bool:
    """True if nothing that the service needs is missing."""
    return all(free_rooms(world, service, start, end, place).values())


def take_rooms(world: World, service: Json, entry: Entry, place: str) -> None:
    """Keep the first free one of each kind busy; a double booking shares the first there is."""
    free = free_rooms(world, service, entry.start, entry.end, place)
    for needed in service["serviceResources"]:
        rooms = free[needed["resourceType"]["id"]] or _candidates(world, needed, place)
        for room_id in rooms[:1]:
            world.diary.block(room_id, entry)


def leave_rooms(world: World, service: Json, booking_id: str) -> None:
    for needed in service["serviceResources"]:
        for room_id in _candidates(world, needed, ""):
            world.diary.free(room_id, booking_id)


def _candidates(world: World, needed: Json, place: str) -> list[str]:
    """Rooms of the type at that place; without ``resourceIds`` any of the type will do."""
    named = (needed.get("resourceIds") or {}).get("values")
    return [
        room["id"]
        for room in world.catalogue.resources.values()
        if room["typeId"] == needed["resourceType"]["id"]
        and (not named or room["id"] in named)
        and _is_at(room, place)
    ]


def _is_at(room: Json, place: str) -> bool:
    options = room["locationOptions"]
    if not place or options["availableInAllLocations"]:
        return True
    there = options["specificLocationOptions"]["businessLocations"]
    return any(one["locationId"] == place for one in there)


def _is_busy(world: World, service: Json, room_id: str, start: int, end: int) -> bool:
    buffer = world.buffer_seconds(service)
    return any(
        entry.start - max(buffer, entry.buffer) < end
        and start < entry.end + max(buffer, entry.buffer)
        for entry in world.diary.busy(room_id, start - buffer, end + buffer)
    )
