"""Starts the sandbox, the site and a bare Django page, drives them in turns, prints a table."""

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

import django

from bench import notices
from bench.cost import Answer, fetch
from bench.load import Load, drive, middle
from bench.notices import Taken
from bench.view import View, views
from bookingsite.processes import (
    MANAGE,
    ROOT,
    SITE,
    Processes,
    free_port,
    site_environment,
    start_sandbox,
    start_site,
    wix_of_sandbox,
)

PAGES = (
    "/",
    "/services/haircut/",
    "/services/vinyasa-yoga/",
    "/services/yoga-for-beginners/",
)
"""Every page to measure; a line more is a page more."""
HEAD = ("page", "of bare", "req/s", "p50 ms", "p99 ms", "cold ms", "Wix cold", "Wix warm", "gzip B")
NOTICE_HEAD = (
    "notices of Wix",
    "sent/s",
    "req/s",
    "p50 ms",
    "p99 ms",
    "slowest",
    "over 1 s",
    "lost",
)
NOTICES, NOTICES_PER_SECOND = 3000, 1000
VIEW_HEAD = ("on a slow phone", "LCP ms", "CLS", "html B", "css B", "js B", "total B", "foreign")


@dataclass(frozen=True)
class Page:
    """One page's result. ``ratio`` is its rate over the bare page's, measured in turns with it."""

    path: str
    ratio: float
    load: Load
    cold: Answer
    warm: Answer


@dataclass(frozen=True)
class Addresses:
    site: str
    sandbox: str
    bare: str


def main() -> int:
    """Returns: the exit status, 1 if any answer was no page, or a notice was lost."""
    options = arguments()
    folder = Path(tempfile.mkdtemp(prefix="booking-bench-"))
    processes = Processes(folder / "log")
    try:
        addresses = start(processes, folder)
        answers = {path: cold_and_warm(addresses, path) for path in PAGES}
        loads = drive_in_turns(addresses, options.rounds, options.seconds)
        database = folder / "var" / "booking.sqlite3"
        told = notices.tell(
            addresses.site, database, per_second=NOTICES_PER_SECOND, notices=NOTICES
        )
        seen = views({path: addresses.site + path for path in PAGES})
    finally:
        processes.stop()
        shutil.rmtree(folder)
    pages = [page_of(path, loads, answers[path]) for path in PAGES]
    report(pages, middle(loads["bare"]), told, seen, options.output)
    lost = told.failures or told.stored != told.sent
    return int(lost or any(load.failures for rounds in loads.values() for load in rounds))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=3, help="of each page in each round")
    parser.add_argument("--output", type=Path, default=ROOT / "bench.json")
    return parser.parse_args()


def start(processes: Processes, folder: Path) -> Addresses:
    """Start all three, each as it is served in earnest, with empty caches."""
    sandbox = start_sandbox(processes, free_port())
    wix = wix_of_sandbox(sandbox)
    env = site_environment(port=free_port(), var=folder / "var", wix=wix | notices.settings())
    for command in (["migrate"], ["ensure_site"], ["collectstatic", "--noinput"]):
        processes.run("prepare", *MANAGE, *command, env=env)
    start_site(processes, env)
    bare = f"http://127.0.0.1:{(port := free_port())}"
    processes.start("bare", *SITE, "bench.bare:application", env=os.environ | {"PORT": str(port)})
    processes.wait_until_it_answers("bare", f"{bare}/healthz")
    return Addresses(env["PUBLIC_URL"], sandbox, bare)


def cold_and_warm(addresses: Addresses, path: str) -> tuple[Answer, Answer]:
    """The first answer, then the first that found everything remembered by its worker."""
    cold = fetch(addresses.site + path, addresses.sandbox)
    drive(addresses.site + path, seconds=1)
    return cold, fetch(addresses.site + path, addresses.sandbox)


def drive_in_turns(addresses: Addresses, rounds: int, seconds: int) -> dict[str, list[Load]]:
    """Drive the bare page and ours by turns, since a machine's speed changes meanwhile."""
    urls = {"bare": f"{addresses.bare}/"} | {path: addresses.site + path for path in PAGES}
    loads: dict[str, list[Load]] = {name: [] for name in urls}
    for _ in range(rounds):
        for name, url in urls.items():
            loads[name].append(drive(url, seconds=seconds))
    return loads


def page_of(path: str, loads: dict[str, list[Load]], answers: tuple[Answer, Answer]) -> Page:
    """The middle of the ratios, each taken within one round."""
    pairs = zip(loads[path], loads["bare"], strict=True)
    ratios = sorted(ours.per_second / bare.per_second for ours, bare in pairs)
    return Page(path, ratios[len(ratios) // 2], middle(loads[path]), *answers)


def report(
    pages: list[Page], bare: Load, told: Taken, seen: dict[str, View] | str, output: Path
) -> None:
    rows = [("a bare Django page", "1.00", *speed(bare), "", "", "", "")]
    for page in pages:
        cold = f"{page.cold.milliseconds:.0f}"
        calls = (str(page.cold.wix_calls), str(page.warm.wix_calls))
        size = str(page.warm.gzip_bytes)
        rows.append((page.path, f"{page.ratio:.2f}", *speed(page.load), cold, *calls, size))
    show([HEAD, *rows])
    show([NOTICE_HEAD, notice_row(told)])
    if isinstance(seen, str):
        print(f"\nNot looked at on a slow phone: {seen}")
    else:
        show([VIEW_HEAD, *(view_row(path, view) for path, view in seen.items())])
    machine = {
        "cpus": os.cpu_count(),
        "python": platform.python_version(),
        "django": django.__version__,
    }
    result = {
        "machine": machine,
        "bare": asdict(bare),
        "notices": asdict(told),
        "pages": [asdict(page) for page in pages],
        "views": seen if isinstance(seen, str) else {p: asdict(view) for p, view in seen.items()},
    }
    output.write_text(json.dumps(result, indent=2) + "\n")
    print(f"\nThe same, and more, in {output}")


def show(rows: list[tuple[str, ...]]) -> None:
    print()
    for name, *cells in rows:
        print(f"{name:<30}" + "".join(f"{cell:>10}" for cell in cells))


def notice_row(told: Taken) -> tuple[str, ...]:
    times = (told.p50_ms, told.p99_ms, told.slowest_ms)
    rates = (told.asked_per_second, told.answered_per_second)
    lost = told.sent - told.stored
    return ("", *(f"{each:.0f}" for each in (*rates, *times)), str(told.late), str(lost))


def view_row(path: str, view: View) -> tuple[str, ...]:
    weights = (view.html, view.css, view.js, view.total, view.foreign)
    return (path, f"{view.lcp_ms:.0f}", f"{view.cls:.3f}", *map(str, weights))


def speed(load: Load) -> tuple[str, str, str]:
    return f"{load.per_second:.0f}", f"{load.p50_ms:.1f}", f"{load.p99_ms:.1f}"


if __name__ == "__main__":
    sys.exit(main())
