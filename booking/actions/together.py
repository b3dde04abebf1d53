"""Looking for a visit: several services, one after the other, at one place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from booking.actions.choices import sign_visit
from booking.actions.facts import Facts
from booking.domain.days import start_of
from booking.domain.ids import StaffId
from booking.domain.quote import Quote
from booking.domain.service import Location, Service, StaffMember
from booking.domain.several import Row, Wish
from booking.domain.slot import Occupied, Slot, less_holds
from booking.domain.together import FEWEST, MOST, goes_together, minutes_of, places_of, quote_of
from booking.models import Hold, Site
from booking.wix import Wix
from booking.wix.errors import WixError

WINDOW = timedelta(days=28)
HORIZON = timedelta(days=364)
"""How far ahead customers may page: thirteen windows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a link asks for, by slugs and ids that may be of nothing. ``staff`` is by slug.

    A service may be named by its id too, as a booking knows it.
    """

    slugs: tuple[str, ...] = ()
    location: str = ""
    staff: Mapping[str, str] = field(default_factory=dict)
    day: date | None = None

    def earlier(self, slug: str) -> "Wanted":
        """The same with one of the services a step earlier."""
        at = self.slugs.index(slug)
        before, after = self.slugs[: at - 1], self.slugs[at + 1 :]
        return replace(self, slugs=(*before, slug, self.slugs[at - 1], *after))

    def parameters(self) -> list[tuple[str, str]]:
        """The parameters that ask for it."""
        told = [("service", each) for each in self.slugs]
        told += [("location", self.location)] if self.location else []
        told += [(f"staff-{slug}", each) for slug, each in self.staff.items() if each]
        return told + ([("date", self.day.isoformat())] if self.day else [])


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One chosen service, and who is to give it; None for anyone."""

    service: Service
    staff: StaffMember | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A row that can be pressed: ``slots`` in the order of the parts, ``token`` for its button."""

    starts: datetime
    ends: datetime
    slots: tuple[tuple[Part, Slot], ...]
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is chosen of what can be had. ``wanted`` is the link's wish, cleaned of what is not there.

    ``choices`` are all services that go with the first one chosen, in the catalogue's order.
    """

    wanted: Wanted
    parts: tuple[Part, ...]
    choices: tuple[Service, ...]
    places: tuple[Location, ...]
    place: Location | None
    was_cut: bool

    @property
    def is_complete(self) -> bool:
        """True if there is enough to look for times."""
        return len(self.parts) >= FEWEST and self.place is not None

    @property
    def services(self) -> tuple[Service, ...]:
        return tuple(each.service for each in self.parts)

    @property
    def minutes(self) -> int:
        return minutes_of(self.services)

    def quote(self, currency: str) -> Quote:
        """What all of it costs."""
        return quote_of(self.services, currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """The rows of some weeks, by day; ``day`` is open, None if there is none at all."""

    zone: ZoneInfo
    days: tuple[tuple[date, int], ...]
    day: date | None
    rows: tuple[Offered, ...]
    first: date
    earlier: date | None
    later: date | None
    checked_at: datetime


def is_offered(wix: Wix) -> bool:
    """True if the owner lets people book several services in a visit; no answer means no."""
    try:
        return wix.bookings_settings.get().several_services
    except WixError:
        return False


def plan(facts: Facts, wanted: Wanted) -> Plan:
    """What of ``wanted`` can be had in one visit; what cannot is left out."""
    together = [each for each in facts.services if goes_together(each)]
    by_name: dict[str, Service] = {name: e for e in together for name in (e.id, e.slug)}
    chosen: list[Service] = []
    for name in dict.fromkeys(wanted.slugs):
        service = by_name.get(name)
        fits = service and service not in chosen and len(chosen) < MOST
        if service and fits and places_of([*chosen, service]):
            chosen.append(service)
    places = places_of(chosen)
    place = next((each for each in places if each.id == wanted.location), None)
    if place is None and len(places) == 1:
        place = places[0]
    parts = tuple(Part(service=each, staff=_named(each, wanted)) for each in chosen)
    return Plan(
        wanted=Wanted(
            slugs=tuple(each.slug for each in chosen),
            location=(place.id or "") if place else "",
            staff={each.service.slug: each.staff.id for each in parts if each.staff},
            day=wanted.day,
        ),
        parts=parts,
        choices=tuple(each for each in together if not chosen or places_of([*chosen, each])),
        places=places,
        place=place,
        was_cut=len(chosen) < len(set(wanted.slugs)),
    )


def show_times(site: Site, wix: Wix, facts: Facts, plan: Plan, now: datetime) -> Times:
    """The rows of four weeks; the first day with any is open unless the plan wants another.

    ``plan`` must be complete. Raises: CalendarUnavailable.
    """
    zone, today = facts.zone, now.astimezone(facts.zone).date()
    first = _window_of(plan.wanted.day or today, today)
    starts = start_of(first, zone)
    assert plan.place is not None
    told = wix.multi_service_time_slots.list(
        [
            Wish(service_id=each.service.id, staff_id=each.staff.id if each.staff else None)
            for each in plan.parts
        ],
        location=plan.place,
        starts=starts,
        ends=start_of(first + WINDOW, zone),
        zone=facts.business.zone,
    )
    free = _free(site, plan, told.rows, now)
    days = {
        day: tuple(rows)
        for day, rows in groupby(free, key=lambda each: each.starts.astimezone(zone).date())
    }
    wanted = plan.wanted.day
    day = wanted if wanted in days else next(iter(days), None)
    return Times(
        zone=zone,
        days=tuple((each, len(rows)) for each, rows in days.items()),
        day=day,
        rows=days[day] if day else (),
        first=first,
        earlier=first - WINDOW if first > today else None,
        later=first + WINDOW if first + WINDOW <= today + HORIZON else None,
        checked_at=told.checked_at,
    )


def _named(service: Service, wanted: Wanted) -> StaffMember | None:
    staff_id = StaffId(wanted.staff.get(service.slug, ""))
    return next((each for each in service.staff if each.id == staff_id), None)


def _window_of(day: date, today: date) -> date:
    """The first day of the four weeks that ``day`` is in, counted from today."""
    ahead = min(max(day - today, timedelta()), HORIZON)
    return today + WINDOW * (ahead // WINDOW)


def _free(site: Site, plan: Plan, rows: Sequence[Row], now: datetime) -> list[Offered]:
    """Those of ``rows`` that are ahead, and of which no part is held by somebody."""
    ahead = [each for each in rows if each.bookable and each.starts > now]
    ahead = [each for each in ahead if len(each.slots) == len(plan.parts)]
    if not ahead:
        return []
    held = (
        Hold.objects.live(site, now)
        .meeting(ahead[0].starts - timedelta(days=1), ahead[-1].ends + timedelta(days=1))
        .occupied()
    )
    return [offered for row in ahead if (offered := _offered(plan, row, held)) is not None]


def _offered(plan: Plan, row: Row, held: Sequence[Occupied]) -> Offered | None:
    parts: list[tuple[Part, Slot]] = []
    for part, slot in zip(plan.parts, row.slots, strict=True):
        buffer = timedelta(minutes=part.service.buffer_minutes)
        left = less_holds([slot], held, buffer)
        if not left or slot.service_id != part.service.id:
            return None
        parts.append((part, left[0]))
    signed = sign_visit([(slot, part.staff.id if part.staff else None) for part, slot in parts])
    return Offered(starts=row.starts, ends=row.ends, slots=tuple(parts), token=signed)
