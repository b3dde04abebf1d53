"""The pretend provider with a temper: unreachable, losing its answers, refusing, or busy with others.

A deployment names a provider of its own by its dotted path; a test names ``tests.money.moody.make``.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from booking.checkout.pretend import Pretend
from booking.providers import ProviderRefused, ProviderRefusesUs, ProviderUnavailable

NAME = "tests.money.moody.make"


@dataclass
class Moods:
    """What the next calls meet. ``calls`` are the names of all that came, in order."""

    ordered: list[tuple[str, str, Callable[[], object]]] = field(default_factory=list)
    down: bool = False
    shut: str = ""
    """The call for which we are let in no longer."""
    calls: list[str] = field(default_factory=list)

    def lose_answer(self, call: str) -> None:
        """The next ``call`` is carried out, and its answer is lost."""
        self.ordered.append((call, "lost", _nothing))

    def refuse(self, call: str) -> None:
        self.ordered.append((call, "refused", _nothing))

    def meanwhile(self, call: str, happens: Callable[[], object]) -> None:
        """``happens`` after the next ``call`` was carried out, before its answer arrives."""
        self.ordered.append((call, "slow", happens))

    def take(self, call: str) -> tuple[str, Callable[[], object]]:
        for at, (name, mood, happens) in enumerate(self.ordered):
            if name == call:
                del self.ordered[at]
                return mood, happens
        return "", _nothing


MOODS = Moods()


@contextmanager
def calm() -> Iterator[Moods]:
    """Good moods at the beginning and at the end."""
    MOODS.__init__()  # type: ignore[misc]  # as it was made
    yield MOODS
    MOODS.__init__()  # type: ignore[misc]  # likewise


def _nothing() -> None:
    """Nothing happens."""


class Moody(Pretend):
    """Each call that talks to the provider meets its mood first."""

    name = NAME

    def start(self, *told: Any) -> Any:
        return _met("start", super().start, told)

    def look_up(self, *told: Any) -> Any:
        return _met("look_up", super().look_up, told)

    def end(self, *told: Any) -> Any:
        return _met("end", super().end, told)

    def capture(self, *told: Any) -> Any:
        return _met("capture", super().capture, told)

    def release(self, *told: Any) -> Any:
        return _met("release", super().release, told)

    def refund(self, *told: Any) -> Any:
        return _met("refund", super().refund, told)


def make() -> Moody:
    """What ``PAYMENT_PROVIDER`` names."""
    return Moody()


def _met(call: str, work: Callable[..., Any], told: tuple[Any, ...]) -> Any:
    MOODS.calls.append(call)
    if MOODS.down:
        raise ProviderUnavailable("down")
    if MOODS.shut == call:
        raise ProviderRefusesUs("invalid_key")
    mood, happens = MOODS.take(call)
    if mood == "refused":
        raise ProviderRefused("no")
    answer = work(*told)
    happens()
    if mood == "lost":
        raise ProviderUnavailable("no answer")
    return answer
