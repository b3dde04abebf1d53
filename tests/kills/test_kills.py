"""Wherever the process of a booking dies, a new one settles it: everybody's books agree in the end.

Each point of a path was found by walking it once: after every commit, before and after every word to
Wix, to the provider and to the mail server. For each of them a customer of its own walks until the
process is killed there. Then a worker starts that knows nothing of it, people go on as people do, and
the books are compared. All points are printed as one table at the end of the run.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path as File
from typing import IO, Any

import pytest

from bookingsite.processes import ROOT, Processes
from tests.kills.boundaries import UNTRACED
from tests.plugins.live_site import LiveSite, _Starting
from tests.stripe_in_hand import start_stripe

pytestmark = pytest.mark.slow
DEADLINE_SECONDS = 60.0
HURRIED = {
    "ATTEMPT_LEASE_SECONDS": "4",
    "ATTEMPT_BACKOFF_SECONDS": "0.3",
    "LOOKUP_GRACE_SECONDS": "0.5",
    "WATCH_SECONDS": "0.5",
    "WORKER_TICK_SECONDS": "0.2",
    "PLACED_MAIL_SECONDS": "60",
    "PRESSES_PER_MINUTE": "100000",
    "CACHE_URL": "locmemcache://",
    "LOG_LEVEL": "WARNING",
    "PAYMENT_PROVIDER": "pretend",
}
ENDS = {
    "free": ("confirmed", "nothing_due"),
    "on site": ("confirmed", "due_on_site"),
    "card": ("confirmed", "paid"),
    "card at Stripe": ("confirmed", "paid"),
    "at Wix": ("confirmed", "paid"),
    "at Wix, lost": ("declined", "refunded"),
    "at Wix, cancelled": ("cancelled", "refunded"),
    "abandoned": ("expired", "released"),
    "lost while paying": ("declined", "released"),
    "request, yes": ("confirmed", "paid"),
    "request, no": ("declined", "released"),
    "request, no answer": ("declined", "released"),
    "cancelled": ("cancelled", "refunded"),
    "moved": ("confirmed", "paid"),
}
"""Where each path of ``tests.kills.paths`` ends if nobody is killed."""
ALL = bool(os.environ.get("KILL_EVERYWHERE"))
"""Kill at each point of each path on both databases, as ``make kills`` does; it takes half an hour."""
EVERY = dict.fromkeys(ENDS, 1) if ALL else dict.fromkeys(ENDS, 24) | {"card": 4}
"""The paths that are walked, and which of their points are taken: 1 for all, 3 for each third."""
EVERY_ON_POSTGRES = EVERY if ALL else {"card": 12}


class Scene:
    """The shop of one path: the sandbox, the process that makes victims, and later a worker."""

    def __init__(self, live: LiveSite, path: str, every: int) -> None:
        self._live, self._path = live, path
        self._var = File(live.env["VAR_DIR"])
        self._victims = self._start_victims({"KILL_PATH": path, "KILL_EVERY": str(every)})

    def _start_victims(self, told: Mapping[str, str]) -> subprocess.Popen[str]:
        with (self._var / "victims.log").open("w") as log:
            return subprocess.Popen(
                (sys.executable, "-m", "tests.kills"),
                cwd=ROOT,
                env={**self._live.env, **told},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def order(self, word: str) -> Any:
        """Have the process of the victims do something. Raises: ValueError with what it wrote."""
        orders, answers = self._pipes()
        orders.write(f"{word} {self._path}\n")
        orders.flush()
        line = answers.readline()
        if not line:
            raise ValueError((self._var / "victims.log").read_text()[-3000:])
        return json.loads(line)

    def settle(self) -> None:
        """Wait until all books agree and nothing is left to do, at most until the deadline."""
        patience = time.monotonic() + DEADLINE_SECONDS
        while _is_wrong(self.order("look")) and time.monotonic() < patience:
            time.sleep(0.3)

    def tell(self) -> list[dict[str, Any]]:
        """Everybody's books, and what the customers' pages say."""
        return list(self.order("tell"))

    def start_worker(self) -> None:
        self._live.start_worker()

    def close(self) -> None:
        for pipe in self._pipes():
            pipe.close()
        self._victims.wait(10)

    def _pipes(self) -> tuple[IO[str], IO[str]]:
        """Where its orders go and its answers come from."""
        assert self._victims.stdin is not None
        assert self._victims.stdout is not None
        return self._victims.stdin, self._victims.stdout


def _cards_of(path: str) -> dict[str, str]:
    """Who takes cards on a path: the pretended provider, or nobody but Wix."""
    return {"PAYMENT_PROVIDER": ""} if path.startswith("at Wix") else {}


def _is_wrong(told: list[dict[str, Any]]) -> bool:
    return any(each["wrong"] for each in told)


type Open = Callable[..., Scene]


@pytest.fixture
def open_scene(prepared_files: File, tmp_path: File) -> Iterator[Open]:
    """A shop for one path, with the settings of its database; ``every`` 3 takes every third point."""
    starting, stripe = _Starting(prepared_files, tmp_path), Processes(tmp_path / "stripe")
    scenes = []

    def open_it(path: str, database: Mapping[str, str], *, every: int = 1) -> Scene:
        cards = start_stripe(stripe) if path == "card at Stripe" else _cards_of(path)
        live = starting({**HURRIED, **database, **cards}, worker=False, site=False)
        scenes.append(Scene(live, path, every))
        return scenes[-1]

    yield open_it
    for each in scenes:
        each.close()
    starting.stop_all()
    stripe.stop()


@pytest.mark.parametrize("path", EVERY)
def test_on_sqlite_it_is_settled_wherever_its_process_died(
    open_scene: Open, path: str, record_property: Callable[[str, object], None]
) -> None:
    _prove(open_scene(path, {}, every=EVERY[path]), path, "SQLite", record_property)


@pytest.mark.postgres
@pytest.mark.parametrize("path", EVERY_ON_POSTGRES)
def test_on_postgres_it_is_settled_wherever_its_process_died(
    open_scene: Open, path: str, postgres_url: str, record_property: Callable[[str, object], None]
) -> None:
    scene = open_scene(path, {"DATABASE_URL": postgres_url}, every=EVERY_ON_POSTGRES[path])
    _prove(scene, path, "PostgreSQL", record_property)


def test_a_word_to_somebody_that_no_boundary_knows_is_noticed(tmp_path: File) -> None:
    code = (
        "import django, pathlib, socket; django.setup()\n"
        "from tests.kills.boundaries import Boundaries, install, traced; install()\n"
        f"with traced(Boundaries(pathlib.Path({str(tmp_path / 'log')!r}))):\n"
        "    socket.create_connection(('127.0.0.1', 9), 1)\n"
    )
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    ended = subprocess.run((sys.executable, "-c", code), cwd=ROOT, env=env, check=False)
    assert ended.returncode == UNTRACED


def _prove(
    scene: Scene, path: str, database: str, record_property: Callable[[str, object], None]
) -> None:
    """Kill everywhere, let a new worker and the people go on, compare all books."""
    victims = scene.order("kill")
    scene.start_worker()
    scene.settle()
    for _ in range(2):  # pay; and when that is settled, answer or cancel
        scene.order("go-on")
        scene.settle()
    told = scene.tell()
    rows = [{**each, **books} for each, books in zip(victims, told, strict=True)]
    record_property("kills", {"title": f"{path}, {database}", "rows": rows})
    # Which times are offered instead of a lost one depends on what others keep: a few may walk otherwise.
    elsewhere = [each["point"] for each in rows if not each["as_planned"]]
    assert len(elsewhere) <= len(rows) // 8, elsewhere
    assert {each["point"]: each["wrong"] for each in rows if each["wrong"]} == {}
    assert (rows[0]["stage"], rows[0]["money"]) == ENDS[path]
