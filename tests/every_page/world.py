"""The studio in which every page is made, and the ways to those that need no more than an address."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

import time_machine
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation

from tests.faults.books import Books
from tests.in_process import Sandbox
from tests.plugins.monday import MONDAY_MORNING
from tests.plugins.site import site_on
from tests.steps import Answer, Customer, Worker

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


def of(world: World, slug: str) -> Customer:
    """Maria at another service."""
    return Customer(world.maria.client, slug)


def of_django(view: Callable[[Any], HttpResponse]) -> Way:
    """A page that no address leads to."""

    def way(world: World) -> Answer:
        language = getattr(world.maria.client, "language", "en")
        with translation.override(language):
            return Answer(view(RequestFactory().get("/")))

    return way


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
