"""Looking around: what a course contains, and whether it can still be joined."""

from dataclasses import dataclass, replace
from datetime import datetime

from booking.actions.claims import ask_course
from booking.actions.facts import Facts
from booking.domain.course import JoinBarrier, Meeting, Places, Run, join_barrier
from booking.domain.service import Service
from booking.models import Hold, Site
from booking.wix import Wix


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A course as a customer sees it: its meetings, cancelled ones too, and the places left.

    ``barrier`` keeps so many people from joining; None if nothing does. ``run`` is None without
    meetings. The places that we keep for others are taken off.
    """

    meetings: tuple[Meeting, ...]
    run: Run | None
    places: Places
    barrier: JoinBarrier | None
    join_until: datetime | None


def show_course(
    site: Site, wix: Wix, facts: Facts, service: Service, now: datetime, party: int = 1
) -> Programme:
    """What can be said of a course now: two questions side by side. Raises: CalendarUnavailable."""
    meetings, told = ask_course(wix, facts, service, now)
    schedule = service.schedule_id or ""
    held = Hold.objects.live(now).filter(bookable__site=site).places_of([schedule])
    places = replace(told, left=max(0, told.left - held.get(schedule, 0)))
    run = Run.of(meetings)
    return Programme(
        meetings=meetings,
        run=run,
        places=places,
        barrier=join_barrier(run, service.policy, places, now, party),
        join_until=run.join_until(service.policy) if run else None,
    )
