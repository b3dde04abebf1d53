"""Forgetting: what was typed and never booked is not ours to keep."""

from datetime import datetime, timedelta

from django.db.models import Q

from booking.domain.states import TAKEN, Due, Stage
from booking.models import Booking, Notice

DRAFTS_KEPT = timedelta(hours=24)
NOTICES_KEPT = timedelta(days=90)
EXPIRED_KEPT = timedelta(days=7)
UNENDED = TAKEN | {Due.STARTING, Due.AUTHORISED, Due.AT_WIX}
"""Money that moved, or that somebody may still have to give up: its row stays."""


def end_lapsed_holds(now: datetime) -> int:
    """Give the stage its name for holds that ended by the clock; returns how many."""
    lapsed = Booking.objects.filter(stage=Stage.HELD, holds__until__lte=now)
    return lapsed.update(stage=Stage.EXPIRED, settled=now)


def forget_old(now: datetime) -> None:
    """Empty drafts after a day, drop bookings that never came to be after a week, notices
    after three months.
    """
    ended = Booking.objects.filter(Q(stage=Stage.EXPIRED) | Q(stage=Stage.DECLINED))
    ended.filter(settled__lt=now - DRAFTS_KEPT).exclude(draft={}).update(draft={})
    expired = Booking.objects.filter(stage=Stage.EXPIRED, created__lt=now - EXPIRED_KEPT)
    expired.exclude(due__in=UNENDED).delete()
    Notice.objects.filter(received__lt=now - NOTICES_KEPT).delete()
