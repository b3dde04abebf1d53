"""Kinds of resources. Source: Wix Bookings, Resource Types, "Query Resource Types".

Whether Wix lists its own type of staff members is not documented; here it is not in the list.
"""

from __future__ import annotations

from booking.sandbox.call import Call, Route
from booking.sandbox.paging import cursor_page
from booking.sandbox.wire import Json, refusal
from booking.sandbox.world import World, visible

FIELDS = {"name": "name"}


def query_resource_types(world: World, call: Call) -> Json:
    records = [visible(one) for one in world.catalogue.resource_types.values()]
    found, metadata = cursor_page(records, call.body, FIELDS, by=("id", "ASC"))
    return {"resourceTypes": found, "pagingMetadata": metadata}


def get_resource_type(world: World, call: Call) -> Json:
    found = world.catalogue.resource_types.get(call.params["type_id"])
    if found is None:
        raise refusal(404, "RESOURCE_TYPE_NOT_FOUND", "No such resource type")
    return {"resourceType": visible(found)}


_BASES = ("/bookings/v2/resources/resource-types", "/_api/bookings/v2/resources/resource-types")
ROUTES = (
    Route("POST", query_resource_types, tuple(f"{base}/query" for base in _BASES)),
    Route("GET", get_resource_type, tuple(f"{base}/<type_id>" for base in _BASES)),
)
