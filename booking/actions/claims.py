"""Claims: what Wix says, at this moment, of each thing that was pressed, and what to keep for it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise

from booking.actions.choices import Choice, CourseChoice, SessionChoice, Target
from booking.actions.facts import Facts
from booking.actions.offers import as_far_as_known, recheck_beside
from booking.actions.press import Press, able
from booking.actions.side_by_side import ask_all, ask_both
from booking.actions.windows import course_now
from booking.domain.course import Meeting, Places, Run, join_barrier
from booking.domain.errors import (
    NotBookable,
    NotJoinable,
    PartTaken,
    SlotTaken,
    UnknownService,
    WrongChoice,
)
from booking.domain.ids import EventId, ScheduleId, ServiceId
from booking.domain.menu import cheapest_first, minutes_of
from booking.domain.offer import Offer, Picked
from booking.domain.service import Location, LocationKind, Service, StaffMember
from booking.domain.session import Session
from booking.domain.slot import Slot, with_buffer
from booking.wix import Wix


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One line to be. ``starts``/``ends`` are UTC; ``meetings`` are those of a course.

    Of an appointment one of ``staff`` is kept for the time and ``buffer`` after it. Of a session or
    a course places are kept: ``places_left`` is how many Wix would still sell; ``staff`` teach it.
    """

    service_id: ServiceId
    starts: datetime
    ends: datetime
    location: Location
    staff: tuple[StaffMember, ...] = ()
    buffer: timedelta = timedelta()
    schedule_id: ScheduleId | None = None
    event_id: EventId | None = None
    meetings: tuple[Meeting, ...] = ()
    places_left: int | None = None

    @property
    def counted_in(self) -> str:
        """The session or the schedule whose places are kept; "" for an appointment."""
        return "" if self.places_left is None else self.event_id or self.schedule_id or ""

    @property
    def rivals(self) -> tuple[str, ...]:
        """The ids of all that must be looked at, and locked, to decide."""
        return (self.counted_in,) if self.counted_in else tuple(each.id for each in self.staff)

    @property
    def stretch(self) -> tuple[datetime, datetime]:
        """What is busy, buffer included."""
        return with_buffer(self.starts, self.ends, self.buffer)


def known_before(press: Press) -> list[Claim]:
    """The claims as far as they are known without asking Wix: those of appointments."""
    return [
        Claim(
            service_id=each.service_id,
            starts=each.starts,
            ends=each.ends,
            location=each.location,
            staff=able(each, press.service_of(each).staff),
            buffer=press.buffer_after(each),
        )
        for each in press.targets
        if isinstance(each, Choice)
    ]


def recheck(wix: Wix, facts: Facts, press: Press) -> tuple[Press, tuple[Claim, ...]]:
    """Ask Wix once more about all that was pressed and about the service, side by side.

    Never from the day's cache. The press comes back with what is on offer now; the claims are in
    time order. Raises: SlotTaken, NotJoinable, NotBookable, WrongChoice, UnknownService,
    CalendarUnavailable.
    """
    (claims, service), variants, groups = recheck_beside(
        wix.cached,
        press.service,
        lambda: ask_both(
            lambda: ask_all([partial(_claim, wix, facts, press, each) for each in press.targets]),
            lambda: wix.cached.services.by_slug(press.service.slug),
        ),
    )
    if service is None or service.hidden:
        raise UnknownService(press.service.slug)
    offer = as_far_as_known(
        wix, Offer(service=facts.here(service), variants=variants, add_on_groups=groups)
    )
    if offer.obstacle is not None:
        raise NotBookable(offer.obstacle)
    now = replace(press, offer=offer, picked=_picked_again(press, offer))
    gone = [target for target, claim in zip(press.targets, claims, strict=True) if claim is None]
    if gone:
        # What Wix says here is newer than the lists, and the nearest others come from those.
        wix.cached.time_slots.forget(service.id)
        raise taken(press.targets, gone)
    found = sorted((each for each in claims if each), key=lambda each: each.starts)
    _refuse_overlaps(found)
    _refuse_other_lengths(now, found)
    return now, tuple(found)


def _claim(wix: Wix, facts: Facts, press: Press, target: Target) -> Claim | None:
    """What Wix says of it; None if it cannot be had. Asked in a thread: no ORM."""
    match target:
        case Choice():
            return _of_slot(wix, facts, press, target)
        case SessionChoice():
            return _of_session(wix, facts, press, target)
        case CourseChoice():
            return _of_course(wix, facts, press)


def _of_slot(wix: Wix, facts: Facts, press: Press, choice: Choice) -> Claim | None:
    slot = wix.cached.time_slots.get(
        choice.service_id,
        starts=choice.starts,
        ends=choice.ends,
        zone=facts.business.zone,
        location=choice.location,
        staff_id=choice.staff_id,
    )
    if slot is None or not slot.bookable or slot.starts <= press.now:
        return None
    staff = cheapest_first(press.offer, able(choice, slot.staff))
    return appointment(slot, staff, press.buffer_after(choice))


