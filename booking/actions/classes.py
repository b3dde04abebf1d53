"""Looking around: the sessions of a class, less the places that we keep."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from booking.actions.facts import Facts
from booking.domain.days import start_of
from booking.domain.service import Service
from booking.domain.session import Session, Sessions
from booking.models import Hold, Site
from booking.wix import Wix

AHEAD = timedelta(days=57)
"""How far the timetable of a class reaches: eight weeks."""


@dataclass(frozen=True, slots=True)
class Timetable:
    """Asks for the sessions of one class; the full, the cancelled and the closed ones too."""

    site: Site
    wix: Wix
    facts: Facts
    service: Service
    now: datetime

    def upcoming(self) -> Sessions:
        """What is still to come within eight weeks, in time order; one question, for all alike."""
        zone = self.facts.zone
        today = start_of(self.now.astimezone(zone).date(), zone)
        return self._less_holds(self.within(today - timedelta(days=1), today + AHEAD))

    def within(self, starts: datetime, ends: datetime) -> Sessions:
        """What Wix says of the sessions between two moments. Raises: CalendarUnavailable."""
        return self.wix.event_time_slots.list(
            [self.service.id], starts=starts, ends=ends, zone=self.facts.business.zone
        )

    def _less_holds(self, told: Sessions) -> Sessions:
        held = Hold.objects.live(self.now).filter(bookable__site=self.site)
        ahead = [each for each in told.sessions if each.ends > self.now]
        kept = held.places_of(each.event_id for each in ahead)
        return replace(
            told, sessions=tuple(each.less(kept.get(each.event_id, 0)) for each in ahead)
        )


def nearest(
    sessions: Iterable[Session], around: datetime, party: int, count: int = 3
) -> list[Session]:
    """The sessions with room for the party that are closest to ``around``, in time order."""
    open_ones = [each for each in sessions if each.has_room_for(party) and each.starts != around]
    closest = sorted(open_ones, key=lambda each: abs(each.starts - around))[:count]
    return sorted(closest, key=lambda each: each.starts)
