"""Every page that a customer can meet, a line each: what its main element says, and the way to it.

Whoever adds a page adds a line to ``PAGES``; what is checked of every page is then checked of it too.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

import time_machine
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.utils import translation

from booking.views import errors
from tests.faults.books import Books
from tests.faults.faults import CREATE
from tests.in_process import Sandbox
from tests.plugins.site import site_on
from tests.steps import Answer, Customer, Worker

MONDAY_MORNING = "2027-03-01T07:00:00Z"
LANGUAGES = {"en": "ltr", "he": "rtl"}
"""The languages that every page is read in, and how they run."""
ANYWAY = {"flowControlSettings": {"ignoreCancellationPolicy": True}}
_addresses = count(1)


class Reader(Client):
    """Asks for everything in one language."""

    def __init__(self, language: str, **environ: Any) -> None:
        super().__init__(**environ)
        self.language = language

    def request(self, **request: Any) -> Any:
        query = f"{request.get('QUERY_STRING', '')}&lang={self.language}".lstrip("&")
        return super().request(**request | {"QUERY_STRING": query})


@dataclass(frozen=True)
class World:
    """A studio on a Monday before opening: two customers, the owner's Wix, and time."""

    maria: Customer
    noa: Customer
    sandbox: Sandbox
    books: Books

    @property
    def yoga(self) -> Customer:
        """Maria at a service that one person gives, who confirms each booking."""
        return Customer(self.maria.client, "private-yoga")


type Way = Callable[[World], Answer]


def at(path: str, **query: str) -> Way:
    return lambda world: world.maria.look(path, **query)


def held(world: World) -> Answer:
    return world.maria.look(world.maria.hold())


def wrong_details(world: World) -> Answer:
    return world.maria.send(world.maria.hold(), first_name="", email="maria at example")


def placed(world: World) -> Answer:
    path = world.maria.hold()
    world.sandbox.fault(CREATE, status=503)
    return world.maria.look(world.maria.send(path).location)


def confirmed(world: World) -> Answer:
    return world.maria.look(world.maria.book())


def awaiting_owner(world: World) -> Answer:
    return world.yoga.look(world.yoga.book())


def answered(answer: str) -> Way:
    """What a request becomes by the owner's answer."""

    def way(world: World) -> Answer:
        path = world.yoga.book()
        world.books.settle()
        world.sandbox.change(world.books.at_wix()[0], answer, **ANYWAY)
        world.books.settle(20)
        return world.yoga.look(path)

    return way


def hold_expired(world: World) -> Answer:
    path = world.maria.hold()
    world.books.clock.shift(660)
    return world.maria.look(path)


def slot_taken(world: World) -> Answer:
    late = Customer(world.noa.client, world.yoga.slug)
    offer = late.look().offers[0]
    world.yoga.hold()
    return late.press(offer)


def already_sent(world: World) -> Answer:
    path = world.maria.hold()
    form = world.maria.look(path)
    world.maria.send(path, form)
    return world.maria.send(path, form, press="another", email="other@example.com")


def form_stale(world: World) -> Answer:
    return world.maria.press("forged")


def not_bookable(world: World) -> Answer:
    offer = world.maria.look().offers[0]
    world.sandbox.seed(services=[{"slug": "haircut", "onlineBooking": {"enabled": False}}])
    return world.maria.press(offer)


def calendar_unavailable(world: World) -> Answer:
    offer = world.maria.look().offers[0]
    world.sandbox.fault(status=503)
    return world.maria.press(offer)


def too_many(world: World) -> Answer:
    with override_settings(PRESSES_PER_MINUTE=0):
        return world.maria.press("forged")


def lost_link(email: str) -> Way:
    return lambda world: Answer(world.maria.client.post("/my-link/", {"email": email}))


def of_django(view: Callable[[Any], HttpResponse]) -> Way:
    """A page that no address leads to."""

    def way(world: World) -> Answer:
        language = getattr(world.maria.client, "language", "en")
        with translation.override(language):
            return Answer(view(RequestFactory().get("/")))

    return way


PAGES: dict[str, tuple[str, Way]] = {
    "catalogue": ("page=catalogue", at("/")),
    "times": ("kind=appointment", at("/services/haircut/")),
    "times on two clocks": ("kind=appointment", at("/services/haircut/", tz="Asia/Tokyo")),
    "times with one person": ("kind=appointment", at("/services/private-yoga/")),
    "times, chosen anew": ("kind=appointment", at("/services/haircut/", again="anything")),
    "a day without times": ("kind=appointment", at("/services/haircut/", date="2027-03-07")),
    "a day that is over": ("kind=appointment", at("/services/haircut/", date="2027-01-01")),
    "a month far ahead": ("kind=appointment", at("/services/haircut/", month="2028-11")),
    "a class": ("kind=class", at("/services/vinyasa-yoga/")),
    "a course": ("kind=course", at("/services/yoga-for-beginners/")),
    "a closed service": ("kind=appointment", at("/services/hair-extensions/")),
    "details": ("stage=held", held),
    "details with errors": ("stage=held", wrong_details),
    "placed": ("stage=placed", placed),
    "confirmed": ("stage=confirmed", confirmed),
    "awaiting the owner": ("stage=awaiting_owner", awaiting_owner),
    "declined": ("stage=declined", answered("decline")),
    "cancelled": ("stage=cancelled", answered("cancel")),
    "hold expired": ("page=hold_expired", hold_expired),
    "slot taken": ("page=slot_taken", slot_taken),
    "already sent": ("page=already_sent", already_sent),
    "form stale": ("page=form_stale", form_stale),
    "not bookable": ("page=not_bookable", not_bookable),
    "calendar unavailable": ("page=calendar_unavailable", calendar_unavailable),
    "too many": ("page=too_many", too_many),
    "lost link": ("page=lost_link", at("/my-link/")),
    "lost link with an error": ("page=lost_link", lost_link("maria at example")),
    "lost link, sent": ("page=lost_link_sent", lost_link("maria@example.com")),
    "unknown booking": ("page=unknown_booking", at("/b/2345678923456789234567892/")),
    "not found": ("page=not_found", at("/nothing/")),
    "bad request": ("page=bad_request", of_django(errors.bad_request)),
    "broken": ("page=broken", of_django(errors.broken)),
}


def seen(name: str, language: str) -> str:
    """The HTML of a page, made in a world of its own. Asserts that it is that page."""
    sign, way = PAGES[name]
    with a_world(language) as world:
        page = way(world)
    attribute, value = sign.split("=")
    assert page.main(attribute) == value, f"{name}: {page.status} {page.words[:300]}"
    return page.text


@contextmanager
def a_world(language: str) -> Iterator[World]:
    """A world of which nothing is left in the database. Needs access to it."""
    sandbox = Sandbox.in_process()
    with (
        time_machine.travel(MONDAY_MORNING) as clock,
        transaction.atomic(),
        site_on(sandbox) as site,
    ):
        maria, noa = (
            Customer(Reader(language, REMOTE_ADDR=f"198.51.100.{next(_addresses) % 250}"))
            for _ in range(2)
        )
        yield World(maria, noa, sandbox, Books(sandbox, Worker(site), clock))
        transaction.set_rollback(True)
    sandbox.close()
