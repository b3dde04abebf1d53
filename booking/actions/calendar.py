"""Asking for the free times of one service."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from booking.actions.facts import Facts
from booking.actions.windows import HORIZON
from booking.domain.days import Grid, closest, start_of
from booking.domain.empty import Wish
from booking.domain.ids import LocationId, StaffId
from booking.domain.service import Location, Service
from booking.domain.slot import Choices, Slot, Slots, less_holds
from booking.models import Hold, Site
from booking.wix import Wix

FIRST_OF_DAY = 100
"""How many times of each day to ask for where six weeks have more than anybody reads."""

MANY_TIMES = 60
"""How many of the next free times to ask for when a month is empty; our holds may cover the first."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Asks for the free times of one service, less our own holds, for one choice of staff and place.

    ``length`` is None for the usual one, without add-ons that take time.
    """

    site: Site
    wix: Wix
    facts: Facts
    service: Service
    now: datetime
    staff: StaffId | None = None
    location: LocationId | None = None
    length: Choices | None = None

    @property
    def wish(self) -> Wish:
        """The choice of staff and place."""
        return Wish(staff=self.staff, location=self.location)

    @property
    def place(self) -> Location | None:
        """The chosen place, None if any will do."""
        return next(
            (each for each in self.service.locations if each.id and each.id == self.location), None
        )

    def within(self, starts: datetime, ends: datetime) -> Slots:
        """What can be booked between two instants: one question to Wix, answered from the cache.

        Of weeks with more than Wix lists in some pages, the first times of each day; still ``cut``.
        """
        question = partial(
            self.wix.time_slots.list,
            self.service.id,
            starts=starts,
            ends=ends,
            zone=self.facts.business.zone,
            choices=self.length,
        )
        slots = question()
        if not slots.cut or ends - starts <= timedelta(days=2):
            return slots
        return replace(question(per_day=FIRST_OF_DAY), cut=True)

    def weeks(self, grid: Grid, zone: ZoneInfo) -> Slots:
        """What can be booked in the six weeks of ``grid`` in ``zone``; yesterday and later."""
        starts, ends = grid.window(zone)
        yesterday = self.now.astimezone(zone).date() - timedelta(days=1)
        return self.within(max(starts, start_of(yesterday, zone)), ends)

    def first_weeks(self) -> Slots:
        """What can be booked in the weeks that the service's page shows unless told otherwise."""
        zone = self.facts.zone
        return self.weeks(Grid.around(self.now.astimezone(zone).date()), zone)

    def left(self, slots: Slots) -> list[Slot]:
        """Those of ``slots`` that are ahead and not held by anybody, whoever gives them and wherever."""
        ahead = [each for each in slots.slots if each.bookable and each.starts > self.now]
        if not ahead:
            return []
        held = Hold.objects.live(self.site, self.now).meeting(
            ahead[0].starts - timedelta(days=1), ahead[-1].ends + timedelta(days=1)
        )
        return less_holds(ahead, held.occupied(), timedelta(minutes=self.service.buffer_minutes))

    def free(self, slots: Slots) -> list[Slot]:
        """What is left of ``slots`` and fits the choice."""
        return self.fitting(self.left(slots))

    def fitting(self, slots: Sequence[Slot]) -> list[Slot]:
        """Those of ``slots`` that the chosen person gives at the chosen place."""
        wish = self.wish
        return [each for each in slots if wish.is_met_by(each)]

    def after(self, moment: datetime) -> list[Slot]:
        """The next free times from ``moment``'s day on, at any distance; one bounded question.

        Asked from the day's beginning, so that everybody asks the same and one answer serves all.
        """
        zone = self.facts.zone
        starts = start_of(moment.astimezone(zone).date(), zone)
        slots = self.wix.time_slots.list(
            self.service.id,
            starts=starts,
            ends=starts + HORIZON,
            zone=self.facts.business.zone,
            staff_id=self.staff,
            location=self.place,
            choices=self.length,
            limit=MANY_TIMES,
        )
        return self.free(slots)


def near(calendar: Calendar, moment: datetime) -> list[Slot]:
    """What is free in the six weeks around ``moment``."""
    zone = calendar.facts.zone
    today = calendar.now.astimezone(zone).date()
    grid = Grid.around(max(moment.astimezone(zone).date(), today))
    return calendar.free(calendar.weeks(grid, zone))


def nearest(
    calendar: Calendar, free: Iterable[Slot], around: datetime, count: int = 3
) -> list[Slot]:
    """The times closest to ``around``, in time order, each start once and that one never.

    Of those that are ``free`` near it, else of the next there are.
    """
    others = {each.starts: each for each in free if each.starts != around}
    if not others:
        others = {each.starts: each for each in calendar.after(calendar.now)}
    return closest(others.values(), around, count)
