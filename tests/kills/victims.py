"""``python -m tests.kills``: processes that walk a path, each until it is killed somewhere else.

Reads orders from its standard input, a word and a path's name a line, and answers each with a line of
JSON. ``kill`` walks once to find the points, then once for each with a process that dies there; ``go-on``
lets people do what they do next; ``look`` and ``tell`` give everybody's books. Each order is carried out in a
child of its own, so that nothing that one knew is known to the next.
``KILL_PATH`` names the one path that this run is about.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path as File
from typing import Any

import time_machine
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.template.loader import get_template

from booking import wiring
from booking.actions import side_by_side
from tests.in_process import Sandbox
from tests.kills import accounts
from tests.kills.boundaries import Boundaries, install, traced
from tests.kills.paths import PATHS, Path, shop
from tests.kills.walk import Walk

EVERY = int(os.environ.get("KILL_EVERY", "1"))
"""1 for all points, 3 for every third."""


def _walk(path: Path, number: int) -> Walk:
    sandbox = Sandbox(url=settings.WIX_BASE_URL)
    return Walk(number, path.slug, sandbox, path.ago, path.days_ahead)


def _until_killed(path: Path, number: int, log: File, deadly: int) -> None:
    walk = _walk(path, number)
    with time_machine.travel(datetime.now(UTC) - path.ago) as clock:
        walk.clock = clock
        walk.offer = walk.choose()
        with traced(Boundaries(log, deadly)):
            path.walk(walk)


def _in_a_child(work: Callable[[], None]) -> int:
    """How the child ended: 0, or the signal or status that ended it."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        status = os.waitpid(child, 0)[1]
        return os.waitstatus_to_exitcode(status)
    try:
        work()
        connections.close_all()
        os._exit(0)
    except BaseException:  # noqa: BLE001 - a child must never come back into its parent
        import traceback  # noqa: PLC0415 - only for the one that fell

        traceback.print_exc()
        os._exit(1)


def kill(path: Path, folder: File) -> list[dict[str, Any]]:
    """One victim for each point; number 0 is the one that nobody kills."""
    log = folder / "walked"
    ended = _in_a_child(lambda: _until_killed(path, 0, log, 0))
    points = log.read_text().splitlines()
    victims = [{"number": 0, "point": "nobody is killed", "as_planned": ended == 0}]
    for number in range(1, len(points) + 1, EVERY):
        mine = folder / f"walked-{number}"
        ended = _in_a_child(partial(_until_killed, path, number, mine, number))
        last = mine.read_text().splitlines()[-1]
        victims.append({"number": number, "point": last, "as_planned": ended == -signal.SIGKILL})
    return victims


def go_on(path: Path, victims: list[dict[str, Any]]) -> None:
    """Everybody but the killed process does what people do next."""
    for each in victims:
        path.go_on(_walk(path, each["number"]))


def warm_up(path: Path) -> None:
    """Read one page, so that no child has to load templates and words anew. Nothing of it stays."""
    _walk(path, 0).customer.look()
    for template in ("booking/details.html", "booking/truth.html", "mail/booking.html"):
        get_template(template)
    wiring.clients.clear()
    cache.clear()
    side_by_side._pool = ThreadPoolExecutor(4)  # its threads do not live on in a child
    connections.close_all()


def obey(order: str, path: Path, victims: list[dict[str, Any]], answer: File) -> None:
    """Carry out one order; the answer is a file of JSON."""
    answer.write_text("{}")
    if order == "kill":
        victims[:] = kill(path, answer.parent)
        answer.write_text(json.dumps(victims))
    elif order == "go-on":
        answer.write_text(json.dumps(_in_a_child(lambda: go_on(path, victims))))
    else:
        walks = [_walk(path, each["number"]) for each in victims]
        _in_a_child(lambda: accounts.write(answer, walks, pages=order == "tell"))


def main() -> None:
    """Obey until the input ends."""
    asked = PATHS[os.environ["KILL_PATH"]]
    if asked.asks:
        shop(Sandbox(url=settings.WIX_BASE_URL))
    warm_up(asked)
    install()
    victims: list[dict[str, Any]] = []
    answer = File(settings.VAR_DIR) / "answer.json"
    for line in sys.stdin:
        order, _, name = line.strip().partition(" ")
        obey(order, PATHS[name], victims, answer)
        sys.stdout.write(answer.read_text() + "\n")
        sys.stdout.flush()
