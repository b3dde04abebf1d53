"""The ways to a booking after its details were sent, and to its link by mail."""

from django.utils import timezone

from booking.actions import attempts
from booking.models import Booking, Step
from tests.every_page.world import Way, World, of
from tests.faults.faults import CREATE
from tests.steps import Answer

ANYWAY = {"flowControlSettings": {"ignoreCancellationPolicy": True}}


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


def lost_with_offers(world: World) -> Answer:
    path = world.maria.hold(3)
    world.sandbox.fault("*:confirmOrDecline", status=503, times=1)
    leading = world.maria.send(path)
    world.sandbox.change(world.books.at_wix()[0], "decline")
    world.books.settle(2)
    return world.maria.look(leading.location)


def several_booked(world: World) -> Answer:
    pilates = of(world, "morning-pilates")
    path = pilates.press(pilates.look(several="1").ticks[:3]).location
    return pilates.look(pilates.send(path).location)


def at_service(slug: str) -> Way:
    def way(world: World) -> Answer:
        customer = of(world, slug)
        return customer.look(customer.book())

    return way


def lost_link(email: str) -> Way:
    return lambda world: Answer(world.maria.client.post("/my-link/", {"email": email}))
