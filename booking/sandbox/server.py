"""A small threaded server: one thread a connection, kept alive, answers sent at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


class Handler(WSGIRequestHandler):
    """Quiet, and it hangs up when the program says so."""

    disable_nagle_algorithm = True

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """The journal has it."""

    def connection_dropped(self, error: BaseException, environ: Any = None) -> None:  # noqa: ARG002 - werkzeug names them
        """A cut connection stays cut: no answer, no next request."""
        self.close_connection = True


def serve(app: WSGIApplication, host: str, port: int) -> BaseWSGIServer:
    """A bound server that is not running yet; port 0 takes a free one."""
    return make_server(host, port, app, threaded=True, request_handler=Handler)
