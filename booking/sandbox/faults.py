"""Faults to order: slow, refusing, lying or silent answers on the paths that match a pattern."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from fnmatch import translate
from threading import Lock
from typing import Any

from werkzeug.wrappers import Response

from booking.sandbox.wire import Json, a_number, an_object, missing, violation

HTML = "<!doctype html><html><head><title>502 Bad Gateway</title></head><body><h1>502</h1></body>"
BROKEN = '{"services": [{"id": "'


@dataclass(slots=True)
class Fault:
    """One order. ``times`` None lasts until cleared; ``after`` calls pass untouched first."""

    path: re.Pattern[str]
    order: Json
    times: int | None = None
    after: int = 0

    @property
    def is_only_slow(self) -> bool:
        effects = ("status", "body", "code", "cut", "malformed", "html", "lose_answer", "empty")
        return not any(self.order.get(name) not in (None, False) for name in effects)

    def meets(self, method: str, path: str) -> bool:
        wanted = str(self.order.get("method") or method)
        return wanted.upper() == method and self.path.fullmatch(path) is not None

    def used(self) -> bool:
        """Count one matching call; is it this fault's turn?"""
        if self.after > 0:
            self.after -= 1
            return False
        if self.times is not None:
            self.times -= 1
        return True


@dataclass(frozen=True, slots=True)
class Effect:
    """What happens to one call: a delay in seconds, and an answer of our own or a cut or both."""

    delay: float = 0.0
    answer: Response | None = None
    cut: bool = False
    handle: bool = True  # does Wix do what it was asked, whatever becomes of the answer?


class Faults:
    """The orders in force, the oldest first. It has its own lock: delays sleep outside of it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._orders: list[Fault] = []

    def order(self, order: Json) -> None:
        """Raises: WixError 400 for an order that cannot be carried out."""
        fault = Fault(
            path=_pattern(order.get("path")),
            order=_checked(order),
            times=_times(order.get("times")),
            after=a_number(order.get("after"), "after", default=0, most=1_000_000),
        )
        with self._lock:
            self._orders.append(fault)

    def clear(self) -> None:
        with self._lock:
            self._orders.clear()

    def listed(self) -> list[Json]:
        with self._lock:
            return [{**fault.order, "times": fault.times} for fault in self._orders]

    def take(self, method: str, path: str) -> Effect:
        """Delays add up; of the other effects the oldest order's counts."""
        if not self._orders:
            return Effect()
        delay, decisive = 0.0, None
        with self._lock:
            for fault in self._orders:
                waits = decisive is not None and not fault.is_only_slow
                if waits or not fault.meets(method, path) or not fault.used():
                    continue
                delay += float(fault.order.get("delay") or 0)
                decisive = decisive or (None if fault.is_only_slow else fault.order)
            self._orders = [fault for fault in self._orders if fault.times != 0]
        return _effect(decisive, delay)


def _pattern(path: Any) -> re.Pattern[str]:
    """A glob; with ``^`` in front a regular expression. Without a leading slash any path may end so."""
    if not isinstance(path, str) or not path:
        raise missing("path")
    if path.startswith("^"):
        try:
            return re.compile(path)
        except re.error as error:
            raise violation("path", "is no regular expression") from error
    return re.compile(translate(path if path.startswith(("/", "*")) else f"*{path}"))


def _times(value: Any) -> int | None:
    return None if value is None else a_number(value, "times", default=1, least=1, most=1_000_000)


def _checked(order: Json) -> Json:
    delay = order.get("delay")
    if delay is not None and (not isinstance(delay, int | float) or delay < 0):
        raise violation("delay", "must be a number of seconds")
    a_number(order.get("status"), "status", default=500, least=200, most=599)
    an_object(order.get("headers"), "headers")
    return order


def _effect(order: Json | None, delay: float) -> Effect:
    if order is None:
        return Effect(delay=delay)
    if order.get("lose_answer"):
        return Effect(delay=delay, cut=True)
    if order.get("cut"):
        return Effect(delay=delay, cut=True, handle=False)
    return Effect(delay=delay, answer=_answer(order), handle=False)


def _answer(order: Json) -> Response:
    status = order.get("status")
    headers = an_object(order.get("headers"), "headers")
    if order.get("html"):
        text = order["body"] if isinstance(order.get("body"), str) else HTML
        return Response(text, status or 200, headers, mimetype="text/html")
    if order.get("malformed"):
        return Response(BROKEN, status or 200, headers, mimetype="application/json")
    if order.get("empty"):
        return Response(b"", status or 200, headers, mimetype="application/json")
    body = order.get("body", _refusal(order))
    text = body if isinstance(body, str) else json.dumps(body)
    return Response(text, status or 200, headers, mimetype="application/json")


def _refusal(order: Json) -> Json:
    """Wix's envelope, with ``code`` as the application error if one is given."""
    code = order.get("code")
    if not code:
        return {"message": "", "details": {}}
    error = {"code": code, "description": "", "data": {}}
    return {"message": code, "details": {"applicationError": error}}
