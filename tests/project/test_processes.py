"""Processes that the demo, the tests and the benchmark start are seen to the end."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bookingsite.processes import Processes, ProcessFailed, free_port

# A process that starts another, as gunicorn does, and says its number.
WITH_A_CHILD = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(child.pid, flush=True)
time.sleep(600)
"""
SERVER = (sys.executable, "-m", "http.server", "--bind", "127.0.0.1")


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
    processes.start("parent", sys.executable, "-c", WITH_A_CHILD, env={})
    # Once this one answers, the first has long spoken: no need to sleep.
    processes.start("server", *SERVER, "--directory", str(tmp_path), str(port), env={})
    processes.wait_until_it_answers("server", f"http://127.0.0.1:{port}/log/parent.log")
    processes.stop("parent")
    child = int(processes.logs()["parent"])
    assert not is_running(child)


def is_running(pid: int) -> bool:
    """Whether a process runs; one that nobody has waited for yet does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
