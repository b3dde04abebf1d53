"""The page of one service: its times."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from booking import wiring, wording
from booking.actions import browse, keys, offers, picks
from booking.actions.asked_time import free_at, read_clock
from booking.actions.browse import Times, Wanted
from booking.actions.calendar import Calendar
from booking.actions.facts import Facts
from booking.actions.side_by_side import ask_both
from booking.actions.together import is_offered
from booking.domain import menu
from booking.domain.errors import WrongChoice
from booking.domain.ids import LocationId, StaffId
from booking.domain.offer import Offer, Picked
from booking.domain.service import Kind, Service
from booking.domain.slot import Slot
from booking.domain.together import partners
from booking.private import kept_by_nobody
from booking.views import classes, courses, previews
from booking.views.asked import read_day
from booking.visit import Visit
from booking.wix import Wix


@require_safe
def times(request: Visit, slug: str) -> HttpResponse:
    """One service and its times; an older address leads to today's."""
    facts = wiring.facts_for(request)
    service = facts.service(slug)
    if service.slug != slug:
        address = reverse("booking:service", args=[service.slug])
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
    show = {Kind.CLASS: classes.show, Kind.COURSE: courses.show}.get(service.kind, _appointments)
    template, context = show(request, facts, service)
    # Last, since what it tells of the next time is what the page has just asked.
    context["preview"] = previews.of_service(request, facts, service)
    token = request.GET.get("again", "")
    context["moving"] = keys.find_moving(request.site, token) if token else None
    response = render(request, template, context)
    return kept_by_nobody(response) if token else response


def _appointments(request: Visit, facts: Facts, service: Service) -> tuple[str, dict[str, Any]]:
    offer = offers.know_offer(wiring.wix_of(request.site).cached, service)
    context: dict[str, Any] = {"service": service, "offer": offer, "obstacle": offer.obstacle}
    if offer.obstacle is None:
        picked, wrong = picks.picked(offer, request.GET.dict())
        context |= {"notice": _notice_of(wrong)}
        context |= _times(request, facts, offer, picked)
    return "booking/service.html", context


def _times(request: Visit, facts: Facts, offer: Offer, picked: Picked) -> dict[str, Any]:
    now, service = timezone.now(), offer.service
    wanted, notice = _wanted(request, facts, service)
    calendar = Calendar(
        site=request.site,
        wix=wiring.wix_of(request.site).cached,
        facts=facts,
        service=service,
        now=now,
        staff=wanted.staff,
        location=wanted.location,
        length=picked.length,
    )
    page, together = ask_both(
        lambda: browse.show_times(calendar, wanted),
        lambda: _has_partners(calendar.wix, facts, service),
    )
    if wanted.day is not None and page.day != wanted.day:
        notice = notice or "past_day"
    asked_times, notice = _asked_time(request, page, notice)
    return {
        "times": page,
        **({"notice": notice} if notice else {}),
        "picked": picked,
        "asked_times": asked_times,
        "lengths": menu.lengths(offer, picked),
        "extras": menu.extras(offer, picks.extras_in(request.GET.dict())),
        "costs": menu.cost_of(offer, picked, [wanted.staff] if wanted.staff else ()),
        "minutes": menu.minutes_of(offer, picked),
        "together": together,
        "again": request.GET.get("again", ""),
        "staff_choices": service.staff,
        "location_choices": service.locations,
    }


def _asked_time(request: Visit, page: Times, notice: str) -> tuple[tuple[Slot, ...], str]:
    """The time that the link names, if it is free; a link that went wrong before names none."""
    asked = request.GET.get("time", "")
    if not asked or notice:
        return (), notice
    clock = read_clock(asked)
    if clock is None:
        return (), "unknown_time"
    free = free_at(page, clock)
    return free, "" if free else "time_gone"


def _has_partners(wix: Wix, facts: Facts, service: Service) -> bool:
    """True if other services can be had with this one in a visit; asked in a thread: no ORM."""
    return bool(partners(service, facts.services)) and is_offered(wix)


def _notice_of(wrong: Sequence[WrongChoice]) -> str:
    """The first thing that the link asks for and the page passes over in silence otherwise."""
    told = {"length": "unknown_length", "add-on": "unknown_extra", "add-ons": "", "quantity": ""}
    notices = (told.get(each.what, "unknown_choice") for each in wrong)
    return next(filter(None, notices), "")


def _wanted(request: Visit, facts: Facts, service: Service) -> tuple[Wanted, str]:
    """What the link asks for; a part that makes no sense is passed over, and the page says which."""
    asked = request.GET
    day = read_day(asked.get("date", ""))
    month = read_day(f"{asked.get('month', '')}-01")
    staff = StaffId(asked.get("staff", ""))
    location = LocationId(asked.get("location", ""))
    knows_staff = not staff or any(each.id == staff for each in service.staff)
    knows_place = not location or any(each.id == location for each in service.locations)
    wanted = Wanted(
        day=day,
        month=month,
        staff=staff if staff and knows_staff else None,
        location=location if location and knows_place else None,
        zone=request.visitor_zone,
        week_starts=wording.week_starts(translation.get_language(), facts.business.country),
    )
    unread = bool((asked.get("date") and not day) or (asked.get("month") and not month))
    troubles = {
        "unknown_day": unread,
        "unknown_zone": request.zone_unknown,
        "unknown_staff": not knows_staff,
        "unknown_location": not knows_place,
    }
    return wanted, next((each for each, stands in troubles.items() if stands), "")
