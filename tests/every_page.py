"""Every page that people can meet, a line each: what its main element says, and the way to it.

Whoever adds a page adds a line to ``PAGES``; what is checked of every page is then checked of it too.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

import time_machine
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.utils import timezone, translation

from booking import wiring
from booking.actions import attempts, keys
from booking.console import views as console
from booking.models import Booking, Step
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


def moved(world: World) -> Answer:
    """What its customer finds once the business has moved the booking and the worker has asked."""
    path = world.maria.book()
    booking = world.books.at_wix()[0]
    other = world.sandbox.book("haircut", "2027-03-04T15:00", confirm=False)["bookedEntity"]["slot"]
    anyway = {"flowControlSettings": {"ignoreReschedulePolicy": True}}
    world.sandbox.change(booking, "reschedule", slot=other, **anyway)
    attempts.anew(Booking.objects.get(), Step.REVIEW, timezone.now())
    world.books.settle()
    return world.maria.look(path)


def next_week(world: World) -> str:
    """The page of a haircut for next week, which may still be changed."""
    offers = world.maria.look(date="2027-03-09").offers
    return world.maria.send(world.maria.press(offers[-1]).location).location


def part_of(booking: str, part: str) -> str:
    return f"{booking.partition('?')[0]}{part}/"


def cancelling(world: World) -> Answer:
    return world.maria.look(part_of(next_week(world), "cancel"))


def being_cancelled(world: World) -> Answer:
    path = next_week(world)
    world.sandbox.fault("*/cancel", status=503)
    world.maria.client.post(part_of(path, "cancel"))
    return world.maria.look(path)


def cancelled_by_customer(world: World) -> Answer:
    path = next_week(world)
    world.maria.client.post(part_of(path, "cancel"))
    return world.maria.look(path)


def too_late(world: World) -> Answer:
    return world.maria.look(part_of(world.maria.book(), "cancel"))


def choosing_where_to_move(world: World) -> Answer:
    leading = world.maria.look(part_of(next_week(world), "move"))
    return world.maria.look(leading.location)


def moving(world: World) -> str:
    """The page of a booking that has another time kept for it."""
    path = next_week(world)
    times = world.maria.look(world.maria.look(part_of(path, "move")).location)
    world.maria.press(times.offers[-1], again=times.field("again"))
    return path


def moving_there(world: World) -> Answer:
    return world.maria.look(part_of(moving(world), "move"))


def being_moved(world: World) -> Answer:
    path = moving(world)
    world.sandbox.fault("*/reschedule", status=503)
    world.maria.client.post(part_of(path, "move"))
    return world.maria.look(path)


def not_moved(world: World) -> Answer:
    path = moving(world)
    world.sandbox.fault("*/reschedule", status=428, code="SLOT_NOT_AVAILABLE")
    world.maria.client.post(part_of(path, "move"))
    return world.maria.look(path)


def move_expired(world: World) -> Answer:
    path = moving(world)
    world.books.clock.shift(660)
    return Answer(world.maria.client.post(part_of(path, "move")))


def lost_with_offers(world: World) -> Answer:
    path = world.maria.hold(3)
    world.sandbox.fault("*:confirmOrDecline", status=503, times=1)
    leading = world.maria.send(path)
    world.sandbox.change(world.books.at_wix()[0], "decline")
    world.books.settle(2)
    return world.maria.look(leading.location)


def pays_at_wix(world: World) -> tuple[Customer, Answer]:
    """A customer whose form led to Wix's checkout page, and the answer that leads there."""
    with override_settings(PAYMENT_WAYS=[]):
        call_command("ensure_site", verbosity=0)
        customer = of(world, "relaxing-massage")
        return customer, customer.send(customer.hold())


def its_page(customer: Customer) -> Answer:
    """The page of the one booking, as its mail leads to it."""
    return customer.look(f"/b/{keys.key_of(Booking.objects.get())}/")


def to_be_paid_at_wix(world: World) -> Answer:
    customer, _ = pays_at_wix(world)
    world.books.clock.shift(180)
    return its_page(customer)


def details_with_plans(world: World) -> Answer:
    client_id = world.sandbox.credentials["clientId"]
    with override_settings(PAYMENT_WAYS=[], WIX_CLIENT_ID=client_id):
        call_command("ensure_site", verbosity=0)
        yoga = of(world, "vinyasa-yoga")
        return yoga.look(yoga.hold())


def come_in_at_wix(world: World) -> Answer:
    customer, leaving = pays_at_wix(world)
    world.sandbox.press(leaving.location)
    world.sandbox.settle()
    return its_page(customer)


def paid_and_lost(world: World) -> Answer:
    customer, leaving = pays_at_wix(world)
    line = Booking.objects.get().line
    starts = f"{line.starts:%Y-%m-%dT%H:%M}"
    world.sandbox.book(customer.slug, starts, staff="clara", location=line.location_name)
    world.sandbox.press(leaving.location)
    world.sandbox.settle()
    world.books.settle()
    return its_page(customer)


