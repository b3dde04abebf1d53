"""Does this site work with its Wix credentials? And if not, what is to be done?"""

from argparse import ArgumentParser
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from booking import wiring
from booking.actions.check import Report, check, try_a_booking
from booking.actions.site import DEFAULT
from booking.models import Site
from booking.wix import Wix
from booking.wix.errors import WixError

PROBLEMS, UNREACHED = 1, 2


class Command(BaseCommand):
    """Exit status 0: all is well; 1: there is something to do; 2: Wix cannot be asked at all."""

    help = "Ask Wix whether the configured credentials can do what this site needs; read-only."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The one option that changes something."""
        parser.add_argument(
            "--write", action="store_true", help="also book a free time, and cancel it at once"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print facts, then problems; end with the status."""
        wix = wiring.wix_of(Site(name=DEFAULT)).live
        report = check(wix, is_app=bool(settings.WIX_APP_SECRET))
        for label, text in report.facts:
            self.stdout.write(f"{label}: {text}")
        if options["write"] and report.reached:
            self._try(wix, report)
        for problem in report.problems:
            self.stderr.write(f"- {problem}")
        if report.problems:
            status = PROBLEMS if report.reached else UNREACHED
            raise CommandError(f"{len(report.problems)} to fix.", returncode=status)
        self.stdout.write("All is well.")

    def _try(self, wix: Wix, report: Report) -> None:
        try:
            for label, text in try_a_booking(wix, f"wix-check-{uuid4()}"):
                self.stdout.write(f"{label}: {text}")
        except (WixError, LookupError) as error:
            report.blame(f"A booking could not be tried: {error}.", "See the problems above.")
