"""What Stripe tells by itself: signed, repeated until it is taken, in no promised order.

Source: guide "Receive Stripe events in your webhook endpoint", "Verify webhook signatures manually".
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from threading import Condition, Thread
from typing import Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

from tests.stripe_stand_in.world import Json

SECRET = "whsec_stand_in"
PATIENCE_SECONDS, FIRST_PAUSE, LONGEST_PAUSE = 10.0, 0.2, 3.0
GONE = 0
"""Instead of a status: nobody answered."""

_open = build_opener(ProxyHandler({})).open  # never through a machine's proxy


def signature(body: str, secret: str, at: int) -> str:
    """The ``Stripe-Signature`` of a body."""
    signed = hmac.new(secret.encode(), f"{at}.{body}".encode(), hashlib.sha256).hexdigest()
    return f"t={at},v1={signed}"


@dataclass
class Address:
    """Where notices go. ``hold`` keeps them until they are asked for; ``copies`` of each are sent."""

    url: str = ""
    secret: str = SECRET
    hold: bool = False
    copies: int = 1


@dataclass
class Delivery:
    """What became of one notice. ``statuses``: of every try."""

    event: Json
    statuses: list[int] = field(default_factory=list)
    pause: float = FIRST_PAUSE
    due: float = 0.0

    @property
    def taken(self) -> bool:
        return any(200 <= status < 300 for status in self.statuses)


class Notices:
    """Sends from a thread of its own, without anybody's lock: whoever is told may ask back at once."""

    def __init__(self) -> None:
        self.address = Address()
        self.deliveries: list[Delivery] = []
        self._changed = Condition()
        self._ended = False
        self._thread: Thread | None = None

    def add(self, events: list[Json]) -> None:
        with self._changed:
            self.deliveries += [Delivery(event) for event in events]
            self._changed.notify()

    def send_to(self, address: Address) -> None:
        with self._changed:
            self.address = address
            if self._thread is None and not self._ended:
                self._thread = Thread(target=self._work, daemon=True)
                self._thread.start()
            self._changed.notify()

    def forget(self) -> None:
        with self._changed:
            self.address, self.deliveries = Address(), []

    def close(self) -> None:
        with self._changed:
            self._ended = True
            self._changed.notify()
        if self._thread:
            self._thread.join()

    def signed(self, event: Json, *, secret: str = "", age: int = 0) -> tuple[str, str]:
        """A notice's body and signature, ``age`` seconds old, by the receiver's clock."""
        body = json.dumps(event)
        return body, signature(body, secret or self.address.secret, int(time.time()) - age)

    def send(self, delivery: Delivery, **signed: Any) -> int:
        """Send one notice now; what was answered."""
        body, header = self.signed(delivery.event, **signed)
        headers = {"Content-Type": "application/json", "Stripe-Signature": header}
        request = Request(self.address.url, body.encode(), headers, method="POST")
        try:
            with _open(request, timeout=PATIENCE_SECONDS) as answer:
                status: int = answer.status
        except HTTPError as refused:
            refused.close()
            status = refused.code
        except OSError:
            status = GONE
        delivery.statuses.append(status)
        return status

    def _work(self) -> None:
        while delivery := self._next():
            for _ in range(self.address.copies):
                self.send(delivery)
            delivery.due = time.monotonic() + delivery.pause
            delivery.pause = min(LONGEST_PAUSE, delivery.pause * 2)

    def _next(self) -> Delivery | None:
        """Wait for a notice that is due; None at the end."""
        with self._changed:
            while not self._ended:
                waiting = [each for each in self.deliveries if not each.taken]
                if not self.address.url or self.address.hold or not waiting:
                    self._changed.wait()
                    continue
                first = min(waiting, key=lambda each: each.due)
                if (pause := first.due - time.monotonic()) <= 0:
                    return first
                self._changed.wait(pause)
            return None
