"""The points at which ``tests/kills`` has killed processes, as one table at the end of a run."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

COLUMNS = "{path:<28} {number:>3}  {point:<62} {ends:<28} {balanced}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Nothing, if no process was to be killed."""
    tables = list(_tables(terminalreporter))
    if not tables:
        return
    terminalreporter.section("killed, and what became of it")
    terminalreporter.line(
        COLUMNS.format(path="path", number="#", point="point", ends="ends as", balanced="balanced")
    )
    for table in sorted(tables, key=lambda table: str(table["title"])):
        for row in table["rows"]:
            terminalreporter.line(_line(table["title"], row))


def _tables(reporter: pytest.TerminalReporter) -> Iterator[Mapping[str, Any]]:
    for outcome in ("passed", "failed"):
        for report in reporter.getreports(outcome):
            yield from (told for name, told in report.user_properties if name == "kills")


def _line(title: str, row: Mapping[str, Any]) -> str:
    return COLUMNS.format(
        path=title,
        number=row["number"],
        point=row["point"][:62],
        ends=f"{row['stage']}, {row['money']}",
        balanced="; ".join(row["wrong"]) or "yes",
    )
