"""Payments: what a booking owes here, and the way of that money through a provider."""

from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from django.db import models

from booking.domain.money import Money
from booking.models.booking import Booking

WIX = "wix"
"""The ``provider`` of what is paid on Wix's checkout page."""


class Payment(models.Model):
    """One page on which a booking is paid; a page that ended unpaid is followed by another row.

    ``amount`` is what is authorised and captured: all of it, or the deposit (``is_part``).
    ``page_id`` finds it at the provider, ``payment_id`` names the authorisation, which ends by itself
    at ``lapses``. ``order_id`` and ``wix_payment_id`` are those of the record at Wix. ``card`` is for
    people, "Visa 4242"; no more of a card than that ever reaches us.

    Of what is paid at Wix, ``page_id`` is the cart (or checkout) there, ``page_url`` its page until
    the cart is taken back, and ``order_id`` what it has become. ``visitor_token`` lets us send the
    same visitor there once more, through a redirect session; it opens that cart and nothing else.
    """

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="payments")
    number = models.PositiveSmallIntegerField(default=1)
    provider = models.CharField(max_length=32)
    amount = models.DecimalField(max_digits=14, decimal_places=3)
    currency = models.CharField(max_length=3)
    is_part = models.BooleanField(default=False)
    page_id = models.CharField(max_length=255, blank=True, db_index=True)
    page_url = models.TextField(blank=True)
    page_until = models.DateTimeField(null=True)
    payment_id = models.CharField(max_length=255, blank=True, db_index=True)
    lapses = models.DateTimeField(null=True)
    card = models.CharField(max_length=40, blank=True)
    captured = models.DecimalField(max_digits=14, decimal_places=3, default=Decimal(0))
    refunded = models.DecimalField(max_digits=14, decimal_places=3, default=Decimal(0))
    order_id = models.CharField(max_length=64, blank=True)
    visitor_token = models.TextField(blank=True)
    wix_payment_id = models.CharField(max_length=64, blank=True)
    created = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["booking", "number"], name="one_payment_in_each_place"),
            models.CheckConstraint(
                name="no_more_goes_back_than_was_taken",
                condition=models.Q(refunded__lte=models.F("captured")),
            ),
            models.CheckConstraint(
                name="no_more_is_taken_than_was_asked",
                condition=models.Q(captured__lte=models.F("amount")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booking_id} #{self.number} {self.amount} {self.currency}"

    def is_over_at(self, now: datetime) -> bool:
        """True once nobody can pay on its page any more."""
        return self.page_until is not None and self.page_until <= now

    @property
    def is_at_wix(self) -> bool:
        """True for what Wix takes on its own page; nothing of that is for a provider of ours."""
        return self.provider == WIX

    @property
    def asked(self) -> Money:
        """What is to be paid."""
        return Money(self.amount.normalize() + 0, self.currency)
