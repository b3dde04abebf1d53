"""The page of a class: its sessions by week or as a list."""

from typing import Any

from django.utils import timezone, translation

from booking import wiring, wording
from booking.actions import agenda
from booking.actions.agenda import Wanted
from booking.actions.classes import MOST_AT_ONCE, Timetable
from booking.actions.facts import Facts
from booking.actions.party import party_of
from booking.domain.days import PartOfDay
from booking.domain.ids import LocationId, StaffId
from booking.domain.service import Service
from booking.domain.session import Narrowing, Weekly
from booking.views.asked import read_day, who_comes
from booking.visit import Visit

TEMPLATE = "booking/class.html"


def show(request: Visit, facts: Facts, service: Service) -> tuple[str, dict[str, Any]]:
    """The sessions of one class; Wix is not asked about one that cannot be booked here."""
    context: dict[str, Any] = {"service": service, "obstacle": service.obstacle}
    if service.obstacle is not None:
        return TEMPLATE, context
    table = Timetable(
        request.site, wiring.wix_of(request.site).cached, facts, service, timezone.now()
    )
    wanted, notice = _wanted(request, facts)
    offer, told = agenda.know_class(table, wanted)
    if offer.obstacle is not None:
        return TEMPLATE, context | {"obstacle": offer.obstacle}
    picked, wrong = who_comes(request, offer)
    page = agenda.show_class(table, wanted, told, picked.people)
    context |= {
        "page": page,
        "offer": offer,
        "picked": picked,
        "party": party_of(offer, picked),
        "as_list": wanted.as_list,
        "several": wanted.several,
        "each": wanted.each,
        "counts": range(1, MOST_AT_ONCE + 1),
        "notice": notice or wrong or page.notice,
        "again": request.GET.get("again", ""),
    }
    return TEMPLATE, context


def _wanted(request: Visit, facts: Facts) -> tuple[Wanted, str]:
    """What the link asks for; a part that makes no sense is passed over, and the page says which."""
    asked = request.GET
    day, part = read_day(asked.get("date", "")), asked.get("part", "")
    each, several = Weekly.read(asked.get("each", "")), asked.get("several") == "1"
    wanted = Wanted(
        day=day,
        narrowing=Narrowing(
            staff=StaffId(asked.get("staff", "")) or None,
            location=LocationId(asked.get("location", "")) or None,
            part=PartOfDay(part) if part in PartOfDay else None,
        ),
        as_list=several or asked.get("view") == "list",
        several=several,
        each=each if several else None,
        zone=request.visitor_zone,
        week_starts=wording.week_starts(translation.get_language(), facts.business.country),
    )
    troubles = {
        "unknown_day": bool(asked.get("date") and not day),
        "unknown_zone": request.zone_unknown,
        "unknown_choice": bool(
            (part and part not in PartOfDay) or (asked.get("each") and not each)
        ),
    }
    return wanted, next((name for name, stands in troubles.items() if stands), "")
