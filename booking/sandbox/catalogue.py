"""What belongs to services and is kept beside them: prices by choice, add-ons, forms, rooms."""

from __future__ import annotations

from dataclasses import dataclass

from booking.sandbox.wire import Json

RECORDS = ("options", "addOns", "forms", "resources", "resourceTypes", "categories")
"""The seed's members, each a list of records."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Records by id; ``options`` by the id of their service, as each has one at most."""

    options: dict[str, Json]
    add_ons: dict[str, Json]
    forms: dict[str, Json]
    resources: dict[str, Json]
    resource_types: dict[str, Json]
    categories: dict[str, Json]

    @classmethod
    def of(cls, seed: Json) -> Catalogue:
        return cls(
            options={record["serviceId"]: record for record in seed.get("options", [])},
            add_ons=_by_id(seed, "addOns"),
            forms=_by_id(seed, "forms"),
            resources=_by_id(seed, "resources"),
            resource_types=_by_id(seed, "resourceTypes"),
            categories=_by_id(seed, "categories"),
        )


def _by_id(seed: Json, name: str) -> dict[str, Json]:
    return {record["id"]: record for record in seed.get(name, [])}
