"""Whole records, in Wix's wire shape, from the little that makes each one different."""

from __future__ import annotations

import copy
from typing import Any

from booking.sandbox.wire import (
    BOOKINGS_APP_ID,
    DEFAULT_FORM_ID,
    Json,
    an_object,
    guid,
    violation,
)

WEEK = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"]
CREATED = "2026-02-01T09:00:00.123Z"

POLICY: Json = {
    "customPolicyDescription": {"enabled": False, "description": ""},
    "limitEarlyBookingPolicy": {"enabled": False, "earliestBookingInMinutes": 10080},
    "limitLateBookingPolicy": {"enabled": False, "latestBookingInMinutes": 1440},
    "bookAfterStartPolicy": {"enabled": False},
    "cancellationPolicy": {
        "enabled": True,
        "limitLatestCancellation": True,
        "latestCancellationInMinutes": 1440,
        "allowAnonymous": None,
    },
    "reschedulePolicy": {
        "enabled": True,
        "limitLatestReschedule": True,
        "latestRescheduleInMinutes": 1440,
        "allowAnonymous": None,
    },
    "waitlistPolicy": {"enabled": False, "capacity": 10, "reservationTimeInMinutes": 10},
    "participantsPolicy": {"maxParticipantsPerBooking": 1},
    "resourcesPolicy": {"enabled": False, "autoAssignAllowed": True},
}


def merge(old: Json, new: Json) -> Json:
    """``old`` with the members of ``new``; objects merge, everything else is replaced."""
    merged = dict(old)
    for key, value in new.items():
        both = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = merge(merged[key], value) if both else copy.deepcopy(value)
    return merged


def picture(name: str, alt: str, *, width: int = 960, height: int = 640) -> Json:
    """An image object. Its ``url`` is the bare file name, as Wix often sends it."""
    file = f"ca1ma0_{guid('picture', name).replace('-', '')}~mv2.png"
    image = {"id": file, "url": file, "height": height, "width": width}
    return {"image": {**image, "altText": alt, "filename": f"{name}.png"}}


def money(value: str) -> Json:
    """All seeds sell in euros; a service's currency is always its site's."""
    return {"value": value, "currency": "EUR"}


def fixed_price(value: str, *, online: bool, in_person: bool) -> Json:
    """``payment`` of a service with one price."""
    return {
        "rateType": "FIXED",
        "fixed": {
            "price": money(value),
            "deposit": None,
            "fullUpfrontPaymentAllowed": False,
        },
        "options": _options(online=online, in_person=in_person),
        "pricingPlanIds": [],
    }


def other_rate(rate: str, **parts: Any) -> Json:
    """``payment`` of a free service or one whose price is only a text: paid in person, always."""
    options = _options(online=False, in_person=True)
    return {"rateType": rate, **parts, "options": options, "pricingPlanIds": []}


def _options(*, online: bool, in_person: bool, deposit: bool = False) -> Json:
    return {"online": online, "inPerson": in_person, "deposit": deposit, "pricingPlan": False}


def location(slug: str, partial: Json) -> Json:
    """A business location; ``slug`` is the sandbox's own handle for it."""
    base = {"id": guid("location", slug), "slug": slug, "name": slug.title(), "default": False}
    return merge(base, partial)


def staff_member(slug: str, partial: Json) -> Json:
    """A staff member; ``workingHours`` and ``blocked`` are the sandbox's own."""
    name = slug.replace("-", " ").title()
    resource_id = guid("resource", slug)
    base: Json = {
        "id": guid("staff", slug),
        "slug": slug,
        "name": name,
        "email": f"{slug}@calma.example",
        "phone": "",
        "description": "",
        "resourceId": resource_id,
        "resource": {
            "id": resource_id,
            "usesDefaultWorkingHours": False,
            "workingHoursSchedules": [{"id": guid("hours", slug), "shared": False}],
            "eventsSchedule": {"id": guid("events", slug)},
            "revision": "1",
        },
        "mainMedia": picture(f"portrait-{slug}", name, width=480, height=480),
        "serviceProvider": True,
        "revision": "1",
        "createdDate": CREATED,
        "updatedDate": CREATED,
        "workingHours": [{"days": WEEK[:5], "start": "09:00", "end": "17:00"}],
        "blocked": [],
    }
    return merge(base, partial)


