"""The WSGI program: who asks, under which key, and what goes wrong on the way."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import RLock
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from tests.stripe_stand_in import checkout, page, payments
from tests.stripe_stand_in.controls import control
from tests.stripe_stand_in.errors import API, IDEMPOTENCY, Refusal
from tests.stripe_stand_in.faults import Fault, Faults
from tests.stripe_stand_in.forms import Params, decode
from tests.stripe_stand_in.notices import Notices
from tests.stripe_stand_in.world import Clock, Json, World

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

API_KEY = "sk_test_stand_in"
KEYS_LAST = 24 * 3600
"""Seconds. Source: "Idempotent requests"."""

type Endpoint = Callable[[World, str, Params, str], Json]


def _create_session(world: World, _id: str, params: Params, origin: str) -> Json:
    return checkout.create(world, params, origin)


API_ROUTES: dict[tuple[str, str], Endpoint] = {
    ("POST", "/v1/checkout/sessions"): _create_session,
    ("GET", "/v1/checkout/sessions/<id>"): checkout.retrieve,
    ("POST", "/v1/checkout/sessions/<id>/expire"): checkout.expire,
    ("GET", "/v1/payment_intents/<id>"): payments.retrieve,
    ("POST", "/v1/payment_intents/<id>/capture"): payments.capture,
    ("POST", "/v1/payment_intents/<id>/cancel"): payments.cancel,
    ("POST", "/v1/refunds"): payments.refund,
    ("GET", "/v1/refunds"): payments.refunds,
}
PAGES = {"/c/pay/<id>": page.show, "/c/prove/<id>": page.ask}
# Bound once: werkzeug takes longer to read its rules than to answer a call.
_API = Map([Rule(path, methods=[how], endpoint=do) for (how, path), do in API_ROUTES.items()]).bind(
    "stripe"
)
_PAGES = Map([Rule(path, endpoint=show) for path, show in PAGES.items()]).bind("stripe")


@dataclass(frozen=True)
class Kept:
    """The answer kept under an idempotency key."""

    question: str
    status: int
    body: Json
    at: int


class StripeStandIn:
    """One Stripe account. Call it as a WSGI program, from any number of threads.

    A server may put ``sandbox.sleep`` into the environ to be told of delays instead of sleeping. A
    connection that is to be cut raises ConnectionAbortedError out of the program.
    """

    def __init__(self) -> None:
        self.lock = RLock()
        self.notices = Notices()
        self.reset()

    def reset(self) -> None:
        """Everything as at the start."""
        with self.lock:
            self.clock = Clock()
            self.world = World(self.clock)
            self.faults = Faults()
            self.journal: list[Json] = []
            self._kept: dict[str, Kept] = {}
            self._asked = 0
            self._told = 0
        self.notices.forget()

    def close(self) -> None:
        """Send no more notices."""
        self.notices.close()

    def catch_up(self) -> None:
        """What time alone brings: pages end, authorisations lapse. Then tell what has happened."""
        now, world = self.clock.now(), self.world
        for session in world.sessions.values():
            if session.status == "open" and session.expires_at <= now:
                checkout.close(world, session)
        for intent in world.intents.values():
            ends = intent.charge and intent.charge.capture_before
            if intent.status == "requires_capture" and ends and ends <= now:
                payments.give_up(world, intent, "automatic")
        new, self._told = world.events[self._told :], len(world.events)
        self.notices.add(new)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        if request.path.startswith("/_stand_in/"):
            response = self._control(request)
        elif request.path.startswith("/v1/"):
            response = self._api(request, environ.get("sandbox.sleep", time.sleep))
        else:
            response = self._page(request)
        return response(environ, start_response)

    def _control(self, request: Request) -> Response:
        name = request.path.removeprefix("/_stand_in/").strip("/")
        try:
            body = json.loads(request.get_data() or b"{}")
            return _json(control(self, request.method, name, body))
        except LookupError as error:
            return _json({"error": str(error)}, 404)
        except (TypeError, ValueError) as error:
            return _json({"error": str(error)}, 400)

    def _page(self, request: Request) -> Response:
        try:
            show, found = _PAGES.match(request.path, request.method)
            with self.lock:
                self.catch_up()
                response: Response = show(self.world, found["id"], request)
                self.catch_up()
            return response
        except (HTTPException, Refusal):
            return Response("There is no such page.", 404)

    def _api(self, request: Request, sleep: Callable[[float], None]) -> Response:
        with self.lock:
            fault = self.faults.take(f"{request.method} {request.path}")
            self._asked += 1
            number = self._asked
        if fault.cut == "before":
            raise ConnectionAbortedError("cut before")
        response = self._answer(request, fault)
        response.headers["Request-Id"] = f"req_{number:06d}StandIn"
        if fault.delay:
            sleep(fault.delay)
        if fault.cut == "after":
            raise ConnectionAbortedError("cut after")
        if fault.rubbish is not None:
            return Response(fault.rubbish, fault.status or 200, mimetype="application/json")
        return response

    def _answer(self, request: Request, fault: Fault) -> Response:
        sent = request.get_data(as_text=True) or request.query_string.decode()
        key = request.headers.get("Idempotency-Key", "") if request.method == "POST" else ""
        call = {"method": request.method, "path": request.path, "key": key, "params": decode(sent)}
        question = f"{request.method} {request.path} {hashlib.sha256(sent.encode()).hexdigest()}"
        with self.lock:
            self.catch_up()
            status, body, again = self._once(key, question, lambda: self._do(request, call, fault))
            self.journal.append({**call, "status": status, "replayed": again})
            self.catch_up()
        response = _json(body, status)
        if again:
            response.headers["Idempotent-Replayed"] = "true"
        return response

    def _once(
        self, key: str, question: str, do: Callable[[], tuple[int, Json]]
    ) -> tuple[int, Json, bool]:
        """The same answer for the same key. Source: API reference, "Idempotent requests"."""
        now = self.clock.now()
        kept = self._kept.get(key) if key else None
        if kept and kept.at + KEYS_LAST > now:
            if kept.question == question:
                return kept.status, kept.body, True
            message = (
                "Keys for idempotent requests can only be used with the same parameters they were first "
                f"used with. Try using a key other than '{key}' if you meant another request."
            )
            return 400, Refusal(400, message, kind=IDEMPOTENCY).body, False
        try:
            status, body = do()
        except Refusal as refusal:
            status, body = refusal.status, refusal.body
            if not refusal.remembered:
                return status, body, False
        if key:
            self._kept[key] = Kept(question, status, body, now)
        return status, body, False

    def _do(self, request: Request, call: Json, fault: Fault) -> tuple[int, Json]:
        """Do the work. Raises: Refusal."""
        _check_key(request.headers.get("Authorization", ""))
        if fault.status and fault.rubbish is None:
            raise Refusal(
                fault.status,
                "This was ordered by a test.",
                kind=API,
                code=fault.code or None,
                remembered=fault.remembered,
            )
        try:
            endpoint, found = _API.match(request.path, request.method)
        except HTTPException as error:
            message = f"Unrecognized request URL ({request.method}: {request.path})."
            raise Refusal(404, message) from error
        origin = request.host_url.rstrip("/")
        return 200, endpoint(self.world, found.get("id", ""), call["params"], origin)


def _check_key(authorization: str) -> None:
    """Source: API reference, "Authentication"."""
    if authorization != f"Bearer {API_KEY}":
        shown = authorization.removeprefix("Bearer ")[:8] + "****" + authorization[-4:]
        raise Refusal(401, f"Invalid API Key provided: {shown}")


def _json(body: Any, status: int = 200) -> Response:
    return Response(json.dumps(body), status, mimetype="application/json")