def no_way_to_pay(world: World) -> Answer:
    world.sandbox.settings(published=False)
    customer, _ = pays_at_wix(world)
    return its_page(customer)


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


def of(world: World, slug: str) -> Customer:
    """Maria at another service."""
    return Customer(world.maria.client, slug)


def party_details(world: World) -> Answer:
    family, who = of(world, "family-yoga"), {"people-Adult": "2", "people-Child": "1"}
    return family.look(family.press(family.look(**who).offers[0], **who).location)


def form_with_errors(world: World) -> Answer:
    bride = of(world, "bridal-styling")
    return bride.send(bride.hold(), first_name="", email="maria at example")


def extras_details(world: World) -> Answer:
    ritual = of(world, "scalp-ritual")
    extra = re.search(r'name="(extra-[^"]+)"', ritual.look().text)
    assert extra
    chosen = {extra[1]: "1"}
    return ritual.look(ritual.press(ritual.look(**chosen).offers[0], **chosen).location)


def several_booked(world: World) -> Answer:
    pilates = of(world, "morning-pilates")
    path = pilates.press(pilates.look(several="1").ticks[:3]).location
    return pilates.look(pilates.send(path).location)


def booked(slug: str) -> Way:
    def way(world: World) -> Answer:
        customer = of(world, slug)
        return customer.look(customer.book())

    return way


def part_taken(world: World) -> Answer:
    pilates = of(world, "morning-pilates")
    ticks = pilates.look(several="1").ticks[:3]
    first = world.sandbox.slots("morning-pilates", "2027-03-02", "2027-03-20")[0]
    for _ in range(first["bookableCapacity"]):
        world.sandbox.book("morning-pilates", first["localStartDate"])
    return pilates.press(ticks)


def not_joinable(world: World) -> Answer:
    course = of(world, "yoga-for-beginners")
    offer = course.look().offers[0]
    for _ in range(world.sandbox.service(course.slug)["defaultCapacity"]):
        world.sandbox.book(course.slug)
    world.books.clock.shift(60)  # what was asked a moment ago is believed for a moment
    return course.press(offer)


def wrong_choice(world: World) -> Answer:
    facial = of(world, "facial")
    return facial.press(facial.look().offers[0], length="999")


def visit(world: World) -> Answer:
    """The page of a haircut and a beard trim in one visit, with its times."""
    asked = {"service": ["haircut", "beard-trim"]}
    page = Answer(world.maria.client.get("/together/", asked))
    place = re.search(r'name="location" value="([^"]+)"', page.text)
    assert place
    return Answer(world.maria.client.get("/together/", {**asked, "location": place[1]}))


def visit_details(world: World) -> Answer:
    row = re.search(r'name="row" value="([^"]+)"', visit(world).text)
    assert row
    kept = world.maria.client.post("/together/hold/", {"row": row[1]})
    return world.maria.look(kept.headers["Location"])


def lost_link(email: str) -> Way:
    return lambda world: Answer(world.maria.client.post("/my-link/", {"email": email}))


def as_staff(world: World) -> Customer:
    """Maria's browser in the hands of somebody who works at the studio."""
    ana = User.objects.create_user("ana", is_staff=True)
    world.maria.client.force_login(ana)
    return world.maria


def refused(world: World) -> Booking:
    """A booking that Wix refuses to make, over and over."""
    path = world.maria.hold()
    world.sandbox.fault(CREATE, status=403, code="PERMISSION_DENIED")
    world.maria.send(path)
    world.books.settle(10)
    return Booking.objects.get()


def todo(world: World) -> Answer:
    return as_staff(world).look("/console/")


def todo_full(world: World) -> Answer:
    refused(world)
    return as_staff(world).look("/console/", reference="NOSUCH")


def story(world: World) -> Answer:
    reference = refused(world).reference
    return as_staff(world).look(f"/console/bookings/{reference}/", did="look")


def paid_story(world: World) -> Answer:
    """The story of a booking that is paid by card."""
    with override_settings(PAYMENT_PROVIDER="pretend"):
        wiring.provider.cache_clear()
        massage = of(world, "relaxing-massage")
        leaving = massage.send(massage.hold())
        massage.client.post(leaving.location.removeprefix("http://testserver"), {"mood": "approve"})
        world.books.settle()
    wiring.provider.cache_clear()
    reference = Booking.objects.get().reference
    return as_staff(world).look(f"/console/bookings/{reference}/")


def wrong_login(world: World) -> Answer:
    return Answer(world.maria.client.post("/console/login/", {"username": "ana", "password": "?"}))


