"""Booking policies. Source: Wix Bookings, Booking Policies, "Query", "Get Strictest"."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from booking.sandbox.call import Call, Route
from booking.sandbox.paging import cursor_page
from booking.sandbox.seeds.build import CREATED
from booking.sandbox.wire import BOOKINGS_APP_ID, Json, a_guid, a_list, missing, refusal
from booking.sandbox.world import World

MOST = 100
TEXTS = ("name", "customPolicyDescription.description", "intakeFormPolicy.formId")
SWITCHES = (
    "default",
    "customPolicyDescription.enabled",
    "limitEarlyBookingPolicy.enabled",
    "limitLateBookingPolicy.enabled",
    "bookAfterStartPolicy.enabled",
    "cancellationPolicy.enabled",
    "reschedulePolicy.enabled",
    "waitlistPolicy.enabled",
    "resourcesPolicy.enabled",
)
NUMBERS = (
    "limitEarlyBookingPolicy.earliestBookingInMinutes",
    "limitLateBookingPolicy.latestBookingInMinutes",
    "cancellationPolicy.latestCancellationInMinutes",
    "reschedulePolicy.latestRescheduleInMinutes",
    "participantsPolicy.maxParticipantsPerBooking",
)
OPERATORS = (
    {"id": ("$eq", "$in", "$ne")}
    | dict.fromkeys(TEXTS, ("$eq", "$ne", "$startsWith"))
    | dict.fromkeys(SWITCHES, ("$eq", "$ne"))
    | dict.fromkeys(NUMBERS, ("$eq", "$ne", "$gt", "$gte", "$lt", "$lte", "$in", "$nin"))
)
FIELDS = {name: name for name in OPERATORS}


def query_policies(world: World, call: Call) -> Json:
    """Without a ``query`` member Wix refuses, even if it is empty."""
    found, metadata = cursor_page(
        _policies(world), call.body, FIELDS, by=("createdDate", "ASC"), operators=OPERATORS
    )
    return {"bookingPolicies": found, "pagingMetadata": metadata}


def get_policy(world: World, call: Call) -> Json:
    return {"bookingPolicy": _named(world, call.params["policy_id"])}


def strictest(world: World, call: Call) -> Json:
    """A policy without an id: each rule is the strictest of those asked for.

    How Wix compares rules is not documented; see ``docs/sandbox.md``.
    """
    asked = a_list(call.body.get("bookingPolicyIds"), "bookingPolicyIds", longest=MOST)
    if not asked:
        raise missing("bookingPolicyIds")
    policies = [_named(world, a_guid(one, "bookingPolicyIds")) for one in asked]
    rules = {name: rule(policies, name) for name, rule in _RULES.items()}
    return {"bookingPolicy": {**policies[0], "id": None, "name": None, "default": False, **rules}}


def _policies(world: World) -> list[Json]:
    found: dict[str, Json] = {}
    for service in world.services.values():
        policy = service["bookingPolicy"]
        found.setdefault(policy["id"], _view(policy))
    return list(found.values())


def _view(policy: Json) -> Json:
    return {
        "revision": "1",
        "createdDate": CREATED,
        "updatedDate": CREATED,
        "appId": BOOKINGS_APP_ID,
        "staffSortingPolicy": {"sortingMethodType": "RANDOM"},
        "intakeFormPolicy": {"enabled": False, "formId": None},
        "cancellationFeePolicy": {"enabled": False, "cancellationWindows": []},
        "saveCreditCardPolicy": {"enabled": False},
        **policy,
    }


def _named(world: World, policy_id: Any) -> Json:
    for policy in _policies(world):
        if policy["id"] == policy_id:
            return policy
    raise refusal(404, "BOOKING_POLICY_NOT_FOUND", "No such policy")


def _limit(member: str, choose: Callable[..., Any]) -> Callable[[list[Json], str], Json]:
    """A rule that forbids when it is on: one that is on wins, the tightest of several."""

    def strictest_limit(policies: list[Json], name: str) -> Json:
        on = [policy[name] for policy in policies if policy[name]["enabled"]]
        if not on:
            return dict(policies[0][name])
        return {"enabled": True, member: choose(rule[member] for rule in on)}

    return strictest_limit


def _permission(what: str) -> Callable[[list[Json], str], Json]:
    """A rule that allows when it is on: allowed only if all allow it, with the longest notice."""
    limited, minutes = f"limitLatest{what}", f"latest{what}InMinutes"

    def strictest_permission(policies: list[Json], name: str) -> Json:
        rules = [policy[name] for policy in policies]
        with_limit = [rule[minutes] for rule in rules if rule[limited]]
        return {
            "enabled": all(rule["enabled"] for rule in rules),
            limited: bool(with_limit),
            minutes: max(with_limit, default=rules[0][minutes]),
            "allowAnonymous": all(rule["allowAnonymous"] in (None, True) for rule in rules),
        }

    return strictest_permission


def _allowed_by_all(policies: list[Json], name: str) -> Json:
    return {"enabled": all(policy[name]["enabled"] for policy in policies)}


def _smallest_party(policies: list[Json], name: str) -> Json:
    member = "maxParticipantsPerBooking"
    return {member: min(policy[name][member] for policy in policies)}


_RULES: dict[str, Callable[[list[Json], str], Json]] = {
    "limitEarlyBookingPolicy": _limit("earliestBookingInMinutes", min),
    "limitLateBookingPolicy": _limit("latestBookingInMinutes", max),
    "bookAfterStartPolicy": _allowed_by_all,
    "cancellationPolicy": _permission("Cancellation"),
    "reschedulePolicy": _permission("Reschedule"),
    "participantsPolicy": _smallest_party,
}
_BASES = ("/bookings/v1/booking-policies", "/_api/bookings/v1/booking-policies")
ROUTES = (
    Route("POST", query_policies, tuple(f"{base}/query" for base in _BASES)),
    Route("POST", strictest, tuple(f"{base}/strictest" for base in _BASES)),
    Route("GET", get_policy, tuple(f"{base}/<policy_id>" for base in _BASES)),
)
