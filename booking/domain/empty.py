"""Why nothing is free on a day or in a month, as far as that can be known; and who or where else is.

Wix lists what is free and not why the rest is not. What can be told from that alone, from the booking
policy and from our own holds is told here; the rest stays unsaid.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from booking.domain.ids import LocationId, StaffId
from booking.domain.policy import Policy
from booking.domain.service import Location, StaffMember
from booking.domain.slot import Slot


class Why(StrEnum):
    """The first that applies is the one to tell."""

    TOO_LATE = "too_late"  # the business wants to know earlier
    TOO_EARLY = "too_early"  # not open for booking yet
    KEPT = "kept"  # what is free at Wix is being booked by others just now
    PERSON = "person"  # the chosen person has nothing, somebody else has
    PLACE = "place"  # nothing at the chosen place, but elsewhere
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Empty:
    """An empty stretch. ``opens`` is when its first moment can be booked, where it is too early.

    ``staff`` and ``locations`` are the others who have times in it, with how many, the most first.
    """

    why: Why
    opens: datetime | None = None
    staff: tuple[tuple[StaffMember, int], ...] = ()
    locations: tuple[tuple[Location, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was chosen: perhaps one person, perhaps one place."""

    staff: StaffId | None = None
    location: LocationId | None = None

    def is_met_by(self, slot: Slot) -> bool:
        """True if the chosen person may give ``slot`` at the chosen place."""
        return self.is_there(slot) and self.is_given(slot)

    def is_given(self, slot: Slot) -> bool:
        """True if the chosen person may give ``slot``: Wix may have left some out."""
        return (
            self.staff is None or slot.more_staff or any(one.id == self.staff for one in slot.staff)
        )

    def is_there(self, slot: Slot) -> bool:
        """True if ``slot`` is at the chosen place."""
        return self.location is None or slot.location.id == self.location


def closed(starts: datetime, ends: datetime, policy: Policy, now: datetime) -> Empty | None:
    """Whether the policy closes all of ``[starts, ends)`` to bookings; None if it does not."""
    if policy.latest_minutes and ends <= now + timedelta(minutes=policy.latest_minutes):
        return Empty(why=Why.TOO_LATE)
    if policy.earliest_minutes is None:
        return None
    opens = starts - timedelta(minutes=policy.earliest_minutes)
    return Empty(why=Why.TOO_EARLY, opens=opens) if opens > now else None


def explain(wish: Wish, listed: Sequence[Slot], left: Sequence[Slot]) -> Empty:
    """Why nothing in a stretch meets ``wish``.

    ``listed`` is what Wix has in it, with anyone and anywhere; ``left`` the same less our own holds.
    """
    staff: Counter[StaffMember] = Counter()
    locations: Counter[Location] = Counter()
    if wish.staff is not None:
        staff.update(one for each in left if wish.is_there(each) for one in each.staff)
    if wish.location is not None:
        locations.update(each.location for each in left if wish.is_given(each))
    reasons = (
        (Why.KEPT, any(map(wish.is_met_by, listed))),
        (Why.PERSON, bool(staff)),
        (Why.PLACE, bool(locations)),
    )
    return Empty(
        why=next((each for each, stands in reasons if stands), Why.NOTHING),
        staff=tuple(staff.most_common()),
        locations=tuple(locations.most_common()),
    )


def why_empty(
    wish: Wish,
    stretch: tuple[datetime, datetime],
    shown: Sequence[Slot],
    left: Sequence[Slot],
    policy: Policy,
    now: datetime,
) -> Empty:
    """What to say of an empty day or month, from all that is known of the weeks around it."""
    starts, ends = max(stretch[0], now), stretch[1]
    listed = [each for each in shown if each.bookable and starts <= each.starts < ends]
    inside = [each for each in left if starts <= each.starts < ends]
    return closed(starts, ends, policy, now) or explain(wish, listed, inside)
