"""How many notices the site takes: signed ones, at a steady rate, as if Wix told them all at once.

An answer is timed from the moment its notice was due, not from when a connection was free to send it:
a site that falls behind cannot hide it.
"""

import base64
import itertools
import json
import socket
import sqlite3
import statistics
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

APP, INSTANCE = "bench-app", "bench-instance"
CONNECTIONS = 32
IN_TIME_SECONDS = 1.0
WARM_UP = 64
HEAD = b"POST /webhooks/wix/ HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\n\r\n"
"""A client of its own: the one of the standard library costs as much as the answer itself."""
KEY = rsa.generate_private_key(65537, 2048)


@dataclass(frozen=True)
class Taken:
    """What became of the notices. Milliseconds; ``late`` took longer than a second, ``stored`` are rows."""

    asked_per_second: float
    answered_per_second: float
    p50_ms: float
    p99_ms: float
    slowest_ms: float
    late: int
    failures: int
    sent: int
    stored: int


def settings() -> dict[str, str]:
    """The app whose notices these are, as the site's environment names it."""
    pem = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return {
        "WIX_APP_ID": APP,
        "WIX_INSTANCE_ID": INSTANCE,
        "WIX_PUBLIC_KEY": base64.b64encode(pem).decode(),
    }


def tell(site: str, database: Path, *, per_second: int, notices: int) -> Taken:
    """Send so many different notices at that rate, and count what the database has of them."""
    bodies = [signed(number) for number in range(notices + WARM_UP)]
    _send(site, bodies[notices:], per_second)
    before = _rows(database)
    seconds, statuses = _send(site, bodies[:notices], per_second)
    taken = sorted(each for each, _ in statuses)
    percentiles = statistics.quantiles(taken, n=100)
    return Taken(
        asked_per_second=per_second,
        answered_per_second=notices / seconds,
        p50_ms=percentiles[49] * 1000,
        p99_ms=percentiles[98] * 1000,
        slowest_ms=taken[-1] * 1000,
        late=sum(each > IN_TIME_SECONDS for each in taken),
        failures=notices - sum(is_taken for _, is_taken in statuses),
        sent=notices,
        stored=_rows(database) - before,
    )


def signed(number: int) -> bytes:
    """A notice as Wix sends it, with an id of its own."""
    booking = f"00000000-0000-4000-8000-{number:012d}"
    event = {
        "id": f"event-{number}",
        "entityFqdn": "wix.bookings.v2.booking",
        "slug": "confirmed",
        "entityId": booking,
        "actionEvent": {
            "body": {"booking": {"id": booking, "status": "CONFIRMED", "revision": "2"}}
        },
    }
    outer = {
        "eventType": "wix.bookings.v2.booking_confirmed",
        "instanceId": INSTANCE,
        "data": json.dumps(event),
    }
    claims = {"data": json.dumps(outer), "aud": APP, "iss": "wix.com"}
    return jwt.encode(claims, KEY, algorithm="RS256").encode()


def _send(
    site: str, bodies: list[bytes], per_second: int
) -> tuple[float, list[tuple[float, bool]]]:
    """How long all of it took, and for each notice how long after it was due it was answered, and if it was taken."""
    numbers, answers = itertools.count(), list[tuple[float, bool]]()
    began = time.perf_counter() + 0.1
    threads = [
        threading.Thread(target=_work, args=(site, bodies, numbers, began, per_second, answers))
        for _ in range(CONNECTIONS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began, answers


def _work(
    site: str,
    bodies: list[bytes],
    numbers: "itertools.count[int]",
    began: float,
    per_second: int,
    answers: list[tuple[float, bool]],
) -> None:
    parts = urlsplit(site)
    where = (parts.hostname or "", parts.port or 80)
    with socket.create_connection(where, timeout=30) as connection:
        while (number := next(numbers)) < len(bodies):
            due = began + number / per_second
            time.sleep(max(0.0, due - time.perf_counter()))
            connection.sendall(HEAD % (parts.netloc.encode(), len(bodies[number])) + bodies[number])
            answer = _answer(connection)
            answers.append((time.perf_counter() - due, answer.startswith(b"HTTP/1.1 200 ")))


def _answer(connection: socket.socket) -> bytes:
    """A whole answer; what ends before it is whole, is none."""
    answer = b""
    while not answer.endswith(b"\n") or answer.endswith(b"\r\n"):
        part = connection.recv(4096)
        if not part:
            return b""
        answer += part
    return answer


def _rows(database: Path) -> int:
    connection = sqlite3.connect(database)
    try:
        return int(connection.execute("SELECT count(*) FROM booking_notice").fetchone()[0])
    finally:
        connection.close()
