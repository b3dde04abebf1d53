"""Staff members. Source: Wix Bookings, Staff Members, "Query Staff Members"."""

from __future__ import annotations

from typing import Any

from booking.sandbox.call import Call, Route
from booking.sandbox.paging import DEFAULT, cursor_page
from booking.sandbox.searching import search
from booking.sandbox.wire import Json, a_list, known, refusal
from booking.sandbox.world import World, visible
from booking.sandbox.wql import compile_filter

EXTRA_FIELDS = ("RESOURCE_DETAILS", "ASSOCIATED_IDENTITY_STATUS")
FIELDS = {
    name: name
    for name in (
        "id createdDate updatedDate resourceId serviceProvider description email name phone"
    ).split()
}
OPERATORS = dict.fromkeys(("email", "name", "phone"), ("$eq", "$ne", "$in", "$nin", "$exists"))


def query_staff_members(world: World, call: Call) -> Json:
    wanted = _extra_fields(call.body.get("fields"))
    found, metadata = cursor_page(
        [member for _, member in sorted(world.staff.items())],
        call.body,
        FIELDS,
        by=("id", "ASC"),
        operators=OPERATORS,
    )
    members = [_view(member, call, wanted) for member in found]
    return {"staffMembers": members, "pagingMetadata": metadata}


def search_staff_members(world: World, call: Call) -> Json:
    wanted = _extra_fields(call.body.get("fields"))
    people = [member for _, member in sorted(world.staff.items())]
    found = search(people, call.body, FIELDS, by=("id", "ASC"), default=DEFAULT)
    members = [_view(member, call, wanted) for member in found.records]
    return {"staffMembers": members, "pagingMetadata": found.metadata}


def count_staff_members(world: World, call: Call) -> Json:
    matches = compile_filter(call.body.get("filter"), FIELDS, OPERATORS)
    return {"count": sum(map(matches, world.staff.values()))}


def get_staff_member(world: World, call: Call) -> Json:
    wanted = _extra_fields(call.query.get("fields"))
    for member in world.staff.values():
        if member["id"] == call.params["staff_member_id"]:
            return {"staffMember": _view(member, call, wanted)}
    raise refusal(404, "STAFF_MEMBER_NOT_FOUND")


def _extra_fields(asked: Any) -> list[str]:
    return [known(field, "fields", EXTRA_FIELDS) for field in a_list(asked, "fields")]


def _view(member: Json, call: Call, wanted: list[str]) -> Json:
    """Addresses and phone numbers are empty for callers who may not manage the site."""
    view = visible(member)
    if "RESOURCE_DETAILS" not in wanted:
        del view["resource"]
    if not call.caller.may_manage:
        view |= {"email": "", "phone": ""}
    return view


_BASES = ("/bookings/v1/staff-members", "/bookings/v2/staff-members")
_QUERY_BASES = (*_BASES, "/bookings/staff/v2/staff-members", "/_api/bookings/v1/staff-members")
ROUTES = (
    Route("POST", query_staff_members, tuple(f"{base}/query" for base in _QUERY_BASES)),
    Route("POST", search_staff_members, tuple(f"{base}/search" for base in _QUERY_BASES)),
    Route("POST", count_staff_members, tuple(f"{base}/count" for base in _QUERY_BASES)),
    Route("GET", get_staff_member, tuple(f"{base}/<staff_member_id>" for base in _BASES)),
)
