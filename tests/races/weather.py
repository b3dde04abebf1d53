"""Bad weather on both sides of us, by a seed: when Wix and the provider fail, and how."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.in_process import Sandbox
from tests.stripe_in_hand import StripeInHand

SECONDS = 25.0
"""How long it lasts."""
STORMS = 40
WIX_PATHS = (
    "/bookings/v2/bookings",
    "*:confirmOrDecline",
    "*/extended-bookings/query",
    "*/time-slots/event/get",
    "*/decline",
    "*/ecom/*",
    "*",
)
WIX_FAILS: tuple[dict[str, Any], ...] = (
    {"status": 500},
    {"status": 503},
    {"status": 429},
    {"cut": True},
    {"lose_answer": True},
    {"malformed": True},
    {"html": True},
    {"delay": 1.5},
)
STRIPE_CALLS = ("POST /v1/checkout", "GET /v1/checkout", "/capture", "/cancel", "/expire", "/v1/")
STRIPE_FAILS: tuple[dict[str, Any], ...] = (
    {"status": 500},
    {"status": 429},
    {"status": 500, "remembered": True},
    {"cut": "before"},
    {"cut": "after"},
    {"rubbish": "<html>"},
    {"delay": 1.5},
)
CLOCK_EVERY, CLOCK_AHEAD = 0.5, 4.5
"""Wix's minute lasts six seconds: so much its clock is put on, so often."""


@dataclass(frozen=True)
class Storm:
    """One order, at so many seconds; ``to_wix`` says which side meets it."""

    at: float
    to_wix: bool
    order: dict[str, Any]


def forecast(seed: int) -> list[Storm]:
    """The same for the same seed, in the order of time."""
    dice = Random(seed)  # noqa: S311 - weather, no secret
    storms = []
    for _ in range(STORMS):
        to_wix, times = dice.random() < 0.6, dice.choice((1, 1, 2, 4))
        order = (
            {"path": dice.choice(WIX_PATHS), **dice.choice(WIX_FAILS)}
            if to_wix
            else {"call": dice.choice(STRIPE_CALLS), **dice.choice(STRIPE_FAILS)}
        )
        storms.append(Storm(dice.uniform(0, SECONDS), to_wix, {**order, "times": times}))
    return sorted(storms, key=lambda storm: storm.at)


@contextmanager
def weather(seed: int, wix: Sandbox, stripe: StripeInHand) -> Iterator[None]:
    """Storms as forecast, and Wix's clock running fast; fair again at the end."""
    over = threading.Event()
    threads = [
        threading.Thread(target=_storm, args=(forecast(seed), wix, stripe, over)),
        threading.Thread(target=_hurry, args=(wix, over)),
    ]
    for each in threads:
        each.start()
    try:
        yield
    finally:
        over.set()
        for each in threads:
            each.join()
        wix.clear_faults()
        stripe.clear_faults()


def _storm(storms: list[Storm], wix: Sandbox, stripe: StripeInHand, over: threading.Event) -> None:
    passed = 0.0
    for storm in storms:
        if over.wait(storm.at - passed):
            return
        passed = storm.at
        if storm.to_wix:
            wix.fault(**storm.order)
        else:
            stripe.fault(**storm.order)


def _hurry(wix: Sandbox, over: threading.Event) -> None:
    handle = Sandbox(url=wix.url)
    while not over.wait(CLOCK_EVERY):
        handle.advance(CLOCK_AHEAD)
