"""Authorised, come back, run out, cancelled by the owner: what becomes of it hangs on facts, not on luck.

Two facts decide, whatever the order in which the four happen and whenever the worker looks:

| paid before the page ran out | cancelled by the owner before Wix confirmed | it ends as |
|---|---|---|
| yes | no | cancelled, refunded |
| yes | yes | cancelled, released |
| no | (never confirmed) | expired, released |

All four have happened in the end, so nothing is booked at last and nobody is out of money.
"""

from collections.abc import Callable
from itertools import permutations

import pytest

from booking.models import Booking
from tests.in_process import Sandbox
from tests.money.paying import GONE, Desk, owner

pytestmark = pytest.mark.django_db
PAGE_SECONDS = 31 * 60
AUTHORISED, RETURN, ENDED, CANCELLED = "authorised", "return", "page over", "owner cancels"
ORDERS = tuple(permutations((AUTHORISED, RETURN, ENDED, CANCELLED)))
ENDS = {
    (True, False): ("cancelled", "refunded"),
    (True, True): ("cancelled", "released"),
    (False, False): ("expired", "released"),
    (False, True): ("expired", "released"),
}
every_order = pytest.mark.parametrize("order", ORDERS, ids=", ".join)


@every_order
def test_with_a_worker_that_looks_after_each(
    desk: Desk, sandbox: Sandbox, order: tuple[str, ...]
) -> None:
    path = desk.go_to_pay()
    for event in order:
        happen(event, desk, sandbox, path)
        desk.let_pass()
    desk.settle()
    before_wix = order.index(CANCELLED) < order.index(AUTHORISED)
    balance(desk, ENDS[paid_in_time(order), before_wix])


@every_order
def test_with_a_worker_that_looks_at_last(
    desk: Desk, sandbox: Sandbox, order: tuple[str, ...]
) -> None:
    path = desk.go_to_pay()
    for event in order:
        happen(event, desk, sandbox, path)
    desk.settle()
    balance(desk, ENDS[paid_in_time(order), True])


def paid_in_time(order: tuple[str, ...]) -> bool:
    return order.index(AUTHORISED) < order.index(ENDED)


def happen(event: str, desk: Desk, sandbox: Sandbox, path: str) -> None:
    """One of the four; each is what somebody does, or time."""
    what: dict[str, Callable[[], object]] = {
        AUTHORISED: desk.card,
        RETURN: lambda: desk.customer.look(path),
        ENDED: lambda: desk.clock.shift(PAGE_SECONDS),
        CANCELLED: lambda: owner(sandbox, "cancel") if desk.at_wix()[-1] not in GONE else None,
    }
    what[event]()


def balance(desk: Desk, ends: tuple[str, str]) -> None:
    """Nothing is open, Wix agrees, and money moved exactly where the booking was confirmed."""
    desk.compare_with_wix()
    booking = Booking.objects.get()
    assert (booking.stage, booking.due) == ends
    assert set(desk.at_wix()) <= GONE
    assert desk.captured() == desk.given_back() == [65 if booking.due == "refunded" else 0]
    assert (desk.left_open(), desk.open_authorisations()) == ([], [])
