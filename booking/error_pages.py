"""One table from named errors to pages: what happened, what was kept, what to do next."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from booking.actions.place import AlreadySent
from booking.actions.site import UnknownHost
from booking.domain.errors import (
    BookingError,
    CalendarUnavailable,
    FormStale,
    HoldExpired,
    MoveExpired,
    NotBookable,
    NotJoinable,
    OtherPrice,
    PartTaken,
    SlotTaken,
    TooLateToCancel,
    TooLateToMove,
    TooManyHolds,
    TooManySessions,
    UnknownBooking,
    UnknownService,
    VisitTaken,
    WrongChoice,
)

RETRY_SECONDS = "30"


@dataclass(frozen=True, slots=True)
class Page:
    """An error's status and template."""

    status: HTTPStatus
    template: str


PAGES: dict[type[BookingError], Page] = {
    UnknownService: Page(HTTPStatus.NOT_FOUND, "errors/not_found.html"),
    UnknownHost: Page(HTTPStatus.NOT_FOUND, "errors/not_found.html"),
    UnknownBooking: Page(HTTPStatus.NOT_FOUND, "errors/unknown_booking.html"),
    NotBookable: Page(HTTPStatus.CONFLICT, "errors/not_bookable.html"),
    VisitTaken: Page(HTTPStatus.CONFLICT, "errors/visit_taken.html"),
    PartTaken: Page(HTTPStatus.CONFLICT, "errors/part_taken.html"),
    NotJoinable: Page(HTTPStatus.CONFLICT, "errors/not_joinable.html"),
    TooManySessions: Page(HTTPStatus.UNPROCESSABLE_ENTITY, "errors/too_many_sessions.html"),
    WrongChoice: Page(HTTPStatus.UNPROCESSABLE_ENTITY, "errors/wrong_choice.html"),
    SlotTaken: Page(HTTPStatus.CONFLICT, "errors/slot_taken.html"),
    AlreadySent: Page(HTTPStatus.CONFLICT, "errors/already_sent.html"),
    HoldExpired: Page(HTTPStatus.GONE, "errors/hold_expired.html"),
    TooLateToCancel: Page(HTTPStatus.CONFLICT, "errors/too_late.html"),
    TooLateToMove: Page(HTTPStatus.CONFLICT, "errors/too_late.html"),
    MoveExpired: Page(HTTPStatus.GONE, "errors/move_expired.html"),
    OtherPrice: Page(HTTPStatus.CONFLICT, "errors/other_price.html"),
    FormStale: Page(HTTPStatus.BAD_REQUEST, "errors/form_stale.html"),
    TooManyHolds: Page(HTTPStatus.TOO_MANY_REQUESTS, "errors/too_many.html"),
    CalendarUnavailable: Page(HTTPStatus.SERVICE_UNAVAILABLE, "errors/calendar_unavailable.html"),
}


def page_for(request: HttpRequest, error: BookingError, **context: Any) -> HttpResponse:
    """The page of ``error``, found along its class hierarchy; never kept by a cache."""
    page = next(PAGES[each] for each in type(error).__mro__ if each in PAGES)
    response = render(request, page.template, context, status=page.status)
    response["Cache-Control"] = "no-store"
    if page.status is HTTPStatus.SERVICE_UNAVAILABLE:
        response["Retry-After"] = RETRY_SECONDS
    return response
