"""A machine without Redis skips what needs it and says so; continuous integration fails instead."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.project.sources import ROOT

SUITE = (sys.executable, "-m", "pytest", "tests/project/test_servers.py", "-k", "redis")


@pytest.mark.parametrize(
    ("options", "status", "counted"),
    [
        pytest.param((), 0, "2 skipped", id="skips"),
        pytest.param(("--require-servers",), 1, "2 errors", id="fails-where-required"),
    ],
)
def test_a_missing_server(
    tmp_path: Path, options: tuple[str, ...], status: int, counted: str
) -> None:
    without_programs = os.environ | {"PATH": str(tmp_path), "REQUIRE_SERVERS": ""}
    suite = subprocess.run(
        (*SUITE, *options),
        cwd=ROOT,
        env=without_programs,
        capture_output=True,
        text=True,
        check=False,
    )
    last_lines = suite.stdout.splitlines()[-12:]
    assert suite.returncode == status, suite.stdout + suite.stderr
    assert "no Redis: install its server (Debian: apt-get install redis-server)" in suite.stdout
    assert counted in last_lines[-1]
