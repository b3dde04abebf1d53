"""The site starts with the pinned zone data or not at all, in every process it consists of."""

import os
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from bookingsite.processes import ROOT, free_port

OLDER = "2025.2"
NOON = """
from datetime import UTC, datetime
from zoneinfo import ZoneInfo
import bookingsite.wsgi
print(datetime(2026, 12, 1, 20, tzinfo=UTC).astimezone(ZoneInfo("America/Vancouver")).hour)
"""
BEFORE = "from zoneinfo import ZoneInfo; ZoneInfo('America/Vancouver')"
STARTS = {
    "the server's application": ["-c", "import bookingsite.wsgi"],
    "the server": ["-m", "gunicorn", "--config", "python:bookingsite.gunicorn"],
    "the worker": ["manage.py", "worker", "--once"],
    "a command": ["manage.py", "check"],
}


def run(var: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "bookingsite.settings",
        "SECRET_KEY": "of this test",
        "PUBLIC_URL": "http://localhost",
        "VAR_DIR": str(var),
        "PORT": str(free_port()),
        "WEB_CONCURRENCY": "1",
    }
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=env | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def older_package(tmp_path: Path) -> str:
    """A folder that says an older tzdata is installed."""
    told = tmp_path / "older" / f"tzdata-{OLDER}.dist-info"
    told.mkdir(parents=True)
    (told / "METADATA").write_text(f"Metadata-Version: 2.1\nName: tzdata\nVersion: {OLDER}\n")
    return str(told.parent)


@pytest.fixture
def machine_zones(tmp_path: Path) -> str:
    """A machine's own data that knows Vancouver as it was: on winter time in December."""
    folder = tmp_path / "zones" / "America"
    folder.mkdir(parents=True)
    as_before = files("tzdata") / "zoneinfo" / "America" / "Los_Angeles"
    shutil.copy(str(as_before), folder / "Vancouver")
    return str(folder.parent)


@pytest.mark.slow
@pytest.mark.parametrize("start", STARTS.values(), ids=STARTS)
def test_nothing_starts_with_older_data(
    tmp_path: Path, older_package: str, start: list[str]
) -> None:
    ended = run(tmp_path, *start, PYTHONPATH=older_package)
    assert ended.returncode != 0
    assert f"Zone data {OLDER} is too old or not in use" in ended.stderr


@pytest.mark.slow
def test_the_machine_s_own_data_is_not_looked_at(tmp_path: Path, machine_zones: str) -> None:
    ended = run(tmp_path, "-c", NOON, PYTHONTZPATH=machine_zones)
    assert (ended.stdout.strip(), ended.returncode) == ("13", 0), ended.stderr


@pytest.mark.slow
def test_a_clock_that_was_looked_at_before_is_forgotten(tmp_path: Path, machine_zones: str) -> None:
    ended = run(tmp_path, "-c", f"{BEFORE}\n{NOON}", PYTHONTZPATH=machine_zones)
    assert (ended.stdout.strip(), ended.returncode) == ("13", 0), ended.stderr


@pytest.mark.slow
def test_it_starts_with_the_data_that_is_pinned(tmp_path: Path) -> None:
    assert run(tmp_path, "-c", "import bookingsite.wsgi").returncode == 0
