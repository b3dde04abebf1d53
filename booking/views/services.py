"""The pages without a customer in them: the services, and the times of one."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from booking import wiring, wording
from booking.actions import browse, offers, picks
from booking.actions.browse import Calendar, Wanted
from booking.actions.classes import Timetable
from booking.actions.courses import show_course
from booking.actions.facts import Facts, by_category
from booking.actions.side_by_side import ask_both
from booking.actions.together import is_offered
from booking.domain import menu
from booking.domain.days import EARLIEST_YEAR, LATEST_YEAR
from booking.domain.errors import WrongChoice
from booking.domain.ids import LocationId, StaffId
from booking.domain.offer import Offer, Picked
from booking.domain.service import Kind, Service
from booking.domain.together import partners
from booking.views.kept import kept_by_nobody
from booking.visit import Visit
from booking.wix import Wix


@require_safe
def catalogue(request: Visit) -> HttpResponse:
    """All services, by category."""
    facts = wiring.facts_for(request)
    return render(request, "booking/catalogue.html", {"groups": by_category(facts)})


@require_safe
def times(request: Visit, slug: str) -> HttpResponse:
    """One service and its times; an older address leads to today's."""
    facts = wiring.facts_for(request)
    service = facts.service(slug)
    if service.slug != slug:
        address = reverse("booking:service", args=[service.slug])
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
    offer = offers.know_offer(wiring.wix_of(request.site).cached, service)
    context: dict[str, Any] = {"service": service, "offer": offer, "obstacle": offer.obstacle}
    if offer.obstacle is None:
        picked, wrong = picks.picked(offer, request.GET.dict())
        show = {Kind.CLASS: _sessions, Kind.COURSE: _course}.get(service.kind, _times)
        context |= {"notice": _notice_of(wrong)}
        context |= show(request, facts, offer, picked)
    response = render(request, "booking/service.html", context)
    return kept_by_nobody(response) if request.GET.get("again") else response


def _sessions(request: Visit, facts: Facts, offer: Offer, picked: Picked) -> dict[str, Any]:
    wix, now = wiring.wix_of(request.site).cached, timezone.now()
    table = Timetable(request.site, wix, facts, offer.service, now)
    zone, other = browse.page_zones(offer.service, facts.zone, request.visitor_zone, now)
    return {
        "timetable": table.upcoming(),
        "picked": picked,
        "again": request.GET.get("again", ""),
        "zone": zone,
        "other_zone": other,
    }


def _course(request: Visit, facts: Facts, offer: Offer, picked: Picked) -> dict[str, Any]:
    wix, now = wiring.wix_of(request.site).cached, timezone.now()
    zone, other = browse.page_zones(offer.service, facts.zone, request.visitor_zone, now)
    return {
        "course": show_course(request.site, wix, facts, offer.service, now, picked.people),
        "picked": picked,
        "again": request.GET.get("again", ""),
        "zone": zone,
        "other_zone": other,
    }


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
    return {
        "times": page,
        **({"notice": notice} if notice else {}),
        "picked": picked,
        "lengths": menu.lengths(offer, picked),
        "extras": menu.extras(offer, picks.extras_in(request.GET.dict())),
        "costs": menu.cost_of(offer, picked, [wanted.staff] if wanted.staff else ()),
        "minutes": menu.minutes_of(offer, picked),
        "together": together,
        "again": request.GET.get("again", ""),
        "staff_choices": service.staff,
        "location_choices": service.locations,
    }


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


def read_day(text: str) -> date | None:
    """A day in ISO form and in a sensible year; None for anything else."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST_YEAR <= day.year <= LATEST_YEAR else None
