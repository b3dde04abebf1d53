"""Prices that depend on a choice.

Source: Wix Bookings, Service Options And Variants. One option a service, one choice a variant; a
service without any is a 404.
"""

from __future__ import annotations

from booking.sandbox.call import Call, Route
from booking.sandbox.paging import cursor_page
from booking.sandbox.wire import Json, refusal
from booking.sandbox.world import World, visible

FIELDS = {name: name for name in ("id", "serviceId")}
OPERATORS = dict.fromkeys(FIELDS, ("$eq", "$ne", "$in"))


def by_service_id(world: World, call: Call) -> Json:
    """The answer's key is another one than with the id of the object itself."""
    options = world.catalogue.options.get(call.params["service_id"])
    if options is None:
        raise _not_found()
    return {"serviceVariants": visible(options)}


def get_options(world: World, call: Call) -> Json:
    for options in world.catalogue.options.values():
        if options["id"] == call.params["options_id"]:
            return {"serviceOptionsAndVariants": visible(options)}
    raise _not_found()


def query_options(world: World, call: Call) -> Json:
    records = [visible(one) for one in world.catalogue.options.values()]
    found, metadata = cursor_page(records, call.body, FIELDS, by=("id", "ASC"), operators=OPERATORS)
    return {"serviceOptionsAndVariantsList": found, "pagingMetadata": metadata}


def _not_found() -> Exception:
    return refusal(404, "SERVICE_OPTIONS_AND_VARIANTS_NOT_FOUND", "No options and variants")


_BASES = (
    "/bookings/v1/serviceOptionsAndVariants",
    "/_api/bookings/v1/serviceOptionsAndVariants",
)
ROUTES = (
    Route("POST", query_options, tuple(f"{base}/query" for base in _BASES)),
    Route("GET", by_service_id, tuple(f"{base}/service_id/<service_id>" for base in _BASES)),
    Route("GET", get_options, tuple(f"{base}/<options_id>" for base in _BASES)),
)
