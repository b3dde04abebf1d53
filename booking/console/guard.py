"""Who sees the console: members of staff with an account of Django's.

Sessions and the protection of forms stand around these pages one by one, not around the site: so no
page of a customer ever learns of a cookie.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import user_passes_test
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpResponseBase
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.csrf import csrf_protect

View = Callable[..., HttpResponseBase]

_with_session = decorator_from_middleware(SessionMiddleware)
_with_account = decorator_from_middleware(AuthenticationMiddleware)


def page(view: View) -> View:
    """A page of the console, also for those who have not logged in yet."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return kept_out_of_sight(view(request, *args, **kwargs))

    guarded_too: View = _with_session(_with_account(csrf_protect(guarded)))
    return guarded_too


def for_staff(view: View) -> View:
    """A page for members of staff; others are led to the login and back."""
    return page(user_passes_test(_is_staff, login_url="console:login")(view))


def kept_out_of_sight[R: HttpResponseBase](response: R) -> R:
    """No cache keeps it, no search engine lists it.

    Its own address may travel as a referrer within the site: without one, browsers hide the origin that
    the protection of forms looks at.
    """
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _is_staff(user: Any) -> bool:
    return bool(user.is_active and user.is_staff)
