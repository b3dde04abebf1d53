"""The details form comes in."""

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from booking import wiring
from booking.actions import keys, place, settle
from booking.domain.errors import CalendarUnavailable, HoldExpired, NotBookable, TooManyHolds
from booking.error_pages import RETRY_SECONDS, page_for
from booking.forms import DetailsForm
from booking.models import Booking
from booking.post import hands_for
from booking.views import bookings, wix_checkout
from booking.visit import Visit


@csrf_exempt
@require_POST
def submit(request: Visit, key: str) -> HttpResponse:
    """Accept the details and make the booking, or give the form back with what was typed."""
    if wiring.is_pressing_too_often(request, "details"):
        raise TooManyHolds
    addressed = place.addressed(request.site, key)
    questions = bookings.ask(request, addressed)
    form = bookings.details_form(request, addressed, questions, request.POST)
    if not questions.are_told and form.has_answers:  # we cannot tell what they answer
        return _not_now(request, key, form)
    if not form.is_valid():
        return _with_errors(request, key, form)
    try:
        booking = _place(request, key, form)
    except HoldExpired as error:
        return _expired(request, key, form, error)
    except NotBookable as error:
        place.keep_typed(place.find(request.site, key), form.typed())
        return page_for(request, error, service=None, obstacle=error.args[0])
    except CalendarUnavailable:
        return _not_now(request, key, form)
    return wix_checkout.onward(request, keys.find(request.site, keys.key_of(booking)))


def _place(request: Visit, key: str, form: DetailsForm) -> Booking:
    """Place the booking and take the first steps at Wix; the worker goes on where we must stop."""
    placed = place.place(
        request.site,
        wiring.wix_of(request.site),
        key,
        form.details(),
        now=timezone.now(),
        patience=wiring.patience(),
        provider=settings.PAYMENT_PROVIDER,
    )
    settle.work_on(placed.attempt, hands_for(request.site))
    return placed.booking


def _with_errors(request: Visit, key: str, form: DetailsForm) -> HttpResponse:
    booking = place.find(request.site, key)
    place.keep_typed(booking, form.typed())
    if not booking.holds_at(timezone.now()):
        return bookings.page(request, key, booking)
    return bookings.details_page(request, key, booking, form)


def _not_now(request: Visit, key: str, form: DetailsForm) -> HttpResponse:
    """The form again as it was sent: nothing is placed yet, and sending it once more will do."""
    form.add_error(None, _("The calendar does not answer just now. Please send this once more."))
    response = _with_errors(request, key, form)
    response.status_code = 503
    response["Retry-After"] = RETRY_SECONDS
    return response


def _expired(request: Visit, key: str, form: DetailsForm, error: HoldExpired) -> HttpResponse:
    booking = place.find(request.site, key)
    place.keep_typed(booking, form.typed())
    return bookings.expired_page(request, booking, error)
