"""The ways to the times of a service, and to what is said when one cannot be had."""

from django.test import override_settings

from tests.every_page.world import World, of
from tests.steps import Answer, Customer


def visit(world: World) -> Answer:
    """The page of a haircut and a beard trim in one visit, with its times."""
    asked = {"service": ["haircut", "beard-trim"]}
    page = Answer(world.maria.client.get("/together/", asked))
    place = page.field("location")
    return Answer(world.maria.client.get("/together/", {**asked, "location": place}))


def slot_taken(world: World) -> Answer:
    late = Customer(world.noa.client, world.yoga.slug)
    offer = late.look().offers[0]
    world.yoga.hold()
    return late.press(offer)


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
