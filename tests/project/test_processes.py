"""Processes that the demo, the tests and the benchmark start are seen to the end."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bookingsite.processes import Processes, ProcessFailed, free_port, is_free

# A process whose server is another one that it has started, as gunicorn's are.
SERVER = f"{sys.executable} -m http.server --bind 127.0.0.1"


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[Processes]:
    processes = Processes(tmp_path / "log")
    yield processes
    processes.stop()


def test_one_that_fails_says_why(processes: Processes) -> None:
    with pytest.raises(ProcessFailed, match="no such thing"):
        processes.run("one", sys.executable, "-c", "raise SystemExit('no such thing')", env={})


def test_one_that_ends_early_is_not_waited_for(processes: Processes) -> None:
    processes.start("one", sys.executable, "-c", "raise SystemExit('gone')", env={})
    with pytest.raises(ProcessFailed, match="gone"):
        processes.wait_until_it_answers("one", f"http://127.0.0.1:{free_port()}/")


def test_what_a_process_has_started_ends_with_it(processes: Processes, tmp_path: Path) -> None:
    port = free_port()
    command = f"{SERVER} --directory {tmp_path} {port} & wait"
    processes.start("parent", "/bin/sh", "-c", command, env={})
    processes.wait_until_it_answers("parent", f"http://127.0.0.1:{port}/")
    processes.stop("parent")
    assert is_free("127.0.0.1", port)
