"""Each call that the client makes, sent first with one thing changed: refused in Wix's way, or taken.

The client's own bodies lead as deep into the sandbox as anything can.
"""

import json
import random
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
import requests

from booking.domain.ids import WixBookingId
from booking.domain.outcome import Paid
from booking.domain.several import Wish
from booking.wix import ApiKey, RetryRule, Transport, Wix
from booking.wix.errors import WixError
from booking.wix.limits import Time
from tests.contract.conftest import LISBON, TODAY, the_booking, the_service, the_slots
from tests.contract.shop import NOWHERE, a_checkout, a_payment, an_order, bought, euros, placed
from tests.contract.test_changing_bookings import a_time
from tests.in_process import Sandbox, WSGIAdapter

REFUSALS = {200, 400, 401, 403, 404, 409, 428, 429}
VALUES: list[Any] = [
    *(None, True, False, 0, 1, -1, 10**20, 1.5, "", "x", "\u0000", "ß" * 300, [], {}, [None]),
    *([{}], {"x": 1}, [[[]]], "2030-06-04T10:00:00", "9999-12-31T23:59:59Z", "0001-01-01", "NaN"),
    *("CONFIRMED", "ONLINE", "-1.00", "5e100000-0000-4000-8000-0000000000ff", "Asia/Tokyo"),
]


class Mutating(WSGIAdapter):
    """Sends ``times`` changed copies of each request before the request itself."""

    def __init__(self, app: Any, chance: random.Random, times: int) -> None:
        super().__init__(app)
        self.chance, self.times = chance, times
        self.asked = 0

    def send(self, request: requests.PreparedRequest, *args: Any, **rest: Any) -> requests.Response:
        body = json.loads(request.body) if request.body else {}
        for _ in range(self.times if body and "oauth2" not in request.path_url else 0):
            changed = request.copy()
            text = json.dumps(self._changed(body)).encode()
            changed.body, changed.headers["Content-Length"] = text, str(len(text))
            answer = super().send(changed, *args, **rest)
            self.asked += 1
            assert answer.status_code in REFUSALS, (request.path_url, text, answer.text)
            assert answer.status_code == 200 or not answer.content or "message" in answer.json()
        return super().send(request, *args, **rest)

    def _changed(self, body: Any) -> Any:
        """A copy with one value changed, dropped, or put under another name."""
        copy = json.loads(json.dumps(body))
        holder, key = self.chance.choice(list(_places(copy)))
        match self.chance.randrange(4):
            case 0 if isinstance(holder, dict):
                del holder[key]
            case 1 if isinstance(holder, dict):
                holder[f"{key}s"] = holder.pop(key)
            case _:
                holder[key] = self.chance.choice(VALUES)
        return copy


def _places(value: Any) -> Any:
    """Every place inside a body that can be changed, with what holds it."""
    steps = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in list(steps):
        yield value, key
        if isinstance(inner, dict | list):
            yield from _places(inner)


def appointments(wix: Wix, sandbox: Sandbox) -> None:
    """Each step has a booking of its own: a changed call may have taken the step already."""
    slots = the_slots(wix, the_service(wix, "haircut").id, days=5).slots
    wix.bookings.create(the_booking(slots[-1]))
    steps: list[Callable[[WixBookingId, str], object]] = [
        lambda known, _: wix.bookings.confirm_or_decline(known, Paid.NOT_PAID),
        lambda known, revision: wix.bookings.confirm(known, revision, Paid.NOT_PAID),
        wix.bookings.decline,
        lambda known, revision: wix.bookings.cancel(known, revision, ignore_policy=True),
        lambda known, revision: wix.bookings.reschedule(known, revision, a_time(slots[-2])),
        wix.bookings.mark_as_pending,
        lambda known, _: wix.bookings.set_submission_id(known, NOWHERE),
        lambda known, _: wix.bookings.allowed_actions([known]),
        lambda known, _: wix.extended_bookings.by_id(known),
    ]
    for at, step in enumerate(steps):
        slug = "private-yoga" if step is steps[5] else "haircut"
        made = WixBookingId(placed(sandbox, slug, "OFFLINE", at=at * 2))
        with suppress(WixError):
            step(made, "1")


def reading(wix: Wix, sandbox: Sandbox) -> None:
    haircut, yoga = the_service(wix, "haircut"), the_service(wix, "private-yoga")
    wix.services.query()
    wix.services.search("cut")
    wix.categories.query()
    wix.locations.query()
    wix.booking_policies.query()
    wix.resources.query()
    wix.staff_members.search("ana")
    wix.add_on_groups.list_by_service_id(haircut.id)
    wix.event_time_slots.list(
        [haircut.id], starts=TODAY, ends=TODAY + timedelta(days=7), zone=LISBON
    )
    wix.multi_service_time_slots.list(
        [Wish(service_id=haircut.id), Wish(service_id=yoga.id)],
        location=haircut.locations[0],
        starts=TODAY,
        ends=TODAY + timedelta(days=2),
        zone=LISBON,
    )


def paying(wix: Wix, sandbox: Sandbox) -> None:
    booking = placed(sandbox, "relaxing-massage")
    cart = wix.carts.create(a_checkout(booking, country="PT"))
    wix.carts.totals(cart.id)
    with suppress(WixError):
        wix.carts.add_coupon(cart.id, "WELCOME10")
    wix.carts.checkout_url(cart.id)
    wix.carts.place_order(cart.id)
    bought(wix, sandbox, placed(sandbox, "relaxing-massage", at=3))


def recording(wix: Wix, sandbox: Sandbox) -> None:
    order = wix.orders.create(an_order(placed(sandbox, "relaxing-massage")))
    paid = wix.order_transactions.add_payments(order.id, [a_payment()])
    wix.orders.by_reference("line-1")
    payment = paid.payments[0].id
    wix.order_transactions.record_refund(order.id, payment, euros("1.00"), reason="Sorry")
    wix.payment_requests.create(order.id, euros("5.00"), title="Rest")
    wix.orders.cancel(order.id)


JOURNEYS: list[Callable[[Wix, Sandbox], None]] = [appointments, reading, paying, recording]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: str(journey.__name__))
def test_a_body_with_one_thing_changed_is_answered_as_wix_would(
    sandbox: Sandbox, journey: Callable[[Wix, Sandbox], None], seed: int
) -> None:
    if sandbox.app is None:
        pytest.skip("changes what is sent on its way: there is none to stand in over a socket")
    told = sandbox.credentials
    network = Mutating(sandbox.app, random.Random(seed), times=6)  # noqa: S311 - no secret
    transport = Transport(
        sandbox.url,
        ApiKey(told["apiKey"], told["siteId"]),
        adapter=lambda: network,
        retry=RetryRule(attempts=1),
        time=Time(sleep=lambda _: None),
    )
    with suppress(WixError, LookupError, ValueError):  # a changed call may have taken the time
        journey(Wix(transport), sandbox)
    assert network.asked
