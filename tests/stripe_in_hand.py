"""The stand-in of Stripe in a test's hands: mounted in process or over a socket, driven by HTTP alone."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import requests
import stripe
from requests import Response

from booking.providers.stripe import Stripe
from bookingsite.processes import Processes, free_port
from tests.sandbox.adapter import WSGIAdapter
from tests.stripe_stand_in import API_KEY, SECRET, StripeStandIn

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

type Json = dict[str, Any]

IN_PROCESS = "http://stripe.stand-in.test"
PAYS, MASTERCARD, ASKS = "4242424242424242", "5555555555554444", "4000002500003155"
DECLINED, EMPTY = "4000000000000002", "4000000000009995"


class StripeInHand:
    """A test's handle on one stand-in, as its customer and with its controls."""

    def __init__(self, url: str = IN_PROCESS, app: WSGIApplication | None = None) -> None:
        self.url = url.rstrip("/")
        self.app = app
        self._session = self._reaching_it()

    @classmethod
    def in_process(cls) -> StripeInHand:
        return cls(app=StripeStandIn())

    def provider(
        self,
        *,
        api_key: str = API_KEY,
        secrets: tuple[str, ...] = (SECRET,),
        timeout_seconds: float = 5.0,
    ) -> Stripe:
        """Our provider over Stripe's real library, with this stand-in for Stripe."""
        client = stripe.RequestsClient(timeout=timeout_seconds, session=self._reaching_it())
        return Stripe(api_key, secrets, base_url=self.url, http_client=client)

    def close(self) -> None:
        self._session.close()
        if isinstance(self.app, StripeStandIn):
            self.app.close()

    # What only a stand-in can do

    def reset(self) -> None:
        self._control("POST", "reset")

    def fault(self, call: str = "", **order: Any) -> None:
        """``call`` is a part of "METHOD /path"; the rest as in ``faults.Fault``."""
        self._control("POST", "faults", {"call": call, **order})

    def clear_faults(self) -> None:
        self._control("DELETE", "faults")

    def advance(self, seconds: float) -> None:
        self._control("POST", "clock", {"advance": seconds})

    def ledger(self) -> Json:
        return self._control("GET", "ledger")

    def calls(self, path: str = "") -> list[Json]:
        """Every call to the API whose path contains ``path``, in order."""
        return [call for call in self._control("GET", "calls")["calls"] if path in call["path"]]

    def notify(self, url: str, **address: Any) -> None:
        """Send notices there from now on; the rest as in ``notices.Address``."""
        self._control("POST", "notices", {"url": url, **address})

    def notices(self, kind: str = "") -> list[Json]:
        """Every notice so far: ``id``, ``type``, ``body``, ``signature``, ``statuses``."""
        told = self._control("GET", "notices")["notices"]
        return [notice for notice in told if notice["type"].startswith(kind)]

    def deliver(self, **how: Any) -> list[Json]:
        """Send now: ``ids``, ``reversed``, ``copies``, ``secret``, ``age``; what was answered."""
        return list(self._control("POST", "notices/deliver", how)["sent"])

    # What a customer does

    def open(self, url: str) -> Response:
        return self._session.get(url, allow_redirects=False, timeout=30)

    def pay(self, url: str, number: str = PAYS) -> Response:
        """Give a card on a payment's page."""
        return self._session.post(url, data={"number": number}, allow_redirects=False, timeout=30)

    def prove(self, page_id: str, *, proved: bool = True) -> Response:
        """Answer the bank's question."""
        data = {"action": "complete" if proved else "fail"}
        url = f"{self.url}/c/prove/{page_id}"
        return self._session.post(url, data=data, allow_redirects=False, timeout=30)

    def _reaching_it(self) -> requests.Session:
        session = requests.Session()
        session.trust_env = False
        if self.app is not None:
            session.mount(self.url, WSGIAdapter(self.app))
        return session

    def _control(self, method: str, name: str, body: Json | None = None) -> Json:
        answer = self._session.request(
            method, f"{self.url}/_stand_in/{name}", json=body or {}, timeout=30
        )
        if not answer.ok:
            raise ValueError(f"{method} {name}: {answer.status_code} {answer.text}")
        return dict(answer.json())


def start_stripe(processes: Processes) -> dict[str, str]:
    """A stand-in as a process that answers; returns the settings of a site whose cards it takes."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = (sys.executable, "-m", "tests.stripe_stand_in", "--port", str(port))
    processes.start("stripe", *command, env=os.environ)
    processes.wait_until_it_answers("stripe", f"{url}/_stand_in/ledger")
    return {
        "PAYMENT_PROVIDER": "stripe",
        "STRIPE_SECRET_KEY": API_KEY,
        "STRIPE_WEBHOOK_SECRETS": SECRET,
        "STRIPE_BASE_URL": url,
    }
