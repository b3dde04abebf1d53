"""Background work: rows carry the truth, tasks carry the wake-ups."""

import logging
from datetime import datetime

from django.tasks import task
from django.utils import timezone

from booking import wiring
from booking.actions import forget, notices, rounds, settle
from booking.post import hands_for
from booking.wix.errors import WixError

log = logging.getLogger("booking.rounds")

AT_ONCE = 200
"""How many attempts one tick wakes; the next tick takes the rest."""


@task()
def settle_attempt(attempt_id: int, lease_until: str) -> None:
    """Work on one attempt, if the lease that it was woken with still stands."""
    attempt = settle.claimed(attempt_id, datetime.fromisoformat(lease_until))
    if attempt is not None:
        settle.work_on(attempt, hands_for(attempt.booking.site))


@task()
def apply_notices(ids: list[int], lease_until: str) -> None:
    """Apply what Wix has told us, as far as the lease that it was woken with still stands."""
    ours = notices.claimed(ids, datetime.fromisoformat(lease_until))
    if ours:
        wix = wiring.wix_of(ours[0].site).live
        notices.apply(ours, wix, timezone.now(), wiring.patience())


@task()
def go_round(site_id: int, until: str) -> None:
    """Compare what is to come at a site with what Wix says; if Wix is away, again in five minutes."""
    site = rounds.claimed(site_id, datetime.fromisoformat(until))
    if site is None:
        return
    try:
        rounds.go(site, wiring.wix_of(site).live, timezone.now(), wiring.patience().review)
    except WixError as error:
        log.warning("The round of site %s was not ended: %s", site, error)


def tick() -> int:
    """Wake every attempt that is due or whose worker died; returns how many.

    Before them what Wix has told us, since that is what makes some of them due, and rounds.
    """
    now = timezone.now()
    forget.end_lapsed_holds(now)
    for ids, until in notices.claim_due(now, wiring.patience().lease, AT_ONCE):
        apply_notices.enqueue(ids, until.isoformat())
    for site_id, until in rounds.claim_due(now):
        go_round.enqueue(site_id, until.isoformat())
    claims = settle.claim_due(now, wiring.patience().lease, AT_ONCE)
    for attempt_id, lease_until in claims:
        settle_attempt.enqueue(attempt_id, lease_until.isoformat())
    return len(claims)
