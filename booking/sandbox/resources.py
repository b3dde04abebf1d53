"""Rooms, equipment and people: whatever an appointment needs to be free.

Source: Wix Bookings, Resources V2, "Query Resources". Staff members are resources of one type.
"""

from __future__ import annotations

from booking.sandbox.call import Call, Route
from booking.sandbox.paging import cursor_page
from booking.sandbox.wire import STAFF_TYPE_ID, Json, refusal
from booking.sandbox.world import World, visible
from booking.sandbox.wql import compile_filter

_PLACES = "locationOptions.specificLocationOptions"
FIELDS = {
    name: name
    for name in (
        "id typeId createdDate updatedDate name eventsSchedule.scheduleId "
        "locationOptions.availableInAllLocations "
        f"{_PLACES}.availableInBusinessLocations {_PLACES}.businessLocations.locationId"
    ).split()
}


def query_resources(world: World, call: Call) -> Json:
    """The ``query`` member must be there, even empty."""
    found, metadata = cursor_page(all_resources(world), call.body, FIELDS, by=("id", "ASC"))
    return {"resources": found, "pagingMetadata": metadata}


def count_resources(world: World, call: Call) -> Json:
    matches = compile_filter(call.body.get("filter"), FIELDS)
    return {"count": sum(map(matches, all_resources(world)))}


def get_resource(world: World, call: Call) -> Json:
    for resource in all_resources(world):
        if resource["id"] == call.params["resource_id"]:
            return {"resource": resource}
    raise refusal(404, "RESOURCE_NOT_FOUND", "No such resource")


def all_resources(world: World) -> list[Json]:
    people = [_as_resource(member) for member in world.staff.values()]
    return [*(visible(one) for one in world.catalogue.resources.values()), *people]


def _as_resource(member: Json) -> Json:
    own = member["resource"]
    hours = [
        {"scheduleId": one["id"], "shared": one["shared"]} for one in own["workingHoursSchedules"]
    ]
    return {
        "id": member["resourceId"],
        "name": member["name"],
        "typeId": STAFF_TYPE_ID,
        "workingHoursSchedules": {"values": hours},
        "locationOptions": {"availableInAllLocations": True},
        "eventsSchedule": {"scheduleId": own["eventsSchedule"]["id"]},
        "revision": own["revision"],
        "createdDate": member["createdDate"],
        "updatedDate": member["updatedDate"],
    }


_BASE = "/bookings/v2/resources"
_BASES = (_BASE, f"/_api{_BASE}")
ROUTES = (
    Route("POST", query_resources, tuple(f"{base}/query" for base in _BASES)),
    Route("POST", count_resources, tuple(f"{base}/count" for base in _BASES)),
    Route("GET", get_resource, tuple(f"{base}/<resource_id>" for base in _BASES)),
)
