"""The WSGI program: finds out who asks, answers under one lock, and misbehaves when told to."""

from __future__ import annotations

import itertools
import time
from collections import deque
from collections.abc import Callable, Iterable
from email.utils import formatdate
from functools import cache
from threading import RLock
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import msgspec
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from booking.sandbox import (
    access,
    add_on_groups,
    anonymous_bookings,
    app_instance,
    availability_calendar,
    benefit_programs,
    booking_policies,
    booking_policy_snapshots,
    bookings,
    bookings_settings,
    bulk_bookings,
    calendar_events,
    cart,
    categories,
    checkout,
    checkout_page,
    event_time_slots,
    extended_bookings,
    form_submissions,
    forms,
    installer,
    locations,
    multi_service_bookings,
    multi_service_time_slots,
    oauth,
    order_billing,
    order_transactions,
    orders,
    pages,
    payment_requests,
    pricing,
    pricing_plans,
    redirect_page,
    redirect_sessions,
    resource_types,
    resources,
    service_options_and_variants,
    services,
    site_properties,
    staff_members,
    time_slots,
)
from booking.sandbox.call import Call, Caller, For, Route
from booking.sandbox.clock import Clock
from booking.sandbox.controls import control, credentials
from booking.sandbox.events import Watch
from booking.sandbox.faults import Faults
from booking.sandbox.journal import Journal
from booking.sandbox.meanwhile import Meanwhile
from booking.sandbox.seeds import load, populate
from booking.sandbox.webhooks import Webhooks
from booking.sandbox.wire import Json, WixError, without_nulls
from booking.sandbox.world import Settings, World

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

RESOURCES = (
    add_on_groups,
    anonymous_bookings,
    app_instance,
    availability_calendar,
    benefit_programs,
    booking_policies,
    booking_policy_snapshots,
    bookings,
    bookings_settings,
    bulk_bookings,
    calendar_events,
    cart,
    categories,
    checkout,
    event_time_slots,
    extended_bookings,
    form_submissions,
    forms,
    locations,
    multi_service_bookings,
    multi_service_time_slots,
    oauth,
    order_billing,
    order_transactions,
    orders,
    payment_requests,
    pricing,
    pricing_plans,
    redirect_sessions,
    resource_types,
    resources,
    service_options_and_variants,
    services,
    site_properties,
    staff_members,
    time_slots,
)
# A call with this header is the test's own: no fault hits it, and it is neither noted nor counted.
ASIDE = "x-sandbox-aside"


