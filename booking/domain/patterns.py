"""Regular expressions that somebody else has written in JavaScript, matched in bounded time.

Python backtracks as JavaScript does, and has no time limit: a careless pattern can take years for
thirty characters. So a pattern is used only as far as it can be shown to try few ways.
"""

import re
from functools import lru_cache

MOST_STEPS = 1_000_000
"""What one look at a text may cost, in characters that are compared: some hundredths of a second."""
LONGEST = 300
"""Longer patterns are not read."""

_COUNT = re.compile(r"\{(\d+)(,(\d*))?\}")
_GROUP = re.compile(r"\?(?::|=|!|<=|<!)")
_PYTHONS_OWN = frozenset("AZaNU")
"""Escapes that mean something else, or nothing, in JavaScript."""
_SETS_OF_PYTHON = re.compile(r"--|&&|~~|\|\|")


class _Unsure(Exception):
    """A pattern that means, or may cost, more than can be told here."""


def may_be(pattern: str, text: str) -> bool:
    """False if ``text`` surely does not match; True if it does, or nobody can say in good time."""
    compiled = _compiled(pattern)
    if compiled is None or _cost(compiled[1], len(text)) > MOST_STEPS:
        return True
    return compiled[0].search(text) is not None


def _cost(loops: tuple[int, ...], length: int) -> int:
    """At most so many characters are compared: each loop may end at any of its turns."""
    steps = length + 1
    for most in loops:
        steps *= min(most, length) + 1
        if steps > MOST_STEPS:
            break
    return steps


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> tuple[re.Pattern[str], tuple[int, ...]] | None:
    """The pattern in Python's spelling, and how often each of its loops may turn; None if unsure."""
    if len(pattern) > LONGEST:
        return None
    try:
        reader = _Reader(pattern)
        reader.read()
        return re.compile(reader.spelled, re.ASCII), tuple(reader.loops)
    except (_Unsure, re.error, OverflowError, RecursionError):
        return None


class _Reader:
    """Goes through a pattern once: respells it, and notes its loops.

    A loop around anything that may itself go several ways is where patterns explode: unsure.
    """

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.spelled = ""
        anchored = pattern.startswith("^") and "|" not in pattern
        self.loops: list[int] = [] if anchored else [LONGEST * 10]  # it may begin anywhere
        self._open: list[bool] = []  # for each group we are in: may its inside go several ways?

    def read(self) -> None:
        while self.at < len(self.pattern):
            several = self._atom()
            if several is not None:
                self._loop(several=several)

    def _atom(self) -> bool | None:
        """Pass one thing that may be repeated; None if it is none. True if it may go several ways."""
        sign = self.pattern[self.at]
        if sign == "\\":
            self._escape()
        elif sign == "[":
            self._set()
        elif sign == "(":
            self._begin_group()
            return None
        elif sign == ")":
            self._take(1)
            return self._end_group()
        elif sign == "|":
            self._take(1)
            self.loops.append(1)
            self._open[:] = [True] * len(self._open)
            return None
        else:
            self._take(1)
        return False

    def _loop(self, *, several: bool) -> None:
        rest = self.pattern[self.at :]
        counted = _COUNT.match(rest)
        if counted:
            least, most = int(counted[1]), int(counted[3] or LONGEST * 10)
            turns = most - least if counted[2] else 0
            self._take(counted.end())
        elif rest[:1] in ("*", "+", "?"):
            most, turns = (1, 1) if rest[0] == "?" else (LONGEST * 10, LONGEST * 10)
            self._take(1)
        elif rest.startswith("{,"):  # JavaScript means these signs themselves, Python does not
            raise _Unsure
        else:
            return
        if several and most > 1:
            raise _Unsure
        if self.pattern[self.at : self.at + 1] in ("*", "+"):  # possessive: not JavaScript
            raise _Unsure
        if self.pattern[self.at : self.at + 1] == "?":
            self._take(1)
        if turns:
            self.loops.append(turns)
            self._open[:] = [True] * len(self._open)

    def _escape(self) -> None:
        sign = self.pattern[self.at + 1 : self.at + 2]
        if not sign or sign in _PYTHONS_OWN or sign.isdigit():  # a number looks back
            raise _Unsure
        self._take(2)

    def _set(self) -> None:
        """``[`` inside means itself, and Python warns of it."""
        end = self.at + 1
        while end < len(self.pattern) and self.pattern[end] != "]":
            end += 2 if self.pattern[end] == "\\" else 1
        inside = self.pattern[self.at + 1 : end]
        if end >= len(self.pattern) or inside in ("", "^") or _SETS_OF_PYTHON.search(inside):
            raise _Unsure
        self.spelled += "[" + re.sub(r"(?<!\\)\[", r"\\[", inside) + "]"
        self.at = end + 1

    def _begin_group(self) -> None:
        self._take(1)
        self._open.append(False)
        if self.pattern[self.at : self.at + 1] == "?":
            told = _GROUP.match(self.pattern, self.at)
            if told is None:
                raise _Unsure
            self._take(told.end() - self.at)

    def _end_group(self) -> bool:
        if not self._open:
            raise _Unsure
        return self._open.pop()

    def _take(self, count: int) -> None:
        self.spelled += self.pattern[self.at : self.at + count]
        self.at += count
