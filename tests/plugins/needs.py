"""What a machine may lack: tests that need it are skipped, and the last lines say so.

With ``--require-servers`` (or REQUIRE_SERVERS=1), as in continuous integration, they fail instead.
"""

import os
from typing import NoReturn

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--require-servers",
        action="store_true",
        default=os.environ.get("REQUIRE_SERVERS") == "1",
        help="fail, instead of skipping, tests that find no browser, npm, PostgreSQL or Redis",
    )


def need(request: pytest.FixtureRequest, missing: str) -> NoReturn:
    """Skip the test, or fail it if this machine ought to have everything."""
    if request.config.getoption("--require-servers"):
        pytest.fail(missing, pytrace=False)
    pytest.skip(missing)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.getreports("skipped")
    if not skipped:
        return
    terminalreporter.section("not run on this machine")
    for report in skipped:
        terminalreporter.line(f"{report.nodeid}: {_reason(report)}")


def _reason(report: pytest.TestReport) -> str:
    match report.longrepr:
        case (_, _, str(reason)):
            return reason.removeprefix("Skipped: ")
        case _:
            return "no reason given"
