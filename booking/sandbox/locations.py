"""Where services are given, and which categories, policies and forms they have.

Source: Wix Bookings, Services V2, "Query Locations", "Query Categories", "Query Policies",
"Query Booking Forms".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from booking.sandbox.call import Call, Route
from booking.sandbox.forms import form_named
from booking.sandbox.services import matching
from booking.sandbox.wire import DEFAULT_FORM_ID, Json, a_list, an_object, known
from booking.sandbox.world import World
from booking.sandbox.wql import query_of

MOST_TOLD = 5  # services named beside a policy or a form


def query_locations(world: World, call: Call) -> Json:
    """Only the places of the business are listed; of the others Wix tells whether there are any."""
    asked = an_object(call.body.get("filter"), "filter")
    wanted = a_list(asked.get("businessLocationIds"), "filter.businessLocationIds", longest=100)
    services = matching(world, asked.get("services"), None)
    places = [place for service in services for place in service["locations"]]
    business = {
        place["id"]: place["business"]
        for place in places
        if place["type"] == "BUSINESS" and (not wanted or place["id"] in wanted)
    }
    kinds = {place["type"] for place in places}
    return {
        "businessLocations": {"exists": bool(business), "locations": list(business.values())},
        "customLocations": {"exists": "CUSTOM" in kinds},
        "customerLocations": {"exists": "CUSTOMER" in kinds},
    }


def query_categories_of_services(world: World, call: Call) -> Json:
    """Only categories in which something is sold."""
    asked = an_object(call.body.get("filter"), "filter")
    wanted = a_list(asked.get("categoryIds"), "filter.categoryIds", longest=100)
    found = {
        service["category"]["id"]: service["category"]
        for service in matching(world, asked.get("services"), None)
        if service.get("category")
    }
    return {"categories": [found[one] for one in found if not wanted or one in wanted]}


def query_policies_of_services(world: World, call: Call) -> Json:
    query = query_of(call.body)
    services = matching(world, query.get("filter"), query.get("sort"))
    policies = [
        {"bookingPolicy": of[0]["bookingPolicy"], **_connected(of)}
        for of in _grouped(services, lambda service: service["bookingPolicy"]["id"])
    ]
    return {"bookingPolicies": policies, "pagingMetadata": {"count": len(policies)}}


def query_booking_forms(world: World, call: Call) -> Json:
    query = query_of(call.body)
    extra = a_list(call.body.get("conditionalFields"), "conditionalFields", longest=5)
    for name in extra:
        known(name, "conditionalFields", ("DEFAULT_BOOKING_FORM",))
    services = matching(world, query.get("filter"), query.get("sort"))
    told = [
        {"formDetails": _form_details(world, of[0]["form"]["id"]), **_connected(of)}
        for of in _grouped(services, lambda service: service["form"]["id"])
    ]
    answer: Json = {"bookingForms": told, "pagingMetadata": {"count": len(told)}}
    if extra:
        answer["defaultBookingForm"] = _form_details(world, DEFAULT_FORM_ID)
    return answer


def _grouped(services: list[Json], key: Callable[[Json], Any]) -> list[list[Json]]:
    groups: dict[Any, list[Json]] = {}
    for service in services:
        groups.setdefault(key(service), []).append(service)
    return list(groups.values())


def _connected(services: list[Json]) -> Json:
    named = [{"id": one["id"], "name": one["name"]} for one in services[:MOST_TOLD]]
    return {"connectedServices": named, "totalServiceCount": len(services)}


def _form_details(world: World, form_id: str) -> Json:
    form = form_named(world, form_id)
    return {"formId": form["id"], "name": form["name"], "revision": form["revision"]}


def _paths(name: str) -> tuple[str, ...]:
    return (f"/bookings/v2/services/{name}/query", f"/_api/bookings/v2/services/{name}/query")


ROUTES = (
    Route("POST", query_locations, _paths("locations")),
    Route("POST", query_categories_of_services, _paths("categories")),
    Route("POST", query_policies_of_services, _paths("policies")),
    Route("POST", query_booking_forms, _paths("booking-forms")),
)
