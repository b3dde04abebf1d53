"""What a service is sold with: variants by length, age or person, add-ons, rooms."""

from __future__ import annotations

from booking.sandbox.seeds.build import CREATED, merge, money
from booking.sandbox.wire import Json, guid

STAMPS: Json = {"revision": "1", "createdDate": CREATED, "updatedDate": CREATED}


def by_length(slug: str, *prices: tuple[int, str, str]) -> Json:
    """Variants of a service by its minutes: (minutes, price, what that length is called)."""
    option = guid("option", slug)
    variants = [
        ({"optionId": option, "duration": {"minutes": minutes, "name": name}}, price)
        for minutes, price, name in prices
    ]
    told = {"type": "DURATION", "durationData": {"name": "Length"}}
    return _options(slug, {"id": option, **told}, variants)


def by_choice(slug: str, name: str, *prices: tuple[str, str]) -> Json:
    """Variants of a service by what its owner named: (choice, price)."""
    option = guid("option", slug)
    variants = [({"optionId": option, "custom": choice}, price) for choice, price in prices]
    choices = [choice for choice, _ in prices]
    told = {"type": "CUSTOM", "customData": {"name": name, "choices": choices}}
    return _options(slug, {"id": option, **told}, variants)


def by_person(slug: str, *prices: tuple[str, str]) -> Json:
    """Variants of a service by who gives it: (staff slug, price)."""
    option = guid("option", slug)
    variants = [
        ({"optionId": option, "staffMemberId": guid("resource", who)}, price)
        for who, price in prices
    ]
    return _options(slug, {"id": option, "type": "STAFF_MEMBER"}, variants)


def _options(slug: str, option: Json, variants: list[tuple[Json, str]]) -> Json:
    """One option a service, one choice a variant: Wix takes no more."""
    amounts = sorted((price for _, price in variants), key=float)
    told = [{"choices": [choice], "price": money(price)} for choice, price in variants]
    return {
        "id": guid("options", slug),
        "slug": slug,
        "serviceId": guid("service", slug),
        **STAMPS,
        "options": {"values": [option]},
        "variants": {"values": told},
        "minPrice": money(amounts[0]),
        "maxPrice": money(amounts[-1]),
    }


def options(slug: str, partial: Json) -> Json:
    """Options as a test gives them, for the service with that slug."""
    return merge(
        {"id": guid("options", slug), "serviceId": guid("service", slug), **STAMPS}, partial
    )


def add_on(slug: str, partial: Json) -> Json:
    """Something sold with a service: it takes ``durationInMinutes`` or has a ``maxQuantity``."""
    name = slug.replace("-", " ").capitalize()
    base: Json = {"id": guid("add-on", slug), "slug": slug, "name": name, "price": money("5")}
    return merge({**base, **STAMPS, "durationInMinutes": None, "maxQuantity": None}, partial)


def group(name: str, prompt: str, most: int | None, *add_ons: str) -> Json:
    """A group of add-ons on a service; ``most`` None lets a customer take them all."""
    return {
        "id": guid("add-on-group", name),
        "name": name,
        "prompt": prompt,
        "maxNumberOfAddOns": most,
        "addOnIds": [guid("add-on", slug) for slug in add_ons],
    }


def resource_type(slug: str, partial: Json) -> Json:
    return merge({"id": guid("resource-type", slug), "slug": slug, "name": slug, **STAMPS}, partial)


def room(slug: str, partial: Json) -> Json:
    """A room, open day and night. ``locations`` names where it is; without any it is everywhere."""
    base: Json = {
        "id": guid("room", slug),
        "slug": slug,
        "name": slug.replace("-", " ").capitalize(),
        "typeId": guid("resource-type", "room"),
        "workingHoursSchedules": {"values": []},
        "locationOptions": {"availableInAllLocations": True},
        "eventsSchedule": {"scheduleId": guid("events", slug)},
        **STAMPS,
    }
    return merge(base, partial)


def only_in(place: str) -> Json:
    """``locationOptions`` of a room in one of the business's places."""
    there = {"availableInBusinessLocations": True, "businessLocations": [{"locationId": place}]}
    return {"availableInAllLocations": False, "specificLocationOptions": there}


def category(slug: str, partial: Json) -> Json:
    """A category. Two may have one name."""
    base = {"id": guid("category", slug), "slug": slug, "name": slug.title(), "sortOrder": 0}
    return merge({**base, **STAMPS}, partial)
