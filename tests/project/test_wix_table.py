"""docs/wix.md names every operation of client and sandbox, and the tests that ran for it."""

import re
from typing import NamedTuple, get_origin, get_type_hints

from werkzeug.routing import Map

from booking.sandbox.app import _route_map
from booking.sandbox.call import Route
from booking.wix import Wix
from tests.project.sources import ROOT, text_of

CODE = re.compile(r"`([^`]+)`")


class Row(NamedTuple):
    """One line of a table of operations."""

    operation: str
    client: list[str]
    sandbox: list[str]
    generation: str
    permission: str
    certainty: str
    tests: list[str]


def rows() -> list[Row]:
    """The lines of the tables below the heading Operations."""
    text = text_of("docs/wix.md").partition("## Operations")[2].partition("\n## ")[0]
    lines = [line for line in text.splitlines() if line.startswith("| ") and "`" in line]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    return [
        Row(name, CODE.findall(client), CODE.findall(sandbox), age, need, sure, CODE.findall(tests))
        for name, client, sandbox, age, need, sure, tests in cells
    ]


def methods_of_the_client() -> set[str]:
    """``services.query`` and so on, and what the client itself can."""
    found = {
        f"{name}.{method}"
        for name, kind in get_type_hints(Wix).items()
        for method in dir(get_origin(kind) or kind)
        if not method.startswith("_")
    }
    own = {name for name in vars(Wix) if not name.startswith("_")} - set(get_type_hints(Wix))
    return found | own


def routes_of_the_sandbox() -> set[str]:
    """Method and first path of every route; pages by their path."""
    routes: Map = _route_map().map
    found = set()
    for rule in routes.iter_rules():
        (method,) = (rule.methods or set()) - {"HEAD", "OPTIONS"}
        path = rule.endpoint.paths[0] if isinstance(rule.endpoint, Route) else rule.rule
        found.add(f"{method} {path}")
    return found


def test_every_method_of_the_client_is_in_the_table_and_nothing_else() -> None:
    assert {name for row in rows() for name in row.client} == methods_of_the_client()


def test_every_route_of_the_sandbox_is_in_the_table_and_nothing_else() -> None:
    assert {route for row in rows() for route in row.sandbox} == routes_of_the_sandbox()


def test_every_operation_has_a_test_that_exists() -> None:
    assert [row.operation for row in rows() if not row.tests] == []
    named = {test for row in rows() for test in row.tests}
    assert {test for test in named if not (ROOT / "tests" / test).is_file()} == set()


def test_every_operation_of_the_client_has_a_contract_test() -> None:
    without = [
        row.operation
        for row in rows()
        if row.client and not any(test.startswith("contract/") for test in row.tests)
    ]
    assert without == []


def test_every_operation_says_what_it_needs_and_how_sure_that_is() -> None:
    sure = re.compile(r"(verified|inferred|unverified|seen by others)\b")
    assert {row.generation for row in rows()} == {"current", "legacy"}
    assert [row.operation for row in rows() if not sure.match(row.certainty)] == []
    assert [row.operation for row in rows() if not row.permission] == []
