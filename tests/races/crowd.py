"""Customers who all come at once, each over HTTP and from an address of their own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier
from typing import Any, cast

import requests
from django.test import Client

from tests.steps import Customer

PATIENCE_SECONDS = 60.0


def a_customer(url: str, number: int = 0, *, slug: str = "haircut") -> Customer:
    """Somebody at the site of ``url``; each number has another address, as a proxy would tell it."""
    browser = _Browser(url, f"198.51.{100 + number // 250}.{1 + number % 250}")
    # Of Django's client a customer uses these two methods, and an answer's status, headers, content.
    return Customer(cast(Client, browser), slug)


def all_at_once[T](works: Sequence[Callable[[], T]]) -> list[T]:
    """What each of ``works`` returned, in their order; all begin at the same moment.

    Raises: what the first of them raised.
    """
    start = Barrier(len(works))

    def run(work: Callable[[], T]) -> T:
        start.wait(PATIENCE_SECONDS)
        return work()

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(run, works))


@dataclass(frozen=True)
class _Browser:
    url: str
    address: str
    session: requests.Session = field(default_factory=requests.Session)

    def get(self, path: str, query: Any = None) -> requests.Response:
        return self._ask("GET", path, params=query)

    def post(self, path: str, data: Any = None) -> requests.Response:
        return self._ask("POST", path, data=data)

    def _ask(self, method: str, path: str, **sent: Any) -> requests.Response:
        self.session.trust_env = False
        headers = {
            "X-Forwarded-For": self.address,
            "User-Agent": "a plain browser",
            "Connection": "close",  # one that idles may be closed while it is used again
        }
        return self.session.request(
            method,
            self.url + path,
            headers=headers,
            allow_redirects=False,
            timeout=PATIENCE_SECONDS,
            **sent,
        )
