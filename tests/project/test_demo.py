"""``make demo`` ends with an address that answers, and leaves nothing running behind it."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from bookingsite.processes import ROOT, free_port, is_free

DEMO = (sys.executable, "-m", "bookingsite.demo")
IN_THE_BACKGROUND = ("sh", "-c", 'trap "" INT; exec "$@"', "sh")
"""As a shell starts what it puts in the background: deaf to Ctrl-C."""
SECONDS = 60
_LOCAL = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@pytest.fixture
def environment(tmp_path: Path) -> Mapping[str, str]:
    """Ports and files of its own, and no real Wix site, whatever ``.env`` says."""
    return os.environ | {
        "PORT": str(free_port()),
        "SANDBOX_PORT": str(free_port()),
        "VAR_DIR": str(tmp_path),
        "WIX_API_KEY": "",
        "WIX_API_KEY_FILE": "",
        "WIX_APP_ID": "",
        "WEB_CONCURRENCY": "1",
    }


@contextmanager
def running_demo(environment: Mapping[str, str]) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        (*IN_THE_BACKGROUND, *DEMO),
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as demo:
        try:
            yield demo
        finally:
            demo.send_signal(signal.SIGINT)
            _end(demo)


def _end(demo: subprocess.Popen[str]) -> None:
    """Wait for it; one deaf to Ctrl-C is ended otherwise, or the whole suite would wait for it."""
    try:
        demo.wait(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        demo.terminate()
        raise


def address_of(demo: subprocess.Popen[str]) -> str:
    """Read what the demo says until it says its address."""
    said = []
    for line in demo.stdout or ():
        said.append(line)
        if found := re.search(r"ready: (\S+)", line):
            return found[1]
    pytest.fail("".join(said))


@pytest.mark.slow
def test_the_demo_says_where_a_customer_can_book(environment: Mapping[str, str]) -> None:
    with running_demo(environment) as demo, _LOCAL.open(address_of(demo)) as answer:
        page = answer.read().decode()
    assert "/services/haircut/" in page
    assert demo.returncode == 0
    assert is_free("127.0.0.1", int(environment["PORT"]))
    assert is_free("127.0.0.1", int(environment["SANDBOX_PORT"]))


@pytest.mark.parametrize("name", ["PORT", "SANDBOX_PORT"])
def test_a_taken_port_is_named_with_the_way_out(environment: Mapping[str, str], name: str) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", int(environment[name])))
        other.listen()
        demo = subprocess.run(
            DEMO, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
    assert demo.returncode == 1
    assert f"Port {environment[name]} is taken" in demo.stderr
    assert f"make demo {name}=" in demo.stderr
