"""Make the site of the environment, or bring it up to date."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from booking.actions.site import ensure_site


class Command(BaseCommand):
    """Idempotent: running it again changes nothing."""

    help = "Make the site row of this environment (PUBLIC_URL), or bring it up to date."

    def handle(self, *_args: Any, **options: Any) -> None:
        """Say what was done."""
        site, made = ensure_site(settings.PUBLIC_URL)
        if options["verbosity"]:
            self.stdout.write(
                f"site {site} at {site.public_url}: {'made' if made else 'up to date'}"
            )
