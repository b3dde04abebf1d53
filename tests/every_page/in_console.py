"""The ways to the pages for the business."""

from django.contrib.auth.models import User
from django.test import override_settings

from booking import wiring
from booking.models import Booking
from tests.every_page.world import World, of
from tests.faults.faults import CREATE
from tests.steps import Answer, Customer


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
