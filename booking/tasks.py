"""Background work: rows carry the truth, tasks carry the wake-ups."""

from datetime import datetime

from django.tasks import task
from django.utils import timezone

from booking import wiring
from booking.actions import forget, settle
from booking.post import hands_for

AT_ONCE = 200
"""How many attempts one tick wakes; the next tick takes the rest."""


@task()
def settle_attempt(attempt_id: int, lease_until: str) -> None:
    """Work on one attempt, if the lease that it was woken with still stands."""
    attempt = settle.claimed(attempt_id, datetime.fromisoformat(lease_until))
    if attempt is not None:
        settle.work_on(attempt, hands_for(attempt.booking.site))


def tick() -> int:
    """Wake every attempt that is due or whose worker died; returns how many."""
    now = timezone.now()
    forget.end_lapsed_holds(now)
    claims = settle.claim_due(now, wiring.patience().lease, AT_ONCE)
    for attempt_id, lease_until in claims:
        settle_attempt.enqueue(attempt_id, lease_until.isoformat())
    return len(claims)
