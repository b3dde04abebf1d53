"""What is taken: the stretches of each resource's time and the places of each session."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from dataclasses import dataclass, field

LONGEST = 44_639 * 60  # no booking is longer; Wix's limit on an appointment's minutes


@dataclass(order=True, frozen=True, slots=True)
class Entry:
    """A busy stretch; ``buffer`` is the free time its service wants around it. Seconds."""

    start: int
    end: int
    buffer: int = 0
    booking_id: str = ""


@dataclass(slots=True)
class Diary:
    """Only CONFIRMED and PENDING bookings are in it: a CREATED one takes nothing."""

    _entries: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    _seats: Counter[str] = field(default_factory=Counter)

    def block(self, resource_id: str, entry: Entry) -> None:
        insort(self._entries[resource_id], entry)

    def free(self, resource_id: str, booking_id: str) -> None:
        kept = [one for one in self._entries[resource_id] if one.booking_id != booking_id]
        self._entries[resource_id] = kept

    def busy(self, resource_id: str, since: int, until: int) -> list[Entry]:
        """Entries that touch [since, until), by start."""
        entries = self._entries.get(resource_id)
        if not entries:
            return []
        last = bisect_left(entries, Entry(until, 0))
        first = bisect_left(entries, Entry(since - LONGEST, 0))
        return [one for one in entries[first:last] if one.end > since]

    def take_seats(self, session_or_schedule: str, seats: int) -> None:
        """Negative ``seats`` give them back."""
        self._seats[session_or_schedule] += seats

    def seats_taken(self, session_or_schedule: str) -> int:
        return self._seats[session_or_schedule]
