"""What Estúdio Calma sells by choice: lengths, ages, people, extras, a room, a form of its own."""

from __future__ import annotations

from booking.sandbox.seeds.build_choices import (
    add_on,
    by_choice,
    by_length,
    by_person,
    category,
    group,
    only_in,
    resource_type,
    room,
)
from booking.sandbox.seeds.forms import bridal_form, default_form
from booking.sandbox.wire import Json, guid

RITUAL_EXTRAS = [
    group("Longer", "Would you like to stay?", 1, "neck-massage", "hot-towels"),
    group("To take home", "", None, "hair-oil"),
]
ROOM_TYPE = guid("resource-type", "room")
NEEDS_A_ROOM: list[Json] = [{"resourceType": {"id": ROOM_TYPE, "name": "Room"}}]


def records() -> Json:
    """Everything that is kept beside the services, by the seed's names."""
    return {
        "options": _options(),
        "addOns": _add_ons(),
        "forms": [default_form(), bridal_form()],
        "resourceTypes": [resource_type("room", {"name": "Room"})],
        "resources": [
            room("water-room", {"locationOptions": only_in(guid("location", "estrela"))})
        ],
        # Nothing is sold in it: the list of categories tells it, that of services' categories not.
        "categories": [category("retreats", {"name": "Retreats", "sortOrder": 50})],
    }


def _options() -> list[Json]:
    return [
        by_length("facial", (30, "40", "Express"), (60, "70", "Full")),
        by_choice("family-yoga", "Age", ("Adult", "12"), ("Child", "6")),
        by_person("blow-dry", ("ana", "32"), ("bruno", "26")),
    ]


def _add_ons() -> list[Json]:
    return [
        add_on("neck-massage", {"name": "Neck massage", "durationInMinutes": 20}),
        add_on("hot-towels", {"name": "Hot towels", "durationInMinutes": 10}),
        add_on("hair-oil", {"name": "Hair oil, 50 ml", "maxQuantity": 3}),
    ]
