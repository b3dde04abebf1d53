"""Notices: what Wix has told us by itself, kept until it is applied and for a while after."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q

from booking.models.site import Site


class About(models.TextChoices):
    """What a notice is about, and so what is looked at again."""

    BOOKING = "booking"
    ORDER = "order"
    SERVICE = "service"
    FACTS = "facts"  # the business, its staff, its rules
    INSTALLED = "installed"
    REMOVED = "removed"
    NOTHING = "nothing"  # of a kind that we do nothing about


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices by the clock."""

    def due(self, now: datetime) -> "NoticeQuerySet":
        """Not applied, due, and in nobody's hands (a lapsed lease is nobody's)."""
        free = Q(lease_until=None) | Q(lease_until__lte=now)
        return self.filter(free, applied=None, due__lte=now).order_by("due", "pk")


class Notice(models.Model):
    """One thing that Wix has told, once, however often it was told.

    Only that something happened, and to what: the body, with a customer's name in it, is not kept, and
    never believed. ``entity_id`` is that of the booking, the order or the service, "" where none is
    named; ``revision`` is the booking's as it was told, None where none was. ``happened`` is Wix's
    clock, ``received`` ours.
    """

    site = models.ForeignKey(Site, on_delete=models.CASCADE)
    event_id = models.CharField(max_length=64)
    event_type = models.CharField(max_length=100, blank=True)
    about = models.CharField(max_length=16, choices=About)
    entity_id = models.CharField(max_length=64, blank=True)
    revision = models.BigIntegerField(null=True)
    happened = models.DateTimeField(null=True)
    received = models.DateTimeField(db_index=True)
    due = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    applied = models.DateTimeField(null=True)
    result = models.CharField(max_length=40, blank=True)

    objects: ClassVar[models.Manager["Notice"]] = NoticeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["site", "event_id"], name="one_row_for_each_notice")
        ]
        indexes: ClassVar = [
            models.Index(fields=["due"], condition=Q(applied=None), name="notices_to_apply"),
            models.Index(fields=["site", "entity_id"], name="notices_of_one_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.event_type} {self.event_id}"

    def settle(self, now: datetime, result: str) -> None:
        """Mark it applied with ``result``, in memory."""
        self.applied, self.result, self.lease_until = now, result[:40], None

    def postpone(self, now: datetime, wait: timedelta, why: str) -> None:
        """Give it back, to be applied after ``wait``, in memory."""
        self.due, self.lease_until, self.result = now + wait, None, why[:40]
