"""The page of a course: all that it contains, and the way to join it."""

from typing import Any

from django.utils import timezone

from booking import wiring
from booking.actions import courses
from booking.actions.courses import Course
from booking.actions.facts import Facts
from booking.actions.party import party_of
from booking.domain.service import Service
from booking.views.asked import who_comes
from booking.visit import Visit

TEMPLATE = "booking/course.html"


def show(request: Visit, facts: Facts, service: Service) -> tuple[str, dict[str, Any]]:
    """One course; Wix is not asked about one that cannot be booked here."""
    context: dict[str, Any] = {"service": service, "obstacle": service.obstacle}
    if service.obstacle is not None:
        return TEMPLATE, context
    wix = wiring.wix_of(request.site).cached
    course = Course(request.site, wix, facts, service, timezone.now())
    offer, told = courses.know_course(course)
    if offer.obstacle is not None:
        return TEMPLATE, context | {"obstacle": offer.obstacle}
    picked, wrong = who_comes(request, offer)
    context |= {
        "course": courses.show_course(course, told, request.visitor_zone, picked.people),
        "offer": offer,
        "picked": picked,
        "party": party_of(offer, picked),
        "notice": wrong or ("unknown_zone" if request.zone_unknown else ""),
        "again": request.GET.get("again", ""),
    }
    return TEMPLATE, context
