"""Two hundred customers want forty places of a class and pay by card, in any weather.

Never are more places sold than there are; what is charged is what is booked; no money stays kept for
nobody; and everybody is told what became of it. The weather is by seed, the threads go as they like.
``make soak SEED=7 MINUTES=10`` runs ten more seeds.
"""

import os
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from pathlib import Path
from random import Random

import pytest

from bookingsite.processes import Processes
from tests.in_process import Sandbox
from tests.plugins.live_site import LiveSite, _Starting
from tests.races.crowd import a_customer, all_at_once
from tests.races.weather import weather
from tests.steps import Answer, Customer
from tests.stripe_in_hand import DECLINED, PAYS, StripeInHand, start_stripe

pytestmark = pytest.mark.slow
CLASS, PRICE, PLACES, CROWD = "vinyasa-yoga", 14, 40, 200
FIRST, MINUTES = int(os.environ.get("SEED", "1")), int(os.environ.get("MINUTES", "2"))
SEEDS = range(FIRST, FIRST + MINUTES)
"""A seed takes a minute or so."""
SETTINGS = {
    "TRUSTED_PROXIES": "127.0.0.1",
    "ATTEMPT_LEASE_SECONDS": "15",
    "ATTEMPT_BACKOFF_SECONDS": "0.5",
    "LOOKUP_GRACE_SECONDS": "3",
    "WIX_WRITE_SECONDS": "5",
    "WORKER_TICK_SECONDS": "0.2",
    "LOG_LEVEL": "WARNING",
}
PATIENCE_SECONDS, PAGES_OVER = 300.0, 32 * 60
GONE = {"DECLINED", "CANCELED"}
HREF_BACK = re.compile(r'href="([^"]+)">Back')
CARDS: tuple[list[str], ...] = ([PAYS], [PAYS], [PAYS, PAYS], [DECLINED, PAYS], [DECLINED], [])
"""What people do on the provider's page: most pay, some twice, some not at all."""
BOOKED = ("confirmed", "paid")
LAWFUL_ENDS = {BOOKED, ("declined", "released"), ("expired", "released")}
UNSETTLED = {
    (stage, money)
    for stage in ("placed", "confirmed", "declined", "expired")
    for money in ("due", "starting", "authorised")
}


@dataclass(frozen=True)
class Rush:
    """A class with forty places, Wix's limit of calls, and a provider; all of them processes."""

    live: LiveSite
    wix: Sandbox
    stripe: StripeInHand


@dataclass(frozen=True)
class Wanting:
    """One of the crowd: the last answer they were given, and their booking's path, if they have one."""

    email: str
    status: int
    path: str = ""


@pytest.fixture
def rush(prepared_files: Path, tmp_path: Path) -> Iterator[Rush]:
    starting, processes = _Starting(prepared_files, tmp_path), Processes(tmp_path / "stripe")
    cards = start_stripe(processes)
    live = starting({**SETTINGS, **cards})
    wix, stripe = Sandbox(url=live.sandbox_url), StripeInHand(cards["STRIPE_BASE_URL"])
    online = {"online": True, "inPerson": False, "pricingPlan": False}
    changed = {"slug": CLASS, "defaultCapacity": PLACES, "payment": {"options": online}}
    wix.seed(services=[changed])
    wix.settings(rateLimitPerMinute=200)
    stripe.notify(f"{live.url}/webhooks/stripe/")
    yield Rush(live, wix, stripe)
    stripe.close()
    starting.stop_all()
    processes.stop()


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_sold_is_what_is_charged_and_everybody_is_told(rush: Rush, seed: int) -> None:
    offer = a_customer(rush.live.url, slug=CLASS).look().offers[-1]
    with weather(seed, rush.wix, rush.stripe):
        works = [partial(_want, rush, offer, seed, number) for number in range(CROWD)]
        crowd = all_at_once(works)
    ends = _settle(rush, crowd)
    balance(rush, crowd, ends)


def _want(rush: Rush, offer: str, seed: int, number: int) -> Wanting:
    """Press, fill in, pay or not; who meets an error tries again, as people do."""
    dice = Random(seed * 1000 + number)  # noqa: S311 - moods, no secret
    customer, email = a_customer(rush.live.url, number, slug=CLASS), f"one-{number}@example.com"
    time.sleep(dice.uniform(0, 8))
    pressed = _insist(lambda: customer.press(offer, press=email))
    if pressed.status != HTTPStatus.SEE_OTHER:
        return Wanting(email, pressed.status)
    form = _insist(lambda: customer.look(pressed.location))
    sent = _insist(lambda: customer.send(pressed.location, form, email=email))
    if sent.status != HTTPStatus.SEE_OTHER:
        return Wanting(email, sent.status)
    return Wanting(email, sent.status, _pay(rush, customer, sent.location, dice))


