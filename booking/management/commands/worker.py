"""The worker: one process that settles what is due."""

import logging
import signal
import threading
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker

from booking import tasks
from booking.actions import forget

logger = logging.getLogger("booking.worker")

HOUSEKEEPING = timedelta(hours=1)


class Command(BaseCommand):
    """A tick that wakes due attempts, and threads of the task back end that work on them."""

    help = "Settle bookings and send mails until stopped (SIGTERM ends it after the work in hand)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many attempts are worked on side by side."""
        parser.add_argument("--threads", type=int, default=4)
        parser.add_argument("--once", action="store_true", help="Settle what is due now, then end.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run until a signal, or until nothing is due with ``--once``."""
        if options["once"]:
            tasks.tick()
            _loop("once", batch=True).run()
            return
        self._run(options["threads"])

    def _run(self, threads: int) -> None:
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        loops = [_loop(f"thread-{at}") for at in range(threads)]
        runners = [threading.Thread(target=_run_loop, args=(loop,)) for loop in loops]
        for runner in runners:
            runner.start()
        self.stdout.write("worker: ready", ending="\n")
        self.stdout.flush()
        _tick_until(stop)
        for loop in loops:
            loop.running = False
        for runner in runners:
            runner.join(timeout=settings.ATTEMPT_LEASE_SECONDS)


def _loop(name: str, *, batch: bool = False) -> Worker:
    return Worker(
        queue_names=["*"],
        interval=min(settings.WORKER_TICK_SECONDS, 0.5),
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    )


def _run_loop(loop: Worker) -> None:
    """Keep one loop of the task back end alive: a database that is away for a moment ends none."""
    while loop.running:
        try:
            loop.run()
        except Exception:  # whatever ended it, the loop must go on; the log has it
            logger.exception("a worker loop fell and goes on")
            close_old_connections()


def _tick_until(stop: threading.Event) -> None:
    housekeeping = timezone.now()
    while not stop.is_set():
        try:
            close_old_connections()
            tasks.tick()
            if timezone.now() >= housekeeping:
                housekeeping = timezone.now() + HOUSEKEEPING
                forget.forget_old(timezone.now())
                call_command("prune_db_task_results", verbosity=0)
                call_command("clearsessions")
        except Exception:  # the next tick tries again; the log has it
            logger.exception("a tick failed and is repeated")
        stop.wait(settings.WORKER_TICK_SECONDS)
