"""Site Properties: the facts of the business. Source: Wix Business Info, Site Properties V4."""

from __future__ import annotations

from booking.sandbox.call import Call, For, Route
from booking.sandbox.wire import Json, violation
from booking.sandbox.world import World


def get_site_properties(world: World, call: Call) -> Json:
    """All properties, or those in the ``fields`` mask: a comma list, or ``fields.paths``."""
    asked = [*call.query.get("fields", []), *call.query.get("fields.paths", [])]
    names = [name.strip() for entry in asked for name in entry.split(",") if name.strip()]
    properties = world.site
    if names:
        unknown = [name for name in names if name.split(".")[0] not in properties]
        if unknown:
            raise violation("fields", f"has an unknown path {unknown[0]!r}")
        wanted = {name.split(".")[0] for name in names}
        properties = {key: value for key, value in properties.items() if key in wanted}
    return {"version": str(world.version), "properties": properties}


ROUTES = (
    Route(
        "GET",
        get_site_properties,
        ("/site-properties/v4/properties", "/_api/site-properties/v4/properties"),
        For.MANAGERS,
    ),
)
