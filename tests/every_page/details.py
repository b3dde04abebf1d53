"""The ways to a time that is kept while its customer types."""

import re

from django.core.management import call_command
from django.test import override_settings

from tests.every_page.choosing import visit
from tests.every_page.world import World, of
from tests.steps import Answer


def held(world: World) -> Answer:
    return world.maria.look(world.maria.hold())


def wrong_details(world: World) -> Answer:
    return world.maria.send(world.maria.hold(), first_name="", email="maria at example")


def hold_expired(world: World) -> Answer:
    path = world.maria.hold()
    world.books.clock.shift(660)
    return world.maria.look(path)


def party_details(world: World) -> Answer:
    family, who = of(world, "family-yoga"), {"people-Adult": "2", "people-Child": "1"}
    return family.look(family.press(family.look(**who).offers[0], **who).location)


def extras_details(world: World) -> Answer:
    ritual = of(world, "scalp-ritual")
    extra = re.search(r'name="(extra-[^"]+)"', ritual.look().text)
    assert extra
    chosen = {extra[1]: "1"}
    return ritual.look(ritual.press(ritual.look(**chosen).offers[0], **chosen).location)


def details_with_plans(world: World) -> Answer:
    client_id = world.sandbox.credentials["clientId"]
    with override_settings(PAYMENT_WAYS=[], WIX_CLIENT_ID=client_id):
        call_command("ensure_site", verbosity=0)
        yoga = of(world, "vinyasa-yoga")
        return yoga.look(yoga.hold())


def visit_details(world: World) -> Answer:
    kept = world.maria.client.post("/together/hold/", {"row": visit(world).rows[0]})
    return world.maria.look(kept.headers["Location"])


def form_with_errors(world: World) -> Answer:
    bride = of(world, "bridal-styling")
    return bride.send(bride.hold(), first_name="", email="maria at example")


def already_sent(world: World) -> Answer:
    path = world.maria.hold()
    form = world.maria.look(path)
    world.maria.send(path, form)
    return world.maria.send(path, form, press="another", email="other@example.com")
