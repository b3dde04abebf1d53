"""Services V2: what can be booked. Source: Wix Bookings, Services V2, "Query Services"."""

from __future__ import annotations

from typing import Any

from booking.sandbox.call import Call, Route
from booking.sandbox.searching import search
from booking.sandbox.sessions import sessions_of
from booking.sandbox.times import utc_text
from booking.sandbox.wire import (
    Json,
    WixError,
    a_list,
    known,
    refusal,
    violation,
)
from booking.sandbox.world import World, visible
from booking.sandbox.wql import (
    compile_filter,
    offset_page,
    query_of,
    sort_records,
)

MOST = 100
CONDITIONAL_FIELDS = (
    "STAFF_MEMBER_DETAILS",
    "STAFF_WORKING_HOURS_LOCATIONS",
    "RESOURCE_TYPE_DETAILS",
    "DISCOUNT_INFO_DETAILS",
    "RESOURCE_DETAILS",
)
FIELDS = {
    name: name
    for name in (
        "id appId category.id category.name description form.id hidden mainSlug.name name "
        "onlineBooking.enabled payment.options.inPerson payment.options.online "
        "payment.options.pricingPlan schedule.firstSessionStart schedule.lastSessionEnd tagLine "
        "type locations.business.id locations.type serviceResources.resourceIds.values "
        "staffMemberIds supportedSlugs.name"
    ).split()
}


def query_services(world: World, call: Call) -> Json:
    query = query_of(call.body)
    wanted = _conditional_fields(call.body.get("conditionalFields"))
    if query.get("cursorPaging"):
        raise violation("query.cursorPaging", "is not taken here: use paging", "OTHER")
    found = matching(world, query.get("filter"), query.get("sort"))
    page, metadata = offset_page(found, query.get("paging"), most=MOST)
    services = [service_view(world, service, call, wanted) for service in page]
    return {"services": services, "pagingMetadata": metadata}


def search_services(world: World, call: Call) -> Json:
    """Services come without conditional fields here."""
    found = search([*world.services.values()], call.body, FIELDS, by=("createdDate", "ASC"))
    page = [service_view(world, service, call, []) for service in found.records]
    return {"services": page, "pagingMetadata": found.metadata}


def count_services(world: World, call: Call) -> Json:
    return {"count": len(matching(world, call.body.get("filter"), None))}


def get_service(world: World, call: Call) -> Json:
    service = find_service(world, call.params["service_id"])
    wanted = _conditional_fields(call.query.get("conditionalFields"))
    return {"service": service_view(world, service, call, wanted)}


def find_service(world: World, service_id: Any) -> Json:
    """Raises: WixError 404 SERVICE_NOT_FOUND."""
    service = world.services.get(service_id) if isinstance(service_id, str) else None
    if service is None:
        raise refusal(404, "SERVICE_NOT_FOUND", f"Service {service_id} not found")
    return service


def matching(world: World, filtered: Any, sort: Any) -> list[Json]:
    """Services in the order asked for, else by their creation. Raises: WixError 400."""
    matches = compile_filter(filtered, FIELDS)
    found = [service for service in world.services.values() if matches(service)]
    return sort_records(found, sort, FIELDS, by=("createdDate", "ASC"))


def _conditional_fields(asked: Any) -> list[str]:
    fields = a_list(asked, "conditionalFields", longest=5)
    return [known(field, "conditionalFields", CONDITIONAL_FIELDS) for field in fields]


def service_view(world: World, service: Json, call: Call, wanted: list[str]) -> Json:
    """A service as Wix sends it: page addresses under the host that was asked."""
    view = visible(service)
    view["urls"] = _urls(service["mainSlug"]["name"], call.origin)
    view["addOnDetails"] = _add_on_details(world, service)
    if service["type"] != "APPOINTMENT":
        view["schedule"] = {**service["schedule"], **_first_and_last(world, service)}
    if "STAFF_MEMBER_DETAILS" in wanted:
        view["staffMemberDetails"] = {"staffMembers": _staff_details(world, service)}
    if "RESOURCE_TYPE_DETAILS" not in wanted:
        view["serviceResources"] = [_without_name(one) for one in service["serviceResources"]]
    return view


def _add_on_details(world: World, service: Json) -> list[Json]:
    """Every add-on of the service; one that is counted has no duration."""
    ids = [one for group in service["addOnGroups"] for one in group["addOnIds"]]
    add_ons = [world.catalogue.add_ons[one] for one in ids]
    return [
        {"addOnId": one["id"], "durationInMinutes": one["durationInMinutes"]} for one in add_ons
    ]


def _without_name(needed: Json) -> Json:
    return {**needed, "resourceType": {"id": needed["resourceType"]["id"]}}


def _first_and_last(world: World, service: Json) -> Json:
    """Of an endless series, which a class is here, there is no last session."""
    sessions = sessions_of(world, service)
    if not sessions:
        return {"firstSessionStart": None, "lastSessionEnd": None}
    last = utc_text(sessions[-1].end) if service["type"] == "COURSE" else None
    return {"firstSessionStart": utc_text(sessions[0].start), "lastSessionEnd": last}


def _staff_details(world: World, service: Json) -> list[Json]:
    """``staffMemberId`` is the resource id here, as everywhere outside the staff API."""
    members = (world.staff.get(resource_id) for resource_id in service["staffMemberIds"])
    return [
        {
            "staffMemberId": member["resourceId"],
            "name": member["name"],
            "mainMedia": member["mainMedia"],
        }
        for member in members
        if member
    ]


def _urls(slug: str, origin: str) -> Json:
    service, calendar = f"/service-page/{slug}", f"/booking-calendar/{slug}"
    return {
        "servicePage": {"relativePath": service, "url": origin + service},
        "bookingPage": {"relativePath": calendar, "url": origin + calendar},
        "calendarPage": {"relativePath": calendar, "url": origin + calendar},
    }


def service_with_slug(world: World, slug: str) -> Json:
    """Raises: WixError 404."""
    for service in world.services.values():
        if any(slug == known["name"] for known in service["supportedSlugs"]):
            return service
    raise WixError(404, f"No service has the slug {slug!r}")


_BASES = ("/bookings/v2/services", "/_api/bookings/v2/services")
ROUTES = (
    Route("POST", query_services, tuple(f"{base}/query" for base in _BASES)),
    Route("POST", search_services, tuple(f"{base}/search" for base in _BASES)),
    Route("POST", count_services, tuple(f"{base}/count" for base in _BASES)),
    Route("GET", get_service, tuple(f"{base}/<service_id>" for base in _BASES)),
)
