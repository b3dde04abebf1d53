"""Wix's notices, answered before Django's middleware: twice as many as behind it.

They need none of it: no language, no page, no host. Only the signature counts.
"""

from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.db import close_old_connections

from booking.webhooks.taking import ADDRESS, length_of, take

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class Door:
    """Wraps the site's WSGI application and keeps Wix's notices from it."""

    def __init__(self, application: "WSGIApplication") -> None:
        self._application = application

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Take a notice; pass everything else on."""
        if environ.get("PATH_INFO") != ADDRESS or environ["REQUEST_METHOD"] != "POST":
            return self._application(environ, start_response)
        length = length_of(environ.get("CONTENT_LENGTH", ""))
        status = take(length, environ["wsgi.input"].read)
        if status is HTTPStatus.SERVICE_UNAVAILABLE:
            close_old_connections()  # as Django does: the next try shall have one that works
        body = f"{status.phrase}\n".encode()
        headers = [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))]
        start_response(f"{status.value} {status.phrase}", headers)
        return [body]
