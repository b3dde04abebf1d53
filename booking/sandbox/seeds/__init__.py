"""The made-up businesses a sandbox can be, and how their records are changed."""

from __future__ import annotations

from collections.abc import Callable

from booking.sandbox.seeds import build, build_choices, forms, lived_in, small, studio
from booking.sandbox.wire import Json, a_list, an_object, known, missing
from booking.sandbox.world import World

SEEDS: dict[str, Callable[[], Json]] = {
    "studio": studio.seed,
    "two-chairs": small.two_chairs,
    "faraway": small.faraway,
    "empty": small.empty,
}
NAMES = tuple(SEEDS)
KINDS: dict[str, Callable[[str, Json], Json]] = {
    "locations": build.location,
    "staff": build.staff_member,
    "options": build_choices.options,
    "addOns": build_choices.add_on,
    "forms": forms.changed_form,
    "resources": build_choices.room,
    "resourceTypes": build_choices.resource_type,
    "categories": build_choices.category,
}


def load(name: str) -> Json:
    """A fresh copy of a seed. Raises: WixError 400 for a name there is not."""
    return SEEDS[known(name, "name", NAMES)]()


def populate(world: World) -> None:
    """Bookings that were there before anybody came: only the studio is lived in."""
    if world.seed["name"] == "studio":
        lived_in.book_some(world)


def changed(seed: Json, changes: Json) -> Json:
    """The seed with records changed, or added where id and slug are new. Lists are replaced whole.

    Members are Wix's; beside them staff may be told by slug, places by slug, categories by name.
    """
    result = dict(seed)
    for name in ("site", "splitInterval", "sessionChanges", "bookingsSettings"):
        if name in changes:
            result[name] = build.merge(seed.get(name, {}), an_object(changes[name], name))
    for name, make in KINDS.items():
        result[name] = _records(seed.get(name, []), changes.get(name), name, make)

    def settled(service: Json) -> Json:
        return build.settle(service, locations=result["locations"], staff=result["staff"])

    def new_service(slug: str, partial: Json) -> Json:
        places = {"locations": result["locations"], "staff": result["staff"]}
        return build.service(slug, partial, **places)

    services = _records(seed["services"], changes.get("services"), "services", new_service)
    result["services"] = [settled(service) for service in services]
    return result


def _records(
    old: list[Json], asked: object, name: str, make: Callable[[str, Json], Json]
) -> list[Json]:
    records = {record["id"]: record for record in old}
    handles = {record["slug"]: record["id"] for record in old}
    for entry in a_list(asked, name, longest=5000):
        change = an_object(entry, name)
        record_id = change.get("id") or handles.get(change.get("slug"))
        if record_id in records:
            records[record_id] = build.merge(records[record_id], change)
            continue
        if not change.get("slug"):
            raise missing(f"{name}.slug")
        record = make(str(change["slug"]), change)
        records[record["id"]] = record
        handles[record["slug"]] = record["id"]
    return list(records.values())
