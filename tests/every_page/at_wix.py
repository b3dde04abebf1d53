"""The ways to a booking that is paid on Wix's checkout page."""

from django.core.management import call_command
from django.test import override_settings

from booking import wiring
from booking.actions import keys
from booking.domain.holding import PAGE_OPEN
from booking.models import Booking
from tests.every_page.world import World, of
from tests.steps import Answer, Customer


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


def too_late_to_pay(world: World) -> Answer:
    """Its page is over, and nobody has asked Wix since."""
    customer, _ = pays_at_wix(world)
    world.books.clock.shift(PAGE_OPEN)
    return its_page(customer)


def too_late_to_pay_by_card(world: World) -> Answer:
    """The same, where a card was to be used."""
    with override_settings(PAYMENT_PROVIDER="pretend"):
        wiring.provider.cache_clear()
        massage = of(world, "relaxing-massage")
        massage.send(massage.hold())
        world.books.clock.shift(PAGE_OPEN)
        page = its_page(massage)
    wiring.provider.cache_clear()
    return page


def plan_at_wix(world: World) -> Answer:
    client_id = world.sandbox.credentials["clientId"]
    with override_settings(PAYMENT_WAYS=[], WIX_CLIENT_ID=client_id):
        call_command("ensure_site", verbosity=0)
        yoga = of(world, "vinyasa-yoga")
        yoga.send(yoga.hold(), way="plan")
        world.books.clock.shift(180)
        return its_page(yoga)


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
