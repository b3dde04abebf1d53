"""Everything one emulated site knows: its catalogue, its people, its bookings and tokens."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from booking.sandbox.catalogue import Catalogue
from booking.sandbox.clock import Clock
from booking.sandbox.diary import Diary
from booking.sandbox.openings import ANYWHERE
from booking.sandbox.shop import Shop
from booking.sandbox.times import MINUTE, wall
from booking.sandbox.wire import Json, guid

SANDBOX_KEYS = {"slug", "workingHours", "blocked", "sessions", "meetings"}
# The same words mean other things on the two sides: a slot's CUSTOM is a booking's OWNER_CUSTOM.
BOOKED_LOCATION_TYPES = {
    "BUSINESS": "OWNER_BUSINESS",
    "CUSTOM": "OWNER_CUSTOM",
    "CUSTOMER": "CUSTOM",
}
HISTORY = 20


@dataclass(slots=True)
class Settings:
    """What ``/_sandbox/settings`` switches."""

    reader_lag_seconds: float = 0.0
    revision_moves_after_seconds: float = 0.0  # after a form's answers came along; 0 for never
    rate_limit_per_minute: int | None = None
    omit_nulls: bool = False
    accepts_payments: bool = True
    published: bool = True
    checkout_page: bool = True
    pricing_plans_installed: bool = True
    premium: bool = True
    bookings_installed: bool = True
    installed: bool = True  # our own app on the site
    installations: int = 0
    empty_denials: bool = False
    bookings_hears: bool = True  # of orders that are approved
    refund_status: str = "SUCCEEDED"  # what becomes of money that is sent back
    without_permissions: tuple[str, ...] = ()


@dataclass(slots=True)
class Booking:
    """One booking: what Wix shows of it, and what Wix keeps to itself."""

    wire: Json
    service_id: str
    start: int
    end: int
    participants: int
    policy: Json
    place: str  # location id, for finding somebody free; ANYWHERE where it does not matter
    seats_of: str = ""  # the session or schedule whose places it takes; "" for an appointment
    skips_availability: bool = False
    skips_approval: bool = False
    history: list[tuple[float, Json]] = field(default_factory=list)

    @property
    def id(self) -> str:
        return str(self.wire["id"])

    def change(self, now: float, wire: Json) -> None:
        """The new state; the last ones are kept for a reader that lags."""
        self.wire = wire
        self.history = [*self.history[-HISTORY:], (now, wire)]

    def as_of(self, instant: float) -> Json | None:
        """The state a reader saw at ``instant``; None before it was created."""
        seen = [wire for since, wire in self.history if since <= instant]
        return seen[-1] if seen else None


class World:
    """A seed, and everything that has happened since. The app's lock guards it."""

    def __init__(self, seed: Json, clock: Clock, settings: Settings) -> None:
        self.clock = clock
        self.settings = settings
        self.diary = Diary()
        self.shop = Shop()
        self.bookings: dict[str, Booking] = {}
        self.contacts: dict[str, str] = {}
        self.messages: list[Json] = []
        self.submissions: dict[str, Json] = {}
        self.tokens: dict[str, Json] = {}
        self.session_changes: dict[str, Json] = {}
        self.version = 0
        self._counter = itertools.count(1)
        self._compiled: dict[tuple[object, ...], Any] = {}
        self._compiled_on: date | None = None
        self.seeded_on = wall(clock.now(), ZoneInfo(seed["site"]["timeZone"])).date()
        self.adopt(seed)

    def adopt(self, seed: Json) -> None:
        """Take over changed records; bookings stay."""
        self.seed = seed
        self.site: Json = seed["site"]
        self.zone = ZoneInfo(self.site["timeZone"])
        self.locations: dict[str, Json] = {place["id"]: place for place in seed["locations"]}
        self.staff: dict[str, Json] = {member["resourceId"]: member for member in seed["staff"]}
        self.services: dict[str, Json] = {service["id"]: service for service in seed["services"]}
        self.session_changes = seed.get("sessionChanges", {})
        self.catalogue = Catalogue.of(seed)
        self._compiled_on = None
        self.version += 1

    def now(self) -> float:
        return self.clock.now()

    def today(self) -> date:
        """The business's day."""
        return wall(self.clock.now(), self.zone).date()

    def compiled[T](self, key: tuple[object, ...], compile_it: Callable[[], T]) -> T:
        """What follows from the seed and the day alone, worked out once for each ``key``."""
        today = self.today()
        if self._compiled_on != today:
            self._compiled, self._compiled_on = {}, today
        if key not in self._compiled:
            self._compiled[key] = compile_it()
        found: T = self._compiled[key]
        return found

    def next_id(self, kind: str) -> str:
        """A new GUID, the same in every run that does the same things in the same order."""
        return guid(kind, self.seed["name"], next(self._counter))

    def grid_seconds(self, service: Json) -> int:
        """How far apart start times are: every 30 minutes, unless the seed says otherwise."""
        interval = self.seed["splitInterval"]
        if interval["sameAsDuration"]:
            return self.appointment_seconds(service)
        return int(interval["valueInMinutes"]) * MINUTE

    def appointment_seconds(self, service: Json) -> int:
        return int(service["schedule"]["availabilityConstraints"]["sessionDurations"][0]) * MINUTE

    def buffer_seconds(self, service: Json) -> int:
        """``timeBetweenSessions``: free time wanted before and after each booking."""
        constraints = service["schedule"].get("availabilityConstraints") or {}
        return int(constraints.get("timeBetweenSessions") or 0) * MINUTE

    def resource_id(self, staff: str) -> str:
        """The resource id of a staff member named by slug or resource id."""
        for member in self.staff.values():
            if staff in (member["slug"], member["resourceId"]):
                return str(member["resourceId"])
        return ""

    def location_id(self, place: str) -> str:
        """The id of a location named by slug or id."""
        for location in self.locations.values():
            if place in (location["slug"], location["id"]):
                return str(location["id"])
        return place

    def slot_location(self, place: Json) -> Json:
        """A service's location as time slots tell it."""
        address = place.get("calculatedAddress") or {}
        told = {
            "name": place.get("business", {}).get("name"),
            "formattedAddress": address.get("formattedAddress"),
            "locationType": place["type"],
        }
        return {"id": place["id"], **told} if place["type"] == "BUSINESS" else told

    def place_of(self, place: Json) -> str:
        """What the slot engine calls a service's location."""
        return str(place["id"]) if place["type"] == "BUSINESS" else ANYWHERE

    def contact_id(self, email: Any) -> str:
        """Wix files contacts by e-mail address."""
        key = str(email or "").lower()
        return self.contacts.setdefault(key, guid("contact", key))


def visible(record: Json) -> Json:
    """A record without the sandbox's own members."""
    return {key: value for key, value in record.items() if key not in SANDBOX_KEYS}
