"""When to ask again. The rule only computes: the transport does the waiting."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from booking.wix.errors import WixError, WixThrottled, WixUnreachable


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryRule:
    """At most ``attempts`` tries, all of them inside ``budget`` seconds.

    The n-th pause lies between half of and the whole ``first_pause`` * 2**(n-1), never above
    ``longest_pause``. ``jitter`` gives a number in [0, 1); tests pass their own.
    """

    attempts: int = 3
    budget: float = 12.0
    first_pause: float = 0.3
    longest_pause: float = 4.0
    jitter: Callable[[], float] = random.random

    def pause(
        self, failure: WixError, attempt: int, *, repeatable: bool, spent: float = 0.0
    ) -> float | None:
        """Seconds before asking again, or None to give up.

        ``attempt`` counts from 1, ``spent`` are the seconds since the first try. A call that is not
        ``repeatable`` (a write) is made again only if Wix surely did nothing: it was never sent, or
        throttled. A 503 is no such proof, as a gateway says 503 too when it loses the server it
        had already asked; Wix's writes know no idempotency keys, so a second try could book twice.
        """
        if attempt >= self.attempts or not _worth_it(failure, repeatable=repeatable):
            return None
        pause = max(self._backoff(attempt), _asked_for(failure))
        return pause if spent + pause < self.budget else None

    def _backoff(self, attempt: int) -> float:
        full = min(self.longest_pause, self.first_pause * 2.0 ** (attempt - 1))
        return full * (0.5 + self.jitter() / 2)


def _worth_it(failure: WixError, *, repeatable: bool) -> bool:
    if isinstance(failure, WixThrottled):
        return True
    return isinstance(failure, WixUnreachable) and (repeatable or failure.not_sent)


def _asked_for(failure: WixError) -> float:
    """What Wix's Retry-After asks for, 0 if nothing."""
    return failure.retry_after or 0.0 if isinstance(failure, WixThrottled) else 0.0