def appointment(slot: Slot, staff: tuple[StaffMember, ...], buffer: timedelta) -> Claim:
    """The claim on a slot that one of ``staff`` is to give."""
    return Claim(
        service_id=slot.service_id,
        starts=slot.starts,
        ends=slot.ends,
        location=slot.location,
        staff=staff,
        buffer=buffer,
        schedule_id=slot.schedule_id,
    )


def _of_session(wix: Wix, facts: Facts, press: Press, choice: SessionChoice) -> Claim | None:
    session = wix.cached.event_time_slots.get(
        choice.event_id,
        zone=facts.business.zone,
        service_id=choice.service_id,
        starts=choice.starts,
    )
    if session is None or session.service_id != press.service.id:
        return None
    return _of_places(session) if session.has_room_for(press.picked.people) else None


def _of_places(session: Session) -> Claim:
    return Claim(
        service_id=session.service_id,
        starts=session.starts,
        ends=session.ends,
        location=session.location,
        staff=session.teachers,
        event_id=session.event_id,
        places_left=session.places_left,
    )


def _of_course(wix: Wix, facts: Facts, press: Press) -> Claim:
    """Raises: NotJoinable."""
    service = press.service
    meetings, places = ask_course(wix, facts, service, press.now, recheck=True)
    run = Run.of(meetings)
    barrier = join_barrier(run, service.policy, places, press.now, press.picked.people)
    if barrier is not None or run is None:
        raise NotJoinable(barrier)
    held = tuple(each for each in meetings if not each.cancelled)
    teachers = dict.fromkeys(one for each in held for one in each.teachers)
    return Claim(
        service_id=service.id,
        starts=run.starts,
        ends=run.ends or held[-1].ends,
        location=_place_of(service, held),
        staff=tuple(teachers),
        schedule_id=service.schedule_id,
        meetings=held,
        places_left=places.left,
    )


def ask_course(
    wix: Wix, facts: Facts, service: Service, now: datetime, *, recheck: bool = False
) -> tuple[tuple[Meeting, ...], Places]:
    """A course's meetings and places, side by side; asked from today's midnight, for all alike.

    Raises: CalendarUnavailable.
    """
    return ask_both(*course_questions(wix, facts, service, now, recheck=recheck))


def course_questions(
    wix: Wix, facts: Facts, service: Service, now: datetime, *, recheck: bool = False
) -> tuple[Callable[[], tuple[Meeting, ...]], Callable[[], Places]]:
    """The two questions about a course; one without a schedule has no meetings, and nobody is asked."""
    if service.schedule_id is None:
        none_taken = Places(total=service.capacity, left=service.capacity, checked_at=now)
        return tuple, lambda: none_taken
    asked_of = course_now(facts, now)
    return (
        lambda: wix.cached.courses.meetings(service, now=asked_of, zone=facts.business.zone),
        lambda: wix.cached.courses.places(service, recheck=recheck),
    )


def _place_of(service: Service, meetings: tuple[Meeting, ...]) -> Location:
    """Where the course takes place: what the service says, else its first meeting with a place."""
    told = (*service.locations, *(each.location for each in meetings if each.location))
    return next(iter(told), Location(kind=LocationKind.UNKNOWN))


def _refuse_overlaps(claims: list[Claim]) -> None:
    """Nobody can be in two sessions at once. Raises: PartTaken with the later one of each clash."""
    clashing = [
        later.event_id
        for earlier, later in pairwise(claims)
        if later.starts < earlier.ends and later.event_id
    ]
    if clashing:
        raise PartTaken(frozenset(clashing))


def _picked_again(press: Press, offer: Offer) -> Picked:
    """The same from what is on offer now. Raises: WrongChoice, with the name of what is gone."""
    left = {each.id for group in offer.add_on_groups for each in group.add_ons}
    gone = (each.add_on.name for each in press.picked.add_ons if each.add_on.id not in left)
    if (name := next(gone, None)) is not None:
        raise WrongChoice("add-on", name)
    return offer.pick(press.picked.asked)


def _refuse_other_lengths(press: Press, claims: list[Claim]) -> None:
    """A time is as long as what was chosen, or a page of another choice was pressed.

    Raises: WrongChoice.
    """
    minutes = minutes_of(press.offer, press.picked)
    if press.offer.varies_in_length and minutes is not None:
        length = timedelta(minutes=minutes)
        if any(each.ends - each.starts != length for each in claims):
            raise WrongChoice("time")


def taken(targets: Sequence[Target], gone: Iterable[Target]) -> SlotTaken:
    """The error for those of ``targets`` that are ``gone``: of several, it names which."""
    if len(targets) == 1:
        return SlotTaken()
    return PartTaken(frozenset(each.event_id for each in gone if isinstance(each, SessionChoice)))
