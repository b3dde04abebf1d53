"""The slot engine: when can a service start, where, and who is free.

Working hours minus sessions, blocked time and bookings give each person's free stretches. Starts
stand on a grid that begins with each stretch, so it begins anew after every booking.
Source: Wix Bookings, Time Slots V2, "List Availability Time Slots".
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from booking.sandbox.diary import Entry
from booking.sandbox.rooms import has_rooms
from booking.sandbox.sessions import WEEKDAYS, sessions_on
from booking.sandbox.times import DAY, MINUTE, instant_of, wall
from booking.sandbox.wire import Json

if TYPE_CHECKING:
    from booking.sandbox.world import World

type Stretch = tuple[int, int]
ANYWHERE = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: a start in [since, until), so many seconds long, by one of these."""

    since: int
    until: int
    seconds: int
    location_id: str
    resource_ids: tuple[str, ...]


def openings(world: World, service: Json, wish: Wish) -> list[tuple[int, tuple[str, ...]]]:
    """Starts in order, each with the resources free for the whole length."""
    stretches = {
        resource_id: free_stretches(world, service, resource_id, wish)
        for resource_id in wish.resource_ids
    }
    starts = set[int]()
    for free in stretches.values():
        starts.update(_grid(free, wish, world.grid_seconds(service)))
    everyone = [
        (resource_id, [start for start, _ in free], free)
        for resource_id, free in stretches.items()
        if free
    ]
    return [
        (start, _who_is_free(everyone, start, start + wish.seconds))
        for start in sorted(starts)
        if has_rooms(world, service, start, start + wish.seconds, wish.location_id)
    ]


def _grid(free: list[Stretch], wish: Wish, step: int) -> Iterable[int]:
    for begins, ends in free:
        first = begins + max(0, -(-(wish.since - begins) // step)) * step
        yield from range(first, min(ends - wish.seconds + 1, wish.until), step)


def _who_is_free(
    everyone: list[tuple[str, list[int], list[Stretch]]], start: int, end: int
) -> tuple[str, ...]:
    free = []
    for resource_id, starts, stretches in everyone:
        at = bisect_right(starts, start) - 1
        if at >= 0 and stretches[at][1] >= end:
            free.append(resource_id)
    return tuple(free)


def who_can(world: World, service: Json, wish: Wish) -> list[str]:
    """Resources free for exactly [since, since + seconds), in the order asked."""
    until = wish.since + wish.seconds
    if not has_rooms(world, service, wish.since, until, wish.location_id):
        return []
    return [
        resource_id
        for resource_id in wish.resource_ids
        if any(
            start <= wish.since and until <= end
            for start, end in free_stretches(world, service, resource_id, wish)
        )
    ]


def free_stretches(world: World, service: Json, resource_id: str, wish: Wish) -> list[Stretch]:
    """Where and when this person could give this service: sorted, not overlapping."""
    since, until = wish.since - DAY, wish.until + wish.seconds + DAY
    hours = [
        stretch
        for day in _days(world, wish.since, wish.until)
        for stretch in _hours_at(world, resource_id, day, wish.location_id)
    ]
    buffer = world.buffer_seconds(service)
    busy = [
        (entry.start - max(buffer, entry.buffer), entry.end + max(buffer, entry.buffer))
        for entry in world.diary.busy(resource_id, since, until)
    ]
    return without(hours, busy)


def _days(world: World, since: int, until: int) -> list[date]:
    """Business days whose hours may hold a start: one more before, for hours past midnight."""
    first = wall(since, world.zone).date() - timedelta(days=1)
    last = wall(max(since, until - 1), world.zone).date()
    return [first + timedelta(days=day) for day in range((last - first).days + 1)]


def without(stretches: Iterable[Stretch], busy: Iterable[Stretch]) -> list[Stretch]:
    """``stretches`` less everything in ``busy``; both in any order."""
    left = sorted(stretches)
    for starts, ends in busy:
        if ends <= starts:
            continue
        left = (
            [
                part
                for start, end in left
                for part in ((start, min(end, starts)), (max(start, ends), end))
                if part[0] < part[1]
            ]
            if any(start < ends and starts < end for start, end in left)
            else left
        )
    return left


def _hours_at(world: World, resource_id: str, day: date, location_id: str) -> list[Stretch]:
    """Compiled once for each person and day, until the seed changes or a day goes by."""
    key = ("hours", resource_id, day, location_id)
    return world.compiled(key, lambda: _compile(world, resource_id, day, location_id))


def _compile(world: World, resource_id: str, day: date, location_id: str) -> list[Stretch]:
    member = world.staff.get(resource_id)
    if member is None:
        return []
    hours = [
        (_at(world, day, rule["start"]), _at(world, day, rule["end"]))
        for rule in member["workingHours"]
        if WEEKDAYS[day.weekday()] in rule["days"] and _is_at(world, rule, location_id)
    ]
    busy = [*_taught(world, resource_id, day), *_blocked(world, member)]
    return without(_joined(hours), busy)


def _is_at(world: World, rule: Json, location_id: str) -> bool:
    place = rule.get("location")
    return location_id == ANYWHERE or place is None or world.location_id(place) == location_id


def _at(world: World, day: date, clock: str) -> int:
    """``24:00`` and later hours belong to the next day."""
    hours, minutes = map(int, clock.split(":"))
    past = timedelta(days=hours // 24)
    return instant_of(datetime.combine(day + past, time(hours % 24, minutes)), world.zone)


def _joined(hours: list[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for start, end in sorted(hours):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        elif start < end:
            joined.append((start, end))
    return joined


def _taught(world: World, resource_id: str, day: date) -> list[Stretch]:
    return [
        (session.start, session.end)
        for service in world.services.values()
        if resource_id in service["staffMemberIds"] and service["type"] != "APPOINTMENT"
        for around in (day - timedelta(days=1), day, day + timedelta(days=1))
        for session in sessions_on(world, service, around)
        if session.resource_id == resource_id and not session.cancelled
    ]


def _blocked(world: World, member: Json) -> list[Stretch]:
    """Time off: ``inDays`` counts from the day of seeding, or ``date`` names the day."""
    stretches = []
    for block in member["blocked"]:
        day = _block_day(world, block, "date", "inDays")
        last = _block_day(world, block, "untilDate", "untilInDays") or day
        if day and last:
            stretches.append((_at(world, day, block["start"]), _at(world, last, block["end"])))
    return stretches


def _block_day(world: World, block: Json, dated: str, counted: str) -> date | None:
    if dated in block:
        return date.fromisoformat(block[dated])
    return world.seeded_on + timedelta(days=block[counted]) if counted in block else None


def entry_for(world: World, service: Json, start: int, end: int, booking_id: str) -> Entry:
    """A booking's stretch in somebody's diary."""
    return Entry(start, end, world.buffer_seconds(service), booking_id)


def minutes_offered(service: Json) -> list[int]:
    """The lengths an appointment can have, the usual one first."""
    minutes: list[int] = service["schedule"]["availabilityConstraints"]["sessionDurations"]
    return minutes


def wish_at(service: Json, start: int, end: int, location_id: str) -> Wish:
    """The wish for exactly one time, by anybody who gives the service."""
    return Wish(start, start + MINUTE, end - start, location_id, tuple(service["staffMemberIds"]))
