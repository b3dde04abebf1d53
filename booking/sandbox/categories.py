"""Categories V2: all there are, services in them or not.

Source: Wix Bookings, Categories V2, "Query Categories". The SDK asks by GET, recipes by POST.
"""

from __future__ import annotations

from booking.sandbox.call import Call, Route
from booking.sandbox.gets import by_get
from booking.sandbox.paging import cursor_page
from booking.sandbox.seeds.build import CREATED
from booking.sandbox.wire import Json, refusal
from booking.sandbox.world import World, visible
from booking.sandbox.wql import compile_filter

DEFAULT = 100
FIELDS = {name: name for name in ("id", "name", "sortOrder")}


def query_categories(world: World, call: Call) -> Json:
    found, metadata = cursor_page(
        all_categories(world), call.body, FIELDS, by=("createdDate", "ASC"), default=DEFAULT
    )
    return {"categories": found, "pagingMetadata": metadata}


def count_categories(world: World, call: Call) -> Json:
    matches = compile_filter(call.body.get("filter"), FIELDS)
    return {"count": sum(map(matches, all_categories(world)))}


def get_category(world: World, call: Call) -> Json:
    for category in all_categories(world):
        if category["id"] == call.params["category_id"]:
            return {"category": category}
    raise refusal(404, "CATEGORY_NOT_FOUND")


def all_categories(world: World) -> list[Json]:
    """Those that services name, and those nothing is sold in. Names need not differ."""
    found = {record["id"]: visible(record) for record in world.catalogue.categories.values()}
    for service in world.services.values():
        category = service.get("category") or {}
        if category.get("id"):
            stamps = {"revision": "1", "createdDate": CREATED, "updatedDate": CREATED}
            found.setdefault(category["id"], {**category, **stamps})
    return list(found.values())


_BASES = ("/bookings/v2/categories", "/_api/bookings/v2/categories")
_QUERY = tuple(f"{base}/query" for base in _BASES)
_COUNT = tuple(f"{base}/count" for base in _BASES)
ROUTES = (
    Route("POST", query_categories, _QUERY),
    Route("GET", by_get(query_categories), _QUERY),
    Route("POST", count_categories, _COUNT),
    Route("GET", by_get(count_categories), _COUNT),
    Route("GET", get_category, tuple(f"{base}/<category_id>" for base in _BASES)),
)
