"""What one answer costs besides time: calls to Wix, queries, bytes."""

import gzip
import json
import time
import urllib.request
from dataclasses import dataclass

_LOCAL = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True)
class Answer:
    """One page, fetched once. ``wix_calls`` counts what the sandbox was asked meanwhile."""

    milliseconds: float
    wix_calls: int
    html_bytes: int
    gzip_bytes: int


def fetch(url: str, sandbox_url: str) -> Answer:
    _ask("DELETE", f"{sandbox_url}/_sandbox/requests")
    began = time.perf_counter()
    html = _ask("GET", url)
    milliseconds = (time.perf_counter() - began) * 1000
    log = json.loads(_ask("GET", f"{sandbox_url}/_sandbox/requests"))
    return Answer(milliseconds, len(log["requests"]), len(html), len(gzip.compress(html, 6)))


def _ask(method: str, url: str) -> bytes:
    with _LOCAL.open(urllib.request.Request(url, method=method), timeout=60) as answer:
        return bytes(answer.read())
