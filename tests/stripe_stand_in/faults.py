"""What goes wrong, when a test orders it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Literal


@dataclass(kw_only=True)
class Fault:
    """Hits the next ``times`` calls whose "METHOD /path" contains ``call``.

    ``cut`` hangs up before or after the work is done. ``delay`` (seconds) comes after the work, so that a
    caller who gave up has had it done. ``rubbish`` is answered after the work, with ``status`` or 200.
    ``status`` alone is answered instead of any work; with ``remembered`` it is kept under the call's
    idempotency key, as Stripe does once a call has begun.
    """

    call: str = ""
    times: int = 1
    cut: Literal["", "before", "after"] = ""
    delay: float = 0.0
    status: int = 0
    code: str = ""
    rubbish: str | None = None
    remembered: bool = False

    @classmethod
    def ordered(cls, order: dict[str, Any]) -> Fault:
        """Raises: ValueError for a word that no fault knows."""
        if unknown := set(order) - {each.name for each in fields(cls)}:
            raise ValueError(f"no fault knows {', '.join(sorted(unknown))}")
        return cls(**order)

    def hits(self, call: str) -> bool:
        return self.times > 0 and self.call in call


class Faults:
    """Those ordered and not used up."""

    def __init__(self) -> None:
        self.ordered: list[Fault] = []

    def take(self, call: str) -> Fault:
        """The first that hits, or one that does nothing."""
        for fault in self.ordered:
            if fault.hits(call):
                fault.times -= 1
                return fault
        return Fault(times=0)
