"""Looking around: the sessions of a class, less the places that we keep."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from booking.actions.choices import SessionChoice
from booking.actions.facts import Facts
from booking.actions.windows import HORIZON, session_window
from booking.domain.days import closest, start_of
from booking.domain.ids import EventId
from booking.domain.service import Service
from booking.domain.session import Narrowing, Session, Sessions, one_after_another
from booking.models import Hold, Site
from booking.wix import Wix

MANY_SESSIONS = 60
"""How many sessions to ask for beyond the eight weeks; our holds may cover the first."""

MOST_AT_ONCE = 20
"""How many sessions one press may take: Wix books each by itself."""


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
        return self.less_holds(self.soon())

    def soon(self) -> Sessions:
        """What Wix says of the next eight weeks. Raises: CalendarUnavailable."""
        return self._between(*session_window(self.facts, self.now))

    def within(self, first: date, end: date) -> Sessions:
        """What Wix says of these days of the business, ``end`` exclusive. Raises: CalendarUnavailable."""
        zone = self.facts.zone
        return self._between(start_of(first, zone), start_of(end, zone))

    def _between(self, starts: datetime, ends: datetime) -> Sessions:
        return self.wix.event_time_slots.list(
            [self.service.id], starts=starts, ends=ends, zone=self.facts.business.zone
        )

    def after(self, last: date, narrowing: Narrowing) -> Sessions:
        """The next that can be booked after the day ``last``, at any distance; one bounded question."""
        zone = self.facts.zone
        starts = start_of(last, zone)
        found = self.wix.event_time_slots.list(
            [self.service.id],
            starts=starts,
            ends=starts + HORIZON,
            zone=self.facts.business.zone,
            staff_id=narrowing.staff,
            location_id=narrowing.location,
            only_bookable=True,
            limit=MANY_SESSIONS,
        )
        return self.less_holds(found)

    def less_holds(self, told: Sessions) -> Sessions:
        """Those of ``told`` that are still to come or go on, without the places that we keep."""
        held = Hold.objects.live(self.site, self.now)
        ahead = [each for each in told.sessions if each.ends > self.now]
        kept = held.places_of(each.event_id for each in ahead)
        return replace(
            told, sessions=tuple(each.less(kept.get(each.event_id, 0)) for each in ahead)
        )


def nearest(
    sessions: Iterable[Session], around: datetime, party: int, count: int = 3
) -> list[Session]:
    """The sessions with room for the party that are closest to ``around``, in time order."""
    open_ones = (each for each in sessions if each.has_room_for(party) and each.starts != around)
    return closest(open_ones, around, count)


class Fate(StrEnum):
    """What came of one of several chosen sessions when all of them could not be kept."""

    FREE = "free"
    GONE = "gone"
    OVERLAPS = "overlaps"  # another one that was chosen goes on at the same time


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """One of several sessions that were chosen. ``session`` is None where the list lacks it."""

    target: SessionChoice
    session: Session | None
    fate: Fate


def look_again(
    table: Timetable, targets: Sequence[SessionChoice], gone: frozenset[str], party: int
) -> tuple[Chosen, ...]:
    """What is left of several sessions of which some are ``gone``, in the order of ``targets``.

    Of two at the same time the earlier one is left. Raises: CalendarUnavailable.
    """
    listed = {each.event_id: each for each in table.upcoming().sessions}
    known = {each.event_id: listed.get(each.event_id) for each in targets}
    left = [each for each in known.values() if each is not None and each.has_room_for(party)]
    kept = one_after_another(left)

    def fate(event_id: EventId) -> Fate:
        session = known[event_id]
        if session is None:
            return Fate.GONE if event_id in gone else Fate.FREE
        if session not in left:
            return Fate.GONE
        if session not in kept:
            return Fate.OVERLAPS
        # What a press was told may be newer than the list. Of a clash it names one or the other.
        clashes = any(session.meets(other) for other in left if other is not session)
        return Fate.GONE if event_id in gone and not clashes else Fate.FREE

    return tuple(
        Chosen(target=each, session=known[each.event_id], fate=fate(each.event_id))
        for each in targets
    )
