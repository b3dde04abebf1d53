"""The ways to cancelling and to moving a booking."""

from tests.every_page.world import World
from tests.steps import Answer


def next_week(world: World) -> str:
    """The page of a haircut for next week, which may still be changed."""
    offers = world.maria.look(date="2027-03-09").offers
    return world.maria.send(world.maria.press(offers[-1]).location).location


def part_of(booking: str, part: str) -> str:
    return f"{booking.partition('?')[0]}{part}/"


def press(world: World, path: str, part: str) -> Answer:
    """The page of a booking after the form of its ``part`` was sent."""
    world.maria.client.post(part_of(path, part))
    return world.maria.look(path)


def cancelling(world: World) -> Answer:
    return world.maria.look(part_of(next_week(world), "cancel"))


def being_cancelled(world: World) -> Answer:
    path = next_week(world)
    world.sandbox.fault("*/cancel", status=503)
    return press(world, path, "cancel")


def cancelled_by_customer(world: World) -> Answer:
    return press(world, next_week(world), "cancel")


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
    return press(world, path, "move")


def not_moved(world: World) -> Answer:
    path = moving(world)
    world.sandbox.fault("*/reschedule", status=428, code="SLOT_NOT_AVAILABLE")
    return press(world, path, "move")


def move_expired(world: World) -> Answer:
    path = moving(world)
    world.books.clock.shift(660)
    return Answer(world.maria.client.post(part_of(path, "move")))
