"""Handovers: what was handed to a person, and who has settled it."""

from typing import ClassVar

from django.db import models

from booking.models.booking import Booking


class Handover(models.Model):
    """One thing about a booking that only a person can settle.

    ``need`` is a ``domain.needs.Need``, ``details`` what it names. ``answered_by`` is who said that it
    is done; "" if it was settled by what happened since.
    """

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="handovers")
    need = models.CharField(max_length=32)
    details = models.JSONField(default=dict)
    created = models.DateTimeField()
    answered = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=150, blank=True)

    objects: ClassVar[models.Manager["Handover"]] = models.Manager()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.booking_id} {self.need}"
