"""Drives one address for a while: with ``wrk`` where it is found, else with threads of Python."""

import http.client
import re
import shutil
import statistics
import subprocess
import threading
import time
from dataclasses import dataclass, replace
from http import HTTPStatus
from urllib.parse import urlsplit

CONNECTIONS = 8
_MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


@dataclass(frozen=True)
class Load:
    """What one drive saw. ``failures`` are answers that are no page, and broken connections."""

    per_second: float
    p50_ms: float
    p99_ms: float
    failures: int


def drive(url: str, *, seconds: int) -> Load:
    """Ask for ``url`` on eight kept connections for ``seconds``."""
    wrk = shutil.which("wrk")
    return by_wrk(wrk, url, seconds) if wrk else by_threads(url, seconds)


def middle(loads: list[Load]) -> Load:
    """The load of the middle rate, with the failures of all."""
    by_rate = sorted(loads, key=lambda load: load.per_second)
    return replace(by_rate[len(loads) // 2], failures=sum(load.failures for load in loads))


def by_wrk(wrk: str, url: str, seconds: int) -> Load:
    command = [wrk, "--latency", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", url]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return of_wrk(done.stdout)


def of_wrk(said: str) -> Load:
    """Read what ``wrk --latency`` prints."""
    failures = re.findall(r"(?:responses:|connect|read|write|timeout) (\d+)", said)
    return Load(
        per_second=float(_found(r"Requests/sec:\s+([\d.]+)", said)[0]),
        p50_ms=_duration(*_found(r"50%\s+([\d.]+)(us|ms|s|m)\b", said)),
        p99_ms=_duration(*_found(r"99%\s+([\d.]+)(us|ms|s|m)\b", said)),
        failures=sum(map(int, failures)),
    )


def by_threads(url: str, seconds: int) -> Load:
    """The same with Python's own client, which is the slower side of it: compare ratios only."""
    until = time.perf_counter() + seconds
    taken: list[float] = []
    failures: list[str] = []
    threads = [
        threading.Thread(target=_ask, args=(url, until, taken, failures))
        for _ in range(CONNECTIONS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    percentiles = statistics.quantiles(taken, n=100)
    return Load(
        per_second=len(taken) / seconds,
        p50_ms=percentiles[49] * 1000,
        p99_ms=percentiles[98] * 1000,
        failures=len(failures),
    )


def _ask(url: str, until: float, taken: list[float], failures: list[str]) -> None:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=30)
    while (began := time.perf_counter()) < until:
        try:
            connection.request("GET", parts.path)
            answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as error:
            failures.append(str(error))
            connection.close()
            continue
        taken.append(time.perf_counter() - began)
        if answer.status != HTTPStatus.OK:
            failures.append(answer.reason)
    connection.close()


def _found(pattern: str, text: str) -> tuple[str, ...]:
    match = re.search(pattern, text)
    if match is None:
        raise ValueError(f"wrk did not say {pattern!r}:\n{text}")
    return match.groups()


def _duration(number: str, unit: str) -> float:
    return float(number) * _MILLISECONDS[unit]
