"""How many people a booking is for, and what each of them has chosen.

Source: Wix Bookings, Bookings Writer V2, "Booking Object", ``participantsChoices``; Service Options
And Variants.
"""

from __future__ import annotations

from typing import Any

from booking.sandbox.wire import Json, a_list, a_number, an_object, missing, refusal, violation
from booking.sandbox.world import World

MOST_GROUPS, MOST_CHOICES, MOST_ADD_ONS = 20, 5, 21
VARIANTS = ("custom", "duration", "dateTime", "participantRange")


def read_party(world: World, service: Json, given: Json, field: str = "booking") -> int:
    """How many come. Exactly one of the two ways to say it is taken.

    Raises: WixError 400 for the shape (INVALID_CHOICES), 428 INVALID_SERVICE_CHOICES for choices
    that the service does not offer.
    """
    total, choices = given.get("totalParticipants"), given.get("participantsChoices")
    if total is not None and choices is not None:
        text = "needs one of totalParticipants, participantsChoices"
        raise violation(field or "totalParticipants", text, "ONE_OF_ALIGNMENT")
    name = f"{field}.totalParticipants" if field else "totalParticipants"
    if choices is None and total is None:
        raise missing(name)
    if choices is None:
        return a_number(total, name, default=1, least=1)
    groups = _groups(choices)
    for group in groups:
        for choice in _choices(group):
            _check_offered(world, service, choice)
    return sum(_count(group) for group in groups)


def party_members(given: Json) -> Json:
    """The members of a booking that tell its party, as they were sent."""
    names = ("totalParticipants", "participantsChoices")
    return {name: given[name] for name in names if given.get(name) is not None}


def chosen_minutes(given: Json) -> list[int]:
    """The lengths that were chosen, where the price depends on the length."""
    choices = given.get("participantsChoices") or {"serviceChoices": []}
    return [
        choice["duration"]["minutes"]
        for group in choices["serviceChoices"]
        for choice in _choices(group)
        if choice.get("duration")
    ]


def _groups(choices: Any) -> list[Json]:
    listed = choices.get("serviceChoices") if isinstance(choices, dict) else None
    if not isinstance(listed, list) or not 0 < len(listed) <= MOST_GROUPS:
        raise _malformed(f"serviceChoices must have 1 to {MOST_GROUPS} elements")
    if not all(isinstance(group, dict) for group in listed):
        raise _malformed("serviceChoices must be objects")
    return listed


def _choices(group: Json) -> list[Json]:
    listed = group.get("choices") or []
    if not isinstance(listed, list) or len(listed) > MOST_CHOICES:
        raise _malformed(f"choices must have at most {MOST_CHOICES} elements")
    for choice in listed:
        if not isinstance(choice, dict) or not choice.get("optionId"):
            raise _malformed("a choice needs its optionId")
        if sum(choice.get(name) is not None for name in VARIANTS) > 1:
            raise _malformed("a choice is one of custom, duration, dateTime, participantRange")
        length = choice.get("duration")
        if length is not None and not isinstance(length, dict):
            raise _malformed("duration must be object")
    return listed


def _count(group: Json) -> int:
    count = group.get("numberOfParticipants")
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise _malformed("numberOfParticipants must be positive")
    return count


def _malformed(why: str) -> Exception:
    return refusal(400, "INVALID_CHOICES", why)


def _check_offered(world: World, service: Json, choice: Json) -> None:
    options = world.catalogue.options.get(service["id"])
    variants = options["variants"]["values"] if options else []
    if not any(_is_same(offered, choice) for one in variants for offered in one["choices"]):
        raise refusal(428, "INVALID_SERVICE_CHOICES", "The service does not offer this choice")


def _is_same(offered: Json, choice: Json) -> bool:
    if offered["optionId"] != choice["optionId"]:
        return False
    if offered.get("duration"):
        minutes = (choice.get("duration") or {}).get("minutes")
        return bool(offered["duration"]["minutes"] == minutes)
    if offered.get("custom"):
        return bool(offered["custom"] == choice.get("custom"))
    return True  # who gives the service is told by the slot's resource


def read_add_ons(world: World, service: Json, listed: Any) -> list[Json]:
    """``bookedAddOns`` as Wix keeps them, with their names.

    Raises: WixError 400 without a group, 428 for what the service does not offer.
    """
    entries = a_list(listed, "booking.bookedAddOns", longest=MOST_ADD_ONS)
    groups = {group["id"]: group for group in service["addOnGroups"]}
    kept = [_add_on(world, groups, an_object(one, "booking.bookedAddOns")) for one in entries]
    for group in groups.values():
        most = group["maxNumberOfAddOns"]
        if most is not None and sum(one["groupId"] == group["id"] for one in kept) > most:
            raise refusal(428, "VALIDATION_FAILURE", f"At most {most} of {group['name']}")
    return kept


def _add_on(world: World, groups: dict[str, Json], entry: Json) -> Json:
    if not entry.get("groupId"):
        raise missing("booking.bookedAddOns.groupId")
    group = groups.get(str(entry["groupId"]))
    if group is None:
        raise refusal(428, "ADD_ON_GROUP_NOT_FOUND", "The service has no such group")
    if entry.get("id") not in group["addOnIds"]:
        raise refusal(428, "ADD_ON_NOT_FOUND", "The group has no such add-on")
    add_on = world.catalogue.add_ons[str(entry["id"])]
    told = {"id": add_on["id"], "groupId": group["id"], "name": add_on["name"]}
    if add_on["durationInMinutes"]:
        return {**told, "durationInMinutes": add_on["durationInMinutes"]}
    most = add_on["maxQuantity"] or 1
    field = "booking.bookedAddOns.quantity"
    return {
        **told,
        "quantity": a_number(entry.get("quantity"), field, default=1, least=1, most=most),
    }


def minutes_of(add_ons: list[Json]) -> int:
    """How much longer an appointment gets with them."""
    return sum(one.get("durationInMinutes") or 0 for one in add_ons)
