"""What a press that could not be kept is answered: what is left, and what to do next."""

from contextlib import suppress

from django.http import HttpResponse

from booking import wiring
from booking.actions import classes, courses, keys
from booking.actions.calendar import Calendar, near, nearest
from booking.actions.choices import Choice, SessionChoice
from booking.actions.classes import Chosen, Fate, Timetable
from booking.actions.courses import Course
from booking.actions.facts import Facts
from booking.actions.party import party_of
from booking.actions.press import Press
from booking.domain.errors import (
    CalendarUnavailable,
    NotBookable,
    NotJoinable,
    OtherPrice,
    PartTaken,
    SlotTaken,
)
from booking.domain.session import Session
from booking.domain.slot import Slot
from booking.domain.zones import page_zones
from booking.error_pages import page_for
from booking.visit import Visit


def refused(
    request: Visit,
    facts: Facts,
    press: Press,
    error: SlotTaken | NotJoinable | NotBookable | OtherPrice,
) -> HttpResponse:
    """The page for what stood in the way of a press."""
    match error:
        case PartTaken():
            return _part_taken(request, facts, press, error)
        case SlotTaken():
            return _taken(request, facts, press, error)
        case NotJoinable():
            return _not_joinable(request, facts, press, error)
        case OtherPrice():
            return page_for(request, error, service=press.service, again=_again(press))
        case NotBookable():
            return page_for(request, error, service=press.service, obstacle=error.args[0])


def tokens_of(request: Visit) -> list[str]:
    """The signed choices behind what was pressed or ticked, each once."""
    return list(dict.fromkeys(request.POST.getlist("slot")))


def _part_taken(request: Visit, facts: Facts, press: Press, error: PartTaken) -> HttpResponse:
    """Every session that was chosen, and which of them can still be had."""
    targets = [each for each in press.targets if isinstance(each, SessionChoice)]
    wix, people = wiring.wix_of(request.site).cached, press.picked.people
    table = Timetable(request.site, wix, facts, press.service, press.now)
    chosen: tuple[Chosen, ...] = ()
    with suppress(CalendarUnavailable):
        chosen = classes.look_again(table, targets, error.gone, people)
    zone, other = page_zones(press.service, facts.zone, request.visitor_zone, press.now)
    free = sum(each.fate is Fate.FREE for each in chosen)
    return page_for(
        request,
        error,
        service=press.service,
        chosen=list(zip(tokens_of(request), chosen, strict=False)),
        free=free,
        people=people,
        quote=press.offer.quote(press.picked),
        again=_again(press),
        zone=zone,
        other_zone=other,
    )


def _not_joinable(request: Visit, facts: Facts, press: Press, error: NotJoinable) -> HttpResponse:
    """Why the course cannot be joined, with its dates if they can be had."""
    wix = wiring.wix_of(request.site).cached
    course = Course(request.site, wix, facts, press.service, press.now)
    programme = None
    with suppress(CalendarUnavailable):
        _, told = courses.know_course(course)
        programme = courses.show_course(course, told, request.visitor_zone, press.picked.people)
    return page_for(
        request,
        error,
        service=press.service,
        barrier=error.args[0],
        course=programme,
        party=party_of(press.offer, press.picked),
        again=_again(press),
    )


def _taken(request: Visit, facts: Facts, press: Press, error: SlotTaken) -> HttpResponse:
    zone, other = page_zones(press.service, facts.zone, request.visitor_zone, press.now)
    return page_for(
        request,
        error,
        service=press.service,
        alternatives=alternatives(request, facts, press),
        lost=press.targets[0].starts,
        again=_again(press),
        zone=zone,
        other_zone=other,
    )


def alternatives(request: Visit, facts: Facts, press: Press) -> list[Slot] | list[Session]:
    """The three nearest that are still free; none if Wix cannot be asked."""
    wix, choice = wiring.wix_of(request.site).cached, press.targets[0]
    try:
        if isinstance(choice, Choice):
            calendar = Calendar(
                site=request.site,
                wix=wix,
                facts=facts,
                service=press.service,
                now=press.now,
                staff=choice.staff_id,
                location=choice.location.id,
                length=press.picked.length,
            )
            return nearest(calendar, near(calendar, choice.starts), choice.starts)
        if isinstance(choice, SessionChoice):
            table = Timetable(request.site, wix, facts, press.service, press.now)
            return classes.nearest(table.upcoming().sessions, choice.starts, press.picked.people)
    except CalendarUnavailable:
        pass
    return []


def _again(press: Press) -> str:
    """What stands for the booking that another time is chosen for; "" if there is none."""
    if press.moving is not None:
        return keys.move_token(press.moving)
    return keys.again_token(press.instead_of) if press.instead_of else ""
