"""What the sandbox's tests ask over and over."""

from __future__ import annotations

from typing import Any

import requests
from requests import Response

from tests.in_process import Sandbox

type Json = dict[str, Any]

SERVICES = "/bookings/v2/services/query"
SLOTS = "/_api/service-availability/v2/time-slots"
BOOKINGS = "/bookings/v2/bookings"
READER = "/bookings/bookings-reader/v2/extended-bookings/query"
CONTACT = {"firstName": "Ada", "lastName": "Lopes", "email": "ada@example.com"}


def starts(slots: list[Json]) -> list[str]:
    """``09:30`` and so on: wall-clock times of slots."""
    return [slot["localStartDate"][11:16] for slot in slots]


def day(sandbox: Sandbox, slug: str, date: str, **asked: Any) -> list[str]:
    """The times of one day."""
    return starts(sandbox.slots(slug, f"{date}T00:00:00", f"{date}T23:59:59", **asked))


def chair(sandbox: Sandbox, start: str, *, staff: str | None = "ana", end: str = "") -> Json:
    """The body of Create Booking for a haircut in ``two-chairs``; ``staff`` None names nobody."""
    service = sandbox.service("haircut")
    people = service["staffMemberDetails"]["staffMembers"]
    named = [one["staffMemberId"] for one in people if one["name"].lower() == staff]
    slot = {
        "serviceId": service["id"],
        "scheduleId": service["schedule"]["id"],
        "startDate": start,
        "endDate": end or start[:14] + f"{int(start[14:16]) + 45:02}:00",
        "timezone": "Europe/Lisbon",
        "location": {"locationType": "OWNER_BUSINESS"},
    }
    if named:
        slot["resource"] = {"id": named[0]}
    booking = {"bookedEntity": {"slot": slot}, "totalParticipants": 1, "contactDetails": CONTACT}
    return {"booking": booking}


def create(sandbox: Sandbox, body: Json) -> Json:
    """The booking that Create Booking makes of ``body``."""
    answer = sandbox.call("POST", BOOKINGS, body)
    assert answer.status_code == 200, answer.text
    return dict(answer.json()["booking"])


def code(answer: Response) -> tuple[int, str]:
    """Status and application error code."""
    return answer.status_code, str(answer.json()["details"]["applicationError"]["code"])


def field(answer: Response) -> tuple[int, str]:
    """Status and the field that broke a rule."""
    violations = answer.json()["details"]["validationError"]["fieldViolations"]
    return answer.status_code, str(violations[0]["field"])


def session_as(sandbox: Sandbox, authorization: str | None, **headers: str) -> requests.Session:
    """A session that sends this Authorization header, or none."""
    session = sandbox.mount(requests.Session())
    session.headers.update(headers)
    if authorization is not None:
        session.headers["Authorization"] = authorization
    return session


def visitor(sandbox: Sandbox) -> requests.Session:
    """An anonymous visitor of the site."""
    body = {"clientId": sandbox.credentials["clientId"], "grantType": "anonymous"}
    token = sandbox.call("POST", "/oauth2/token", body).json()["access_token"]
    return session_as(sandbox, token)


def owner(sandbox: Sandbox) -> requests.Session:
    """The owner's API key, as a client of its own: noted in the log, hit by faults."""
    told = sandbox.credentials
    return session_as(sandbox, told["apiKey"], **{"wix-site-id": told["siteId"]})