def service(slug: str, partial: Json, *, locations: list[Json], staff: list[Json]) -> Json:
    """A service. Staff and places may be named by their slugs, the category by its name."""
    base = merge(_service_defaults(slug, str(partial.get("type", "APPOINTMENT"))), partial)
    return settle(base, locations=locations, staff=staff)


def _service_defaults(slug: str, kind: str) -> Json:
    own_slug = {"name": slug, "custom": False, "createdDate": CREATED}
    appointment = kind == "APPOINTMENT"
    return {
        "id": guid("service", slug),
        "revision": "1",
        "createdDate": CREATED,
        "updatedDate": CREATED,
        "appId": BOOKINGS_APP_ID,
        "type": kind,
        "sortOrder": 0,
        "name": slug.replace("-", " ").capitalize(),
        "description": "",
        "tagLine": "",
        "defaultCapacity": 1 if appointment else 10,
        "media": {"items": [], "mainMedia": picture(slug, slug), "coverMedia": None},
        "hidden": False,
        "category": "Services",
        "form": {"id": DEFAULT_FORM_ID},
        "payment": fixed_price("35", online=False, in_person=True),
        "onlineBooking": {
            "enabled": True,
            "requireManualApproval": False,
            "allowMultipleRequests": False,
        },
        "conferencing": {"enabled": False},
        "locations": None,
        "bookingPolicy": {"id": guid("policy", slug), "name": slug, "default": False, **POLICY},
        "schedule": _schedule(slug, 45) if appointment else {"id": guid("schedule", slug)},
        "staffMemberIds": None,
        "serviceResources": [],
        "mainSlug": own_slug,
        "supportedSlugs": [own_slug],
        "addOnGroups": [],
        "addOnDetails": [],
        "seoData": {"tags": [], "settings": None},
        "extendedFields": None,
        "slug": slug,
        "sessions": [],
        "meetings": None,
    }


def _schedule(slug: str, minutes: int) -> Json:
    return {
        "id": guid("schedule", slug),
        "firstSessionStart": None,
        "lastSessionEnd": None,
        "availabilityConstraints": {"sessionDurations": [minutes], "timeBetweenSessions": 0},
    }


def settle(service: Json, *, locations: list[Json], staff: list[Json]) -> Json:
    """Slugs and names become the objects they stand for; what follows from others is filled in."""
    places = service["locations"] or [place["slug"] for place in locations[:1]]
    settled = {**service, "locations": [_place(entry, locations) for entry in places]}
    if isinstance(service["category"], str):
        name = service["category"]
        settled["category"] = {"id": guid("category", name), "name": name, "sortOrder": 0}
    settled["staffMemberIds"] = _resource_ids(settled, staff)
    settled["supportedSlugs"] = _slugs(settled)
    durations = settled["schedule"].get("availabilityConstraints", {}).get("sessionDurations")
    if durations:
        offered = [{"minutes": minutes} for minutes in durations]
        constraints = {**settled["schedule"]["availabilityConstraints"], "durations": offered}
        settled["schedule"] = {**settled["schedule"], "availabilityConstraints": constraints}
    return settled


def _slugs(service: Json) -> list[Json]:
    """The current slug and every older one: links to those still resolve."""
    current = service["mainSlug"]
    older = [slug for slug in service["supportedSlugs"] if slug["name"] != current["name"]]
    return [current, *older]


def _place(entry: Any, locations: list[Json]) -> Json:
    if isinstance(entry, str):
        found = [place for place in locations if entry in (place["slug"], place["id"])]
        if not found:
            raise violation("locations", f"no location {entry!r} in this seed")
        place = {key: value for key, value in found[0].items() if key != "slug"}
        return {
            "id": place["id"],
            "type": "BUSINESS",
            "business": place,
            "calculatedAddress": place["address"],
        }
    return an_object(entry, "locations")


def _resource_ids(service: Json, staff: list[Json]) -> list[str]:
    """Resource ids of those who give the service; of a class or course, of its teachers."""
    if service["type"] != "APPOINTMENT":
        meetings = service["sessions"] + ([service["meetings"]] if service["meetings"] else [])
        named = list(dict.fromkeys(meeting["staff"] for meeting in meetings))
    else:
        named = service["staffMemberIds"]
        if named is None:
            named = [member["slug"] for member in staff]
    ids = {key: member["resourceId"] for member in staff for key in _handles(member)}
    return [ids[name] for name in named if name in ids]


def _handles(member: Json) -> tuple[str, str, str]:
    return member["slug"], member["resourceId"], member["id"]
