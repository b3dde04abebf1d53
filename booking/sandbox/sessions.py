"""The sessions of classes and the meetings of courses, derived from weekly rules and the clock.

A class always has sessions for eight weeks from today; a course that is over begins again. So a
sandbox that runs for months never goes stale.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from booking.sandbox.times import MINUTE, instant_of
from booking.sandbox.wire import Json, guid

if TYPE_CHECKING:
    from booking.sandbox.world import World

WEEKS_AHEAD = 8
DAYS_KEPT = 14
WEEKDAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")


@dataclass(frozen=True, slots=True)
class Session:
    """One meeting of a class or course; ``start`` and ``end`` are instants.

    ``reserved`` places are being offered to some of the ``waiting`` people on its waiting list.
    """

    id: str
    service_id: str
    resource_id: str
    start: int
    end: int
    capacity: int
    location: Json
    title: str
    cancelled: bool = False
    waiting: int = 0
    reserved: int = 0

    @property
    def for_sale(self) -> int:
        """The places that anybody may book, taken or not."""
        return self.capacity - self.reserved


def sessions_of(world: World, service: Json) -> list[Session]:
    """Every session there is today, by start. Of a course: those of its current run."""
    return world.compiled(("sessions", service["id"]), lambda: _all(world, service))


def _all(world: World, service: Json) -> list[Session]:
    if service["type"] == "COURSE":
        return _meetings(world, service)
    today = world.today()
    days = (today + timedelta(days=day) for day in range(-DAYS_KEPT, 7 * WEEKS_AHEAD))
    return sorted(
        (session for day in days for session in _class_on(world, service, day)),
        key=lambda session: session.start,
    )


def sessions_on(world: World, service: Json, day: date) -> list[Session]:
    """The sessions of one business day, however far away: they keep their teacher busy."""
    if service["type"] == "CLASS":
        return list(_class_on(world, service, day))
    first, last = datetime.combine(day, time.min), datetime.combine(day, time.max)
    since, until = instant_of(first, world.zone), instant_of(last, world.zone)
    return [one for one in sessions_of(world, service) if since <= one.start <= until]


def session_named(world: World, session_id: str) -> Session | None:
    """The session with that event id, or None."""
    named = world.compiled(("sessions by id",), lambda: _by_id(world))
    return named.get(session_id)


def _by_id(world: World) -> dict[str, Session]:
    taught = (service for service in world.services.values() if service["type"] != "APPOINTMENT")
    return {session.id: session for service in taught for session in sessions_of(world, service)}


def _class_on(world: World, service: Json, day: date) -> Iterator[Session]:
    for rule in service["sessions"]:
        if WEEKDAYS[day.weekday()] == rule["day"]:
            yield _session(world, service, rule, day)


def _meetings(world: World, service: Json) -> list[Session]:
    plan = service["meetings"]
    if not plan:
        return []
    monday = world.seeded_on - timedelta(days=world.seeded_on.weekday())
    first = monday + timedelta(weeks=plan["inWeeks"], days=WEEKDAYS.index(plan["day"]))
    again = timedelta(weeks=plan["inWeeks"] + plan["count"])
    while first + timedelta(weeks=plan["count"] - 1) < world.today():
        first += again
    days = [first + timedelta(weeks=week) for week in range(plan["count"])]
    return [_session(world, service, plan, day) for day in days]


def _session(world: World, service: Json, rule: Json, day: date) -> Session:
    starts = datetime.combine(day, time.fromisoformat(rule["time"]))
    start = instant_of(starts, world.zone)
    session = Session(
        id=f"{guid('event', service['id'])}_{starts:%Y%m%dT%H%M}_{service['schedule']['id'][:8]}",
        service_id=service["id"],
        resource_id=world.resource_id(rule["staff"]),
        start=start,
        end=start + rule["minutes"] * MINUTE,
        capacity=int(rule.get("capacity") or service["defaultCapacity"]),
        location=world.slot_location(service["locations"][0]),
        title=service["name"],
    )
    change = world.session_changes.get(session.id)
    return replace(session, **change) if change else session