def _insist(ask: Callable[[], Answer]) -> Answer:
    """What is answered at last: a page that asks for patience is asked for again, ten times."""
    answer = ask()
    for _ in range(10):
        if answer.status != HTTPStatus.SERVICE_UNAVAILABLE:
            break
        time.sleep(1)
        answer = ask()
    return answer


def _pay(rush: Rush, customer: Customer, location: str, dice: Random) -> str:
    """Do with cards what the dice say; returns the path of the booking's own page."""
    page_url = _page_to_pay(rush, customer, location)
    if not page_url:
        return location
    back = HREF_BACK.search(rush.stripe.open(page_url).text)
    assert back is not None
    for card in dice.choice(CARDS):
        rush.stripe.pay(page_url, card)
    return customer.come_back(back[1].removeprefix(rush.live.url))


def _page_to_pay(rush: Rush, customer: Customer, location: str) -> str:
    """The provider's page: as the answer to the form, else asked for at the booking's own; "" for none."""
    for _ in range(10):
        if location.startswith(rush.stripe.url):
            return location
        time.sleep(1)
        path = location.removeprefix(rush.live.url).partition("?")[0]
        location = Answer(customer.client.post(f"{path}pay/")).location or path
    return ""


def _settle(rush: Rush, crowd: list[Wanting]) -> dict[str, tuple[str, str]]:
    """How each booking ends: the pages to pay on run out, and the worker does the rest."""
    reader = a_customer(rush.live.url, slug=CLASS)
    rush.stripe.advance(PAGES_OVER)
    patience = time.monotonic() + PATIENCE_SECONDS
    ends = _ends(reader, crowd)
    while _is_under_way(rush, ends) and time.monotonic() < patience:
        time.sleep(1)
        ends = _ends(reader, crowd)
    return ends


def _is_under_way(rush: Rush, ends: dict[str, tuple[str, str]]) -> bool:
    """True while a page still waits for something, or something is still to be taken back at Wix."""
    unsettled = any(end in UNSETTLED for end in ends.values())
    return unsettled or _standing_at_wix(rush) != _booked(ends)


def _booked(ends: dict[str, tuple[str, str]]) -> set[str]:
    """Whose page says that they are booked."""
    return {email for email, end in ends.items() if end == BOOKED}


def _standing_at_wix(rush: Rush) -> set[str]:
    """Who has a booking of ours at Wix that is not declined or cancelled."""
    kept = [each for each in rush.wix.bookings() if each["status"] not in GONE]
    return {each["contactDetails"]["email"] for each in kept if each.get("externalUserId")}


def _ends(reader: Customer, crowd: list[Wanting]) -> dict[str, tuple[str, str]]:
    """What the page of each booking says of its stage and its money, by mail address."""
    pages = {each.email: reader.look(each.path) for each in crowd if each.path}
    return {email: (_stage(page), page.main("money")) for email, page in pages.items()}


def _stage(page: Answer) -> str:
    """The page of what has run out is the page of an error, and names no stage."""
    return "expired" if page.status == HTTPStatus.GONE else page.main("stage")


def balance(rush: Rush, crowd: list[Wanting], ends: dict[str, tuple[str, str]]) -> None:
    """Compare the pages, Wix, and the provider's ledger."""
    assert {each.status for each in crowd} <= {303, 409}  # a booking, or told that it is full
    assert set(ends.values()) <= LAWFUL_ENDS, Counter(ends.values())
    booked = _booked(ends)
    payments = rush.stripe.ledger()["payments"]
    assert _standing_at_wix(rush) == booked
    assert 0 < len(booked) <= PLACES
    assert sum(each["captured"] - each["refunded"] for each in payments) == PRICE * 100 * len(
        booked
    )
    assert [each for each in payments if each["status"] == "requires_capture"] == []
    assert max(Counter(e["reference"] for e in payments if e["captured"]).values()) == 1
    assert _mailed(rush) >= set(ends)


def _mailed(rush: Rush) -> set[str]:
    """Who was sent a mail about what became of their booking."""
    texts = "\n".join(each.read_text() for each in rush.live.mail_dir.glob("*"))
    return set(re.findall(r"(?m)^To: (one-\d+@\S+)$", texts))
