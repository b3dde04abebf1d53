"""Imports point inward: what import-linter's contracts cannot say, and that none is let off."""

import ast
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.project.sources import ROOT, text_of

CONTRACTS: list[dict[str, Any]] = tomllib.loads(text_of("pyproject.toml"))["tool"]["importlinter"][
    "contracts"
]
FRAMEWORK_FREE = {"booking.domain", "booking.wix", "booking.providers"}
OF_A_REQUEST = (
    "django.http",
    "django.forms",
    "django.shortcuts",
    "django.template",
    "django.urls",
    "django.views",
)


def imports_below(folder: str) -> Iterator[tuple[Path, str]]:
    """Each module that a file below ``folder`` imports."""
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Import(names=names):
                    yield from ((path, name.name) for name in names)
                case ast.ImportFrom(module=str(module)):
                    yield path, module
                case _:
                    continue


def test_the_rules_know_only_the_standard_library() -> None:
    foreign = [
        (path.name, module)
        for path, module in imports_below("booking/domain")
        if module.split(".")[0] not in sys.stdlib_module_names
        and not module.startswith("booking.domain")
    ]
    assert foreign == []


def test_actions_never_see_a_request_a_form_or_a_template() -> None:
    seen = [
        (path.name, module)
        for path, module in imports_below("booking/actions")
        if module.startswith(OF_A_REQUEST)
    ]
    assert seen == []


def test_every_part_that_must_know_no_django_is_under_contract() -> None:
    (contract,) = [each for each in CONTRACTS if each["id"] == "framework-free"]
    exist = {part for part in FRAMEWORK_FREE if (ROOT / part.replace(".", "/")).exists()}
    assert set(contract["source_modules"]) == exist


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: str(contract["id"]))
def test_no_import_is_excepted_from_a_contract(contract: dict[str, Any]) -> None:
    assert "ignore_imports" not in contract
    assert contract.get("exhaustive", True) is True
