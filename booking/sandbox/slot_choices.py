"""How long an appointment gets by what a customer chose: a length, and add-ons that take time.

Source: Wix Bookings, Time Slots V2, "List Availability Time Slots", ``customerChoices``.
"""

from __future__ import annotations

from booking.sandbox.add_on_groups import lengths_with_add_ons, minutes_of_add_ons
from booking.sandbox.openings import minutes_offered
from booking.sandbox.wire import Json, a_list, a_number, an_object, violation
from booking.sandbox.world import World


def chosen_minutes(world: World, service: Json, body: Json) -> int:
    """The length asked for, add-ons included: a length that forgets them is refused."""
    choices = an_object(body.get("customerChoices"), "customerChoices")
    add_ons = a_list(choices.get("addOnIds"), "customerChoices.addOnIds", longest=21)
    longer = minutes_of_add_ons(world, service, add_ons)
    offered = [minutes + longer for minutes in minutes_offered(service)]
    field = "customerChoices.durationInMinutes"
    minutes = a_number(
        choices.get("durationInMinutes"), field, default=offered[0], least=1, most=57_600
    )
    if minutes not in offered:
        raise violation(field, f"is none of {offered}", "OTHER")
    return minutes


def possible_lengths(world: World, service: Json, body: Json) -> set[int]:
    """Minutes between start and end that are a slot's; which add-ons are meant may be left open."""
    choices = an_object(body.get("customerChoices"), "customerChoices")
    if choices.get("addOnIds"):
        longer = minutes_of_add_ons(world, service, a_list(choices["addOnIds"], "addOnIds"))
        return {minutes + longer for minutes in minutes_offered(service)}
    return lengths_with_add_ons(world, service, minutes_offered(service))
