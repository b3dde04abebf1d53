"""A site: one business, its addresses and its way to Wix."""

from typing import ClassVar

from django.db import models


class Site(models.Model):
    """One business. Every other row belongs to a site, from the first day on.

    ``hosts`` are the host names it is served on; while exactly one site exists, any host is that
    site. ``public_url`` begins every absolute address (mails, calendar files), without a slash at the
    end: never the request's host, which anybody may forge. ``payment_ways`` are the ways to pay that
    it offers (``domain.ways.CHOICES``), [] for the usual ones; ``service_ways`` what differs for single
    services, by slug. ``next_round`` is when what is to come is compared with Wix again, None for at once.
    """

    name = models.SlugField(unique=True)
    hosts = models.JSONField(default=list, blank=True)
    public_url = models.URLField()
    payment_ways = models.JSONField(default=list, blank=True)
    service_ways = models.JSONField(default=dict, blank=True)
    next_round = models.DateTimeField(null=True, editable=False)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name

    def address(self, path: str) -> str:
        """The absolute address of ``path``, which begins with a slash."""
        return f"{self.public_url.rstrip('/')}{path}"
