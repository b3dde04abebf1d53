"""What needs a person, the whole story of a booking, and what can be done about it."""

from zoneinfo import ZoneInfo

from django.contrib.auth.views import LoginView, LogoutView
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from booking import wiring
from booking.actions import needs, settle
from booking.console.forms import LoginForm
from booking.console.guard import for_staff, kept_out_of_sight, page
from booking.models import Booking
from booking.post import hands_for
from booking.visit import Visit

_login = LoginView.as_view(
    template_name="console/login.html", authentication_form=LoginForm, next_page="console:todo"
)
logout = page(LogoutView.as_view(next_page="console:login"))


@page
@sensitive_post_parameters("password")
def login(request: Visit) -> HttpResponseBase:
    """Let a member of staff in; whoever tries too often has to wait."""
    if request.method == "POST" and wiring.is_logging_in_too_often(request):
        return render(request, "console/too_many.html", status=429)
    return _login(request)


@for_staff
@require_safe
def todo(request: Visit) -> HttpResponse:
    """What needs a person and what has been tried for long; or the way to one booking."""
    reference = request.GET.get("reference", "")
    if reference and (found := needs.find(request.site, reference)):
        return redirect("console:booking", found.reference)
    context = {
        "todo": needs.open_at(request.site, timezone.now()),
        "reference": reference,
        "who": _who(request),
    }
    return render(request, "console/todo.html", context)


@for_staff
@require_safe
def booking(request: Visit, reference: str) -> HttpResponse:
    """The whole story of a booking. The customer's key is no part of it."""
    found = _found(request, reference)
    context = {
        "booking": found,
        "truth": found.truth_at(timezone.now()),
        "zone": ZoneInfo(found.business_zone),
        "did": request.GET.get("did", ""),
        "who": _who(request),
    }
    return render(request, "console/booking.html", context)


@for_staff
@require_POST
def again(request: Visit, reference: str) -> HttpResponse:
    """Have tried now what failed, and asked anew what was refused."""
    found = _found(request, reference)
    tried = needs.try_again(found, _who(request), timezone.now())
    return _back_to(found, "again" if tried else "nothing")


@for_staff
@require_POST
def look(request: Visit, reference: str) -> HttpResponse:
    """Ask Wix at once; if it cannot be asked now, the worker does later."""
    found = _found(request, reference)
    attempt = needs.look_again(found, timezone.now(), wiring.patience())
    settle.work_on(attempt, hands_for(request.site))
    return _back_to(found, "look")


@for_staff
@require_POST
def done(request: Visit, reference: str) -> HttpResponse:
    """A person has settled it."""
    found = _found(request, reference)
    needs.done(found, _who(request), timezone.now())
    return _back_to(found, "done")


def forged(request: HttpRequest, **_why: str) -> HttpResponse:
    """A form that was not ours, or whose page is too old; Django has logged why."""
    return kept_out_of_sight(render(request, "console/forged.html", status=403))


def _found(request: Visit, reference: str) -> Booking:
    found = needs.find(request.site, reference)
    if found is None:
        raise Http404
    return found


def _who(request: Visit) -> str:
    return request.user.get_username()


def _back_to(found: Booking, did: str) -> HttpResponse:
    page_of = reverse("console:booking", args=[found.reference], query={"did": did})
    response = redirect(page_of)
    response.status_code = 303
    return response
