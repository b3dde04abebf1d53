"""The whole thing as real processes on ports of their own: the sandbox, the site, its worker.

``live_site`` is one site for a whole run, for tests that only need *a* site. ``start_live_site``
makes one for the test alone, with the settings it wants. What the processes wrote is shown when the
test fails.
"""

import shutil
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pytest

from bookingsite.processes import (
    MANAGE,
    WORKER,
    Processes,
    free_port,
    site_environment,
    start_sandbox,
    start_site,
    wix_of_sandbox,
)

LOG_CHARACTERS = 4000


@dataclass(frozen=True)
class LiveSite:
    """A running site. ``env`` is the environment of its processes."""

    url: str
    sandbox_url: str
    env: Mapping[str, str] = field(repr=False)  # a machine's own secrets are in it too
    processes: Processes

    @property
    def mail_dir(self) -> Path:
        """Where the site's mail ends: a file for each."""
        return Path(self.env["VAR_DIR"]) / "mail"

    def start_worker(self) -> None:
        self.processes.start("worker", *WORKER, env=self.env)

    def manage(self, *arguments: str) -> None:
        """Run a command of manage.py. Raises: ProcessFailed."""
        self.processes.run("manage", *MANAGE, *arguments, env=self.env)

    def stop(self, *names: str) -> None:
        """End "site", "worker" or "sandbox", or everything."""
        self.processes.stop(*names)


class StartLiveSite(Protocol):
    """Start a site of its own for one test, at its own addresses.

    ``settings`` are environment variables; ``seed`` is one of the sandbox's. Everything is stopped
    at the end of the test.
    """

    def __call__(
        self,
        settings: Mapping[str, str] | None = None,
        *,
        seed: str = "studio",
        worker: bool = True,
    ) -> LiveSite: ...


@pytest.fixture(scope="session")
def prepared_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A VAR_DIR with a migrated SQLite database and the static files, to copy from."""
    folder = tmp_path_factory.mktemp("prepared")
    env = site_environment(port=free_port(), var=folder / "var", wix={})
    processes = Processes(folder / "log")
    processes.run("manage", *MANAGE, "migrate", "--verbosity", "0", env=env)
    processes.run("manage", *MANAGE, "collectstatic", "--noinput", "--verbosity", "0", env=env)
    return folder / "var"


@pytest.fixture
def start_live_site(prepared_files: Path, tmp_path: Path) -> Iterator[StartLiveSite]:
    """Start sites for one test; each with its sandbox, settings and files."""
    starting = _Starting(prepared_files, tmp_path)
    try:
        yield starting
    finally:
        starting.stop_all()


@pytest.fixture(scope="session")
def live_site(prepared_files: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    """The site that all tests of a run share: what one books there, the others find taken."""
    starting = _Starting(prepared_files, tmp_path_factory.mktemp("live-site"))
    try:
        yield starting()
    finally:
        starting.stop_all()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show what the processes of a failed test have written."""
    report = yield
    if report.failed and isinstance(item, pytest.Function):
        for started in item.funcargs.values():
            report.sections.extend(_logs_of(started))
    return report


class _Starting:
    """Starts sites in numbered folders, and remembers them."""

    def __init__(self, prepared_files: Path, folder: Path) -> None:
        self._prepared_files = prepared_files
        self._folder = folder
        self.all: list[Processes] = []

    def __call__(
        self,
        settings: Mapping[str, str] | None = None,
        *,
        seed: str = "studio",
        worker: bool = True,
        site: bool = True,
    ) -> LiveSite:
        var = self._folder / f"site-{len(self.all)}"
        shutil.copytree(self._prepared_files, var)
        processes = Processes(var / "log")
        self.all.append(processes)
        sandbox_url = start_sandbox(processes, free_port(), seed=seed)
        wix = wix_of_sandbox(sandbox_url)
        env = site_environment(port=free_port(), var=var, wix=wix)
        env |= {"LOG_LEVEL": "INFO", "PAYMENT_WAYS": "", **(settings or {})}
        live = LiveSite(env["PUBLIC_URL"], sandbox_url, env, processes)
        if "DATABASE_URL" in (settings or {}):  # another database than the one that is prepared
            live.manage("migrate", "--verbosity", "0")
        live.manage("ensure_site")
        if site:
            start_site(processes, env)
        if worker:
            live.start_worker()
        return live

    def stop_all(self) -> None:
        for processes in self.all:
            processes.stop()


def _logs_of(started: object) -> Iterator[tuple[str, str]]:
    match started:
        case LiveSite(processes=processes):
            everything = [processes]
        case _Starting(all=everything):
            pass
        case _:
            everything = []
    for processes in everything:
        for name, text in processes.logs().items():
            yield f"log of {name}", text[-LOG_CHARACTERS:]
