"""Looking around: what a course contains, and whether it can still be joined."""

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from booking.actions.claims import course_questions
from booking.actions.facts import Facts
from booking.actions.offers import know_offer
from booking.actions.side_by_side import ask_three
from booking.domain.course import JoinBarrier, Meeting, Places, Row, Run, join_barrier, rows_of
from booking.domain.offer import Offer
from booking.domain.service import Location, Service, StaffMember
from booking.domain.zones import page_zones
from booking.models import Hold, Site
from booking.wix import Wix


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A course as a customer sees it: its meetings, cancelled ones too, and the places left.

    ``barrier`` keeps so many people from joining; None if nothing does. ``run`` is None without
    meetings. The places that we keep for others are taken off. ``sessions`` counts the meetings that
    are held, ``over`` those of them that are over.
    """

    zone: ZoneInfo
    other_zone: ZoneInfo | None
    rows: tuple[Row, ...]
    run: Run | None
    teachers: tuple[StaffMember, ...]
    locations: tuple[Location, ...]
    sessions: int
    over: int
    starts_in_days: int
    has_begun: bool
    places: Places
    barrier: JoinBarrier | None
    opens: datetime | None
    join_until: datetime | None


@dataclass(frozen=True, slots=True)
class Course:
    """Asks about one course."""

    site: Site
    wix: Wix
    facts: Facts
    service: Service
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What Wix said of a course."""

    meetings: tuple[Meeting, ...]
    places: Places


def know_course(course: Course) -> tuple[Offer, Told]:
    """What can be chosen, what takes place and what is left, side by side. Raises: CalendarUnavailable."""
    of_meetings, of_places = course_questions(course.wix, course.facts, course.service, course.now)
    offer, meetings, places = ask_three(
        lambda: know_offer(course.wix, course.service), of_meetings, of_places
    )
    return offer, Told(meetings=meetings, places=places)


def show_course(
    course: Course, told: Told, visitor: ZoneInfo | None = None, party: int = 1
) -> Programme:
    """What can be said of a course now to so many people."""
    service, now, meetings = course.service, course.now, told.meetings
    zone, other = page_zones(service, course.facts.zone, visitor, now)
    run, places = Run.of(meetings), _less_holds(course, told.places)
    held = [each for each in meetings if not each.cancelled]
    starts = run.starts.astimezone(zone).date() if run else None
    return Programme(
        zone=zone,
        other_zone=other,
        rows=rows_of(meetings, now, zone, other),
        run=run,
        teachers=tuple(dict.fromkeys(one for each in held for one in each.teachers)),
        locations=tuple(dict.fromkeys(each.location for each in held if each.location)),
        sessions=len(held),
        over=sum(each.ends <= now for each in held),
        starts_in_days=(starts - now.astimezone(zone).date()).days if starts else 0,
        has_begun=run is not None and run.starts <= now,
        places=places,
        barrier=join_barrier(run, service.policy, places, now, party),
        opens=run.join_from(service.policy) if run else None,
        join_until=run.join_until(service.policy) if run else None,
    )


def _less_holds(course: Course, places: Places) -> Places:
    schedule = course.service.schedule_id or ""
    held = Hold.objects.live(course.site, course.now).places_of([schedule])
    return replace(places, left=max(0, places.left - held.get(schedule, 0)))