class Sandbox:
    """One emulated site. Call it as a WSGI program.

    A server may put ``sandbox.sleep`` into the environ to be told of delays instead of sleeping.
    A connection that is to be cut raises ConnectionAbortedError out of the program.
    """

    def __init__(self, seed: str = "studio") -> None:
        self.first_seed = seed
        self.clock = Clock()
        self.faults = Faults()
        self.journal = Journal()
        self.settings = Settings()
        self.webhooks = Webhooks(self.clock)
        self.calls_of_site: deque[float] = deque()
        self.lock = RLock()
        self._numbers = itertools.count(1)
        self._routes = _route_map()
        self.load(seed)
        self.meanwhile = Meanwhile(self)

    def load(self, name: str) -> None:
        """A fresh world. Raises: WixError 400 for a seed there is not."""
        self.world = World(load(name), self.clock, self.settings)
        populate(self.world)
        self.watch = Watch(self.world)

    def tell(self, identity: Json) -> None:
        """Let apps know what has changed since the last time, and that it was ``identity``."""
        self.webhooks.tell(self.watch.news(self.world, identity))

    def close(self) -> None:
        """Deliver no more notices, and do nothing more by itself."""
        self.meanwhile.close()
        self.webhooks.close()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        if request.path.startswith("/_sandbox/") or request.path in ("/", installer.PATH):
            response = self._own(request)
        else:
            response = self._wix(request, environ.get("sandbox.sleep", time.sleep))
        response.headers["Date"] = formatdate(self.clock.now(), usegmt=True)
        response.headers["x-wix-request-id"] = f"{self.clock.now():.0f}.{next(self._numbers):018d}"
        return response(environ, start_response)

    def _own(self, request: Request) -> Response:
        try:
            with self.lock:
                if request.path == "/":
                    return pages.front_page(self.world, credentials(self, {}))
                if request.path == installer.PATH:
                    return installer.install(self, request)
                name = request.path.removeprefix("/_sandbox/").strip("/")
                self.meanwhile.catch_up()
                answer = control(self, request.method, name, _body(request))
                self.tell({})
                return _json(answer)
        except WixError as error:
            return _json(error.body, error.status)

    def _wix(self, request: Request, sleep: Callable[[float], None]) -> Response:
        """The effect comes first and a delay after it: a caller who gave up has still booked."""
        if ASIDE in request.headers:
            return self._answer(request, {})
        method, path = request.method, request.path
        entry = self.journal.open(method, path, request.query_string.decode(), self.clock.now())
        effect = self.faults.take(method, path)
        response = self._answer(request, entry) if effect.handle else effect.answer
        if effect.delay:
            sleep(effect.delay)
        if effect.cut or response is None:
            raise ConnectionAbortedError("The sandbox cuts this connection")
        entry["status"] = response.status_code
        return response

    def _answer(self, request: Request, entry: Json) -> Response:
        try:
            body = entry["body"] = _body(request)
            found, params = self._routes.match(request.path, request.method)
            if not isinstance(found, Route):
                return self._page(found, dict(params))
            with self.lock:
                self.meanwhile.catch_up()
                answer = self._handled(request, found, dict(params), body)
        except WixError as error:
            if self.settings.empty_denials and access.is_plain_denial(error):
                return Response(b"", error.status)
            return _json(error.body, error.status)
        except HTTPException:
            return Response(b"", 404)
        except RecursionError:
            return _json(WixError(400, "The body is nested too deep").body, 400)
        return _json(without_nulls(answer) if self.settings.omit_nulls else answer)

    def _page(self, show: Callable[..., Response], params: dict[str, str]) -> Response:
        with self.lock:
            self.meanwhile.catch_up()
            page = show(self.world, **params)
            self.tell({})
            self.meanwhile.wake_later()
            return page

    def _handled(self, request: Request, route: Route, params: dict[str, str], body: Json) -> Json:
        caller, identity = self._caller(request, route)
        access.check_asked(self.world, route, caller, identity, params, body)
        call = Call(
            body=body,
            query=request.args.to_dict(flat=False),
            params=params,
            caller=caller,
            identity=identity,
            origin=request.host_url.rstrip("/"),
            authorization=request.headers.get("Authorization", ""),
        )
        answer = route.handler(self.world, call)
        self.tell(identity)
        self.meanwhile.wake_later()
        return answer

    def _caller(self, request: Request, route: Route) -> tuple[Caller, Json]:
        if route.whom is For.EVERYBODY:
            return Caller.NOBODY, {}
        headers = request.headers
        caller, identity = oauth.identify(
            self.world, headers.get("Authorization"), headers.get("wix-site-id")
        )
        if ASIDE not in headers:
            limit = self.settings.rate_limit_per_minute
            access.count_call(self.calls_of_site, limit, self.clock.now())
        access.check(self.world, route, caller)
        return caller, identity


@cache
def _route_map() -> Any:
    """Every path of every resource, compiled and bound once for all sites and requests."""
    rules = [
        Rule(path, methods=[route.method], endpoint=route)
        for resource in RESOURCES
        for route in resource.ROUTES
        for path in route.paths
    ]
    rules.append(Rule("/media/<path:media_id>", methods=["GET"], endpoint=pages.media))
    rules.append(Rule("/service-page/<slug>", methods=["GET"], endpoint=pages.service_page))
    rules += [
        Rule(path, methods=[method], endpoint=page)
        for method, path, page in (*checkout_page.PAGES, *redirect_page.PAGES)
    ]
    return Map(rules).bind("sandbox")


def _body(request: Request) -> Json:
    """The JSON object sent, or a form's fields; nothing is the empty object.

    Raises: WixError 400 for anything else.
    """
    data = request.get_data(cache=False).strip()
    if not data:
        return {}
    # curl says "form" of everything it sends; whatever looks like JSON is taken as such.
    if request.mimetype == "application/x-www-form-urlencoded" and not data.startswith(b"{"):
        return dict(parse_qsl(data.decode("utf-8", "replace")))
    try:
        body = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise WixError(400, "The body is no JSON") from error
    if not isinstance(body, dict):
        raise WixError(400, "The body is no JSON object")
    return body


def _json(body: Json, status: int = 200) -> Response:
    return Response(msgspec.json.encode(body), status, mimetype="application/json")
