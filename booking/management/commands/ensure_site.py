"""Make the site of the environment, or bring it up to date."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from booking.actions.site import ensure_site
from booking.domain.ways import read_exceptions, read_ways


class Command(BaseCommand):
    """Idempotent: running it again changes nothing."""

    help = (
        "Make the site row of this environment (PUBLIC_URL, PAYMENT_WAYS), or bring it up to date."
    )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Say what was done."""
        ways = read_ways(settings.PAYMENT_WAYS)
        exceptions = read_exceptions(settings.SERVICE_PAYMENT_WAYS)
        site, made = ensure_site(settings.PUBLIC_URL, ways, exceptions)
        if options["verbosity"]:
            self.stdout.write(
                f"site {site} at {site.public_url}: {'made' if made else 'up to date'}"
            )
