"""The site, its worker and the sandbox as processes of this machine.

The demo, the browser tests and the benchmark start them in the same way, from here.
"""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SANDBOX = (sys.executable, "-m", "booking.sandbox")
SITE = (sys.executable, "-m", "gunicorn", "--config", "python:bookingsite.gunicorn")
MANAGE = (sys.executable, str(ROOT / "manage.py"))
WORKER = (*MANAGE, "worker")

# What is on this machine is asked without any proxy of the environment.
_LOCAL = urllib.request.build_opener(urllib.request.ProxyHandler({}))
_STOP_SECONDS = 10.0
_ORPHAN_SECONDS = 1.0  # in a container without an init the dead stay in the table of processes
_LAST_CHARACTERS = 3000


class ProcessFailed(Exception):
    """A process ended, or did not answer in time. The message carries the end of its log."""


class Processes:
    """Processes started here, and ended here by their own ids. Logs are files in ``logs``."""

    def __init__(self, logs: Path) -> None:
        self._logs = logs
        self._started: dict[str, subprocess.Popen[bytes]] = {}
        logs.mkdir(parents=True, exist_ok=True)

    def run(self, name: str, *command: str, env: Mapping[str, str]) -> None:
        """Run ``command`` to its end. Raises: ProcessFailed."""
        self.start(name, *command, env=env)
        if self._started.pop(name).wait():
            raise ProcessFailed(self._last_words(name))

    def start(self, name: str, *command: str, env: Mapping[str, str]) -> None:
        """Start ``command`` in a process group of its own, so that a Ctrl-C reaches only us."""
        with self.log(name).open("ab") as log:
            self._started[name] = subprocess.Popen(  # noqa: S603  # commands of this file's users
                command,
                cwd=ROOT,
                env=dict(env),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_until_it_answers(self, name: str, url: str, *, seconds: float = 30.0) -> None:
        """Wait for a 200 from ``url``. Raises: ProcessFailed."""
        patience = time.monotonic() + seconds
        while not _answers(url):
            self.check()
            if time.monotonic() > patience:
                raise ProcessFailed(f"{url} did not answer.\n{self._last_words(name)}")
            time.sleep(0.05)

    def check(self) -> None:
        """Raises: ProcessFailed if any process has ended by itself."""
        for name, process in self._started.items():
            if process.poll() is not None:
                raise ProcessFailed(self._last_words(name))

    def stop(self, *names: str) -> None:
        """End the named processes, or all, the youngest first, with whatever they have started."""
        for name in names or tuple(reversed(self._started)):
            _end(self._started.pop(name))

    def log(self, name: str) -> Path:
        return self._logs / f"{name}.log"

    def logs(self) -> dict[str, str]:
        """What each process has written, by name."""
        return {path.stem: path.read_text(errors="replace") for path in self._logs.glob("*.log")}

    def _last_words(self, name: str) -> str:
        words = self.log(name).read_text(errors="replace")[-_LAST_CHARACTERS:]
        return f"{name} failed. The end of {self.log(name)}:\n{words}"


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def is_free(host: str, port: int) -> bool:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError:
            return False
        return True


def start_sandbox(processes: Processes, port: int, *, seed: str = "studio") -> str:
    """Start the emulated Wix and return its address once it answers."""
    url = f"http://127.0.0.1:{port}"
    processes.start("sandbox", *SANDBOX, "--port", str(port), "--seed", seed, env=os.environ)
    processes.wait_until_it_answers("sandbox", f"{url}/_sandbox/credentials")
    return url


def start_site(processes: Processes, env: Mapping[str, str]) -> None:
    """Start the site of a prepared environment, and wait until it answers."""
    processes.start("site", *SITE, env=env)
    processes.wait_until_it_answers("site", f"http://127.0.0.1:{env['PORT']}/healthz")


def wix_of_sandbox(sandbox_url: str) -> dict[str, str]:
    """Settings of a site that books in the running sandbox."""
    with _LOCAL.open(f"{sandbox_url}/_sandbox/credentials", timeout=10) as answer:
        credentials = json.load(answer)
    return {
        "WIX_BASE_URL": sandbox_url,
        "WIX_MEDIA_URL": f"{sandbox_url}/media/",
        "WIX_API_KEY": credentials["apiKey"],
        "WIX_SITE_ID": credentials["siteId"],
        "WIX_CLIENT_ID": credentials["clientId"],
    }


def site_environment(*, port: int, var: Path, wix: Mapping[str, str]) -> dict[str, str]:
    """Settings of a site on ``port`` that keeps all its files in ``var``.

    Each setting that could reach another Wix site, database or mailbox is set, so that no ``.env``
    mixes with it.
    """
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "bookingsite.settings",
        "DEBUG": "false",
        "SECRET_KEY": secret_in(var / "secret_key"),
        "ALLOWED_HOSTS": "*",
        "PORT": str(port),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "VAR_DIR": str(var),
        "DATABASE_URL": f"sqlite:///{var / 'booking.sqlite3'}",
        "CACHE_URL": "",
        "EMAIL_URL": f"filemail:///{var / 'mail'}",  # django-environ drops the first slash
        "WIX_APP_ID": "",
        "WIX_APP_SECRET": "",
        "WIX_INSTANCE_ID": "",
        "OWNER_EMAIL": "",
        "WIX_PUBLIC_KEY": "",
        "PAYMENT_PROVIDER": "",
        **wix,
    }


def secret_in(path: Path) -> str:
    """Return the secret in ``path``, made on the first call."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


def _answers(url: str) -> bool:
    try:
        with _LOCAL.open(url, timeout=5) as answer:
            return bool(answer.status == HTTPStatus.OK)
    except OSError:  # refused, timed out, or an HTTPError
        return False


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(timeout=_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    _kill_group(process.pid)


def _kill_group(group: int) -> None:
    """End what a process has left behind in its group, and wait until its ports are free."""
    patience = time.monotonic() + _ORPHAN_SECONDS
    try:
        while time.monotonic() < patience:
            os.killpg(group, signal.SIGKILL)
            time.sleep(0.02)
    except ProcessLookupError:
        return
