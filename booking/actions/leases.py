"""Leases: whoever tries an attempt holds it for a while, and loses it by taking longer.

``tries`` is the fence. Each try begins by counting it up; only the latest may write down what came
of it. So a worker that was slow, or was believed dead, cannot undo what another has done since.
"""

from datetime import datetime, timedelta

from booking.models import Attempt


class LeaseLost(Exception):
    """Another has taken over: what we were told by Wix is theirs to find out."""


def begin(attempt: Attempt, now: datetime, lease: timedelta) -> bool:
    """Count one more try and hold the lease anew; False if it is settled or another began a try."""
    ours = Attempt.objects.filter(pk=attempt.pk, tries=attempt.tries, settled=None)
    attempt.tries += 1
    return ours.update(tries=attempt.tries, lease_until=now + lease) > 0


def renew(attempt: Attempt, now: datetime, lease: timedelta) -> None:
    """Hold the lease of the try that we began for longer. Raises: LeaseLost, as ``keep``."""
    ours = Attempt.objects.filter(pk=attempt.pk, tries=attempt.tries, settled=None)
    if not ours.update(lease_until=now + lease):
        raise LeaseLost


def keep(attempt: Attempt) -> None:
    """Write down what came of the try that we began.

    Raises: LeaseLost if another has begun one since; in a transaction, that undoes what went before.
    """
    ours = Attempt.objects.filter(pk=attempt.pk, tries=attempt.tries, settled=None)
    kept = ours.update(
        due=attempt.due,
        lease_until=attempt.lease_until,
        doubtful_since=attempt.doubtful_since,
        settled=attempt.settled,
        result=attempt.result,
        history=attempt.history,
    )
    if not kept:
        raise LeaseLost


def settle(attempt: Attempt, now: datetime, result: str) -> None:
    """Mark it done with ``result`` and write that down. Raises: as ``keep``."""
    attempt.settle(now, result)
    keep(attempt)


def postpone(attempt: Attempt, now: datetime, wait: timedelta, why: str) -> None:
    """Give it back, to be tried again after ``wait``. Raises: as ``keep``."""
    attempt.postpone(now, wait, why)
    keep(attempt)
