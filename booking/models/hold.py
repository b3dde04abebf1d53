"""Holds: what we keep free while a customer types, because Wix keeps nothing until it confirms."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from django.db import models

from booking.domain.holding import Reason
from booking.domain.ids import StaffId
from booking.domain.slot import Occupied
from booking.models import stamp
from booking.models.booking import Booking
from booking.models.site import Site


class BookableManager(models.Manager["Bookable"]):
    """Making and locking what holds compete for."""

    def lock(self, site: Site, wix_ids: Iterable[str]) -> dict[str, "Bookable"]:
        """Lock the rows of ``wix_ids``, made if missing; must run inside a transaction.

        Always in sorted order, so that two callers never wait for each other in a circle.
        """
        wanted = sorted(set(wix_ids))
        self.bulk_create(
            [Bookable(site=site, wix_id=each) for each in wanted], ignore_conflicts=True
        )
        rows = self.select_for_update().filter(site=site, wix_id__in=wanted).order_by("wix_id")
        return {row.wix_id: row for row in rows}


class Bookable(models.Model):
    """One thing that can be held at Wix; its row is the lock.

    A staff member by resource id, a session by event id, or a course by the id of its schedule.
    """

    site = models.ForeignKey(Site, on_delete=models.CASCADE)
    wix_id = models.CharField(max_length=250)

    objects: ClassVar[BookableManager] = BookableManager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["site", "wix_id"], name="one_row_for_each_bookable")
        ]

    def __str__(self) -> str:
        return self.wix_id


class HoldQuerySet(models.QuerySet["Hold"]):
    """Holds by the clock: one that is over needs no job to end. Every change gives the sign."""

    def create(self, **fields: Any) -> "Hold":
        """Keep something."""
        stamp.renew()
        return super().create(**fields)

    def update(self, **fields: Any) -> int:
        """Change what is kept; returns how many."""
        stamp.renew()
        return super().update(**fields)

    def live(self, site: Site, now: datetime) -> "HoldQuerySet":
        """Those that still keep something of a site at ``now``."""
        return self.filter(bookable__site=site, until__gt=now)

    def meeting(self, starts: datetime, ends: datetime) -> "HoldQuerySet":
        """Those that share a moment with the half-open stretch."""
        return self.filter(starts__lt=ends, ends__gt=starts)

    def occupied(self) -> list[Occupied]:
        """The stretches of staff time they keep."""
        rows = self.values_list("bookable__wix_id", "starts", "ends")
        return [Occupied(staff_id=StaffId(who), starts=s, ends=e) for who, s, e in rows]

    def places_of(self, wix_ids: Iterable[str]) -> dict[str, int]:
        """How many places they keep of each of these sessions or courses; those without any left out."""
        rows = self.filter(bookable__wix_id__in=list(wix_ids)).values_list("bookable__wix_id")
        return dict(rows.annotate(kept=models.Sum("places")).order_by())


class Hold(models.Model):
    """What is kept for one booking until a moment.

    Of a person a stretch of time, buffers included; of a session or a course so many ``places``.
    """

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="holds")
    bookable = models.ForeignKey(Bookable, on_delete=models.CASCADE)
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    places = models.PositiveSmallIntegerField(default=1)
    until = models.DateTimeField(db_index=True)
    reason = models.CharField(max_length=16, choices=[(each.value, each.value) for each in Reason])

    objects: ClassVar[models.Manager["Hold"]] = HoldQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["bookable", "starts", "ends"])]

    def __str__(self) -> str:
        return f"{self.bookable} {self.starts:%Y-%m-%d %H:%M} until {self.until:%H:%M:%S}"
