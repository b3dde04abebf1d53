"""What reads our pages for us: axe-core and html-validate, and every page saved for them.

``make test`` installs both into ``tests/tools`` with npm, as their lock says.
"""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.every_page import LANGUAGES
from tests.plugins.needs import need

ROOT = Path(__file__).resolve().parents[2]
SAVE = (sys.executable, "-m", "tests.save_pages")
ENV = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
TOOLS = ROOT / "tests" / "tools"
CONFIG = ("--config", str(TOOLS / ".htmlvalidate.cjs"))
MODULES = TOOLS / "node_modules"
NONE_FOUND = (
    "no axe-core or html-validate: install npm (Debian: apt-get install npm), then make test"
)


@pytest.fixture(scope="session")
def axe(request: pytest.FixtureRequest) -> str:
    """The script that finds what is in the way of people with disabilities."""
    script = MODULES / "axe-core" / "axe.min.js"
    if not script.exists():
        need(request, NONE_FOUND)
    return script.read_text()


@pytest.fixture(scope="session")
def html_faults(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> "HtmlFaults":
    """Runs html-validate over files."""
    program, node = MODULES / ".bin" / "html-validate", shutil.which("node")
    if not program.exists() or node is None:
        need(request, NONE_FOUND)
    return HtmlFaults(node, program, tmp_path_factory.mktemp("html") / "faults.json")


class HtmlFaults:
    def __init__(self, node: str, program: Path, report: Path) -> None:
        self._command = (node, str(program), *CONFIG, f"--formatter=json={report}")
        self._report = report

    def __call__(self, files: Iterable[Path]) -> list[str]:
        """Every fault in ``files``: which, where, and why it is one."""
        subprocess.run((*self._command, *map(str, files)), cwd=TOOLS, check=False)
        return [
            f"{Path(file['filePath']).name}:{fault['line']}: {fault['ruleId']}: {fault['message']}"
            for file in json.loads(self._report.read_text())
            for fault in file["messages"]
        ]


@pytest.fixture(scope="session")
def saved_pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with each page in each language, made once for all processes of a run."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", "")
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if run else base) / f"pages-{run}"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        missing = [each for each in LANGUAGES if not (folder / each).exists()]
        _side_by_side([(*SAVE, str(folder), language) for language in missing])
        for language in missing:
            (folder / language).touch()
    return folder


def _side_by_side(commands: list[tuple[str, ...]]) -> None:
    started = [
        subprocess.Popen(each, cwd=ROOT, env=ENV, stderr=subprocess.PIPE, text=True)
        for each in commands
    ]
    for process in started:
        _, said = process.communicate()
        assert process.returncode == 0, said[-4000:]
