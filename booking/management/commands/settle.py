"""Settle what is due, once; or only say what that would be."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from booking import tasks, wiring, wording
from booking.actions import settle
from booking.models import Attempt, Step
from booking.post import hands_for

COLUMNS = ("booking", "stage", "money", "step", "tries", "due", "last words", "next")
MOST_LETTERS = 60
"""So much of the last words stands in the table; the console has all of them."""


class Command(BaseCommand):
    """One round of what the worker does, in this process; safe beside a worker."""

    help = "Settle every attempt that is due or whose worker died, once; --dry-run only lists them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The one option that changes nothing."""
        parser.add_argument("--dry-run", action="store_true", help="list them and change nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the table, or work and say what came of each."""
        if options["dry_run"]:
            self._list()
        else:
            self._settle()

    def _list(self) -> None:
        due = Attempt.objects.due(timezone.now()).select_related("booking")
        rows = [_row(each) for each in due]
        widths = [max(len(row[at]) for row in (COLUMNS, *rows)) for at in range(len(COLUMNS))]
        for row in (COLUMNS, *rows):
            told = (text.ljust(width) for text, width in zip(row, widths, strict=True))
            self.stdout.write("  ".join(told).rstrip())
        self.stdout.write(f"{len(rows)} due")

    def _settle(self) -> None:
        lease = wiring.patience().lease
        claims = settle.claim_due(timezone.now(), lease, tasks.AT_ONCE)
        for attempt_id, lease_until in claims:
            attempt = settle.claimed(attempt_id, lease_until)
            if attempt is not None:
                settle.work_on(attempt, hands_for(attempt.booking.site))
                attempt.refresh_from_db()
                result = attempt.result or f"open: {_last_words(attempt)}"
                self.stdout.write(f"{attempt.booking.reference}  {attempt.step}  {result}")
        self.stdout.write(f"{len(claims)} worked on")


def _row(attempt: Attempt) -> tuple[str, ...]:
    booking = attempt.booking
    return (
        booking.reference,
        booking.stage,
        booking.due,
        attempt.step,
        str(attempt.tries),
        f"{attempt.due:%Y-%m-%d %H:%M:%S}Z",
        _last_words(attempt),
        _next(attempt),
    )


def _last_words(attempt: Attempt) -> str:
    words = attempt.entries[-1][1] if attempt.entries else "-"
    return words if len(words) <= MOST_LETTERS else f"{words[: MOST_LETTERS - 1]}…"


def _next(attempt: Attempt) -> str:
    """What settling would do; what may have been made before is looked for first."""
    what = wording.step_name(Step(attempt.step))
    is_repeated = attempt.step == Step.CREATE and attempt.tries > 0
    return f"{what}, unless it stands there already" if is_repeated else what