def too_many_logins(world: World) -> Answer:
    with override_settings(LOGINS_PER_HOUR=0):
        return wrong_login(world)


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
    "a choice of lengths": ("kind=appointment", at("/services/facial/", length="60")),
    "a choice of extras": ("kind=appointment", at("/services/scalp-ritual/")),
    "prices by person": ("kind=appointment", at("/services/blow-dry/")),
    "a class": ("kind=class", at("/services/vinyasa-yoga/")),
    "a class on two clocks": ("kind=class", at("/services/vinyasa-yoga/", tz="Asia/Tokyo")),
    "a class as a list": ("kind=class", at("/services/sound-bath/", view="list")),
    "a class for a family": ("kind=class", at("/services/family-yoga/", **{"people-Adult": "2"})),
    "several sessions": ("kind=class", at("/services/morning-pilates/", several="1")),
    "a course": ("kind=course", at("/services/yoga-for-beginners/")),
    "a course on two clocks": (
        "kind=course",
        at("/services/massage-for-couples/", tz="Asia/Tokyo"),
    ),
    "a visit": ("kind=visit", visit),
    "search without a hit": ("page=catalogue", at("/", q="nothing like it")),
    "a closed service": ("kind=appointment", at("/services/hair-extensions/")),
    "details": ("stage=held", held),
    "details with errors": ("stage=held", wrong_details),
    "details of a party": ("stage=held", party_details),
    "details with extras": ("stage=held", extras_details),
    "details with plans": ("stage=held", details_with_plans),
    "details of a visit": ("stage=held", visit_details),
    "a form of its own, with errors": ("stage=held", form_with_errors),
    "several sessions, booked": ("stage=confirmed", several_booked),
    "a course, booked": ("stage=confirmed", booked("yoga-for-beginners")),
    "placed": ("stage=placed", placed),
    "confirmed": ("stage=confirmed", confirmed),
    "to be paid at Wix": ("truth=at_wix", to_be_paid_at_wix),
    "come in at Wix": ("truth=come_in", come_in_at_wix),
    "paid at Wix, and lost": ("truth=given_back", paid_and_lost),
    "no way to pay": ("truth=no_way_to_pay", no_way_to_pay),
    "awaiting the owner": ("stage=awaiting_owner", awaiting_owner),
    "declined": ("stage=declined", answered("decline")),
    "cancelling": ("page=cancel", cancelling),
    "being cancelled": ("truth=being_cancelled", being_cancelled),
    "cancelled by its customer": ("truth=cancelled", cancelled_by_customer),
    "too late to cancel": ("page=too_late", too_late),
    "choosing where to move": ("kind=appointment", choosing_where_to_move),
    "moving there": ("page=move", moving_there),
    "being moved": ("truth=being_moved", being_moved),
    "not moved": ("truth=not_moved", not_moved),
    "move expired": ("page=move_expired", move_expired),
    "lost, with offers": ("stage=declined", lost_with_offers),
    "cancelled by the business": ("truth=called_off", answered("cancel")),
    "moved": ("truth=booked", moved),
    "hold expired": ("page=hold_expired", hold_expired),
    "slot taken": ("page=slot_taken", slot_taken),
    "part taken": ("page=part_taken", part_taken),
    "not joinable": ("page=not_joinable", not_joinable),
    "wrong choice": ("page=wrong_choice", wrong_choice),
    "already sent": ("page=already_sent", already_sent),
    "form stale": ("page=form_stale", form_stale),
    "not bookable": ("page=not_bookable", not_bookable),
    "calendar unavailable": ("page=calendar_unavailable", calendar_unavailable),
    "too many": ("page=too_many", too_many),
    "lost link": ("page=lost_link", at("/my-link/")),
    "lost link with an error": ("page=lost_link", lost_link("maria at example")),
    "lost link, sent": ("page=lost_link_sent", lost_link("maria@example.com")),
    "unknown booking": ("page=unknown_booking", at("/b/2345678923456789234567892/")),
    "console, log in": ("page=console_login", at("/console/login/")),
    "console, log in with an error": ("page=console_login", wrong_login),
    "console, too many tries": ("page=console_too_many", too_many_logins),
    "console, too old": ("page=console_forged", of_django(console.forged)),
    "console, nothing to do": ("page=console_todo", todo),
    "console, something to do": ("page=console_todo", todo_full),
    "console, a booking": ("page=console_booking", story),
    "console, a paid booking": ("page=console_booking", paid_story),
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
    with (
        time_machine.travel(MONDAY_MORNING) as clock,
        closing(Sandbox.in_process()) as sandbox,  # it seeds what is to come from today on
        transaction.atomic(),
        site_on(sandbox) as site,
    ):
        maria, noa = (
            Customer(Reader(language, REMOTE_ADDR=f"198.51.100.{next(_addresses) % 250}"))
            for _ in range(2)
        )
        yield World(maria, noa, sandbox, Books(sandbox, Worker(site), clock))
        transaction.set_rollback(True)
