"""Apply once more what Wix has told us: after an outage, or a mistake of ours."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from booking.actions import notices


class Command(BaseCommand):
    """Safe at any time: a notice only makes the worker ask Wix how things stand now."""

    help = "Have the worker apply again every notice of Wix that came since a moment."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """From when on."""
        parser.add_argument(
            "--since", required=True, help="2027-03-01T07:00:00Z; UTC if it has no offset"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Say how many there are."""
        try:
            since = datetime.fromisoformat(options["since"])
        except ValueError as error:
            raise CommandError("--since must be a moment such as 2027-03-01T07:00:00Z") from error
        if since.tzinfo is None:
            since = since.replace(tzinfo=timezone.get_default_timezone())
        count = notices.again(since, timezone.now())
        self.stdout.write(f"{count} notices are applied again by the worker.")
