"""An address on this machine that notices can be sent to."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread


class Receiver:
    """Answers with the scripted statuses, then with 200; a 0 keeps the caller waiting."""

    def __init__(self, *statuses: int) -> None:
        self.bodies: list[bytes] = []
        self.statuses = deque(statuses)
        self.enough = Event()
        self.url = ""


def within(seconds: float, holds: Callable[[], bool]) -> bool:
    """True as soon as ``holds`` does."""
    end = time.monotonic() + seconds
    pause = Event()
    while not holds() and time.monotonic() < end:
        pause.wait(0.005)
    return holds()


@contextmanager
def receiving(*statuses: int) -> Iterator[Receiver]:
    receiver = Receiver(*statuses)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            receiver.bodies.append(self.rfile.read(length))
            status = receiver.statuses.popleft() if receiver.statuses else 200
            if not status:
                receiver.enough.wait(5)
            self.send_response(status or 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.url = f"http://127.0.0.1:{server.server_address[1]}/webhooks/wix/"
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield receiver
    finally:
        receiver.enough.set()
        server.shutdown()
        server.server_close()
        thread.join()
