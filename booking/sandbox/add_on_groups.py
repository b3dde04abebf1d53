"""What can be sold with a service.

Source: Wix Bookings, Services V2, "List Add On Groups By Service Id"; Add-Ons.
"""

from __future__ import annotations

from collections.abc import Iterable

from booking.sandbox.call import Call, Route
from booking.sandbox.gets import by_get
from booking.sandbox.paging import cursor_page
from booking.sandbox.services import find_service
from booking.sandbox.wire import Json, a_guid, a_list, refusal
from booking.sandbox.world import World, visible

MOST_GROUPS = 3
FIELDS = {
    name: name
    for name in (
        "id name price.value price.currency durationInMinutes maxQuantity taxGroup.id"
    ).split()
}


def list_by_service_id(world: World, call: Call) -> Json:
    service = find_service(world, a_guid(call.body.get("serviceId"), "serviceId"))
    wanted = a_list(call.body.get("groupIds"), "groupIds", longest=MOST_GROUPS)
    groups = service["addOnGroups"]
    unknown = set(wanted) - {group["id"] for group in groups}
    if unknown:
        raise refusal(404, "ADD_ON_GROUP_NOT_FOUND", "No such group on this service")
    told = [_told(world, group) for group in groups if not wanted or group["id"] in wanted]
    return {"addOnGroupsDetails": told}


def _told(world: World, group: Json) -> Json:
    add_ons = [world.catalogue.add_ons[one] for one in group["addOnIds"]]
    return {
        "groupId": group["id"],
        "groupName": group["name"],
        "groupNameTranslated": group["name"],
        "prompt": group["prompt"],
        "promptTranslated": group["prompt"],
        "maxNumberOfAddOns": group["maxNumberOfAddOns"],
        "addOns": [
            {
                "addOnId": one["id"],
                "name": one["name"],
                "nameTranslated": one["name"],
                "price": one["price"],
                "durationInMinutes": one["durationInMinutes"],
                "maxQuantity": one["maxQuantity"],
            }
            for one in add_ons
        ],
    }


def query_add_ons(world: World, call: Call) -> Json:
    """GET in Wix's SDK; asked by POST it answers as well."""
    records = [visible(one) for one in world.catalogue.add_ons.values()]
    found, metadata = cursor_page(records, call.body, FIELDS, by=("id", "ASC"))
    return {"addOns": found, "pagingMetadata": metadata}


def get_add_on(world: World, call: Call) -> Json:
    found = world.catalogue.add_ons.get(call.params["add_on_id"])
    if found is None:
        raise refusal(404, "ADD_ON_NOT_FOUND", "No such add-on")
    return {"addOn": visible(found)}


def minutes_of_add_ons(world: World, service: Json, add_on_ids: Iterable[object]) -> int:
    """How much longer an appointment gets. Raises: WixError 428 ADD_ON_NOT_FOUND."""
    offered = [one for group in service["addOnGroups"] for one in group["addOnIds"]]
    total = 0
    for add_on_id in add_on_ids:
        if add_on_id not in offered:
            raise refusal(428, "ADD_ON_NOT_FOUND", "The service does not offer this add-on")
        total += world.catalogue.add_ons[str(add_on_id)]["durationInMinutes"] or 0
    return total


def lengths_with_add_ons(world: World, service: Json, minutes: Iterable[int]) -> set[int]:
    """Every length that some of the service's add-ons make of ``minutes``."""
    lengths = set(minutes)
    for group in service["addOnGroups"]:
        for add_on_id in group["addOnIds"]:
            longer = world.catalogue.add_ons[add_on_id]["durationInMinutes"] or 0
            lengths |= {length + longer for length in lengths}
    return lengths


_GROUPS = "services/add-on-groups/list-add-on-groups-by-service-id"
_ADD_ONS = ("/addons/v1/add-ons", "/_api/addons/v1/add-ons")
_QUERY = tuple(f"{base}/query" for base in _ADD_ONS)
ROUTES = (
    Route("POST", list_by_service_id, (f"/bookings/v2/{_GROUPS}", f"/_api/bookings/v2/{_GROUPS}")),
    Route("GET", by_get(query_add_ons), _QUERY),
    Route("POST", query_add_ons, _QUERY),
    Route("GET", get_add_on, tuple(f"{base}/<add_on_id>" for base in _ADD_ONS)),
)
