"""The ledger of the pretend card provider: money of the demo, which nobody has."""

from decimal import Decimal
from typing import ClassVar

from django.db import models

from booking.domain.payment import Standing


class PretendPayment(models.Model):
    """One page of the pretend provider. ``key`` is that of the call that made it; amounts are exact.

    From ``ready`` on it counts as authorised: a bank may take its time.
    """

    page_id = models.CharField(max_length=64, unique=True)
    key = models.CharField(max_length=200, unique=True)
    reference = models.CharField(max_length=100)
    what = models.CharField(max_length=400)
    amount = models.DecimalField(max_digits=14, decimal_places=3)
    currency = models.CharField(max_length=3)
    back_url = models.TextField()
    until = models.DateTimeField()
    standing = models.CharField(
        max_length=16,
        choices=[(each.value, each.value) for each in Standing],
        default=Standing.OPEN.value,
    )
    ready = models.DateTimeField(null=True)
    captured = models.DecimalField(max_digits=14, decimal_places=3, default=Decimal(0))
    refunded = models.DecimalField(max_digits=14, decimal_places=3, default=Decimal(0))

    objects: ClassVar[models.Manager["PretendPayment"]] = models.Manager()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.reference} {self.amount} {self.currency} {self.standing}"
