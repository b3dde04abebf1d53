"""The sandbox in a test's hands: mounted in process or over a socket, driven by HTTP alone."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import requests
from requests import Response

from booking.sandbox import make_app
from booking.sandbox.app import Sandbox as EmulatedWix
from tests.sandbox.adapter import WSGIAdapter

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed.wsgi import WSGIApplication
    from requests.adapters import BaseAdapter

__all__ = ["Sandbox", "WSGIAdapter"]

type Json = dict[str, Any]

IN_PROCESS = "http://wix.sandbox.test"
STAFF_TYPE_ID = "1cd44cf8-756f-41c3-bd90-3e2ffcaf1155"
BOOKED_AS = {"BUSINESS": "OWNER_BUSINESS", "CUSTOM": "OWNER_CUSTOM", "CUSTOMER": "CUSTOM"}


class Sandbox:
    """A test's handle on one sandbox. It uses Wix's own calls and ``/_sandbox/``, nothing else.

    Its own calls are neither noted in the log nor hit by faults.
    """

    def __init__(self, app: WSGIApplication | None = None, url: str = IN_PROCESS) -> None:
        self.url = url.rstrip("/")
        self.app = app
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers["x-sandbox-aside"] = "1"
        self.mount(self._session)
        self.credentials: Json = self._control("GET", "credentials")

    @classmethod
    def in_process(cls, seed: str = "studio") -> Sandbox:
        return cls(make_app(seed))

    def mount(self, session: requests.Session) -> requests.Session:
        """Let a session's calls to ``url`` reach this sandbox. Over a socket they do anyway."""
        if self.app is not None:
            session.mount(self.url, WSGIAdapter(self.app))
        return session

    @property
    def adapter(self) -> Callable[[], BaseAdapter] | None:
        """What a client's sessions reach this sandbox by; None over a socket, where any does."""
        app = self.app
        return None if app is None else lambda: WSGIAdapter(app)

    def close(self) -> None:
        self._session.close()
        if isinstance(self.app, EmulatedWix):
            self.app.close()

    # What only a sandbox can do

    def reset(self, seed: str = "studio", *, now: str | None = None) -> None:
        """Everything as at the start; with ``now`` the clock stands still there from the start."""
        self._control("POST", "reset", {"seed": seed} | ({"now": now} if now else {}))

    def seed(self, **changes: Any) -> None:
        """``name="two-chairs"`` loads a seed; ``services=[{"slug": …}]`` and so on change it."""
        self._control("POST", "seed", changes)

    def clock(self, now: str | None = None, *, running: bool = False) -> None:
        """Stand still at ``now`` (business wall clock unless it has an offset); None: real time."""
        self._control("POST", "clock", {"now": now, "running": running} if now else {})

    def advance(self, seconds: float) -> None:
        self._control("POST", "clock", {"advance": seconds})

    def now(self) -> datetime:
        return datetime.fromisoformat(self._control("GET", "clock")["now"])

    def fault(self, path: str = "*", **order: Any) -> None:
        """Order a fault: ``delay``, ``status``, ``code``, ``cut``, ``times`` … (docs/sandbox.md)."""
        self._control("POST", "faults", {"path": path, **order})

    def clear_faults(self) -> None:
        self._control("DELETE", "faults")

    def settings(self, **changes: Any) -> Json:
        """``readerLagSeconds``, ``rateLimitPerMinute``, ``omitNulls``."""
        return self._control("POST", "settings", changes)

    def requests(self) -> list[Json]:
        """Every call since the last reset, in order."""
        return list(self._control("GET", "requests")["requests"])

    def calls(self, suffix: str | None = None) -> list[str]:
        """``POST /_api/service-availability/v2/time-slots`` and so on, in order."""
        lines = [f"{one['method']} {one['path']}" for one in self.requests()]
        return [line for line in lines if suffix is None or line.endswith(suffix)]

    def forget_requests(self) -> None:
        self._control("DELETE", "requests")

    def bookings(self) -> list[Json]:
        """All bookings as they are now, in the order they were made."""
        return list(self._control("GET", "bookings")["bookings"])

    def webhooks(self, **changes: Any) -> Json:
        """``url`` adds an address to tell; ``copies``, ``shuffle``, ``hold``, ``compression``, …, ``asText``.

        Without arguments: what was told, and how it went.
        """
        return self._control("POST" if changes else "GET", "webhooks", changes or None)

    def notices(self) -> list[bytes]:
        """Every notice so far as it is sent: signed."""
        bodies = self._control("GET", "webhooks/bodies")["bodies"]
        return [str(body).encode() for body in bodies]

    def redeliver(self, notice_id: str | None = None) -> None:
        """Send one notice again, or all of them."""
        self._control("POST", "webhooks/redeliver", {"id": notice_id} if notice_id else {})

    def signed_instance(self, *, visitor: bool = False) -> str:
        """What Wix puts into the address of a page in its dashboard."""
        told = self._control("GET", "instance")
        return str(told["visitorInstance" if visitor else "instance"])

    def orders(self) -> list[Json]:
        """All orders as they are now, with payments and refunds; hidden ones too."""
        return list(self._control("GET", "orders")["orders"])

    def mails(self) -> list[Json]:
        """What Wix would have mailed about orders."""
        return list(self._control("GET", "mails")["mails"])

    def settle(self) -> None:
        """Let Bookings hear of approved orders now, whatever the clock says."""
        self._control("POST", "settle")

    def press(self, checkout_url: str, button: str = "pay") -> Response:
        """A button on Wix's checkout page: pay, plan, pay-twice, pending, decline, abandon."""
        address = f"{checkout_url}/{button}"
        return self._session.post(address, allow_redirects=False, timeout=30)

    def jump(self, redirect_url: str) -> str:
        """Where a redirect session's address leads; it works once."""
        answer = self._session.get(redirect_url, allow_redirects=False, timeout=30)
        location = str(answer.headers["Location"])
        return location if location.startswith("http") else self.url + location

    def buy_plan(self, redirect_url: str) -> str:
        """Log in on the page that a redirect session leads to, and buy; where Wix leads afterwards."""
        page = self._session.get(redirect_url, timeout=30).text
        address = re.search(r"action=['\"]([^'\"]+)", page)
        assert address, page
        answer = self._session.post(self.url + address[1], allow_redirects=False, timeout=30)
        return str(answer.headers["Location"])

    def messages(self) -> list[Json]:
        """What Wix would have written to customers about their bookings, in order."""
        return list(self._control("GET", "messages")["messages"])

    # What anybody can do with Wix's own calls

    def call(self, method: str, path: str, body: Json | None = None) -> Response:
        """Any call, as the owner."""
        headers = {
            "Authorization": self.credentials["apiKey"],
            "wix-site-id": self.credentials["siteId"],
        }
        return self._session.request(
            method, self.url + path, json=body, headers=headers, timeout=30
        )

    def service(self, slug: str) -> Json:
        """The service with that slug, raw. Raises: LookupError."""
        query = {"filter": {"supportedSlugs.name": {"$hasSome": [slug]}}}
        asked = {"query": query, "conditionalFields": ["STAFF_MEMBER_DETAILS"]}
        found = self._ask("POST", "/bookings/v2/services/query", asked)["services"]
        if not found:
            raise LookupError(slug)
        service: Json = found[0]
        return service

    def slots(self, slug: str, from_: str, to: str, **asked: Any) -> list[Json]:
        """Times of an appointment or sessions of a class, raw; local date-times or dates."""
        service = self.service(slug)
        window = {"fromLocalDate": _full(from_), "toLocalDate": _full(to)}
        path = "/_api/service-availability/v2/time-slots"
        if service["type"] == "CLASS":
            body = {**window, "serviceIds": [service["id"]], **asked}
            return list(self._ask("POST", f"{path}/event", body)["timeSlots"])
        staff = {"includeResourceTypeIds": [STAFF_TYPE_ID]}
        body = {**window, "serviceId": service["id"], **staff, **asked}
        return list(self._ask("POST", path, body)["timeSlots"])

    def book(
        self,
        slug: str,
        local_start: str = "",
        *,
        staff: str | None = None,
        location: str | None = None,
        participants: int = 1,
        confirm: bool = True,
        **booking: Any,
    ) -> Json:
        """Book as anybody would, and confirm or decline it; the booking as Wix answers it.

        ``staff`` and ``location`` are names or their beginnings; a course needs no start.
        Raises: LookupError if there is no such time.
        """
        service = self.service(slug)
        entity = self._entity(service, _full(local_start), staff or "", location or "")
        contact = {"firstName": "Ada", "lastName": "Lopes", "email": "ada@example.com"}
        given = {"bookedEntity": entity, "totalParticipants": participants} | booking
        body = {"booking": {"contactDetails": contact, **given}}
        made: Json = self._ask("POST", "/_api/bookings-service/v2/bookings", body)["booking"]
        return self.confirm_or_decline(made["id"]) if confirm else made

    def confirm_or_decline(self, booking_id: str, payment: str = "NOT_PAID") -> Json:
        path = f"/bookings/v2/confirmation/{booking_id}:confirmOrDecline"
        return dict(self._ask("POST", path, {"paymentStatus": payment})["booking"])

    def change(self, booking: Json, action: str, **body: Any) -> Json:
        """``confirm``, ``decline`` or ``cancel`` a booking at the revision it has."""
        path = f"/bookings/v2/bookings/{booking['id']}/{action}"
        return dict(self._ask("POST", path, {"revision": booking["revision"], **body})["booking"])

    def _entity(self, service: Json, start: str, staff: str, location: str) -> Json:
        if service["type"] == "COURSE":
            schedule = {"serviceId": service["id"], "scheduleId": service["schedule"]["id"]}
            return {"schedule": {**schedule, "timezone": "Europe/Lisbon"}}
        day = datetime.fromisoformat(start)
        slug = service["mainSlug"]["name"]
        slots = self.slots(slug, start, (day + timedelta(minutes=1)).isoformat())
        slots = [one for one in slots if (one["location"]["name"] or "").startswith(location)]
        for slot in slots:
            if service["type"] == "CLASS":
                return {
                    "slot": {"serviceId": service["id"], "eventId": slot["eventInfo"]["eventId"]}
                }
            for person in slot["availableResources"][0]["resources"]:
                if person["name"].lower().startswith(staff.lower()):
                    return {"slot": _booked_slot(slot, person)}
        raise LookupError(f"{slug} cannot be booked at {start} {staff} {location}")

    def _ask(self, method: str, path: str, body: Json | None = None) -> Json:
        answer = self.call(method, path, body)
        answer.raise_for_status()
        return dict(answer.json())

    def _control(self, method: str, name: str, body: Json | None = None) -> Json:
        answer = self._session.request(method, f"{self.url}/_sandbox/{name}", json=body, timeout=30)
        if not answer.ok:
            raise ValueError(f"{method} {name}: {answer.status_code} {json.dumps(answer.json())}")
        return dict(answer.json())


def _booked_slot(slot: Json, person: Json) -> Json:
    """A time slot as Create Booking wants it back: other names, another location enum."""
    place = slot["location"]
    return {
        "serviceId": slot["serviceId"],
        "scheduleId": slot["scheduleId"],
        "startDate": slot["localStartDate"],
        "endDate": slot["localEndDate"],
        "timezone": "Europe/Lisbon",
        "resource": person,
        "location": {**place, "locationType": BOOKED_AS[place["locationType"]]},
    }


def _full(local: str) -> str:
    """``2030-06-04`` and ``2030-06-04T10:30`` as the full local date-time Wix asks for."""
    return datetime.fromisoformat(local).isoformat(timespec="seconds") if local else ""
